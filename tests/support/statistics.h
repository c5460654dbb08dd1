/* Tests of fit, as p-values: the probability, under the model, of data at least this far from it.
 *
 * A test takes p > FALSE_ALARM for a fit and p < FALSE_ALARM for a misfit. Seeds are fixed, so a
 * test that has passed passes for ever; FALSE_ALARM is the chance that a right model fails when a
 * change of addresses gives it new draws. Distribution functions are GSL's.
 */
#ifndef NEOBAY_TESTS_SUPPORT_STATISTICS_H
#define NEOBAY_TESTS_SUPPORT_STATISTICS_H

#include <criterion/criterion.h>
#include <stddef.h>

#define FALSE_ALARM 1e-4

#define EXPECT_FIT(p)                                                                              \
    do {                                                                                           \
        double fit = (p);                                                                          \
        cr_expect(fit > FALSE_ALARM, "%s = %g: the right model was rejected", #p, fit);            \
    } while (0)

#define EXPECT_MISFIT(p)                                                                           \
    do {                                                                                           \
        double misfit = (p);                                                                       \
        cr_expect(misfit < FALSE_ALARM, "%s = %g: the wrong model was not rejected", #p, misfit);  \
    } while (0)

/* Distribution function of a model, with its parameters. */
typedef double (*cdf_of)(double x, const double *parameters);

/* Pearson's chi-square of counts; cells with an expected count under 5 are pooled with the next. */
double fit_counts(const double *observed, const double *expected, size_t cells);

/* Chi-square of independent Poisson counts with known means (no constraint on their sum). */
double fit_poissons(const double *observed, const double *mean, size_t cells);

/* One Poisson count; one binomial count. Two-sided, exact. */
double fit_poisson(double count, double mean);
double fit_binomial(double hits, double probability, double trials);

/* Kolmogorov and Smirnov's test, with Massart's bound 2 exp(-2 n d^2). Sorts the sample. */
double fit_distribution(double *sample, size_t count, cdf_of cdf, const double *parameters);

/* Mean of a sample whose mean and standard deviation are known (normal for large counts). */
double fit_mean(const double *sample, size_t count, double mean, double sd);

/* Variance of a sample of known mean, variance and kurtosis (3 for a normal, 6 for a Laplace). */
double fit_variance(const double *sample, size_t count, double mean, double variance,
                    double kurtosis);

/* Correlation of pairs of normals (Fisher's z). */
double fit_correlation(const double *x, const double *y, size_t count, double correlation);

double cdf_uniform(double x, const double *unused);
double cdf_normal(double x, const double *mean_sd);
double cdf_laplace(double x, const double *mean_scale);
double cdf_exponential(double x, const double *mean);

/* That a sample, which is sorted, is of N(0, 1): Kolmogorov and Smirnov, mean, variance. Twins: sd
 * 1.05, mean 0.05, which need some 100,000 numbers to be told. */
void expect_standard_normals(double *sample, size_t count);

#endif
