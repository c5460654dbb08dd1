/* Distribution functions and quantiles against GSL's, and against themselves where GSL errs. */
#include "math/cdf.h"

#include "support/statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

static const double shape[] = {0.05, 0.5, 1.0, 1.7, 3.0, 10.0, 33.3, 170.0, 2385.0, 2e4};
enum { SHAPES = sizeof shape / sizeof *shape };

static double off(double got, double want)
{
    return fabs(got - want) / fmax(fabs(want), 1e-300);
}

Test(cdf, normal_is_gsls)
{
    double worst = 0.0;
    for (double x = -9.0; x < 37.0; x += 0.02385) {
        worst = fmax(worst, off(cdf_normal_above(x), gsl_cdf_ugaussian_Q(x)));
        worst = fmax(worst, off(cdf_normal_below(-x), gsl_cdf_ugaussian_P(-x)));
    }
    cr_expect_lt(worst, 1e-12, "%g", worst);
}

/* Exact at the ends, which a target without a lower or an upper bound asks for. */
Test(cdf, the_ends_are_exact)
{
    cr_expect_eq(cdf_normal_below(-INFINITY), 0.0);
    cr_expect_eq(cdf_normal_below(INFINITY), 1.0);
    cr_expect_eq(cdf_normal_above(-INFINITY), 1.0);
    cr_expect_eq(cdf_normal_above(INFINITY), 0.0);
    cr_expect_eq(cdf_normal_above(1e200), 0.0);
    cr_expect_eq(cdf_t_above(INFINITY, 3.0), 0.0);
    cr_expect_eq(cdf_t_above(-INFINITY, 3.0), 1.0);
    cr_expect_eq(cdf_t_above(1e200, 3.0), 0.0);
    cr_expect_eq(cdf_f_above(INFINITY, 3.0, 4.0), 0.0);
    cr_expect_eq(cdf_poisson_at_most(3, INFINITY), 0.0);
    cr_expect_eq(cdf_beta_below(1.0, 2.385, 3.0), 1.0);
    cr_expect_eq(cdf_beta_below(0.0, 2.385, 3.0), 0.0);
}

/* A NaN is none of the numbers, and takes no time: a million terms of a series are a millisecond,
 * of which a scenario has a hundred thousand. */
Test(cdf, nan_gives_nan_at_once, .timeout = 30)
{
    for (int i = 0; i < 100000; i++) {
        cr_assert(isnan(cdf_normal_below(NAN)) && isnan(cdf_normal_above(NAN)));
        cr_assert(isnan(cdf_normal_quantile(NAN)) && isnan(cdf_beta_quantile(NAN, 2.0, 3.0)));
        cr_assert(isnan(cdf_beta_below(0.5, NAN, 2.0)) && isnan(cdf_beta_below(0.5, 2.0, NAN)));
        cr_assert(isnan(cdf_beta_below(NAN, 2.0, 3.0)) && isnan(cdf_beta_quantile(0.5, NAN, 1.0)));
        cr_assert(isnan(cdf_t_above(NAN, 3.0)) && isnan(cdf_t_above(1.0, NAN)));
        cr_assert(isnan(cdf_t_quantile(NAN, 3.0)) && isnan(cdf_f_above(NAN, 1.0, 2.0)));
        cr_assert(isnan(cdf_poisson_at_most(3, NAN)) && isnan(cdf_binomial_above(3, NAN, 9)));
        cr_assert(isnan(cdf_log_beta(NAN, 1.0)));
    }
}

Test(cdf, normal_quantile_is_gsls)
{
    double worst = 0.0;
    for (double p = 1e-300; p < 1.0; p *= 1.02385)
        worst = fmax(worst, off(cdf_normal_quantile(p), gsl_cdf_ugaussian_Pinv(p)));
    cr_expect_lt(worst, 4e-15, "%g", worst);
    cr_expect_eq(cdf_normal_quantile(0.0), -INFINITY);
    cr_expect_eq(cdf_normal_quantile(1.0), INFINITY);
    cr_expect_eq(cdf_normal_quantile(0.5), 0.0);
}

/* A coefficient that is off in its tenth digit would be seen: quantile and function are each
 * other's inverse to more than that. */
Test(cdf, normal_quantile_inverts_the_function)
{
    for (double p = 1e-12; p < 0.9; p *= 2.385)
        cr_expect_float_eq(cdf_normal_below(cdf_normal_quantile(p)) / p, 1.0, 1e-12);
}

/* GSL's own loses digits where shapes are large, hence not to 1e-12. */
Test(cdf, beta_is_gsls)
{
    double worst = 0.0, worst_log = 0.0;
    for (int i = 0; i < SHAPES; i++)
        for (int j = 0; j < SHAPES; j++) {
            double a = shape[i], b = shape[j];
            worst_log = fmax(worst_log, fabs(cdf_log_beta(a, b) - gsl_sf_lnbeta(a, b)) /
                                            (1.0 + fabs(gsl_sf_lnbeta(a, b))));
            for (double p = 0.02385; p < 1.0; p += 0.05) {
                double x = cdf_beta_quantile(p, a, b);
                worst = fmax(worst, fabs(cdf_beta_below(x, a, b) - gsl_cdf_beta_P(x, a, b)));
            }
        }
    cr_expect_lt(worst, 1e-10, "%g", worst);
    cr_expect_lt(worst_log, 1e-12, "%g", worst_log);
}

Test(cdf, beta_closed_forms)
{
    for (double x = 0.02385; x < 1.0; x += 0.05) {
        cr_expect_float_eq(cdf_beta_below(x, 1.0, 1.0), x, 1e-14);
        cr_expect_float_eq(cdf_beta_below(x, 2.385, 1.0), pow(x, 2.385), 1e-14);
        cr_expect_float_eq(cdf_beta_below(x, 0.5, 0.5), 2.0 / M_PI * asin(sqrt(x)), 1e-14);
    }
    cr_expect_eq(cdf_beta_below(0.0, 2.0, 3.0), 0.0);
    cr_expect_eq(cdf_beta_below(1.0, 2.0, 3.0), 1.0);
    cr_expect(isnan(cdf_beta_below(NAN, 2.0, 3.0)));
}

Test(cdf, beta_quantile_inverts_the_function)
{
    for (int i = 0; i < SHAPES; i++)
        for (int j = 0; j < SHAPES; j++)
            for (double p = 0.02385; p < 1.0; p += 0.05) {
                double x = cdf_beta_quantile(p, shape[i], shape[j]);
                if (x > 0.0 && x < 1.0 - 1e-3) /* nearer 1 doubles lie too far apart */
                    cr_expect_float_eq(cdf_beta_below(x, shape[i], shape[j]), p, 1e-9,
                                       "%g %g at %g", shape[i], shape[j], p);
            }
    cr_expect_eq(cdf_beta_quantile(0.0, 2.0, 3.0), 0.0);
    cr_expect_eq(cdf_beta_quantile(1.0, 2.0, 3.0), 1.0);
    cr_expect(isnan(cdf_beta_quantile(NAN, 2.0, 3.0)));
    cr_expect_eq(cdf_beta_quantile(0.05, 3e-16, 1e-17), 1.0); /* all but 0.03 lies at 1 */
    double tiny = cdf_beta_quantile(0.02385, 0.002, 3.0);     /* 1e-800 is no double */
    cr_expect(tiny >= 0.0 && tiny < 1e-300);
}

/* R has pt(11.84, 41.0338673, lower.tail = FALSE) = 4.0722418901220444e-15, where GSL errs in the
 * ninth digit. */
Test(cdf, student_and_fisher_are_gsls)
{
    double worst = 0.0;
    for (double freedom = 1.0; freedom < 2e4; freedom *= 2.385) {
        for (double t = -3.0; t < 6.0; t += 0.385)
            worst = fmax(worst, off(cdf_t_above(t, freedom), gsl_cdf_tdist_Q(t, freedom)));
        for (double p = 0.02385; p < 1.0; p += 0.05)
            worst = fmax(worst, off(cdf_t_quantile(p, freedom), gsl_cdf_tdist_Pinv(p, freedom)));
        for (double f = 0.0; f < 5.0; f += 0.385)
            worst =
                fmax(worst, off(cdf_f_above(f, 7.0, freedom), gsl_cdf_fdist_Q(f, 7.0, freedom)));
    }
    cr_expect_lt(worst, 1e-10, "%g", worst);
    cr_expect_float_eq(cdf_t_above(11.84, pow(1.7, 7.0)) / 4.0722418901220444e-15, 1.0, 1e-12);
}

Test(cdf, counts_are_gsls)
{
    double worst = 0.0;
    for (unsigned n = 1; n < 1000; n += 37)
        for (unsigned k = 0; k <= n; k += 3)
            worst =
                fmax(worst, off(cdf_binomial_above(k, 0.385, n), gsl_cdf_binomial_Q(k, 0.385, n)));
    for (double mean = 0.385; mean < 3000.0; mean *= 2.385)
        for (double z = -3.0; z < 5.0; z += 0.385) {
            unsigned n = (unsigned)fmax(0.0, mean + z * sqrt(mean));
            worst = fmax(worst, off(cdf_poisson_at_most(n, mean), gsl_cdf_poisson_P(n, mean)));
        }
    cr_expect_lt(worst, 1e-10, "%g", worst);
}
