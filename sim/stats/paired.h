/* Differences of two scenarios that share their luck.
 *
 * Replicate r of both scenarios has the same draws, so outcomes are compared pair by pair. For a
 * yes or no only the pairs that disagree speak of the difference
 *     d = p_first - p_second = (first_only - second_only) / n,
 * and they may be few: the interval is Tango's score interval, which holds at small counts and at
 * none. For a mean it is Student's t interval of the differences.
 *
 * The variance ratio Var(a - b) / (Var a + Var b) says what pairing gained: the share of replicates
 * that paired runs need for the precision of independent ones. 1 is no gain, 0.1 ten times fewer
 * replicates; above 1 pairing did harm.
 *
 * Sources: Tango (1998), Statistics in Medicine 17, 891-908; McNemar (1947), Psychometrika 12.
 */
#ifndef NEOBAY_STATS_PAIRED_H
#define NEOBAY_STATS_PAIRED_H

#include "stats/estimate.h"

#include <stddef.h>
#include <stdint.h>

/* Pairs by outcome: yes in both scenarios, in the first only, in the second only, in neither. */
struct paired_counts {
    uint64_t both, first_only, second_only, neither;
};

/* n pairs of values: mean and standard deviation (n - 1) of first less second, and the standard
 * deviations of each. */
struct paired_values {
    uint64_t count;
    double mean, sd, sd_first, sd_second;
};

struct difference {
    double estimate, low, high;
    double p_value;        /* two-sided, of no difference */
    double variance_ratio; /* NaN if neither scenario varies */
};

uint64_t paired_total(const struct paired_counts *counts);

/* Adds the pairs of another. */
void paired_merge(struct paired_counts *counts, const struct paired_counts *other);

/* Counts the pairs of two rows of `count` bits, bit i of word i / 64 being replicate i. */
struct paired_counts paired_count_bits(const uint64_t *first, const uint64_t *second, size_t count);

/* Difference of two proportions. The p-value is the exact binomial one on the pairs that disagree;
 * above 1000 of them the normal one with continuity correction, the same to three digits. So it is
 * a little larger than that of the score test that the interval inverts. Without pairs the estimate
 * is NaN, the interval [-1, 1], p = 1; where no pair disagrees p = 1. */
struct difference paired_proportions(const struct paired_counts *counts, double confidence);

/* The same, one-sided: the p-value of "the first is not likelier than the second". */
double paired_p_above(const struct paired_counts *counts);

/* Difference of two means. Under two pairs the interval is [-inf, inf] and p = 1, and without any
 * the estimate is NaN; where sd = 0 the interval is the point, and p = 1 for mean 0, else 0. NaN in
 * gives NaN out. */
struct difference paired_means(const struct paired_values *values, double confidence);

#endif
