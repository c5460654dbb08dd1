#include "stats/histogram.h"

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

/* floor, which a call would make slow where the machine has no instruction for it. */
static int64_t floor_of(double value)
{
    int64_t toward_zero = (int64_t)value;
    return toward_zero - (value < (double)toward_zero);
}

static int64_t index_of(double value, int exponent)
{
    return floor_of(ldexp(value, -exponent));
}

/* The index at 2^steps times the width: floor(index / 2^steps). */
static int64_t widened(int64_t index, int steps)
{
    return index >> (steps < 63 ? steps : 63); /* beyond, all that is left is the sign */
}

static void set_exponent(struct histogram *histogram, int exponent)
{
    histogram->exponent = exponent;
    histogram->per_unit = ldexp(1.0, -exponent);
}

enum { BLOCK = 16 }; /* bins looked at together; HISTOGRAM_BINS is a multiple */

static bool any_in_block(const uint32_t *bin)
{
    uint32_t some = 0;
    for (size_t i = 0; i < BLOCK; i++)
        some |= bin[i];
    return some != 0;
}

/* Moves all counts to bins of 2^exponent, from index `first` on. Most bins are empty while a run is
 * young, which is when bins widen. */
static void rebin(struct histogram *histogram, int exponent, int64_t first)
{
    uint32_t moved[HISTOGRAM_BINS];
    int steps = exponent - histogram->exponent;
    int64_t last = widened(histogram->last, steps);
    size_t used = (size_t)(histogram->last - histogram->first + 1);
    size_t kept = (size_t)(last - first + 1);
    memset(moved, 0, kept * sizeof *moved);
    for (size_t i = 0; i < used; i += BLOCK) {
        if (!any_in_block(histogram->bin + i))
            continue;
        for (size_t j = i; j < i + BLOCK && j < used; j++)
            moved[widened(histogram->first + (int64_t)j, steps) - first] += histogram->bin[j];
    }
    if (used > kept)
        memset(histogram->bin + kept, 0, (used - kept) * sizeof *moved);
    memcpy(histogram->bin, moved, kept * sizeof *moved);
    set_exponent(histogram, exponent);
    histogram->first = first;
    histogram->last = last;
}

/* Widens the bins as little as needed for the indices [low, high] at width 2^exponent. */
static void make_room(struct histogram *histogram, int exponent, int64_t low, int64_t high)
{
    int fit = exponent > histogram->exponent ? exponent : histogram->exponent;
    for (;; fit++) {
        int own = fit - histogram->exponent, new = fit - exponent;
        int64_t first = widened(histogram->first, own), last = widened(histogram->last, own);
        if (widened(low, new) < first)
            first = widened(low, new);
        if (widened(high, new) > last)
            last = widened(high, new);
        if (last - first >= HISTOGRAM_BINS)
            continue;
        if (own > 0 || first < histogram->first)
            rebin(histogram, fit, first);
        histogram->last = last;
        return;
    }
}

static void start(struct histogram *histogram, int exponent, int64_t index)
{
    set_exponent(histogram, exponent);
    histogram->first = histogram->last = index;
    histogram->low = INFINITY;
    histogram->high = -INFINITY;
}

static void stretch(struct histogram *histogram, double low, double high)
{
    if (low < histogram->low)
        histogram->low = low;
    if (high > histogram->high)
        histogram->high = high;
}

/* Makes room for values in [low, high], which need no bins of their own to be found in. */
static void cover(struct histogram *histogram, double low, double high)
{
    int of_low = narrowest_for(low), of_high = narrowest_for(high);
    int exponent = of_low > of_high ? of_low : of_high;
    int64_t first = index_of(low, exponent), last = index_of(high, exponent);
    if (histogram->count == 0)
        start(histogram, exponent, first);
    make_room(histogram, exponent, first, last);
    stretch(histogram, low, high);
}

void histogram_add(struct histogram *histogram, double value)
{
    histogram_add_many(histogram, &value, 1);
}

/* Room is looked for once, for the least and the largest, so that the loop that counts has neither
 * branch nor call: what it waits for in memory, it waits for all at once. */
void histogram_add_many(struct histogram *histogram, const double *value, size_t count)
{
    double low = INFINITY, high = -INFINITY;
    bool numbers = true;
    for (size_t i = 0; i < count; i++) {
        low = value[i] < low ? value[i] : low;
        high = value[i] > high ? value[i] : high;
        numbers &= value[i] == value[i];
    }
    ASSERT(numbers && low > -INFINITY && high < INFINITY);
    if (count == 0)
        return;
    if (histogram->count == 0 || low < histogram->low || high > histogram->high)
        cover(histogram, low, high);
    uint32_t *bin = histogram->bin;
    int64_t first = histogram->first;
    double per_unit = histogram->per_unit;
    uint64_t zeros = 0;
    for (size_t i = 0; i < count; i++) {
        bin[floor_of(value[i] * per_unit) - first]++;
        zeros += value[i] == 0.0;
    }
    histogram->count += count;
    histogram->zeros += zeros;
}

void histogram_merge(struct histogram *histogram, const struct histogram *other)
{
    if (other->count == 0)
        return;
    if (histogram->count == 0)
        start(histogram, other->exponent, other->first);
    make_room(histogram, other->exponent, other->first, other->last);
    int steps = histogram->exponent - other->exponent;
    for (int64_t index = other->first; index <= other->last; index++)
        histogram->bin[widened(index, steps) - histogram->first] +=
            other->bin[index - other->first];
    stretch(histogram, other->low, other->high);
    histogram->count += other->count;
    histogram->zeros += other->zeros;
}

static double sum_of_block(const uint32_t *bin)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BLOCK; i++)
        sum += bin[i];
    return (double)sum;
}

double histogram_quantile(const struct histogram *histogram, double p, bool whole)
{
    if (histogram->count == 0)
        return NAN;
    double rank = p * (double)histogram->count, below = 0.0;
    size_t i = 0, last = (size_t)(histogram->last - histogram->first);
    for (double more; i + BLOCK <= last; i += BLOCK, below += more)
        if (below + (more = sum_of_block(histogram->bin + i)) >= rank)
            break;
    while (i < last && below + histogram->bin[i] < rank)
        below += histogram->bin[i++];
    while (histogram->bin[i] == 0 && i > 0) /* p = 1 and rounding: the last bin in use */
        below -= histogram->bin[--i];
    int64_t index = histogram->first + (int64_t)i;
    double zeros = index == 0 ? (double)histogram->zeros : 0.0; /* first in their bin */
    double inside = (rank - below - zeros) / fmax(histogram->bin[i] - zeros, 1.0);
    double low = ldexp((double)index, histogram->exponent);
    double value = whole ? floor(low) : low + ldexp(fmax(inside, 0.0), histogram->exponent);
    return fmin(fmax(value, histogram->low), histogram->high);
}

void histogram_put(struct text *out, const struct histogram *histogram)
{
    bytes_put(out, histogram->count);
    if (histogram->count == 0)
        return;
    bytes_put(out, histogram->zeros);
    size_t used = (size_t)(histogram->last - histogram->first + 1);
    uint64_t count[HISTOGRAM_BINS];
    for (size_t i = 0; i < used; i++)
        count[i] = histogram->bin[i];
    bytes_put_signed(out, histogram->exponent);
    bytes_put_signed(out, histogram->first);
    bytes_put(out, used);
    bytes_put_double(out, histogram->low);
    bytes_put_double(out, histogram->high);
    bytes_put_counts(out, count, used);
}

/* The bins hold as many values as there are, and the ends lie in the first and the last. */
static bool is_sound(const struct histogram *histogram)
{
    uint64_t sum = 0;
    for (int64_t i = 0; i <= histogram->last - histogram->first; i++)
        sum += histogram->bin[i];
    return sum == histogram->count && histogram->low <= histogram->high &&
           histogram->exponent >= NARROWEST && histogram->exponent < 1100 &&
           fabs((double)histogram->first) < 0x1p60;
}

void histogram_take(struct bytes_reader *reader, struct histogram *histogram)
{
    uint64_t count[HISTOGRAM_BINS] = {0};
    uint32_t *bin = histogram->bin;
    *histogram = (struct histogram){.bin = bin, .count = bytes_take_most(reader, UINT32_MAX)};
    memset(bin, 0, HISTOGRAM_BINS * sizeof *bin);
    if (histogram->count == 0)
        return;
    histogram->zeros = bytes_take_most(reader, histogram->count);
    set_exponent(histogram, (int)bytes_take_signed(reader));
    histogram->first = (int64_t)bytes_take_signed(reader);
    size_t used = (size_t)bytes_take_most(reader, HISTOGRAM_BINS);
    histogram->last = histogram->first + (int64_t)used - 1;
    histogram->low = bytes_take_double(reader);
    histogram->high = bytes_take_double(reader);
    bytes_take_counts(reader, count, used);
    for (size_t i = 0; i < used; i++)
        bin[i] = (uint32_t)count[i];
    if (reader->at != NULL && (used == 0 || !is_sound(histogram)))
        reader->at = NULL;
    if (reader->at == NULL)
        *histogram = (struct histogram){.bin = bin};
}
