/* The band of a probability: how it is spread over the parameter draws.
 *
 * Each replicate draws parameters x and, given them, meets the target with probability p(x). The
 * distribution of p(x) is asked for, of which every replicate shows one yes or no. With a score s
 * that falls below 0 where the target is missed (the normal score of its value, less that of the
 * threshold) and a cross-fitted prediction f of s by x:
 *
 *     p = Phi(a + b f + k z),   z standard normal, for what of p(x) the prediction misses;
 *     P(met | f) = Phi((a + b f) / sqrt(1 + k^2)),   a probit regression of hits on f;
 *     k^2 = r / (1 - r),   r the correlation of the scores' residuals on f between two replicates
 * of the same parameters.
 *
 * So the noise of the prediction and that of hits do not widen the band. Errors are the jackknife's
 * over the folds of the predictions, on the probit scale, with Student's t of nine degrees.
 * tests/bench/bands holds it against nested Monte Carlo.
 *
 * Sources: Sun, Apley and Staum (2011), Oper. Res. 59, 998-1007 (nested simulation); Shao and Tu
 * (1995), The Jackknife and Bootstrap; McCullagh and Nelder (1989), Generalized Linear Models.
 */
#ifndef NEOBAY_STATS_BAND_H
#define NEOBAY_STATS_BAND_H

#include "stats/cross_fit.h"

/* A band needs so many hits, misses, and replicates with an inner one. */
enum { BAND_FEWEST = 10 };

struct band_rows {
    size_t count;
    const double *predicted, *score; /* [row] */
    const double *inner; /* [row] score of another replicate of the same parameters, or NaN */
    const bool *met;     /* [row] */
};

/* A number with its 95 % interval. */
struct band_number {
    double value, low, high;
};

struct band {
    bool told; /* else all is NaN: too few rows met it, missed it or have an inner replicate */
    struct band_number p05, p95;          /* quantiles of the probability over parameter draws */
    struct band_number below_1, above_50; /* share of draws in which it is below 1 %, above 50 % */
};

struct band band_of(const struct band_rows *rows);

#endif
