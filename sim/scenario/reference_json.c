/* The JSON Schema. What a file must hold depends on what it extends, so `required` is asked of
 * files that extend nothing, and of sections only; `neobay check` asks the rest. */
#include "scenario/reference.h"

#include "base/json.h"
#include "scenario/distribution.h"
#include "scenario/indicators.h"
#include "scenario/schema.h"

#include <math.h>

static void write_names(struct json *json, const char *const *names, size_t count)
{
    json_open_array(json, "enum", JSON_ROW);
    for (size_t i = 0; i < count; i++)
        json_text(json, NULL, names[i]);
    json_close_array(json);
}

static void write_number(struct json *json, const char *type, const struct field *field)
{
    json_text(json, "type", type);
    json_number(json, "minimum", field->lowest);
    json_number(json, "maximum", field->highest);
}

static void write_number_object(struct json *json, const char *key, const struct field *field)
{
    json_open_object(json, key, JSON_ROW);
    write_number(json, "number", field);
    json_close_object(json);
}

/* Values by month. */
static void write_months(struct json *json, const struct field *field)
{
    json_open_object(json, NULL, JSON_ROW);
    json_text(json, "type", "object");
    json_whole(json, "minProperties", 1);
    json_bool(json, "additionalProperties", false);
    json_open_object(json, "patternProperties", JSON_ROW);
    write_number_object(json, REFERENCE_MONTH_PATTERN, field);
    json_close_object(json);
    json_close_object(json);
}

/* A number, a distribution or a dated series. */
static void write_leaf(struct json *json, const struct field *field)
{
    json_open_array(json, "anyOf", JSON_ROW);
    write_number_object(json, NULL, field);
    json_open_object(json, NULL, JSON_ROW);
    json_text(json, "$ref", "#/$defs/distribution");
    json_close_object(json);
    write_months(json, field);
    json_close_array(json);
}

static void write_types(struct json *json, const char *const *types, size_t count)
{
    json_open_array(json, "type", JSON_ROW);
    for (size_t i = 0; i < count; i++)
        json_text(json, NULL, types[i]);
    json_close_array(json);
}

static const char *const object_or_null[] = {"object", "null"};
static const char *const words_or_null[] = {"string", "number", "null"};

static void write_indicators(struct json *json)
{
    const char *names[INDICATOR_COUNT];
    for (size_t i = 0; i < INDICATOR_COUNT; i++)
        names[i] = indicators[i].name;
    write_names(json, names, INDICATOR_COUNT);
}

static void write_targets(struct json *json)
{
    json_text(json, "type", "array");
    json_whole(json, "minItems", 1);
    json_bool(json, "uniqueItems", true);
    json_open_object(json, "items", JSON_ROW);
    json_text(json, "type", "string");
    json_close_object(json);
}

static void write_mix(struct json *json, const struct field *field)
{
    json_text(json, "type", "object");
    write_number_object(json, "additionalProperties", field);
}

/* From paths to amounts; null takes one away. */
static void write_effects(struct json *json, const struct field *field)
{
    write_types(json, object_or_null, 2);
    json_open_object(json, "additionalProperties", JSON_ROW);
    json_open_array(json, "anyOf", JSON_ROW);
    json_open_object(json, NULL, JSON_ROW);
    json_text(json, "type", "null");
    json_close_object(json);
    json_open_object(json, NULL, JSON_ROW);
    write_leaf(json, field);
    json_close_object(json);
    json_close_array(json);
    json_close_object(json);
}

static void write_type(struct json *json, const struct field *field)
{
    switch (field->kind) {
    case FIELD_NUMBER:
        write_leaf(json, field);
        break;
    case FIELD_PLAIN:
        write_number(json, "number", field);
        break;
    case FIELD_WHOLE:
        write_number(json, "integer", field);
        break;
    case FIELD_MONTH:
        json_text(json, "type", "string");
        json_text(json, "pattern", REFERENCE_MONTH_PATTERN);
        break;
    case FIELD_STAGE:
        write_names(json, stage_names, STAGE_COUNT);
        break;
    case FIELD_CLASS:
        write_names(json, capital_names, CAPITAL_COUNT);
        break;
    case FIELD_INDICATOR:
        write_indicators(json);
        break;
    case FIELD_ZONE:
    case FIELD_TARGET:
        json_text(json, "type", "string");
        break;
    case FIELD_TARGETS:
        write_targets(json);
        break;
    case FIELD_TEXT:
        write_types(json, words_or_null, 3);
        break;
    case FIELD_ZONE_MIX:
    case FIELD_SECTOR_MIX:
        write_mix(json, field);
        break;
    case FIELD_EFFECTS:
        write_effects(json, field);
        break;
    }
}

static void write_field(struct json *json, const struct field *field)
{
    struct text says = {0};
    text_append(&says, "%s%s%s%s%s%s", field_is_required(field) ? "Required. " : "", field->says,
                *field->unit == '\0' ? "" : "; ", field->unit, *field->source == '\0' ? "" : "; ",
                field->source);
    json_open_object(json, field->name, JSON_ROW);
    json_text(json, "description", says.failed ? field->says : says.bytes);
    write_type(json, field);
    if (field_is_number(field) && isfinite(field->standard))
        json_number(json, "default", field->standard);
    if (field->kind == FIELD_STAGE)
        json_text(json, "default", stage_names[(size_t)field->standard]);
    json_close_object(json);
    json->out->failed |= says.failed;
    text_clear(&says);
}

static void write_fields(struct json *json, const struct section *section)
{
    write_types(json, object_or_null, 2);
    json_bool(json, "additionalProperties", false);
    json_open_object(json, "properties", JSON_LINES);
    for (size_t i = 0; i < section->field_count; i++)
        write_field(json, &section->field[i]);
    json_close_object(json);
}

static void write_instances(struct json *json, const struct section *section)
{
    write_types(json, object_or_null, 2);
    json_open_object(json, "propertyNames", JSON_ROW);
    if (section->shape == SECTION_MANY)
        json_text(json, "pattern", REFERENCE_NAME_PATTERN);
    else
        write_names(json, round_names, ROUND_COUNT);
    json_close_object(json);
    json_open_object(json, "additionalProperties", JSON_ROW);
    write_fields(json, section);
    json_close_object(json);
}

static void write_section(struct json *json, const struct section *section)
{
    json_open_object(json, section->path, JSON_ROW);
    json_text(json, "description", section->says);
    if (section->shape == SECTION_ONE)
        write_fields(json, section);
    else
        write_instances(json, section);
    json_close_object(json);
}

static void write_distribution(struct json *json, const struct distribution_row *row)
{
    json_open_object(json, NULL, JSON_ROW);
    json_text(json, "type", "object");
    json_bool(json, "additionalProperties", false);
    json_open_array(json, "required", JSON_ROW);
    json_text(json, NULL, row->name);
    json_close_array(json);
    json_open_object(json, "properties", JSON_ROW);
    json_open_object(json, row->name, JSON_ROW);
    json_text(json, "description", row->says);
    json_text(json, "type", "array");
    json_open_object(json, "items", JSON_ROW);
    json_text(json, "type", "number");
    json_close_object(json);
    json_whole(json, "minItems", row->fewest);
    json_whole(json, "maxItems", row->most);
    json_close_object(json);
    json_close_object(json);
    json_close_object(json);
}

static void write_distributions(struct json *json)
{
    json_open_object(json, "$defs", JSON_ROW);
    json_open_object(json, "distribution", JSON_ROW);
    json_open_array(json, "oneOf", JSON_LINES);
    for (size_t i = 0; i < DISTRIBUTION_COUNT; i++)
        write_distribution(json, &distribution_rows[i]);
    json_close_array(json);
    json_close_object(json);
    json_close_object(json);
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

static void open_required(struct json *json)
{
    json_open_object(json, NULL, JSON_ROW);
    json_open_array(json, "required", JSON_ROW);
}

static void close_required(struct json *json)
{
    json_close_array(json);
    json_close_object(json);
}

static void write_needed(struct json *json)
{
    json_open_array(json, "anyOf", JSON_ROW);
    open_required(json);
    json_text(json, NULL, "extends");
    close_required(json);
    open_required(json);
    for (size_t s = 0; s < SECTION_COUNT; s++)
        if (is_needed(s))
            json_text(json, NULL, schema()[s].path);
    close_required(json);
    json_close_array(json);
}

static void write_extends(struct json *json)
{
    json_open_object(json, "extends", JSON_ROW);
    json_text(json, "description", "File, or files, that this one overrides; relative to it");
    json_open_array(json, "anyOf", JSON_ROW);
    json_open_object(json, NULL, JSON_ROW);
    json_text(json, "type", "string");
    json_close_object(json);
    json_open_object(json, NULL, JSON_ROW);
    json_text(json, "type", "array");
    json_open_object(json, "items", JSON_ROW);
    json_text(json, "type", "string");
    json_close_object(json);
    json_close_object(json);
    json_close_array(json);
    json_close_object(json);
}

void reference_json_schema(struct text *out)
{
    struct json json = {.out = out};
    json_open_object(&json, NULL, JSON_LINES);
    json_text(&json, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_text(&json, "title", "neobay scenario");
    json_text(&json, "type", "object");
    json_bool(&json, "additionalProperties", false);
    write_needed(&json);
    json_open_object(&json, "properties", JSON_LINES);
    for (size_t s = 0; s < SECTION_COUNT; s++)
        write_section(&json, &schema()[s]);
    write_extends(&json);
    json_close_object(&json);
    write_distributions(&json);
    json_close_object(&json);
    text_append(out, "\n");
}
