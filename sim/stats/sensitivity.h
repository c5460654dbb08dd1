/* What part of the variance of y is due to one input alone, from given data.
 *
 * The first-order index S = Var(E[y | x]) / Var(y) (Sobol' 1993), with E[y | x] taken as constant
 * in bins of x of equal probability: the correlation ratio (Pearson 1905), of which the part that
 * any bins would show by chance is taken off (Kelley's epsilon squared, 1935):
 *
 *     S = 1 - [SSW / (n - m)] / [SST / (n - 1)]
 *
 * of n points in m bins, SSW within bins and SST in all. It may fall below 0 by chance. Its
 * standard error is the jackknife's, which is too large for points more even than chance. What y
 * varies within a bin counts as the rest. The p-value of no influence is the F test's (Fisher
 * 1925).
 */
#ifndef NEOBAY_STATS_SENSITIVITY_H
#define NEOBAY_STATS_SENSITIVITY_H

#include <stddef.h>

enum { SENSITIVITY_MOST_BINS = 32, SENSITIVITY_FEWEST_POINTS = 20 };

struct sensitivity {
    double share, standard_error,
        p_value;            /* NaN where there are too few points, or y is constant */
    double lowest, highest; /* means of y in the first bin and the last; NaN: none */
    size_t points, bins;
};

/* How many bins for so many points: their cube root, of 2 to SENSITIVITY_MOST_BINS. */
size_t sensitivity_bins(size_t points);

/* Of u[i * stride], in (0, 1), on y[i]; a y that is NaN is left out. 2 <= bins <=
 * SENSITIVITY_MOST_BINS. */
struct sensitivity sensitivity_of(const double *u, size_t stride, const double *y, size_t count,
                                  size_t bins);

#endif
