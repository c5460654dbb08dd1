/* Growth of log output: a line with noise, whose yearly sum is Laplace. */
#include "model/growth.h"

#include "support/statistics.h"
#include "support/world.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>

enum { COUNT = 40000 };
#define MANY "incumbents.old.count=40000"

static double x[COUNT];

/* Log output less that of the start, ln 10, in x. */
static void grown(const struct world *world)
{
    cr_assert_eq(world->district.firms.count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        x[i] = firms_log_output(&world->district.firms, i) - log(10.0);
}

/* Without noise log output is a line, to rounding: 0.12 a year after 24 months. */
Test(growth, without_noise_is_a_line)
{
    struct world *world = QUIET("incumbents.old.count=1", "sectors.ai.growth_per_year=0.12");
    double start = firms_log_output(&world->district.firms, 0);
    cr_expect_float_eq(start, log(10.0), SINGLE);
    for (int t = 1; t <= 24; t++) {
        world_step(world);
        const struct firms *firms = &world->district.firms;
        cr_expect_float_eq(firms_log_output(firms, 0), start + 0.12 * t * STEP_YEARS,
                           (t + 1) * LOG_OUTPUT_GRAIN);
        cr_expect_float_eq(firms->output_myuan[0], exp(firms_log_output(firms, 0)),
                           SINGLE * exp(firms_log_output(firms, 0)));
    }
    cr_expect(fabs(firms_log_output(&world->district.firms, 0) - log(10.0) - 0.121 * 2) > 1e-3,
              "twin");
    world_free(world);
}

/* One month: mean 0.12 D, variance 0.42^2 D, Laplace (kurtosis 6), since v ~ Exp(1). Twins: growth
 * 0.19 a year; volatility 0.45; a normal of the same variance. */
Test(growth, of_a_month_has_its_mean_and_sd)
{
    struct world *world =
        QUIET(MANY, "sectors.ai.growth_per_year=0.12", "volatility.at_10_myuan=0.42");
    world_step(world);
    grown(world);
    double sd = 0.42 * sqrt(STEP_YEARS), mean = 0.12 * STEP_YEARS;
    const double laplace[] = {mean, sd / sqrt(2.0)}, normal[] = {mean, sd};
    EXPECT_FIT(fit_mean(x, COUNT, mean, sd));
    EXPECT_FIT(fit_variance(x, COUNT, mean, sd * sd, 6.0));
    EXPECT_FIT(fit_distribution(x, COUNT, cdf_laplace, laplace));
    EXPECT_MISFIT(fit_mean(x, COUNT, 0.19 * STEP_YEARS, sd));
    EXPECT_MISFIT(fit_variance(x, COUNT, mean, 0.45 * 0.45 * STEP_YEARS, 6.0));
    EXPECT_MISFIT(fit_distribution(x, COUNT, cdf_normal, normal));
    world_free(world);
}

/* January to December: one v for all twelve, so the year's growth is Laplace with scale
 * sigma / sqrt 2. Twins: a normal of the same variance; a scale 12 % larger. */
Test(growth, of_a_year_is_laplace)
{
    struct world *world =
        QUIET(MANY, "sectors.ai.growth_per_year=0.12", "volatility.at_10_myuan=0.42");
    for (int t = 0; t < 12; t++)
        world_step(world);
    grown(world);
    double scale = 0.42 / sqrt(2.0);
    const double right[] = {0.12, scale}, wide[] = {0.12, 1.12 * scale}, normal[] = {0.12, 0.42};
    EXPECT_FIT(fit_distribution(x, COUNT, cdf_laplace, right));
    EXPECT_MISFIT(fit_distribution(x, COUNT, cdf_normal, normal));
    EXPECT_MISFIT(fit_distribution(x, COUNT, cdf_laplace, wide));
    world_free(world);
}

/* From July to June two years' v take part: no Laplace law (kurtosis 4.5, not 6). And the years
 * are independent. */
Test(growth, of_two_years_mixes_their_volatilities)
{
    struct world *world = QUIET(MANY, "volatility.at_10_myuan=0.42", "clock.start=2020-07");
    for (int t = 0; t < 12; t++)
        world_step(world);
    grown(world);
    double fourth = 0.0, second = 0.0;
    for (size_t i = 0; i < COUNT; i++) {
        second += x[i] * x[i];
        fourth += x[i] * x[i] * x[i] * x[i];
    }
    double kurtosis = fourth * COUNT / (second * second);
    cr_expect(kurtosis > 4.2 && kurtosis < 4.8, "%g", kurtosis);
    world_free(world);
}

/* Volatilities are Exp(1) at birth and after a January, and the two are independent. */
Test(growth, volatility_is_redrawn_in_january)
{
    static double before[COUNT], after[COUNT];
    struct world *world = QUIET(MANY);
    const struct firms *firms = &world->district.firms;
    for (size_t i = 0; i < COUNT; i++)
        before[i] = firms->year_volatility[i];
    world_step(world);
    for (size_t i = 0; i < COUNT; i++)
        after[i] = firms->year_volatility[i];
    world_step(world);
    for (size_t i = 0; i < COUNT; i++)
        cr_assert_eq(after[i], firms->year_volatility[i], "February keeps it");
    double correlation = gsl_stats_correlation(before, 1, after, 1, COUNT);
    cr_expect_lt(fabs(correlation), 4.0 / sqrt(COUNT));
    const double one = 1.0, wrong = 1.07;
    EXPECT_FIT(fit_distribution(before, COUNT, cdf_exponential, &one));
    EXPECT_FIT(fit_distribution(after, COUNT, cdf_exponential, &one));
    EXPECT_MISFIT(fit_distribution(after, COUNT, cdf_exponential, &wrong));
    world_free(world);
}

static double variance_fit(const char *output, double sigma)
{
    struct world *world =
        QUIET(MANY, output, "volatility.at_10_myuan=0.42", "volatility.size_exponent=0.17",
              "volatility.lowest=0.15", "volatility.highest=0.6");
    double start = log(world->scenario->centre.incumbents[0].output_median_myuan);
    world_step(world);
    grown(world);
    for (size_t i = 0; i < COUNT; i++)
        x[i] -= start - log(10.0);
    world_free(world);
    return fit_variance(x, COUNT, 0.0, sigma * sigma * STEP_YEARS, 6.0);
}

/* sigma = clamp(0.42 (y / 10)^-0.17, 0.15, 0.6): between, at the floor, at the ceiling. Twins: no
 * fall with size; no floor; no ceiling. */
Test(growth, volatility_falls_with_size)
{
    EXPECT_FIT(variance_fit("incumbents.old.output_median_myuan=10", 0.42));
    EXPECT_FIT(variance_fit("incumbents.old.output_median_myuan=300", 0.42 * pow(30.0, -0.17)));
    EXPECT_FIT(variance_fit("incumbents.old.output_median_myuan=3", 0.42 * pow(0.3, -0.17)));
    EXPECT_FIT(variance_fit("incumbents.old.output_median_myuan=1e5", 0.15));
    EXPECT_FIT(variance_fit("incumbents.old.output_median_myuan=0.1", 0.6));
    EXPECT_MISFIT(variance_fit("incumbents.old.output_median_myuan=300", 0.42));
    EXPECT_MISFIT(variance_fit("incumbents.old.output_median_myuan=1e5", 0.42 * pow(1e4, -0.17)));
    EXPECT_MISFIT(variance_fit("incumbents.old.output_median_myuan=0.1", 0.42 * pow(0.01, -0.17)));
}

/* Growth of one firm in a month, without noise. */
static double drift(const char *a, const char *b, const char *c)
{
    struct world *world = QUIET("incumbents.old.count=300", a, b, c);
    double start = firms_log_output(&world->district.firms, 7);
    world_step(world);
    double change = (firms_log_output(&world->district.firms, 7) - start) / STEP_YEARS;
    world_free(world);
    return change;
}
#define NOTHING "growth.quality=0"

/* Each term of the drift by itself, at numbers worked out here: 300 firms of age 1 month, 10 heads
 * each on 10 m2. */
Test(growth, drift_has_every_term)
{
    cr_expect_float_eq(drift("growth.young_per_year=0.2", "growth.young_years=3", NOTHING),
                       0.2 * exp(-STEP_YEARS / 3.0), SINGLE);
    cr_expect_float_eq(
        drift("growth.spillover=0.05", "growth.spillover_reference_firms=200", NOTHING),
        0.05 * log(1.0 + 300.0 / 200.0), SINGLE);
    cr_expect_float_eq(drift("macro.growth_mean_per_year=0.03", "growth.macro_beta=1.5", NOTHING),
                       0.045, SINGLE);
    cr_expect_float_eq(drift("talent.stock_heads=2000", "growth.talent_drag=0.3", NOTHING),
                       -0.3 * (3000.0 / 2000.0 - 1.0), SINGLE);
    cr_expect_float_eq(drift("talent.stock_heads=4000", "growth.talent_drag=0.3", NOTHING), 0.0,
                       SINGLE);
    cr_expect_float_eq(drift("zones.T.floor_area_m2=24000", "growth.crowd_drag=0.4", NOTHING),
                       -0.4 * (30000.0 / 24000.0 - 1.0), SINGLE);
    cr_expect_float_eq(drift("zones.O.floor_area_m2=0", "growth.crowd_drag=0.4", NOTHING), 0.0,
                       SINGLE);
}

Test(growth, drift_has_the_boost_of_the_stage)
{
    const char *all = "incumbents.old.funded_share=1";
    cr_expect_float_eq(
        drift(all, "incumbents.old.funded_stage=a", "rounds.a.growth_boost_per_year=0.25"), 0.25,
        SINGLE);
    cr_expect_float_eq(
        drift(all, "incumbents.old.funded_stage=listed", "listing.growth_boost_per_year=0.07"),
        0.07, SINGLE);
    cr_expect_float_eq(
        drift(all, "incumbents.old.funded_stage=b", "rounds.a.growth_boost_per_year=0.25"), 0.0,
        SINGLE);
}

/* Growth over quality z is a line through the origin with slope 0.03 a year. */
Test(growth, drift_rises_with_quality)
{
    struct world *world = QUIET("incumbents.old.count=300", "growth.quality=0.03");
    double start = firms_log_output(&world->district.firms, 0);
    world_step(world);
    const struct firms *firms = &world->district.firms;
    for (size_t i = 0; i < firms->count; i++)
        cr_expect_float_eq(firms_log_output(firms, i) - start,
                           0.03 * (double)firms->quality[i] * STEP_YEARS, 2 * LOG_OUTPUT_GRAIN);
    world_free(world);
}
