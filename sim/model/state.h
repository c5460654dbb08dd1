/* The state of a replicate: all that one month hands to the next, as one table.
 *
 * What a step works out anew before it reads it (tables, flows, effective numbers, scratch) is no
 * part of it. A snapshot is a copy of the state. Restored into a district of the same scenario, or
 * of one that agrees with it up to then, the replicate goes on as if nothing had been.
 */
#ifndef NEOBAY_MODEL_STATE_H
#define NEOBAY_MODEL_STATE_H

#include "model/district.h"

/* V(member of struct district): values. */
#define STATE_VALUES(V)                                                                            \
    V(month)                                                                                       \
    V(macro)                                                                                       \
    V(talent_heads)                                                                                \
    V(finance_quality)                                                                             \
    V(raise_weight)                                                                                \
    V(sums.staff_heads)                                                                            \
    V(sums.raise)                                                                                  \
    V(policy.fresh)                                                                                \
    V(firms.count)                                                                                 \
    V(firms.known)                                                                                 \
    V(firms.basis)                                                                                 \
    V(projects.count)                                                                              \
    V(waiting.count)

/* A(member, length): arrays whose length the scenario gives. */
#define STATE_ARRAYS(A)                                                                            \
    A(firm_count, district->kinds.count)                                                           \
    A(area_used_m2, district->kinds.zones)                                                         \
    A(policy.strength, district->now.count[SECTION_LEVERS])                                        \
    A(policy.raised, district->now.count[SECTION_LEVERS])                                          \
    A(policy.cap, district->now.count[SECTION_LEVERS])                                             \
    A(policy.lag, district->now.count[SECTION_LEVERS])                                             \
    A(policy.path_start, district->now.count[SECTION_REVIEWS])

/* And the rows of FIRM_COLUMNS and, of projects that incubate and that wait, PROJECT_COLUMNS. */

/* Zero-initialise; it grows as it needs to. */
struct snapshot {
    char *bytes;
    size_t length, capacity;
};

/* Bytes of a snapshot of the district as it is. */
size_t state_bytes(const struct district *district);

/* False with a fault if memory runs out. */
bool state_save(const struct district *district, struct snapshot *snapshot, struct faults *faults);

/* Into a district of the same layout: as many levers, zones and so on. */
bool state_restore(struct district *district, const struct snapshot *snapshot,
                   struct faults *faults);

void snapshot_clear(struct snapshot *snapshot);

#endif
