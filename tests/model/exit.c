/* Exits against survival curves. The engine holds a hazard constant over a month (model: p = 1 -
 * exp(-h D)), so the exact survival after t months is exp(-sum h D), the integral as a sum. */
#include "model/exit.h"

#include "model/event.h"
#include "support/statistics.h"
#include "support/world.h"

#include <math.h>

enum { MONTHS = 120 };
#define DECADE "clock.end=2030-12"
#define RATE   0.2
#define FLOOR  0.5

struct hump {
    double rate, floor, hump_years;
};

static double hazard(double years, const struct hump *h)
{
    double ratio = years / h->hump_years;
    return h->rate * (h->floor + ratio * exp(1.0 - ratio));
}

/* Deaths expected in each month of a cohort of age 0 in month 0, and survivors in the last cell. */
static void expected_deaths(double *expected, double count, const struct hump *h)
{
    double alive = count;
    for (int t = 0; t < MONTHS; t++) {
        double left = alive * exp(-hazard((t + 1) * STEP_YEARS, h) * STEP_YEARS);
        expected[t] = alive - left;
        alive = left;
    }
    expected[MONTHS] = alive;
}

static void live(struct world *world, double *deaths)
{
    for (int t = 0; t < MONTHS; t++) {
        world_step(world);
        deaths[t] = world->district.flows.failed;
    }
    deaths[MONTHS] = (double)world->district.firms.count;
}

/* Chi-square of deaths by month of 20,000 firms over ten years. Twins: hump at 4 years for 3; no
 * hump, with a constant hazard that leaves as many alive. */
Test(exit, survival_has_the_hump_of_age)
{
    enum { COUNT = 20000 };
    struct world *world = QUIET("incumbents.old.count=20000", DECADE, "exit.rate_per_year=0.2");
    const struct hump right = {RATE, FLOOR, 3.0}, late = {RATE, FLOOR, 4.0};
    double deaths[MONTHS + 1], expected[MONTHS + 1];
    live(world, deaths);
    expected_deaths(expected, COUNT, &right);
    EXPECT_FIT(fit_counts(deaths, expected, MONTHS + 1));
    double years = MONTHS * STEP_YEARS;
    const struct hump flat = {-log(expected[MONTHS] / COUNT) / years, 1.0, 1e9};
    expected_deaths(expected, COUNT, &late);
    EXPECT_MISFIT(fit_counts(deaths, expected, MONTHS + 1));
    expected_deaths(expected, COUNT, &flat);
    EXPECT_MISFIT(fit_counts(deaths, expected, MONTHS + 1));
    world_free(world);
}

/* The sum over months is the integral of the hazard but for its change within a month: under 1 %
 * of the exponent. Integral in closed form: rate (floor a + h e (1 - (1 + a/h) exp(-a/h))). */
Test(exit, monthly_hazards_sum_to_their_integral)
{
    const struct hump h = {RATE, FLOOR, 3.0};
    double deaths[MONTHS + 1];
    expected_deaths(deaths, 1.0, &h);
    double a = MONTHS * STEP_YEARS / h.hump_years;
    double integral = h.rate * (h.floor * MONTHS * STEP_YEARS +
                                h.hump_years * exp(1.0) * (1.0 - (1.0 + a) * exp(-a)));
    cr_expect_float_eq(-log(deaths[MONTHS]), integral, 0.01 * integral);
}

/* Deaths in the month after a year, by when exp(1 - a/h) is far gone, at output 500 myuan, size
 * effect 0.15 and shelter 0.7, against a hazard a year. */
static double fit_deaths_of_large(double hazard_per_year)
{
    struct world *world = QUIET("incumbents.old.count=40000",
                                "incumbents.old.output_median_myuan=500", "zones.T.shelter=0.7",
                                "exit={rate_per_year: 0.9, floor: 1, hump_years: 0.1, size: 0.15}");
    for (int t = 0; t < 12; t++)
        world_step(world);
    double before = (double)world->district.firms.count;
    world_step(world);
    double deaths = world->district.flows.failed;
    world_free(world);
    return fit_binomial(deaths, -expm1(-hazard_per_year * STEP_YEARS), before);
}

/* Twins: without the fall with size, without shelter. */
Test(exit, hazard_falls_with_size_and_shelter)
{
    EXPECT_FIT(fit_deaths_of_large(0.9 * 0.7 * pow(50.0, -0.15)));
    EXPECT_MISFIT(fit_deaths_of_large(0.9 * 0.7));
    EXPECT_MISFIT(fit_deaths_of_large(0.9 * pow(50.0, -0.15)));
}

/* Quality of those that die in the first month, z ~ N(0, 1) before: tilted by exp(-q z), their mean
 * is -q where hazards are small. Twin: mean 0. */
Test(exit, takes_the_worse_first)
{
    struct world *world = QUIET("incumbents.old.count=60000", "exit.rate_per_year=0.3",
                                "exit.floor=1", "exit.quality=0.3");
    double before = 0.0, after = 0.0;
    const struct firms *firms = &world->district.firms;
    for (size_t i = 0; i < firms->count; i++)
        before += firms->quality[i];
    world_step(world);
    for (size_t i = 0; i < firms->count; i++)
        after += firms->quality[i];
    double deaths = world->district.flows.failed, mean = (before - after) / deaths;
    cr_expect_gt(deaths, 1000);
    EXPECT_FIT(fit_mean(&mean, 1, -0.3, 1.0 / sqrt(deaths)));
    EXPECT_MISFIT(fit_mean(&mean, 1, 0.0, 1.0 / sqrt(deaths)));
    world_free(world);
}

/* Not one of 2,000 in two years at the highest rate there is; those at stage late die. */
Test(exit, listed_firms_do_not_fail)
{
    for (int listed = 0; listed < 2; listed++) {
        struct world *world = QUIET(
            "incumbents.old={count: 2000, funded_share: 1}", "exit.rate_per_year=2",
            listed ? "incumbents.old.funded_stage=listed" : "incumbents.old.funded_stage=late");
        world_finish(world);
        size_t left = world->district.firms.count;
        cr_expect(listed ? left == 2000 : left < 500, "%zu left", left);
        world_free(world);
    }
}

static double relocated(const char *floor)
{
    struct world *world = QUIET("incumbents.old.count=5000", "relocation.rate_per_year=0.1",
                                "relocation.crowding=2", floor);
    world_step(world);
    double gone = world->district.flows.relocated;
    cr_expect_eq(world->district.flows.failed, 0);
    world_free(world);
    return gone;
}

/* 5,000 firms of 10 heads on 10 m2: 500,000 m2. At occupancy 1.6 the hazard is exp(2 * 0.6) times
 * that at 1 and below. Twins: each with the other's hazard. */
Test(exit, relocation_rises_with_crowding)
{
    double roomy = relocated("zones.T.floor_area_m2=1e6");
    double crowded = relocated("zones.T.floor_area_m2=312500");
    double base = -expm1(-0.1 * STEP_YEARS), risen = -expm1(-0.1 * exp(1.2) * STEP_YEARS);
    EXPECT_FIT(fit_binomial(roomy, base, 5000));
    EXPECT_FIT(fit_binomial(crowded, risen, 5000));
    EXPECT_MISFIT(fit_binomial(roomy, risen, 5000));
    EXPECT_MISFIT(fit_binomial(crowded, base, 5000));
}

/* Two competing risks: 0.4 and 0.2 a year. Causes are binomial with 2/3; twin: 1/2. */
Test(exit, causes_share_those_who_leave)
{
    struct world *world =
        QUIET("incumbents.old={count: 30000, mean_age_years: 0}", "exit.hump_years=0.1",
              "exit.floor=1", "exit.rate_per_year=0.4", "relocation.rate_per_year=0.2");
    double failed = 0, gone = 0;
    for (int t = 0; t < 24; t++) {
        world_step(world);
        failed += t < 12 ? 0 : world->district.flows.failed;
        gone += t < 12 ? 0 : world->district.flows.failed + world->district.flows.relocated;
    }
    EXPECT_FIT(fit_binomial(failed, 2.0 / 3.0, gone));
    EXPECT_MISFIT(fit_binomial(failed, 0.5, gone));
    world_free(world);
}

/* A uniform that has decided one event is uniform again, whatever it decided. KS; twin: used up. */
Test(exit, an_event_gives_its_uniform_back)
{
    enum { COUNT = 40000 };
    static double after[COUNT], used[COUNT];
    double happened = 0;
    for (uint32_t i = 0; i < COUNT; i++) {
        double u = draw(&(struct draw_stream){1, 2}, (struct draw_agent){3, i}, 4).u[0];
        used[i] = u / 0.9;
        happened += event_happens(0.35, &u);
        after[i] = u;
    }
    EXPECT_FIT(fit_binomial(happened, -expm1(-0.35), COUNT));
    EXPECT_FIT(fit_distribution(after, COUNT, cdf_uniform, NULL));
    EXPECT_MISFIT(fit_distribution(used, COUNT, cdf_uniform, NULL));
}
