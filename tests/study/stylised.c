/* Stylised facts of histories whose facts are known in closed form. */
#include "study/stylised_measure.h"

#include "math/cdf.h"
#include "random/draw.h"
#include "support/world.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { FIRMS = 4000, YEARS = 7, PLACES = 8192 };

static double uniform(size_t firm, size_t year, size_t which)
{
    const struct draw_stream stream = {88, (uint32_t)year};
    return draw(&stream, (struct draw_agent){5, (uint32_t)firm}, draw_when(0, PURPOSE_MACRO, 0))
        .u[which];
}

static double laplace(double u)
{
    return u < 0.5 ? log(2.0 * u) : -log(2.0 * (1.0 - u));
}

/* Firms of a permanent walk (Laplace, sd `walk`) and a transitory part (normal, sd `passing`),
 * whose first sizes follow a Pareto law of exponent 1.1; sd falls with size by `fall`. */
static struct firm_history made(double walk, double passing, double fall)
{
    struct firm_history history = {
        .years = YEARS, .first_month = 24179, .end = 24251, .count = FIRMS, .capacity = PLACES};
    history.past = calloc(PLACES, sizeof *history.past);
    history.log_output = calloc(PLACES * YEARS, sizeof *history.log_output);
    history.heads = calloc(PLACES * YEARS, sizeof *history.heads);
    for (size_t i = 0; i < FIRMS; i++) {
        double level = -log(uniform(i, 99, 0)) / 1.1;
        history.past[i] = (struct firm_past){.identity = i + 1,
                                             .born = 24000,
                                             .last = history.end,
                                             .listed = MONTH_NEVER,
                                             .birth_log_output = NAN};
        for (size_t year = 0; year < YEARS; year++) {
            double normal = cdf_normal_quantile(uniform(i, year, 1));
            history.log_output[i * YEARS + year] = (float)(level + passing * normal);
            history.heads[i * YEARS + year] = 20.0f;
            level += walk * exp(-fall * level) * laplace(uniform(i, year, 0)) / sqrt(2.0);
        }
    }
    return history;
}

static void measure(struct firm_history *history, double fact[STYLISED_COUNT])
{
    struct faults faults = {0};
    cr_assert(stylised_measure(history, fact, &faults));
    firm_history_clear(history);
}

Test(stylised, of_a_permanent_laplace_walk)
{
    double fact[STYLISED_COUNT];
    struct firm_history history = made(0.3, 0.0, 0.0);
    measure(&history, fact);
    cr_expect_float_eq(fact[STYLISED_SHAPE], sqrt(0.5), 0.01, "%g", fact[STYLISED_SHAPE]);
    cr_expect_float_eq(fact[STYLISED_AUTOCORRELATION], 0.0, 0.02);
    cr_expect_float_eq(fact[STYLISED_SLOPE], 0.0, 0.02, "%g", fact[STYLISED_SLOPE]);
    cr_expect_float_eq(fact[STYLISED_BY_SIZE], 0.0, 0.01);
    cr_expect(isnan(fact[STYLISED_LISTING]) && isnan(fact[STYLISED_BIRTH]));
    cr_expect(isnan(fact[STYLISED_LEAVING_0]), "nobody at risk");
}

/* With a transitory part of variance t beside a walk of w: -t / (w + 2 t). */
Test(stylised, transitory_shocks_turn_back)
{
    double fact[STYLISED_COUNT], w = 0.3 * 0.3, t = 0.2 * 0.2;
    struct firm_history history = made(0.3, 0.2, 0.0);
    measure(&history, fact);
    cr_expect_float_eq(fact[STYLISED_AUTOCORRELATION], -t / (w + 2.0 * t), 0.02, "%g",
                       fact[STYLISED_AUTOCORRELATION]);
}

Test(stylised, volatility_that_falls_with_size)
{
    double fact[STYLISED_COUNT];
    struct firm_history history = made(0.3, 0.0, 0.15);
    measure(&history, fact);
    cr_expect_float_eq(fact[STYLISED_SLOPE], -0.15, 0.02, "%g", fact[STYLISED_SLOPE]);
}

/* A Pareto law of 1.1 that does not move; standard error 1.1 / sqrt(400). */
Test(stylised, tail_of_a_pareto_law)
{
    double fact[STYLISED_COUNT];
    struct firm_history history = made(0.0, 0.0, 0.0);
    measure(&history, fact);
    cr_expect_float_eq(fact[STYLISED_TAIL], 1.1, 4.0 * 1.1 / 20.0, "%g", fact[STYLISED_TAIL]);
}

/* Of four firms alike one grows by 12 % a year, one by 25 %; those under 10 heads do not count. */
Test(stylised, fast_growers_exits_and_listing)
{
    double fact[STYLISED_COUNT];
    struct firm_history history = made(0.1, 0.0, 0.0);
    for (size_t i = 0; i < FIRMS; i++)
        for (size_t year = 0; year < YEARS; year++) {
            double by = i % 5 == 0 ? 1.12 : i % 5 == 1 ? 1.25 : i % 5 == 4 ? 1.5 : 1.0;
            double first = i % 5 == 4 ? 0.5 : 20.0;
            history.heads[i * YEARS + year] =
                (float)fmin(first * pow(by, (double)year), i % 5 == 4 ? 9.0 : 1e9);
        }
    history.months[1] = 1200.0;
    history.exits[1] = 8.0;
    history.past[7].listed = history.past[7].born + 42;
    history.past[9].listed = history.past[9].born + 30;
    measure(&history, fact);
    cr_expect_float_eq(fact[STYLISED_FAST_10], 0.5, 1e-12, "%g", fact[STYLISED_FAST_10]);
    cr_expect_float_eq(fact[STYLISED_FAST_20], 0.25, 1e-12);
    cr_expect_float_eq(fact[STYLISED_LEAVING_1], 0.08, 1e-12);
    cr_expect_float_eq(fact[STYLISED_LISTING], 2.5, 1e-12);
}

/* A quiet district with one hazard: leaving by age is that hazard, at every age; threads leave no
 * trace. */
Test(stylised, leaving_of_a_known_hazard)
{
    struct scenario *scenario =
        SCENARIO(quiet_yaml, "relocation={rate_per_year: 0.2, crowding: 0}",
                 "clock={start: 2021-01, end: 2026-12}",
                 "arrivals={all: {rate_per_year: 400, output_median_myuan: 5, mean_age_years: 0,"
                 " sector_mix: {ai: 1}, zone: T}}",
                 "zones.T.floor_area_m2=1e8");
    struct stylised one[STYLISED_COUNT], two[STYLISED_COUNT];
    struct faults faults = {0};
    bool stopped = true;
    cr_assert(stylised_run(one, scenario, 6, 6, 1, NULL, &stopped, &faults) && !stopped);
    cr_assert(stylised_run(two, scenario, 6, 6, 3, NULL, &stopped, &faults) && !stopped);
    for (size_t age = 0; age < HISTORY_AGES; age++) {
        cr_expect_float_eq(one[STYLISED_LEAVING_0 + age].mean, 12.0 * (1.0 - exp(-0.2 / 12.0)),
                           0.012, "age %zu: %g", age, one[STYLISED_LEAVING_0 + age].mean);
        cr_expect_eq(one[STYLISED_LEAVING_0 + age].mean, two[STYLISED_LEAVING_0 + age].mean);
    }
    cr_expect(!one[STYLISED_LEAVING_0].inside && !one[STYLISED_BIRTH].is_told);
    scenario_free(scenario);
}
