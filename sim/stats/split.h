/* Chance told from ignorance: what of an outcome's variance comes from the values that are not
 * known, and what from luck.
 *
 * Pick and freeze: replicates come in twins (y, y') that share the uncertain values x and differ in
 * all other draws. Given x the two are independent with the same mean, so
 *     ignorance = Var E(y | x) = Cov(y, y'),   luck = E Var(y | x) = E (y - y')^2 / 2,
 * and variance = ignorance + luck. Both are estimated without bias by the analysis of variance of
 * the twins, from the moments of y + y' and y - y': ignorance = (Var(y + y') - mean (y - y')^2)
 * / 4.
 *
 * Sources: Sobol' (1993), Math. Modelling Comput. Exp. 1, 407-414; Janon et al. (2014), ESAIM: P&S
 * 18, 342-364 (pick and freeze); Searle, Casella and McCulloch (1992), Variance Components, ch. 3;
 * Shao and Tu (1995), The Jackknife and Bootstrap (grouped jackknife).
 */
#ifndef NEOBAY_STATS_SPLIT_H
#define NEOBAY_STATS_SPLIT_H

#include "stats/estimate.h"
#include "stats/moments.h"
#include "stats/paired.h"

#include <stdint.h>

enum { SPLIT_GROUPS = 32 };

/* Exact sums of sums and differences of twins, in groups by the number of the twins: neither order
 * nor splitting into parts leaves a trace. Zero-initialise. 4 KiB. */
struct split {
    struct moments sum[SPLIT_GROUPS], difference[SPLIT_GROUPS];
};

/* Variances in squared units, shares of the variance in [0, 1] that sum to 1. Raw ignorance may be
 * negative where there is little. Standard errors are the jackknife's: an error of a fifth to
 * an eighth of themselves, and NaN under three pairs. */
struct split_result {
    double variance, ignorance, luck;                  /* raw; NaN under two pairs */
    double ignorance_error;                            /* of raw ignorance */
    double ignorance_share, luck_share;                /* clipped; NaN without any variance */
    double raw_ignorance_share, ignorance_share_error; /* NaN without any variance */
};

/* Adds pair number `pair`. After a sum or difference over MOMENTS_LARGEST, or NaN, all is NaN. */
void split_add(struct split *split, uint64_t pair, double y, double twin);
void split_merge(struct split *split, const struct split *other);
struct split_result split_of(const struct split *split);

/* For the store. */
void split_put(struct text *out, const struct split *split);
void split_take(struct bytes_reader *reader, struct split *split);

/* The same for a yes or no, from the twins' counts; errors are those of the jackknife by pairs. */
struct split_result split_odds(const struct paired_counts *twins);

/* Whether counts say enough for a share with its error: so many pairs both met it, and both missed.
 */
enum { SPLIT_FEWEST = 10 };
bool split_is_told(const struct paired_counts *twins);

/* Else an upper limit of the share, 97.5 % sure. Of pairs in which the rarer outcome came up at
 * all, Wilson's limit of the share t in which it came up twice; then the chance that it comes up
 * again is c = 2 t / (1 + t), and the share of variance (c - p) / (1 - p), with p its probability
 * by all replicates. NaN where it came up in no pair. */
double split_most(const struct paired_counts *twins, double p);

#endif
