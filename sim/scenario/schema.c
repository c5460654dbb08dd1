#include "scenario/schema.h"

#include "scenario/path.h"

#include <string.h>

/* All rows stand in one table, section after section; a section knows its first. */
enum {
#define SECTION_BOUNDS(upper, path, one, many, says)                                               \
    upper##_FIRST, upper##_LAST = upper##_FIRST - 1 upper##_FIELDS(PLUS_ONE),
#define PLUS_ONE(...) +1
    SECTION_TABLE(SECTION_BOUNDS)
#undef PLUS_ONE
#undef SECTION_BOUNDS
        FIELD_COUNT
};

static const struct field fields[FIELD_COUNT] = {
#define ROW(kind, name, unit, ...)                 {FIELD_##kind, #name, unit, __VA_ARGS__},
#define SECTION_ROWS(upper, path, one, many, says) upper##_FIELDS(ROW)
    SECTION_TABLE(SECTION_ROWS)
#undef SECTION_ROWS
#undef ROW
};

#define PLUS_TEXT(kind, ...)    +(FIELD_##kind == FIELD_TEXT)
#define PLUS_MIX(kind, ...)     +(FIELD_##kind == FIELD_ZONE_MIX || FIELD_##kind == FIELD_SECTOR_MIX)
#define PLUS_EFFECTS(kind, ...) +(FIELD_##kind == FIELD_EFFECTS)
static const struct section sections[SECTION_COUNT] = {
#define SECTION_ROW(upper, path, one, many, says)                                                  \
    {SECTION_##many,                                                                               \
     #path,                                                                                        \
     says,                                                                                         \
     &fields[upper##_FIRST],                                                                       \
     upper##_LAST - upper##_FIRST + 1,                                                             \
     sizeof(struct one##_params) / sizeof(double),                                                 \
     0 upper##_FIELDS(PLUS_TEXT),                                                                  \
     0 upper##_FIELDS(PLUS_MIX),                                                                   \
     0 upper##_FIELDS(PLUS_EFFECTS)},
    SECTION_TABLE(SECTION_ROW)
#undef SECTION_ROW
};

const char *const round_names[ROUND_COUNT] = {"seed", "a", "b", "late"};
const char *const stage_names[STAGE_COUNT] = {"self", "seed", "a", "b", "late", "listed"};
const char *const capital_names[CAPITAL_COUNT] = {"early", "growth"};

static const char *const expected[] = {
    [FIELD_NUMBER] = "a number, a distribution or a dated series",
    [FIELD_PLAIN] = "a plain number, neither uncertain nor dated",
    [FIELD_WHOLE] = "a whole number, neither uncertain nor dated",
    [FIELD_MONTH] = "a month such as 2021-01, from 1900-01 to 2200-12",
    [FIELD_ZONE] = "the name of a zone",
    [FIELD_STAGE] = "a stage: self, seed, a, b, late or listed",
    [FIELD_CLASS] = "a class of capital: early or growth",
    [FIELD_INDICATOR] = "the name of an indicator",
    [FIELD_TARGET] = "the name of a target",
    [FIELD_TARGETS] = "a list of names of targets",
    [FIELD_TEXT] = "text",
    [FIELD_ZONE_MIX] = "a mapping from zones to shares",
    [FIELD_SECTOR_MIX] = "a mapping from sectors to shares",
    [FIELD_EFFECTS] = "a mapping from paths to amounts",
};

const struct section *schema(void)
{
    return sections;
}

bool field_is_mix(const struct field *field)
{
    return field->kind == FIELD_ZONE_MIX || field->kind == FIELD_SECTOR_MIX;
}

bool field_is_scalar(const struct field *field)
{
    return !field_is_mix(field) && field->kind != FIELD_TEXT && field->kind != FIELD_EFFECTS;
}

bool field_is_number(const struct field *field)
{
    return field->kind == FIELD_NUMBER || field->kind == FIELD_PLAIN || field->kind == FIELD_WHOLE;
}

bool field_is_required(const struct field *field)
{
    return isnan(field->standard);
}

const char *field_expects(const struct field *field)
{
    return expected[field->kind];
}

static bool same_storage(const struct field *a, const struct field *b)
{
    return field_is_scalar(a) == field_is_scalar(b) && field_is_mix(a) == field_is_mix(b) &&
           (a->kind == FIELD_TEXT) == (b->kind == FIELD_TEXT);
}

enum section_id field_section(const struct field *field)
{
    size_t section = 0;
    while (section + 1 < SECTION_COUNT && sections[section + 1].field <= field)
        section++;
    return (enum section_id)section;
}

size_t field_slot(const struct field *field)
{
    size_t slot = 0;
    for (const struct field *f = sections[field_section(field)].field; f < field; f++)
        slot += same_storage(f, field);
    return slot;
}

enum section_id section_find(const char *path)
{
    size_t section = 0;
    while (section < SECTION_COUNT && strcmp(sections[section].path, path) != 0)
        section++;
    return (enum section_id)section;
}

enum section_id section_of_path(const char *path)
{
    size_t section = 0, length = path_first(path);
    while (section < SECTION_COUNT && (strlen(sections[section].path) != length ||
                                       strncmp(sections[section].path, path, length) != 0))
        section++;
    return (enum section_id)section;
}

const struct field *section_field(const struct section *section, const char *name)
{
    for (size_t i = 0; i < section->field_count; i++)
        if (strcmp(section->field[i].name, name) == 0)
            return &section->field[i];
    return NULL;
}
