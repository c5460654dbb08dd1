/* Mean and standard deviation from exact sums.
 *
 * Each value is rounded to a multiple of 2^-24 and summed, with its square, in 128-bit integers.
 * Integer sums are exact, so the result depends on the set of values alone, not on their order nor
 * on how they were split: runs cut into parts and merged give the bytes of the whole.
 */
#ifndef NEOBAY_STATS_MOMENTS_H
#define NEOBAY_STATS_MOMENTS_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Larger values do not fit; the moments are NaN after one. 2^27 myuan is 134 trillion yuan. */
#define MOMENTS_LARGEST 0x1p27

__extension__ typedef __int128 moments_sum;

/* Zero-initialise. */
struct moments {
    uint64_t count; /* at most 2^24 */
    moments_sum sum, squares;
    bool overflow;
};

void moments_add(struct moments *moments, double value);
void moments_add_many(struct moments *moments, const double *value, size_t count);
void moments_merge(struct moments *moments, const struct moments *other);

/* Whether two have the same sums. */
bool moments_same(const struct moments *a, const struct moments *b);

/* For the store. */
void moments_put(struct text *out, const struct moments *moments);
void moments_take(struct bytes_reader *reader, struct moments *moments);

/* NaN without values, or after an overflow. */
double moments_mean(const struct moments *moments);

/* Of the sample (n - 1); NaN under two values. */
double moments_sd(const struct moments *moments);

#endif
