/* The table's rows as data: what reader, help and reference pages walk over. */
#ifndef NEOBAY_SCENARIO_SCHEMA_H
#define NEOBAY_SCENARIO_SCHEMA_H

#include "scenario/params.h"

#include <stdbool.h>
#include <stddef.h>

enum field_kind {
    FIELD_NUMBER,
    FIELD_PLAIN,
    FIELD_WHOLE,
    FIELD_MONTH,
    FIELD_ZONE,
    FIELD_STAGE,
    FIELD_CLASS,
    FIELD_INDICATOR,
    FIELD_TARGET,
    FIELD_TARGETS,
    FIELD_TEXT,
    FIELD_ZONE_MIX,
    FIELD_SECTOR_MIX,
    FIELD_EFFECTS
};

enum section_shape { SECTION_ONE, SECTION_MANY, SECTION_ROUND_NAMES };

/* One row of a section. Its section and slot follow from where it stands: see field_section. */
struct field {
    enum field_kind kind;
    const char *name, *unit;
    double standard, lowest, highest;
    const char *says, *source;
};

struct section {
    enum section_shape shape;
    const char *path, *says;
    const struct field *field;
    size_t field_count;
    size_t scalar_count, text_count, mix_count, effects_count; /* fields by storage */
};

/* The rows, SECTION_COUNT of them: `schema()[SECTION_EXIT]`. */
const struct section *schema(void);

/* The section of a row, and its place among the section's fields of the same storage: scalars (in
 * the params struct), texts, mixes or effects. `field` must be a row of schema(). */
enum section_id field_section(const struct field *field);
size_t field_slot(const struct field *field);

/* The section of this name, or SECTION_COUNT; the field of this name in a section, or NULL. */
enum section_id section_find(const char *path);

/* The section that the first step of a path names, or SECTION_COUNT. */
enum section_id section_of_path(const char *path);
const struct field *section_field(const struct section *section, const char *name);

bool field_is_scalar(const struct field *field);
bool field_is_mix(const struct field *field);

/* Whether it is a number with a range: one that may be uncertain, a plain or a whole one. */
bool field_is_number(const struct field *field);

/* Whether a scenario must give the field, having no standard value. */
bool field_is_required(const struct field *field);

/* What may stand for the field, to follow "expected" or "is not": "a whole number". */
const char *field_expects(const struct field *field);

/* Names that the model itself fixes. */
extern const char *const round_names[ROUND_COUNT];     /* seed, a, b, late */
extern const char *const stage_names[STAGE_COUNT];     /* self, seed, a, b, late, listed */
extern const char *const capital_names[CAPITAL_COUNT]; /* early, growth */

#endif
