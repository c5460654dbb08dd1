#include "support/statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

enum { LEAST_EXPECTED = 5 };

double fit_counts(const double *observed, const double *expected, size_t cells)
{
    double statistic = 0.0, pooled = 0.0, pooled_expected = 0.0;
    size_t used = 0;
    for (size_t i = 0; i < cells; i++) {
        pooled += observed[i];
        pooled_expected += expected[i];
        if (pooled_expected < LEAST_EXPECTED)
            continue;
        statistic += (pooled - pooled_expected) * (pooled - pooled_expected) / pooled_expected;
        pooled = pooled_expected = 0.0;
        used++;
    }
    return gsl_cdf_chisq_Q(statistic, (double)used - 1.0);
}

double fit_poissons(const double *observed, const double *mean, size_t cells)
{
    double statistic = 0.0;
    for (size_t i = 0; i < cells; i++)
        statistic += (observed[i] - mean[i]) * (observed[i] - mean[i]) / mean[i];
    return gsl_cdf_chisq_Q(statistic, (double)cells);
}

static double two_sided(double below, double above)
{
    return fmin(1.0, 2.0 * fmin(below, above));
}

double fit_poisson(double count, double mean)
{
    unsigned n = (unsigned)count;
    return two_sided(gsl_cdf_poisson_P(n, mean), n == 0 ? 1.0 : gsl_cdf_poisson_Q(n - 1, mean));
}

double fit_binomial(double hits, double probability, double trials)
{
    unsigned k = (unsigned)hits, n = (unsigned)trials;
    return two_sided(gsl_cdf_binomial_P(k, probability, n),
                     k == 0 ? 1.0 : gsl_cdf_binomial_Q(k - 1, probability, n));
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double fit_distribution(double *sample, size_t count, cdf_of cdf, const double *parameters)
{
    double distance = 0.0, n = (double)count;
    qsort(sample, count, sizeof *sample, by_size);
    for (size_t i = 0; i < count; i++) {
        double below = cdf(sample[i], parameters);
        distance = fmax(distance, fmax((double)(i + 1) / n - below, below - (double)i / n));
    }
    return fmin(1.0, 2.0 * exp(-2.0 * n * distance * distance));
}

static double fit_z(double z)
{
    return 2.0 * gsl_cdf_ugaussian_Q(fabs(z));
}

double fit_mean(const double *sample, size_t count, double mean, double sd)
{
    return fit_z((gsl_stats_mean(sample, 1, count) - mean) / (sd / sqrt((double)count)));
}

double fit_variance(const double *sample, size_t count, double mean, double variance,
                    double kurtosis)
{
    double found = gsl_stats_variance_with_fixed_mean(sample, 1, count, mean);
    return fit_z((found - variance) / (variance * sqrt((kurtosis - 1.0) / (double)count)));
}

double fit_correlation(const double *x, const double *y, size_t count, double correlation)
{
    double found = gsl_stats_correlation(x, 1, y, 1, count);
    found = fmin(fmax(found, -1.0 + 1e-9), 1.0 - 1e-9); /* the same twice has a z, too */
    return fit_z((atanh(found) - atanh(correlation)) * sqrt((double)count - 3.0));
}

double cdf_uniform(double x, const double *unused)
{
    (void)unused;
    return fmin(fmax(x, 0.0), 1.0);
}

double cdf_normal(double x, const double *mean_sd)
{
    return gsl_cdf_gaussian_P(x - mean_sd[0], mean_sd[1]);
}

double cdf_laplace(double x, const double *mean_scale)
{
    return gsl_cdf_laplace_P(x - mean_scale[0], mean_scale[1]);
}

double cdf_exponential(double x, const double *mean)
{
    return gsl_cdf_exponential_P(x, mean[0]);
}

void expect_standard_normals(double *sample, size_t count)
{
    const double right[] = {0.0, 1.0}, wide[] = {0.0, 1.05}, moved[] = {0.05, 1.0};
    EXPECT_FIT(fit_distribution(sample, count, cdf_normal, right));
    EXPECT_FIT(fit_mean(sample, count, 0.0, 1.0));
    EXPECT_FIT(fit_variance(sample, count, 0.0, 1.0, 3.0));
    EXPECT_MISFIT(fit_distribution(sample, count, cdf_normal, wide));
    EXPECT_MISFIT(fit_distribution(sample, count, cdf_normal, moved));
    EXPECT_MISFIT(fit_variance(sample, count, 0.0, 1.05 * 1.05, 3.0));
}
