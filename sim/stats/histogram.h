/* A histogram that needs no settings: aligned bins of width 2^k, k as small as the span of the
 * values allows in HISTOGRAM_BINS bins.
 *
 * Bins are dyadic, so widening merges pairs of bins exactly, and the final counts depend on the set
 * of values alone: not on their order, nor on how they were split into parts that are merged.
 * Whole numbers keep bins of their own while they span less than HISTOGRAM_BINS; otherwise a
 * quantile is off by at most a bin, under two thousandths of the range.
 */
#ifndef NEOBAY_STATS_HISTOGRAM_H
#define NEOBAY_STATS_HISTOGRAM_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HISTOGRAM_BINS = 1024 };

/* Zero-initialise; `bin` is borrowed storage of HISTOGRAM_BINS counts that starts at zero. */
struct histogram {
    uint32_t *bin;
    uint64_t count;
    uint64_t zeros; /* values that are exactly 0; they lie in its bin, too */
    int64_t
        first; /* index of bin[0], the lowest in use: it covers [first, first + 1) * 2^exponent */
    int64_t last; /* index of the highest bin in use */
    int exponent;
    double per_unit;  /* 2^-exponent */
    double low, high; /* of the values: no quantile lies outside */
};

/* Adds a finite value. */
void histogram_add(struct histogram *histogram, double value);

/* Adds finite values, in a fraction of the time that it takes one by one. */
void histogram_add_many(struct histogram *histogram, const double *value, size_t count);

/* Adds all values of another. */
void histogram_merge(struct histogram *histogram, const struct histogram *other);

/* For the store; what is taken takes the place of what was there, but for the bins' storage. */
void histogram_put(struct text *out, const struct histogram *histogram);
void histogram_take(struct bytes_reader *reader, struct histogram *histogram);

/* The value below which a share p of the values lies; NaN if there are none. Where `whole`, the
 * smallest whole number with at least that share at or below it; else linear inside a bin, but for
 * the values that are exactly 0. */
double histogram_quantile(const struct histogram *histogram, double p, bool whole);

#endif
