#include "scenario/distribution.h"

#include "math/cdf.h"
#include "math/fine.h"

#include <math.h>

/* The normal is cut this many sd off its mean, and with it so much of either tail. */
static const double CUT_SD = 4, CUT_TAIL = 3.1671241833119921e-05;

const struct distribution_row distribution_rows[DISTRIBUTION_COUNT] = {
#define DISTRIBUTION_ROW(upper, name, fewest, most, says) {#name, fewest, most, says},
    DISTRIBUTION_TABLE(DISTRIBUTION_ROW)
#undef DISTRIBUTION_ROW
};

static const char *beta_fault(const struct distribution *distribution)
{
    const double *x = distribution->argument;
    if (distribution->count == 3)
        return "beta takes 2 or 4 numbers";
    if (!(x[0] > 0 && x[1] > 0))
        return "a and b must be positive";
    if (distribution->count == 4 && !(x[2] < x[3]))
        return "the lowest must be less than the highest";
    return NULL;
}

const char *distribution_fault(const struct distribution *distribution)
{
    const double *x = distribution->argument;
    switch (distribution->kind) {
    case DISTRIBUTION_TRIANGULAR:
        return x[0] <= x[1] && x[1] <= x[2] && x[0] < x[2]
                   ? NULL
                   : "lowest, mode and highest must rise, and not be all the same";
    case DISTRIBUTION_UNIFORM:
        return x[0] < x[1] ? NULL : "the lowest must be less than the highest";
    case DISTRIBUTION_NORMAL:
        return x[1] > 0 ? NULL : "the sd must be positive";
    case DISTRIBUTION_LOGNORMAL:
        return x[0] > 0 && x[1] > 0 ? NULL : "median and sigma must be positive";
    case DISTRIBUTION_BETA:
        return beta_fault(distribution);
    case DISTRIBUTION_COUNT:
        break;
    }
    return "no such distribution";
}

/* Quantile of the standard normal cut at CUT_SD on both sides. */
static double cut_normal(double u)
{
    return cdf_normal_quantile(CUT_TAIL + u * (1 - 2 * CUT_TAIL));
}

static double triangular(const double x[3], double u)
{
    double width = x[2] - x[0], rise = x[1] - x[0], fall = x[2] - x[1];
    if (u * width < rise)
        return x[0] + sqrt(u * width * rise);
    return x[2] - sqrt((1 - u) * width * fall);
}

static double quantile_raw(const struct distribution *distribution, double u)
{
    const double *x = distribution->argument;
    switch (distribution->kind) {
    case DISTRIBUTION_TRIANGULAR:
        return triangular(x, u);
    case DISTRIBUTION_UNIFORM:
        return x[0] + (x[1] - x[0]) * u;
    case DISTRIBUTION_NORMAL:
        return x[0] + x[1] * cut_normal(u);
    case DISTRIBUTION_LOGNORMAL:
        return x[0] * fine_exp(x[1] * cut_normal(u));
    case DISTRIBUTION_BETA: {
        double low = distribution_lowest(distribution);
        return low + (distribution_highest(distribution) - low) * cdf_beta_quantile(u, x[0], x[1]);
    }
    case DISTRIBUTION_COUNT:
        break;
    }
    return NAN;
}

double distribution_quantile(const struct distribution *distribution, double u)
{
    /* Rounding must not carry a draw past the ends that were checked. */
    return fmin(fmax(quantile_raw(distribution, u), distribution_lowest(distribution)),
                distribution_highest(distribution));
}

double distribution_lowest(const struct distribution *distribution)
{
    const double *x = distribution->argument;
    switch (distribution->kind) {
    case DISTRIBUTION_NORMAL:
        return x[0] - CUT_SD * x[1];
    case DISTRIBUTION_LOGNORMAL:
        return x[0] * fine_exp(-CUT_SD * x[1]);
    case DISTRIBUTION_BETA:
        return distribution->count == 4 ? x[2] : 0;
    default:
        return x[0];
    }
}

double distribution_highest(const struct distribution *distribution)
{
    const double *x = distribution->argument;
    switch (distribution->kind) {
    case DISTRIBUTION_NORMAL:
        return x[0] + CUT_SD * x[1];
    case DISTRIBUTION_LOGNORMAL:
        return x[0] * fine_exp(CUT_SD * x[1]);
    case DISTRIBUTION_BETA:
        return distribution->count == 4 ? x[3] : 1;
    default:
        return x[distribution->count - 1];
    }
}
