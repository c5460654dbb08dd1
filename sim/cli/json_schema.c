/* A JSON Schema (draft 2020-12) of scenario files, for editors; see reference.h.
 *
 * It asks for nothing to be there, since a file that extends another holds only what differs.
 */
#include "cli/reference.h"

#include "output/json.h"
#include "scenario/distribution.h"

#include <math.h>

static const char head[] =
    "{\n"
    "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
    "  \"title\": \"neobay scenario\",\n"
    "  \"type\": \"object\",\n"
    "  \"additionalProperties\": false,\n"
    "  \"properties\": {\n"
    "    \"extends\": {\"description\": \"Files that this one differs from, relative to it\", "
    "\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"array\", \"items\": {\"type\": "
    "\"string\"}}]}";

static void append_bounds(const struct field *field, struct text *out)
{
    text_append(out, ", \"minimum\": ");
    json_number(out, field->lowest);
    text_append(out, ", \"maximum\": ");
    json_number(out, field->highest);
}

/* A number, a distribution or a dated series. */
static void append_number(const struct field *field, struct text *out)
{
    text_append(out, "\"anyOf\": [{\"type\": \"number\"");
    append_bounds(field, out);
    text_append(out, "}, {\"$ref\": \"#/$defs/distribution\"}, {\"type\": \"object\", "
                     "\"propertyNames\": {\"$ref\": \"#/$defs/month\"}, \"additionalProperties\": "
                     "{\"type\": \"number\"");
    append_bounds(field, out);
    text_append(out, "}}]");
}

static void append_mapping(const struct field *field, struct text *out)
{
    text_append(out, "\"type\": \"object\", \"additionalProperties\": {");
    append_number(field, out);
    text_append(out, "}");
}

static void append_enum(const char *const *names, size_t count, struct text *out)
{
    text_append(out, "\"enum\": [");
    for (size_t i = 0; i < count; i++) {
        text_append(out, "%s", i > 0 ? ", " : "");
        json_string(out, names[i]);
    }
    text_append(out, "]");
}

static void append_indicators(struct text *out)
{
    const char *names[INDICATOR_COUNT];
    for (size_t i = 0; i < INDICATOR_COUNT; i++)
        names[i] = indicators[i].name;
    append_enum(names, INDICATOR_COUNT, out);
}

static void append_whole(const struct field *field, struct text *out)
{
    text_append(out, "\"type\": \"integer\"");
    append_bounds(field, out);
}

static void append_type(const struct field *field, struct text *out)
{
    switch (field->kind) {
    case FIELD_NUMBER:
        append_number(field, out);
        break;
    case FIELD_WHOLE:
        append_whole(field, out);
        break;
    case FIELD_MONTH:
        text_append(out, "\"$ref\": \"#/$defs/month\"");
        break;
    case FIELD_STAGE:
        append_enum(stage_names, STAGE_COUNT, out);
        break;
    case FIELD_CLASS:
        append_enum(capital_names, CAPITAL_COUNT, out);
        break;
    case FIELD_INDICATOR:
        append_indicators(out);
        break;
    case FIELD_TARGETS:
        text_append(out, "\"type\": \"array\", \"items\": {\"type\": \"string\"}");
        break;
    case FIELD_ZONE_MIX:
    case FIELD_SECTOR_MIX:
    case FIELD_EFFECTS:
        append_mapping(field, out);
        break;
    case FIELD_ZONE:
    case FIELD_TARGET:
    case FIELD_TEXT:
        text_append(out, "\"type\": \"string\"");
        break;
    }
}

static void append_description(const struct field *field, struct text *out)
{
    char standard[REFERENCE_WORD_BYTES];
    struct text words = {0};
    reference_standard(standard, field);
    text_append(&words, "%s%s%s%s%s%s", field->says, field->unit[0] == '\0' ? "" : " [",
                field->unit, field->unit[0] == '\0' ? "" : "]",
                standard[0] == '\0' ? "" : "; default: ", standard);
    text_append(out, "\"description\": ");
    json_string(out, words.bytes);
    out->failed |= words.failed;
    text_clear(&words);
}

static void append_fields(const struct section *section, struct text *out)
{
    text_append(out, "\"type\": [\"object\", \"null\"], \"additionalProperties\": false, "
                     "\"properties\": {");
    for (size_t i = 0; i < section->field_count; i++) {
        text_append(out, "%s\n      ", i > 0 ? "," : "");
        json_string(out, section->field[i].name);
        text_append(out, ": {");
        append_description(&section->field[i], out);
        text_append(out, ", ");
        append_type(&section->field[i], out);
        text_append(out, "}");
    }
    text_append(out, "}");
}

static void append_section(const struct section *section, struct text *out)
{
    text_append(out, ",\n    ");
    json_string(out, section->path);
    text_append(out, ": {\"description\": ");
    json_string(out, section->says);
    text_append(out, ", ");
    if (section->shape != SECTION_ONE)
        text_append(out, "\"type\": [\"object\", \"null\"], \"additionalProperties\": {");
    append_fields(section, out);
    text_append(out, "%s}", section->shape != SECTION_ONE ? "}" : "");
}

static void append_distributions(struct text *out)
{
    text_append(out, "    \"distribution\": {\"type\": \"object\", \"minProperties\": 1, "
                     "\"maxProperties\": 1, \"additionalProperties\": false, \"properties\": {");
    for (size_t i = 0; i < DISTRIBUTION_COUNT; i++) {
        const struct distribution_row *row = &distribution_rows[i];
        text_append(out, "%s\n      ", i > 0 ? "," : "");
        json_string(out, row->name);
        text_append(out, ": {\"description\": ");
        json_string(out, row->says);
        text_append(out, ", \"type\": \"array\", \"items\": {\"type\": \"number\"}, "
                         "\"minItems\": %zu, \"maxItems\": %zu}", row->fewest, row->most);
    }
    text_append(out, "}}\n");
}

void reference_json_schema(struct text *out)
{
    text_append(out, "%s", head);
    for (size_t i = 0; i < SECTION_COUNT; i++)
        append_section(&schema()[i], out);
    text_append(out, "\n  },\n  \"$defs\": {\n    \"month\": {\"type\": \"string\", \"pattern\": "
                     "\"^[0-9]{4}-(0[1-9]|1[0-2])$\"},\n");
    append_distributions(out);
    text_append(out, "  }\n}\n");
}
