/* Birthplaces: the sources and cohorts that agents are born of. Their addresses of chance and their
 * mixes are looked up once a replicate or month, not once a birth. */
#ifndef NEOBAY_MODEL_BIRTHPLACE_H
#define NEOBAY_MODEL_BIRTHPLACE_H

#include "random/draw.h"
#include "scenario/scenario.h"

struct district;

struct birthplace {
    enum section_id section; /* sources, incumbents or arrivals */
    size_t instance;
    uint32_t origin;                /* in the address of chance: the hash of its path */
    struct draw_mix sectors, zones; /* zones: of incumbents only */
};

/* Makes all birthplaces of the scenario; false if memory runs out. district->now is bound. */
bool birthplaces_init(struct district *district);

/* Instance number `instance` of a section, its mixes summed as they are this month. */
const struct birthplace *birthplace_now(struct district *district, enum section_id section,
                                        size_t instance);

/* The path of the birthplace of this origin, "sources.sjtu"; "?" if there is none. */
void birthplace_path(const struct district *district, uint32_t origin, char *out, size_t size);

#endif
