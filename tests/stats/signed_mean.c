/* Means that are nearly always 0: coverage at tiny effects, where intervals by the standard error
 * are far too narrow. */
#include "stats/signed_mean.h"

#include "math/cdf.h"
#include "random/draw.h"
#include "stats/estimate.h"

#include <criterion/criterion.h>
#include <math.h>

enum { SETS = 2000, REPLICATES = 500 };

static double uniform(uint32_t set, uint32_t replicate, size_t which)
{
    const struct draw_stream stream = {404, set};
    return draw(&stream, (struct draw_agent){9, replicate}, draw_when(0, PURPOSE_MACRO, 0))
        .u[which];
}

/* A Shapley value of one of six actions: in a few replicates a multiple of 1/60, of either sign. */
static double value_of(uint32_t set, uint32_t replicate, double rate, double harm)
{
    double u = uniform(set, replicate, 0),
           size = floor(1.0 + 60.0 * uniform(set, replicate, 1)) / 60.0;
    return u < rate ? size : u > 1.0 - harm ? -size : 0.0;
}

struct coverage {
    size_t held, naive; /* sets whose limits hold the mean: ours, those by the standard error */
};

static struct coverage coverage_of(double rate, double harm)
{
    struct coverage coverage = {0};
    double truth = (rate - harm) * 30.5 / 60.0;
    for (uint32_t set = 0; set < SETS; set++) {
        struct signed_mean sums = {0};
        for (uint32_t r = 0; r < REPLICATES; r++)
            signed_mean_add(&sums, value_of(set, r, rate, harm));
        struct signed_limits limits = signed_mean_limits(&sums, 0.95);
        double n = REPLICATES, squares = sums.above.squares + sums.below.squares;
        double half = 1.96 * sqrt((squares / n - limits.mean * limits.mean) / (n - 1.0));
        cr_assert(limits.low <= limits.mean && limits.mean <= limits.high);
        coverage.held += limits.low <= truth && truth <= limits.high;
        coverage.naive += fabs(limits.mean - truth) <= half;
    }
    return coverage;
}

/* Means of 0.05, 0.2 and 2 points, without and with harm done. At 95 % fewer than 1863 of 2000 have
 * a chance of 1 in 2000. */
Test(signed_mean, covers_tiny_effects)
{
    static const double points[] = {0.05, 0.2, 2.0};
    for (size_t i = 0; i < 3; i++)
        for (int both = 0; both < 2; both++) {
            double rate = 0.01 * points[i] * 60.0 / 30.5;
            struct coverage coverage = coverage_of(rate * (1.0 + both), both * rate);
            cr_expect_geq(coverage.held, 1863u, "%g points: %zu", points[i], coverage.held);
            if (points[i] < 0.1 && both == 0)
                cr_expect_lt(coverage.naive, 1000u, "twin: %zu", coverage.naive);
        }
}

Test(signed_mean, covers_nothing_at_all)
{
    cr_expect_eq(coverage_of(0.0, 0.0).held, (size_t)SETS);
    struct signed_mean none = {.count = 500};
    struct signed_limits limits = signed_mean_limits(&none, 0.95);
    cr_expect_eq(limits.mean, 0.0);
    cr_expect_float_eq(limits.high, 1.0 - pow(0.025, 1.0 / 500.0), 1e-9, "0 of 500");
    cr_expect_eq(limits.low, -limits.high);
}

/* Of many it is the interval of the central limit, nearly; of events of size 1 Clopper's. */
Test(signed_mean, agrees_with_what_is_known)
{
    struct signed_mean sums = {0};
    for (uint32_t r = 0; r < 40000; r++)
        signed_mean_add(&sums, value_of(r, 0, 0.3, 0.2));
    struct signed_limits limits = signed_mean_limits(&sums, 0.95);
    double n = 40000.0, squares = sums.above.squares + sums.below.squares;
    double half = 1.96 * sqrt((squares / n - limits.mean * limits.mean) / n);
    cr_expect_float_eq(limits.high - limits.mean, half, 0.1 * half);
    cr_expect_float_eq(limits.mean - limits.low, half, 0.1 * half);

    struct signed_mean whole = {0};
    for (int r = 0; r < 50; r++)
        signed_mean_add(&whole, r < 7 ? 1.0 : 0.0);
    double high = cdf_beta_quantile(0.975, 8.0, 43.0), low = cdf_beta_quantile(0.025, 7.0, 44.0);
    double harm = cdf_beta_quantile(0.975, 1.0, 50.0), above = 7.0 / 50.0;
    limits = signed_mean_limits(&whole, 0.95);
    cr_expect_float_eq(limits.high, high, 1e-9, "0 of 50 do harm");
    cr_expect_float_eq(limits.low, above - sqrt((above - low) * (above - low) + harm * harm), 1e-9);
}

Test(signed_mean, of_nothing)
{
    struct signed_limits limits = signed_mean_limits(&(struct signed_mean){0}, 0.95);
    cr_expect(isnan(limits.mean) && limits.low == -1.0 && limits.high == 1.0);
}
