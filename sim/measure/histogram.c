#include "measure/histogram.h"

#include "base/fault.h"

#include <math.h>
#include <string.h>

/* No bin is narrower than 2^-40, nor than 2^-50 of the value in it: indices stay exact integers. */
enum { NARROWEST = -40, SIGNIFICANT = 50 };

static int narrowest_for(double value)
{
    int exponent;
    frexp(value, &exponent);
    int fit = exponent - SIGNIFICANT;
    return value != 0.0 && fit > NARROWEST ? fit : NARROWEST;
}

static int64_t index_of(double value, int exponent)
{
    return (int64_t)floor(ldexp(value, -exponent));
}

/* Half of an index, rounded down. */
static int64_t halved(int64_t index)
{
    return index >= 0 ? index / 2 : -((1 - index) / 2);
}

static void set_exponent(struct histogram *histogram, int exponent)
{
    histogram->exponent = exponent;
    histogram->per_unit = ldexp(1.0, -exponent);
    histogram->largest = ldexp(0.5, exponent + SIGNIFICANT);
}

/* Doubles the width: bin pairs merge. */
static void widen(struct histogram *histogram)
{
    uint32_t merged[HISTOGRAM_BINS] = {0};
    int64_t first = halved(histogram->first);
    for (int64_t i = 0; i < HISTOGRAM_BINS; i++)
        merged[halved(histogram->first + i) - first] += histogram->bin[i];
    memcpy(histogram->bin, merged, sizeof merged);
    histogram->first = first;
    set_exponent(histogram, histogram->exponent + 1);
}

/* The lowest and highest bin that hold anything, as indices at the present width. */
static void span_of(const struct histogram *histogram, int64_t *low, int64_t *high)
{
    int64_t i = 0, j = HISTOGRAM_BINS - 1;
    while (histogram->bin[i] == 0)
        i++;
    while (histogram->bin[j] == 0)
        j--;
    *low = histogram->first + i;
    *high = histogram->first + j;
}

/* Moves the bins so that `first` is the index of the lowest. */
static void shift(struct histogram *histogram, int64_t first, int64_t low, int64_t high)
{
    uint32_t moved[HISTOGRAM_BINS] = {0};
    for (int64_t i = low; i <= high; i++)
        moved[i - first] = histogram->bin[i - histogram->first];
    memcpy(histogram->bin, moved, sizeof moved);
    histogram->first = first;
}

/* Widens to 2^`exponent` at least, and further until bins of the indices [low, high] at that width
 * fit beside those in use; leaves bin 0 at the lowest of them. */
static void make_room(struct histogram *histogram, int exponent, int64_t low, int64_t high)
{
    while (histogram->exponent < exponent)
        widen(histogram);
    for (; exponent < histogram->exponent; exponent++) {
        low = halved(low);
        high = halved(high);
    }
    for (;;) {
        int64_t from, to;
        span_of(histogram, &from, &to);
        int64_t first = low < from ? low : from, last = high > to ? high : to;
        if (last - first < HISTOGRAM_BINS) {
            shift(histogram, first, from, to);
            return;
        }
        widen(histogram);
        low = halved(low);
        high = halved(high);
    }
}

void histogram_add(struct histogram *histogram, double value)
{
    ASSERT(isfinite(value));
    if (histogram->count == 0) {
        set_exponent(histogram, narrowest_for(value));
        histogram->first = index_of(value, histogram->exponent);
    }
    int64_t at = -1;
    if (fabs(value) <= histogram->largest)
        at = (int64_t)floor(value * histogram->per_unit) - histogram->first;
    if (at < 0 || at >= HISTOGRAM_BINS) {
        int narrowest = narrowest_for(value);
        int64_t index = index_of(value, narrowest);
        make_room(histogram, narrowest, index, index);
        at = index_of(value, histogram->exponent) - histogram->first;
    }
    histogram->bin[at]++;
    histogram->count++;
}

void histogram_merge(struct histogram *histogram, const struct histogram *other)
{
    if (other->count == 0)
        return;
    if (histogram->count == 0) {
        set_exponent(histogram, other->exponent);
        histogram->first = other->first;
        memcpy(histogram->bin, other->bin, HISTOGRAM_BINS * sizeof *histogram->bin);
        histogram->count = other->count;
        return;
    }
    int64_t low, high;
    span_of(other, &low, &high);
    make_room(histogram, other->exponent, low, high);
    for (int64_t index = low; index <= high; index++) {
        int64_t at = index;
        for (int exponent = other->exponent; exponent < histogram->exponent; exponent++)
            at = halved(at);
        histogram->bin[at - histogram->first] += other->bin[index - other->first];
    }
    histogram->count += other->count;
}

double histogram_quantile(const struct histogram *histogram, double p, bool whole)
{
    if (histogram->count == 0)
        return NAN;
    double rank = p * (double)histogram->count, below = 0.0;
    size_t i = 0;
    while (i + 1 < HISTOGRAM_BINS && below + histogram->bin[i] < rank)
        below += histogram->bin[i++];
    while (histogram->bin[i] == 0 && i > 0) /* p = 1 and rounding: the last bin in use */
        below -= histogram->bin[--i];
    double inside = (rank - below) / histogram->bin[i];
    double low = ldexp((double)(histogram->first + (int64_t)i), histogram->exponent);
    if (whole)
        return histogram->exponent <= 0 ? floor(low) : round(low);
    return low + ldexp(inside < 0.0 ? 0.0 : inside, histogram->exponent);
}
