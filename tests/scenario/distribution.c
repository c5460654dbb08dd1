/* Quantiles against closed forms, and their ends. */
#include "scenario/distribution.h"

#include <criterion/criterion.h>
#include <math.h>

static void expect_quantile(struct distribution distribution, double u, double value)
{
    cr_expect_float_eq(distribution_quantile(&distribution, u), value, 1e-9, "%s at %g is %.12g",
                       distribution_rows[distribution.kind].name, u,
                       distribution_quantile(&distribution, u));
}

Test(distribution, quantiles_follow_closed_forms)
{
    struct distribution triangular = {DISTRIBUTION_TRIANGULAR, 3, {1.5, 2.5, 5.5}};
    struct distribution uniform = {DISTRIBUTION_UNIFORM, 2, {-1.5, 2.5}};
    struct distribution beta = {DISTRIBUTION_BETA, 4, {2, 1, 10, 20}};
    expect_quantile(triangular, 0.25, 2.5); /* the mode, at rise / width */
    expect_quantile(triangular, 0.0625, 2);
    expect_quantile(triangular, 0.8125, 4); /* a share 3 (5.5 - 4)^2 / (3 * 4 * 3) lies above */
    expect_quantile(uniform, 0.3, -0.3);
    expect_quantile(beta, 0.49, 10 + 10 * 0.7); /* the square root */
}

/* The cut of 4 sd takes 3.17e-5 of the normal away on each side. */
Test(distribution, normals_are_cut_at_4_sd)
{
    struct distribution normal = {DISTRIBUTION_NORMAL, 2, {7.5, 2}};
    struct distribution lognormal = {DISTRIBUTION_LOGNORMAL, 2, {3.5, 0.25}};
    const double tail = 0.5 * erfc(4 / sqrt(2)), one_sd = 0.5 * erfc(-1 / sqrt(2));
    double u = (one_sd - tail) / (1 - 2 * tail);
    expect_quantile(normal, 0.5, 7.5);
    expect_quantile(normal, u, 9.5);
    expect_quantile(lognormal, 0.5, 3.5);
    expect_quantile(lognormal, u, 3.5 * exp(0.25));
    cr_expect_eq(distribution_lowest(&normal), -0.5);
    cr_expect_eq(distribution_highest(&normal), 15.5);
    cr_expect_float_eq(distribution_highest(&lognormal), 3.5 * exp(1), 4e-15);
}

Test(distribution, quantiles_rise_and_stay_within_the_ends)
{
    const struct distribution all[] = {
        {DISTRIBUTION_TRIANGULAR, 3, {2, 2, 3}}, {DISTRIBUTION_UNIFORM, 2, {0.1, 0.3}},
        {DISTRIBUTION_NORMAL, 2, {-3, 0.1}},     {DISTRIBUTION_LOGNORMAL, 2, {0.1, 2}},
        {DISTRIBUTION_BETA, 2, {0.5, 0.5}},      {DISTRIBUTION_BETA, 4, {30, 2, -1, 1}},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        double before = distribution_lowest(&all[i]);
        for (double u = 0x1p-33; u < 1; u += 0.00321) {
            double value = distribution_quantile(&all[i], u);
            cr_expect(value >= before && value <= distribution_highest(&all[i]), "%zu at %g", i, u);
            before = value;
        }
    }
}
