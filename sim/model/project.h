/* Projects: research results on their way to a firm.
 *
 * Work left w starts as an Erlang of two stages, -(mean / 2) ln(u1 u2) years, and falls by
 * D * maturation_speed a month. While w > 0 a project is abandoned with hazard abandon_rate. At
 * w <= 0 it asks the landing zone for fewest_heads * area_per_head; with room it founds a firm
 * there; while it waits it leaves the district with hazard wait_leak_rate. Those that wait are
 * served before those that come, in the order in which they came.
 */
#ifndef NEOBAY_MODEL_PROJECT_H
#define NEOBAY_MODEL_PROJECT_H

#include "base/fault.h"
#include "random/draw.h"

#include <stddef.h>

struct district;

/* C(type, name): the state of a project. */
#define PROJECT_COLUMNS(C)                                                                         \
    C(double, work_years) /* work left */                                                          \
    C(double, quality)    /* z */                                                                  \
    C(int32_t, sector)                                                                             \
    C(uint32_t, agent)  /* identity: month and rank of the result */                               \
    C(uint32_t, origin) /* identity: hash of the source's path */

/* Projects that incubate, or those that wait: rows in order of arrival. */
struct projects {
    size_t count, capacity;
#define PROJECT_MEMBER(type, name) type *name;
    PROJECT_COLUMNS(PROJECT_MEMBER)
#undef PROJECT_MEMBER
    float *draw; /* scratch: this month's uniform */
};

struct project {
    double work_years, quality;
    int32_t sector;
    struct draw_agent agent;
};

/* Makes room for `wanted` rows; false, with the projects as they were, if memory runs out. */
bool projects_reserve(struct projects *projects, size_t wanted);

bool projects_add(struct projects *projects, const struct project *project, struct faults *faults);
void projects_clear(struct projects *projects);

/* Work of a new project: Erlang of two stages with the given mean. */
double project_work_years(double mean_years, double u1, double u2);

/* One month of incubation; founds firms in the landing zone. */
bool project_step(struct district *district, struct faults *faults);

#endif
