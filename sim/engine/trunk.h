/* Trunks: up to which month scenarios cannot be told apart.
 *
 * A trunk is a scenario as a row of hashes, one for each row of the panel, each of all that can act
 * by then. Two scenarios whose hashes agree up to a row have, replicate by replicate, the same
 * history up to it.
 *
 * What can act, and from when:
 *   a dated value                    with its value of the month
 *   amounts, lag, cost of a lever    once the lever may have strength: planned, raised by a review,
 *                                    or acted on by a shock; the budget once any lever may
 *   amounts of a shock               while it lasts
 *   a delay                          through the series that it moves, and through reviews
 *   a review, and its target         from the start of the review to the target's date
 *   other targets, titles            never
 *   everything else                  from the first month on; so does an uncertain value
 * Scenarios of another layout (a lever, review or zone more, another end) share nothing.
 */
#ifndef NEOBAY_ENGINE_TRUNK_H
#define NEOBAY_ENGINE_TRUNK_H

#include "scenario/scenario.h"

struct trunk {
    size_t rows;
    uint64_t *hash; /* [row] */
};

/* False with a fault if memory runs out. */
bool trunk_of(struct trunk *trunk, const struct scenario *scenario, struct faults *faults);
void trunk_clear(struct trunk *trunk);

/* Rows of the panel, from the first, that both have alike. */
size_t trunk_shared(const struct trunk *a, const struct trunk *b);

/* Order that puts next to each other what shares most: < 0, 0 or > 0. */
int trunk_compare(const struct trunk *a, const struct trunk *b);

#endif
