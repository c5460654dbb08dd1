/* Birthplaces: the sources and groups that firms and projects come from, by section and instance.
 *
 * Each has an origin, the hash of its path, "sources.sjtu", in the address of chance of whatever it
 * gives birth to; and its mixes, shares of sectors and zones. Both are asked every month and never
 * change, so they are found once a scenario.
 */
#ifndef NEOBAY_DISTRICT_BIRTHPLACE_H
#define NEOBAY_DISTRICT_BIRTHPLACE_H

#include "scenario/scenario.h"

enum { BIRTHPLACE_MIXES = 2 };

struct birthplace {
    uint32_t origin;
    size_t mix[BIRTHPLACE_MIXES]; /* where each starts in params.value, in the table's order */
};

/* The sections whose instances give birth, up to SECTION_COUNT. */
extern const enum section_id birthplace_sections[];

struct birthplaces {
    struct birthplace *of[SECTION_COUNT]; /* [section][instance]; NULL for other sections */
};

bool birthplaces_init(struct birthplaces *places, const struct scenario *scenario,
                      struct faults *faults);
void birthplaces_clear(struct birthplaces *places);

#endif
