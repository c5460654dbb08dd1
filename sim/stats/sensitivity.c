#include "stats/sensitivity.h"

#include "base/fault.h"
#include "math/cdf.h"

#include <math.h>

/* Sums of y, and of its squares about the mean of all, bin by bin. */
struct bins {
    size_t count, used; /* bins, those that are not empty */
    double points, total;
    double size[SENSITIVITY_MOST_BINS], mean[SENSITIVITY_MOST_BINS];
    double within, mean_all;
};

size_t sensitivity_bins(size_t points)
{
    size_t bins = (size_t)(cbrt((double)points) + 1e-9);
    return bins < 2 ? 2 : bins > SENSITIVITY_MOST_BINS ? SENSITIVITY_MOST_BINS : bins;
}

static size_t bin_of(double u, size_t bins)
{
    size_t bin = (size_t)(u * (double)bins);
    return bin < bins ? bin : bins - 1;
}

static void find_means(struct bins *bins, const double *u, size_t stride, const double *y,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (isnan(y[i]))
            continue;
        size_t bin = bin_of(u[i * stride], bins->count);
        bins->size[bin]++;
        bins->points++;
        bins->mean[bin] += (y[i] - bins->mean[bin]) / bins->size[bin];
        bins->mean_all += (y[i] - bins->mean_all) / bins->points;
    }
    for (size_t b = 0; b < bins->count; b++)
        bins->used += bins->size[b] > 0.0;
}

static void find_squares(struct bins *bins, const double *u, size_t stride, const double *y,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (isnan(y[i]))
            continue;
        double own = y[i] - bins->mean[bin_of(u[i * stride], bins->count)];
        double all = y[i] - bins->mean_all;
        bins->within += own * own;
        bins->total += all * all;
    }
}

static double share_of(double within, double total, double points, double used)
{
    return 1.0 - (within / (points - used)) / (total / (points - 1.0));
}

/* The share without one point. */
static double share_without(const struct bins *bins, double u, double y)
{
    size_t bin = bin_of(u, bins->count);
    double n = bins->points, size = bins->size[bin];
    double own = y - bins->mean[bin], all = y - bins->mean_all;
    double within = size > 1.0 ? bins->within - own * own * size / (size - 1.0) : bins->within;
    double total = bins->total - all * all * n / (n - 1.0);
    double used = (double)bins->used - (size > 1.0 ? 0.0 : 1.0);
    return total > 0.0 ? share_of(within, total, n - 1.0, used) : 0.0;
}

static double jackknife(const struct bins *bins, const double *u, size_t stride, const double *y,
                        size_t count)
{
    double n = 0.0, mean = 0.0, squares = 0.0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(y[i]))
            continue;
        double share = share_without(bins, u[i * stride], y[i]), away = share - mean;
        mean += away / ++n;
        squares += away * (share - mean);
    }
    return sqrt((n - 1.0) / n * squares);
}

struct sensitivity sensitivity_of(const double *u, size_t stride, const double *y, size_t count,
                                  size_t bins)
{
    struct sensitivity out = {NAN, NAN, NAN, NAN, NAN, 0, bins};
    struct bins sums = {.count = bins};
    ASSERT(bins >= 2 && bins <= SENSITIVITY_MOST_BINS);
    find_means(&sums, u, stride, y, count);
    find_squares(&sums, u, stride, y, count);
    out.points = (size_t)sums.points;
    double used = (double)sums.used, freedom = sums.points - used;
    if (sums.size[0] > 0.0)
        out.lowest = sums.mean[0];
    if (sums.size[bins - 1] > 0.0)
        out.highest = sums.mean[bins - 1];
    if (out.points < SENSITIVITY_FEWEST_POINTS || sums.used < 2 || freedom < 2.0 ||
        sums.total <= 0.0)
        return out;
    double between = sums.total - sums.within;
    out.share = share_of(sums.within, sums.total, sums.points, used);
    out.standard_error = jackknife(&sums, u, stride, y, count);
    double f = sums.within > 0.0 ? (between / (used - 1.0)) / (sums.within / freedom) : INFINITY;
    out.p_value = isinf(f) ? 0.0 : cdf_f_above(fmax(f, 0.0), used - 1.0, freedom);
    return out;
}
