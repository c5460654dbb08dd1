/* Where things lie in the flat array of values: section by section the instances' structs, then
 * section by section the instances' mixes, then the amounts of effects. `count` is the number of
 * instances of each section (1 for ONE sections). */
#ifndef NEOBAY_SCENARIO_LAYOUT_H
#define NEOBAY_SCENARIO_LAYOUT_H

#include "scenario/schema.h"

size_t layout_scalar(const size_t count[SECTION_COUNT], enum section_id section, size_t instance,
                     size_t slot);
size_t layout_mix(const size_t count[SECTION_COUNT], enum section_id section, size_t instance,
                  size_t slot);

/* Where the amounts start: the count of all other numbers. */
size_t layout_effects(const size_t count[SECTION_COUNT]);

/* The section that a mix's names belong to: zones or sectors. */
enum section_id layout_mix_names(const struct field *field);

#endif
