/* The mean of a quantity in [-1, 1] that is 0 nearly always, with an interval that holds where few
 * values, or none, differ from 0.
 *
 * Positive and negative parts have a mean each, of compound events: a sum y of n values with
 * squares v is taken for y^2 / v events of size v / y, whose limits are those of a binomial share;
 * the upper one has an event of size w more, the largest there may be: 1, or from 20 events on the
 * largest seen. So at no event the upper limit is that of 0 of n. The two are put together as a
 * difference by Zou and Donner's square-and-add.
 *
 * Sources: Fay and Feuer (1997), Statist. Med. 16, 791-801 (weighted events); Clopper and Pearson
 * (1934), Biometrika 26; Zou and Donner (2008), Statist. Med. 27, 1693-1702.
 */
#ifndef NEOBAY_STATS_SIGNED_MEAN_H
#define NEOBAY_STATS_SIGNED_MEAN_H

#include <stdint.h>

/* Values of one sign, by size. */
struct events {
    uint64_t count;
    double sum, squares, largest;
};

/* Zero-initialise. */
struct signed_mean {
    uint64_t count; /* of all values */
    struct events above, below;
};

struct signed_limits {
    double mean, low, high; /* NaN, -1, 1 without values */
};

/* A value in [-1, 1]. */
void signed_mean_add(struct signed_mean *sums, double value);

/* Limits of a confidence, two-sided. */
struct signed_limits signed_mean_limits(const struct signed_mean *sums, double confidence);

#endif
