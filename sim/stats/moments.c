#include "stats/moments.h"

#include <math.h>

#define UNIT 0x1p-24

static bool fits(double value)
{
    return fabs(value) <= MOMENTS_LARGEST;
}

/* Adding 1.5 * 2^52 rounds to a whole number; at the size of what fits it does so exactly. */
static int64_t units_of(double value)
{
    return (int64_t)(value * (1.0 / UNIT) + 0x1.8p52 - 0x1.8p52);
}

void moments_add(struct moments *moments, double value)
{
    if (!fits(value)) {
        moments->overflow = true;
        return;
    }
    int64_t units = units_of(value);
    moments->count++;
    moments->sum += units;
    moments->squares += (moments_sum)units * units;
}

static bool all_fit(const double *value, size_t count)
{
    bool all = true;
    for (size_t i = 0; i < count; i++)
        all &= fits(value[i]);
    return all;
}

void moments_add_many(struct moments *moments, const double *value, size_t count)
{
    moments_sum sum = 0, squares = 0;
    if (!all_fit(value, count)) {
        for (size_t i = 0; i < count; i++)
            moments_add(moments, value[i]);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t units = units_of(value[i]);
        sum += units;
        squares += (moments_sum)units * units;
    }
    moments->count += count;
    moments->sum += sum;
    moments->squares += squares;
}

bool moments_same(const struct moments *a, const struct moments *b)
{
    return a->count == b->count && a->sum == b->sum && a->squares == b->squares &&
           a->overflow == b->overflow;
}

void moments_merge(struct moments *moments, const struct moments *other)
{
    moments->count += other->count;
    moments->sum += other->sum;
    moments->squares += other->squares;
    moments->overflow |= other->overflow;
}

double moments_mean(const struct moments *moments)
{
    if (moments->count == 0 || moments->overflow)
        return NAN;
    /* Quotient and remainder apart: each is exact as a double, or nearly. */
    moments_sum count = (moments_sum)moments->count;
    moments_sum whole = moments->sum / count, rest = moments->sum % count;
    return ((double)whole + (double)rest / (double)count) * UNIT;
}

double moments_sd(const struct moments *moments)
{
    if (moments->count < 2 || moments->overflow)
        return NAN;
    /* With m = sum / n rounded to an integer and r = sum - n m,
     * sum (x - m)^2 = squares - m (sum + r), exactly; less r^2 / n it is about the true mean. */
    moments_sum count = (moments_sum)moments->count;
    moments_sum mean = moments->sum / count, rest = moments->sum - count * mean;
    double about = (double)(moments->squares - mean * (moments->sum + rest));
    double correction = (double)rest * (double)rest / (double)count;
    double variance = (about - correction) / (double)(count - 1);
    return variance > 0.0 ? sqrt(variance) * UNIT : 0.0;
}

void moments_put(struct text *out, const struct moments *moments)
{
    bytes_put(out, (bytes_wide)moments->count << 1 | moments->overflow);
    if (moments->count == 0)
        return;
    bytes_put_signed(out, moments->sum);
    bytes_put(out, (bytes_wide)moments->squares);
}

void moments_take(struct bytes_reader *reader, struct moments *moments)
{
    bytes_wide head = bytes_take(reader);
    *moments = (struct moments){.count = (uint64_t)(head >> 1), .overflow = head & 1};
    if (moments->count == 0)
        return;
    moments->sum = bytes_take_signed(reader);
    moments->squares = (moments_sum)bytes_take(reader);
}
