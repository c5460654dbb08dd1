/* The JSON Schema. What a file must hold depends on what it extends, so `required` is asked of
 * files that extend nothing, and of sections only; `neobay check` asks the rest. */
#include "scenario/reference.h"

#include "scenario/distribution.h"
#include "scenario/indicators.h"
#include "scenario/schema.h"

#include <math.h>

static void append_string(const char *words, struct text *out)
{
    text_append(out, "\"");
    for (; *words != '\0'; words++)
        text_append(out, *words == '"' || *words == '\\' ? "\\%c" : "%c", *words);
    text_append(out, "\"");
}

static void append_member(const char *name, const char *words, struct text *out)
{
    text_append(out, "\"%s\": ", name);
    append_string(words, out);
}

static void append_names(const char *const *names, size_t count, struct text *out)
{
    text_append(out, "\"enum\": [");
    for (size_t i = 0; i < count; i++)
        text_append(out, "%s\"%s\"", i > 0 ? ", " : "", names[i]);
    text_append(out, "]");
}

static void append_number(const char *type, const struct field *field, struct text *out)
{
    char low[TEXT_NUMBER_BYTES], high[TEXT_NUMBER_BYTES];
    text_append(out, "\"type\": \"%s\", \"minimum\": %s, \"maximum\": %s", type,
                text_number(low, field->lowest), text_number(high, field->highest));
}

/* A number, a distribution or a dated series. */
static void append_leaf(const struct field *field, struct text *out)
{
    text_append(out, "\"anyOf\": [{");
    append_number("number", field, out);
    text_append(out, "}, {\"$ref\": \"#/$defs/distribution\"}, {\"type\": \"object\", "
                     "\"minProperties\": 1, \"additionalProperties\": false, "
                     "\"patternProperties\": {\"" REFERENCE_MONTH_PATTERN "\": {");
    append_number("number", field, out);
    text_append(out, "}}}]");
}

static void append_indicators(struct text *out)
{
    const char *names[INDICATOR_COUNT];
    for (size_t i = 0; i < INDICATOR_COUNT; i++)
        names[i] = indicators[i].name;
    append_names(names, INDICATOR_COUNT, out);
}

static void append_type(const struct field *field, struct text *out)
{
    switch (field->kind) {
    case FIELD_NUMBER:
        append_leaf(field, out);
        break;
    case FIELD_PLAIN:
        append_number("number", field, out);
        break;
    case FIELD_WHOLE:
        append_number("integer", field, out);
        break;
    case FIELD_MONTH:
        text_append(out, "\"type\": \"string\", \"pattern\": \"" REFERENCE_MONTH_PATTERN "\"");
        break;
    case FIELD_STAGE:
        append_names(stage_names, STAGE_COUNT, out);
        break;
    case FIELD_CLASS:
        append_names(capital_names, CAPITAL_COUNT, out);
        break;
    case FIELD_INDICATOR:
        append_indicators(out);
        break;
    case FIELD_ZONE:
    case FIELD_TARGET:
        text_append(out, "\"type\": \"string\"");
        break;
    case FIELD_TARGETS:
        text_append(out, "\"type\": \"array\", \"minItems\": 1, \"uniqueItems\": true, "
                         "\"items\": {\"type\": \"string\"}");
        break;
    case FIELD_TEXT:
        text_append(out, "\"type\": [\"string\", \"number\", \"null\"]");
        break;
    case FIELD_ZONE_MIX:
    case FIELD_SECTOR_MIX:
        text_append(out, "\"type\": \"object\", \"additionalProperties\": {");
        append_number("number", field, out);
        text_append(out, "}");
        break;
    case FIELD_EFFECTS:
        text_append(out, "\"type\": [\"object\", \"null\"], \"additionalProperties\": "
                         "{\"anyOf\": [{\"type\": \"null\"}, {");
        append_leaf(field, out);
        text_append(out, "}]}");
        break;
    }
}

static void append_standard(const struct field *field, struct text *out)
{
    char number[TEXT_NUMBER_BYTES];
    bool numeric = field_is_number(field);
    if (numeric && isfinite(field->standard))
        text_append(out, ", \"default\": %s", text_number(number, field->standard));
    if (field->kind == FIELD_STAGE)
        text_append(out, ", \"default\": \"%s\"", stage_names[(size_t)field->standard]);
}

static void append_field(const struct field *field, struct text *out)
{
    struct text says = {0};
    text_append(&says, "%s%s%s%s%s%s", field_is_required(field) ? "Required. " : "", field->says,
                *field->unit == '\0' ? "" : "; ", field->unit, *field->source == '\0' ? "" : "; ",
                field->source);
    text_append(out, "\"%s\": {", field->name);
    append_member("description", says.failed ? field->says : says.bytes, out);
    text_append(out, ", ");
    append_type(field, out);
    append_standard(field, out);
    text_append(out, "}");
    out->failed |= says.failed;
    text_clear(&says);
}

static void append_fields(const struct section *section, struct text *out)
{
    text_append(out, "\"type\": [\"object\", \"null\"], \"additionalProperties\": false, "
                     "\"properties\": {");
    for (size_t i = 0; i < section->field_count; i++) {
        text_append(out, "%s\n      ", i > 0 ? "," : "");
        append_field(&section->field[i], out);
    }
    text_append(out, "}");
}

static void append_section(const struct section *section, struct text *out)
{
    text_append(out, "    \"%s\": {", section->path);
    append_member("description", section->says, out);
    text_append(out, ", ");
    if (section->shape == SECTION_ONE) {
        append_fields(section, out);
    } else {
        text_append(out, "\"type\": [\"object\", \"null\"], \"propertyNames\": {");
        if (section->shape == SECTION_MANY)
            append_member("pattern", REFERENCE_NAME_PATTERN, out);
        else
            append_names(round_names, ROUND_COUNT, out);
        text_append(out, "}, \"additionalProperties\": {");
        append_fields(section, out);
        text_append(out, "}");
    }
    text_append(out, "},\n");
}

static void append_distributions(struct text *out)
{
    text_append(out, "  \"$defs\": {\"distribution\": {\"oneOf\": [");
    for (size_t i = 0; i < DISTRIBUTION_COUNT; i++) {
        const struct distribution_row *row = &distribution_rows[i];
        text_append(out,
                    "%s\n    {\"type\": \"object\", \"additionalProperties\": false, "
                    "\"required\": [\"%s\"], \"properties\": {\"%s\": {\"description\": \"%s\", "
                    "\"type\": \"array\", \"items\": {\"type\": \"number\"}, "
                    "\"minItems\": %zu, \"maxItems\": %zu}}}",
                    i > 0 ? "," : "", row->name, row->name, row->says, row->fewest, row->most);
    }
    text_append(out, "]}}\n");
}

/* Whether a scenario cannot do without the section. */
static bool is_needed(size_t id)
{
    const struct section *section = &schema()[id];
    if (section->shape == SECTION_MANY)
        return id == SECTION_ZONES || id == SECTION_SECTORS;
    bool needed = false;
    for (size_t i = 0; i < section->field_count; i++)
        needed |= field_is_required(&section->field[i]);
    return needed;
}

static void append_needed(struct text *out)
{
    const char *comma = "";
    text_append(out, "  \"anyOf\": [{\"required\": [\"extends\"]}, {\"required\": [");
    for (size_t s = 0; s < SECTION_COUNT; s++)
        if (is_needed(s)) {
            text_append(out, "%s\"%s\"", comma, schema()[s].path);
            comma = ", ";
        }
    text_append(out, "]}],\n");
}

void reference_json_schema(struct text *out)
{
    text_append(out, "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                     "  \"title\": \"neobay scenario\",\n"
                     "  \"type\": \"object\",\n  \"additionalProperties\": false,\n");
    append_needed(out);
    text_append(out, "  \"properties\": {\n");
    for (size_t s = 0; s < SECTION_COUNT; s++)
        append_section(&schema()[s], out);
    text_append(out, "    \"extends\": {\"description\": \"File, or files, that this one "
                     "overrides; relative to it\", \"anyOf\": [{\"type\": \"string\"}, "
                     "{\"type\": \"array\", \"items\": {\"type\": \"string\"}}]}\n  },\n");
    append_distributions(out);
    text_append(out, "}\n");
}
