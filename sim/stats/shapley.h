/* The Shapley value: what each of k levers is worth, shared out fairly.
 *
 * With v(S) the outcome with the levers of set S, lever i is worth the mean, over all orders in
 * which levers may be added, of what it adds when its turn comes:
 *     phi_i = sum over S without i of |S|! (k - |S| - 1)! / k! (v(S + i) - v(S)).
 * The values sum to v(all) - v(none). They are linear in v, so each replicate, in which all 2^k
 * sets share their luck, has values of its own, and the spread of these gives standard errors that
 * know of the pairing. For many levers orders are sampled instead.
 *
 * Sources: Shapley (1953), in Contributions to the Theory of Games II; Castro, Gomez and Tejada
 * (2009), Computers & Operations Research 36, 1726-1730.
 */
#ifndef NEOBAY_STATS_SHAPLEY_H
#define NEOBAY_STATS_SHAPLEY_H

#include "stats/moments.h"

#include <stddef.h>
#include <stdint.h>

enum { SHAPLEY_PLAYERS = 10 };

struct worth {
    double value, standard_error; /* the error is NaN under two replicates or orders */
};

/* Shapley values of many replicates: exact sums, so order and splitting leave no trace.
 * Zero-initialise and set `players` (1 to SHAPLEY_PLAYERS). */
struct shapley {
    size_t players;
    moments_sum weighted[SHAPLEY_PLAYERS]; /* of exact values, times SHAPLEY_SHARES * 2^24 */
    struct moments each[SHAPLEY_PLAYERS];  /* of the replicates' values, for their spread */
};
enum {
    SHAPLEY_SHARES = 2520
}; /* lcm(1, ..., 10): all weights are whole multiples of its inverse */

/* Adds one replicate's v[2^players], v[set] with bit i of `set` for player i; writes its own values
 * to value[players], unless that is NULL. After a value of no number, or over MOMENTS_LARGEST, or a
 * Shapley value that is, all values are NaN. */
void shapley_add(struct shapley *shapley, const double *v, double *value);

/* Mean over the replicates, NaN without any. Means sum to that of v(all) - v(none) to rounding. */
struct worth shapley_worth(const struct shapley *shapley, size_t player);

/* The index-th random order of `players`, uniform: order[turn] = player. Addressed by the seed, not
 * by scenario or replicate, so a batch that is continued samples on where it was. */
void shapley_order(uint64_t seed, uint32_t index, size_t players, size_t *order);

/* Adds what each player added on its turn: along[turn] is the outcome before that turn, and
 * along[players] the last. added[players] starts at zero. What was added sums exactly to
 * last - first, each rounded to 2^-24.
 *
 * The error of shapley_sampled takes one order as one observation. It covers chance as well if each
 * order has replicates of its own. Where all orders run on the same replicates, keep a second array
 * with the replicates' means over the orders, and take the root of the two squared errors' sum. */
void shapley_walk(const size_t *order, const double *along, size_t players, struct moments *added);
struct worth shapley_sampled(const struct moments *added);

#endif
