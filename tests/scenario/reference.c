/* The tables and the pages derived from them. */
#include "scenario/reference.h"
#include "scenario/scenario.h"

#include <criterion/criterion.h>
#include <string.h>

Test(schema, slots_are_places_in_the_structs)
{
    const struct section *incumbents = &schema()[SECTION_INCUMBENTS];
    const struct field *age = section_field(incumbents, "mean_age_years");
    cr_assert_not_null(age);
    cr_expect_eq(field_section(age), SECTION_INCUMBENTS);
    cr_expect_eq(field_slot(age),
                 offsetof(struct incumbents_params, mean_age_years) / sizeof(double));
    cr_expect_eq(field_slot(section_field(incumbents, "zone_mix")), 1);
    cr_expect_eq(field_slot(section_field(&schema()[SECTION_LEVERS], "adds")), 2);
    cr_expect_eq(field_slot(section_field(&schema()[SECTION_ABOUT], "observed")), 2);
}

Test(schema, counts_fields_by_storage)
{
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        const struct section *section = &schema()[s];
        cr_expect_eq(section->scalar_count + section->text_count + section->mix_count +
                         section->effects_count,
                     section->field_count, "%s", section->path);
        cr_expect_eq(field_section(section->field), s);
        cr_expect_eq(section_find(section->path), s);
    }
}

/* A row whose standard value the reader would refuse is a slip of the table. */
Test(schema, standard_values_lie_in_their_ranges)
{
    for (size_t s = 0; s < SECTION_COUNT; s++)
        for (size_t i = 0; i < schema()[s].field_count; i++) {
            const struct field *field = &schema()[s].field[i];
            bool numeric = field_is_number(field);
            if (numeric && isfinite(field->standard))
                cr_expect(field->standard >= field->lowest && field->standard <= field->highest,
                          "%s.%s", schema()[s].path, field->name);
            cr_expect(*field->says != '\0');
        }
}

/* Braces and brackets match outside strings, and no comma stands before an end: what a slip of the
 * writer would break first. */
static bool is_balanced(const char *json)
{
    char open[64];
    int depth = 0;
    char last = ' ';
    for (; *json != '\0'; json++) {
        if (*json == '"') {
            while (*++json != '"')
                json += *json == '\\';
        } else if (*json == '{' || *json == '[') {
            open[depth++] = *json == '{' ? '}' : ']';
        } else if ((*json == '}' || *json == ']') && (last == ',' || open[--depth] != *json)) {
            return false;
        }
        if (*json != ' ' && *json != '\n')
            last = *json;
    }
    return depth == 0;
}

Test(reference, json_schema_is_well_formed)
{
    struct text out = {0};
    reference_json_schema(&out);
    cr_assert_not(out.failed);
    cr_expect(is_balanced(out.bytes));
    cr_expect_not_null(strstr(out.bytes, "https://json-schema.org/draft/2020-12/schema"));
    cr_expect_null(strstr(out.bytes, ": nan"));
    cr_expect_null(strstr(out.bytes, ": inf"));
    text_clear(&out);
    cr_expect_not(is_balanced("{\"a\": [1}"));
    cr_expect_not(is_balanced("{\"a\": 1,}"));
}

Test(reference, pages_name_every_parameter)
{
    struct text plain = {0}, markdown = {0}, json = {0};
    reference_text(&plain);
    reference_markdown(&markdown);
    reference_json_schema(&json);
    for (size_t s = 0; s < SECTION_COUNT; s++)
        for (size_t i = 0; i < schema()[s].field_count; i++) {
            const char *name = schema()[s].field[i].name;
            cr_expect(strstr(plain.bytes, name) && strstr(markdown.bytes, name) &&
                          strstr(json.bytes, name),
                      "%s", name);
        }
    cr_expect_not_null(strstr(markdown.bytes, "| `zones.NAME.floor_area_m2` | required | m2 |"));
    cr_expect_not_null(
        strstr(plain.bytes, "  exit.rate_per_year  default: 0.07  unit: 1/year  range: [0, 2]\n"));
    text_clear(&plain);
    text_clear(&markdown);
    text_clear(&json);
}

Test(reference, indicators_are_all_listed)
{
    struct text out = {0};
    reference_indicators(&out);
    for (size_t i = 0; i < INDICATOR_COUNT; i++)
        cr_expect_not_null(strstr(out.bytes, indicators[i].name), "%s", indicators[i].name);
    text_clear(&out);
}

Test(text, nearest_name_forgives_slips_not_strangers)
{
    static const char *const names[] = {"floor", "size", "rate_per_year"};
    cr_expect_str_eq(text_nearest("rate_per_yaer", names, 3), "rate_per_year");
    cr_expect_str_eq(text_nearest("sise", names, 3), "size");
    cr_expect_null(text_nearest("intensity", names, 3));
    cr_expect_null(text_nearest("x", names, 0));
}
