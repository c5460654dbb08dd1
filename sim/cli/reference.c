#include "cli/reference.h"

#include "cli/cli.h"
#include "cli/grid.h"

#include <math.h>
#include <stdio.h>

/* ------------------------------------------------------------------ words for a field */

/* What a value is called in a scenario where it is no plain number. */
static const char *kind_word(const struct field *field)
{
    static const char *const words[] = {
        [FIELD_NUMBER] = "number",         [FIELD_WHOLE] = "whole number",
        [FIELD_MONTH] = "month",           [FIELD_ZONE] = "zone",
        [FIELD_STAGE] = "stage",           [FIELD_CLASS] = "class",
        [FIELD_INDICATOR] = "indicator",   [FIELD_TARGET] = "target",
        [FIELD_TARGETS] = "targets",       [FIELD_TEXT] = "text",
        [FIELD_ZONE_MIX] = "mix of zones", [FIELD_SECTOR_MIX] = "mix of sectors",
        [FIELD_EFFECTS] = "effects",
    };
    return words[field->kind];
}

static bool is_number(const struct field *field)
{
    return field->kind == FIELD_NUMBER || field->kind == FIELD_WHOLE;
}

const char *reference_standard(char out[REFERENCE_WORD_BYTES], const struct field *field)
{
    char number[TEXT_NUMBER_BYTES];
    const char *word = "";
    if (isnan(field->standard))
        word = "required";
    else if (field->kind == FIELD_STAGE)
        word = stage_names[(size_t)field->standard];
    else if (field->kind == FIELD_MONTH || (is_number(field) && !isfinite(field->standard)))
        word = "none";
    else if (is_number(field))
        word = text_number(number, field->standard);
    snprintf(out, REFERENCE_WORD_BYTES, "%s", word);
    return out;
}

const char *reference_range(char out[REFERENCE_WORD_BYTES], const struct field *field)
{
    char low[TEXT_NUMBER_BYTES], high[TEXT_NUMBER_BYTES];
    bool has_range = is_number(field) || field_is_mix(field) || field->kind == FIELD_EFFECTS;
    out[0] = '\0';
    if (has_range)
        snprintf(out, REFERENCE_WORD_BYTES, "[%s, %s]", text_number(low, field->lowest),
                 text_number(high, field->highest));
    return out;
}

static const char *unit_or_kind(const struct field *field)
{
    return is_number(field) && field->unit[0] != '\0' ? field->unit : kind_word(field);
}

/* "exit", "zones.NAME", "rounds.NAME": how paths of the section begin. */
static const char *shape_suffix(const struct section *section)
{
    return section->shape == SECTION_ONE ? "" : ".NAME";
}

/* ------------------------------------------------------------------ for the eye */

static void write_section(const struct section *section, struct text *out)
{
    char standard[REFERENCE_WORD_BYTES], range[REFERENCE_WORD_BYTES];
    struct grid grid = {.align = "llrll"};
    text_append(out, "\n%s%s: %s\n", section->path, shape_suffix(section), section->says);
    for (size_t i = 0; i < section->field_count; i++) {
        const struct field *field = &section->field[i];
        grid_add(&grid, "%s", field->name);
        grid_add(&grid, "%s", unit_or_kind(field));
        grid_add(&grid, "%s", reference_standard(standard, field));
        grid_add(&grid, "%s", reference_range(range, field));
        grid_add(&grid, "%s%s%s%s", field->says, field->source[0] == '\0' ? "" : " (",
                 field->source, field->source[0] == '\0' ? "" : ")");
    }
    grid_write(&grid, "", out);
    grid_clear(&grid);
}

void reference_params(struct text *out)
{
    text_append(out, "A number may be a number, a distribution or a dated series.\n"
                     "Columns: name, unit or kind, default, range, meaning (source of the "
                     "default).\n");
    for (size_t i = 0; i < SECTION_COUNT; i++)
        write_section(&schema()[i], out);
}

static const char *const dimension_words[] = {[INDICATOR_NONE] = "",
                                              [INDICATOR_ZONE] = "by zone",
                                              [INDICATOR_SECTOR] = "by sector",
                                              [INDICATOR_PAIR] = "by zones left and reached"};
static const char *const kind_words[] = {[INDICATOR_STOCK] = "stock", [INDICATOR_FLOW] = "flow"};

void reference_indicators(struct text *out)
{
    struct grid grid = {.align = "lllll"};
    for (size_t i = 0; i < INDICATOR_COUNT; i++) {
        grid_add(&grid, "%s", indicators[i].name);
        grid_add(&grid, "%s", kind_words[indicators[i].kind]);
        grid_add(&grid, "%s", dimension_words[indicators[i].dimension]);
        grid_add(&grid, "%s", indicators[i].unit);
        grid_add(&grid, "%s", indicators[i].says);
    }
    grid_write(&grid, "", out);
    grid_clear(&grid);
}

/* ------------------------------------------------------------------ Markdown */

/* Appends a cell of a Markdown table, whose bars would end it too early. */
static void markdown_cell(const char *words, struct text *out)
{
    text_append(out, " ");
    for (; *words != '\0'; words++)
        text_append(out, "%s%c", *words == '|' ? "\\" : "", *words);
    text_append(out, " |");
}

static void markdown_section(const struct section *section, struct text *out)
{
    char standard[REFERENCE_WORD_BYTES], range[REFERENCE_WORD_BYTES];
    text_append(out, "\n## `%s%s`\n\n%s.\n\n", section->path, shape_suffix(section),
                section->says);
    text_append(out, "| Name | Unit or kind | Default | Range | Meaning | Source of the default |\n"
                     "|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < section->field_count; i++) {
        const struct field *field = &section->field[i];
        text_append(out, "| `%s` |", field->name);
        markdown_cell(unit_or_kind(field), out);
        markdown_cell(reference_standard(standard, field), out);
        markdown_cell(reference_range(range, field), out);
        markdown_cell(field->says, out);
        markdown_cell(field->source, out);
        text_append(out, "\n");
    }
}

void reference_params_markdown(struct text *out)
{
    text_append(out, "# Parameters\n\n"
                     "Made by `make docs` from sim/scenario/table.h; change it there.\n\n"
                     "A value of kind number, and every share and effect, may be a number, a\n"
                     "distribution (what is not known) or a dated series (what is planned).\n"
                     "Sections with `.NAME` hold any number of entries under names of your own;\n"
                     "those of `rounds` are seed, a, b and late.\n");
    for (size_t i = 0; i < SECTION_COUNT; i++)
        markdown_section(&schema()[i], out);
}

void reference_indicators_markdown(struct text *out)
{
    text_append(out, "# Indicators\n\n"
                     "Made by `make docs` from sim/scenario/indicators.h; change it there.\n\n"
                     "A stock is a state at the end of a month; a flow counts what happened in "
                     "it.\n\n| Name | Kind | Dimension | Unit | Meaning |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < INDICATOR_COUNT; i++) {
        text_append(out, "| `%s` |", indicators[i].name);
        markdown_cell(kind_words[indicators[i].kind], out);
        markdown_cell(dimension_words[indicators[i].dimension], out);
        markdown_cell(indicators[i].unit, out);
        markdown_cell(indicators[i].says, out);
        text_append(out, "\n");
    }
}

/* ------------------------------------------------------------------ the commands */

int command_params(const struct call *call)
{
    struct text text = {0};
    if (call->given[OPTION_ID_JSON_SCHEMA])
        reference_json_schema(&text);
    else if (call->given[OPTION_ID_MARKDOWN])
        reference_params_markdown(&text);
    else
        reference_params(&text);
    return cli_print(&text);
}

int command_indicators(const struct call *call)
{
    struct text text = {0};
    if (call->given[OPTION_ID_MARKDOWN])
        reference_indicators_markdown(&text);
    else
        reference_indicators(&text);
    return cli_print(&text);
}
