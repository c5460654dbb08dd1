/* Wilson's interval: known values, ends, and coverage as an exact sum. */
#include "stats/estimate.h"

#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

/* Newcombe 1998, Statistics in Medicine 17, table I: the score method at 95 %, to four places. */
Test(estimate, known_intervals)
{
    const struct {
        uint64_t hits, trials;
        double low, high;
    } known[] = {{81, 263, 0.2553, 0.3662},
                 {15, 148, 0.0624, 0.1605},
                 {0, 20, 0.0, 0.1611},
                 {1, 29, 0.0061, 0.1718}};
    for (size_t i = 0; i < 4; i++) {
        struct interval found = estimate_proportion(known[i].hits, known[i].trials, 0.95);
        cr_expect_float_eq(found.low, known[i].low, 5.1e-5, "%zu: %g", i, found.low);
        cr_expect_float_eq(found.high, known[i].high, 5.1e-5, "%zu: %g", i, found.high);
    }
}

/* Its ends are where the score test just rejects: |p - p0| = z sqrt(p0 (1 - p0) / n). */
Test(estimate, ends_solve_the_score_equation)
{
    const double confidences[] = {0.5, 0.9, 0.95, 0.999};
    for (size_t i = 0; i < 4; i++)
        for (uint64_t hits = 1; hits < 97; hits += 5) {
            struct interval found = estimate_proportion(hits, 97, confidences[i]);
            double z = gsl_cdf_ugaussian_Pinv(0.5 + 0.5 * confidences[i]), p = (double)hits / 97.0;
            double low = z * sqrt(found.low * (1.0 - found.low) / 97.0);
            double high = z * sqrt(found.high * (1.0 - found.high) / 97.0);
            cr_expect_float_eq(p - found.low, low, 1e-12);
            cr_expect_float_eq(found.high - p, high, 1e-12);
        }
}

Test(estimate, none_and_all_hits)
{
    double z2 = pow(gsl_cdf_ugaussian_Pinv(0.975), 2);
    struct interval none = estimate_proportion(0, 50, 0.95);
    struct interval all = estimate_proportion(50, 50, 0.95);
    struct interval nothing = estimate_proportion(0, 0, 0.95);
    cr_expect_eq(none.low, 0.0);
    cr_expect_float_eq(none.high, z2 / (50.0 + z2), 1e-14);
    cr_expect_eq(all.high, 1.0);
    cr_expect_float_eq(all.low, 50.0 / (50.0 + z2), 1e-14);
    cr_expect(nothing.low == 0.0 && nothing.high == 1.0);
}

/* Probability, at p in n trials, that the interval holds p: a sum over all numbers of hits. */
static double coverage(double p, unsigned n, bool wald)
{
    double covered = 0.0;
    for (unsigned hits = 0; hits <= n; hits++) {
        struct interval found = estimate_proportion(hits, n, 0.95);
        double share = (double)hits / n, half = 1.96 * sqrt(share * (1.0 - share) / n);
        if (wald)
            found = (struct interval){share - half, share + half};
        if (found.low <= p && p <= found.high)
            covered += gsl_ran_binomial_pdf(hits, p, n);
    }
    return covered;
}

/* Near 95 % at every p on a grid, and on average closer. Twin: Wald's interval, which covers less
 * than 90 % near the ends. */
Test(estimate, coverage_is_near_what_it_says)
{
    const unsigned trials[] = {100, 500, 2000};
    for (size_t i = 0; i < 3; i++) {
        double sum = 0.0, worst = 1.0;
        for (int k = 1; k < 40; k++) {
            double held = coverage(k / 40.0, trials[i], false);
            cr_expect(held > 0.93 && held < 0.97, "n %u, p %g: %g", trials[i], k / 40.0, held);
            sum += held;
            worst = fmin(worst, coverage(k / 40.0, trials[i], true));
        }
        cr_expect_float_eq(sum / 39.0, 0.95, 0.004);
        cr_expect(i > 0 || worst < 0.9, "twin: %g", worst);
    }
}
