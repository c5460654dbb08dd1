#include "scenario/reference.h"

#include "scenario/indicators.h"
#include "scenario/schema.h"

#include <math.h>
#include <string.h>

/* The middle step of paths in a section of many: zones.NAME.shelter. */
static const char *middle(const struct section *section)
{
    switch (section->shape) {
    case SECTION_MANY:
        return ".NAME";
    case SECTION_ROUND_NAMES:
        return ".ROUND";
    default:
        return "";
    }
}

static void append_standard(const struct field *field, struct text *out)
{
    char number[TEXT_NUMBER_BYTES];
    bool never = field->kind == FIELD_MONTH && field->standard == MONTH_NEVER;
    if (field_is_required(field))
        text_append(out, "required");
    else if (isinf(field->standard) || never || field->kind == FIELD_TEXT ||
             field->kind == FIELD_EFFECTS)
        text_append(out, "none");
    else if (field->kind == FIELD_STAGE)
        text_append(out, "%s", stage_names[(size_t)field->standard]);
    else
        text_append(out, "%s", text_number(number, field->standard));
}

static bool has_range(const struct field *field)
{
    return field_is_number(field) || field->kind == FIELD_EFFECTS || field_is_mix(field);
}

static void append_range(const struct field *field, struct text *out)
{
    char low[TEXT_NUMBER_BYTES], high[TEXT_NUMBER_BYTES];
    if (has_range(field))
        text_append(out, "[%s, %s]", text_number(low, field->lowest),
                    text_number(high, field->highest));
}

static void text_of_field(const struct section *section, const struct field *field,
                          struct text *out)
{
    text_append(out, "  %s%s.%s  default: ", section->path, middle(section), field->name);
    append_standard(field, out);
    if (*field->unit != '\0')
        text_append(out, "  unit: %s", field->unit);
    if (has_range(field)) {
        text_append(out, "  range: ");
        append_range(field, out);
    }
    text_append(out, "\n      %s; %s", field->says, field_expects(field));
    if (*field->source != '\0')
        text_append(out, "\n      default from: %s", field->source);
    text_append(out, "\n");
}

void reference_text(struct text *out)
{
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        const struct section *section = &schema()[s];
        text_append(out, "%s%s: %s\n", s > 0 ? "\n" : "", section->path, section->says);
        for (size_t i = 0; i < section->field_count; i++)
            text_of_field(section, &section->field[i], out);
    }
}

/* A cell of a table, in which a bar would start the next. */
static void append_cell(const char *words, struct text *out)
{
    text_append(out, " ");
    for (; *words != '\0'; words++)
        text_append(out, *words == '|' ? "\\%c" : "%c", *words);
    text_append(out, " |");
}

static void markdown_of_field(const struct section *section, const struct field *field,
                              struct text *out)
{
    text_append(out, "| `%s%s.%s` | ", section->path, middle(section), field->name);
    append_standard(field, out);
    text_append(out, " |");
    append_cell(field->unit, out);
    text_append(out, " ");
    append_range(field, out);
    text_append(out, " |");
    append_cell(field->says, out);
    append_cell(field->source, out);
    text_append(out, "\n");
}

void reference_markdown(struct text *out)
{
    text_append(out, "# Parameters\n\nWritten by `neobay params --markdown` from the table in "
                     "`sim/scenario/table.h`.\n");
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        const struct section *section = &schema()[s];
        text_append(out, "\n## %s\n\n%s.\n\n", section->path, section->says);
        text_append(out, "| Path | Default | Unit | Range | What it is | Source of the default |\n"
                         "|---|---|---|---|---|---|\n");
        for (size_t i = 0; i < section->field_count; i++)
            markdown_of_field(section, &section->field[i], out);
    }
}

void reference_indicators(struct text *out)
{
    static const char *const dimensions[] = {
        [INDICATOR_NONE] = "one series",
        [INDICATOR_ZONE] = "by zone",
        [INDICATOR_SECTOR] = "by sector",
        [INDICATOR_PAIR] = "by pair of zones",
    };
    for (size_t i = 0; i < INDICATOR_COUNT; i++)
        text_append(out, "%s  unit: %s  %s, %s\n      %s\n", indicators[i].name, indicators[i].unit,
                    indicators[i].kind == INDICATOR_FLOW ? "flow in a month"
                                                         : "state at the end of a month",
                    dimensions[indicators[i].dimension], indicators[i].says);
}
