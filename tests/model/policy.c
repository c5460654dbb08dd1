/* Levers, budget, shocks and reviews. */
#include "model/policy.h"

#include "support/statistics.h"
#include "support/world.h"

#include <math.h>
#include <stdio.h>

#define LEVER "levers={push: {intensity: {2020-12: 0, 2021-01: 1}, lag_years: 1.5,"
#define PUSH  LEVER " cost_myuan_per_year: 24, multiplies: {sectors.ai.growth_per_year: 0.4}}}"

/* s = 1 - exp(-t D / lag) at the end of t months at intensity 1, exactly; twin: a lag of 1.6. The
 * number acted on is 0.1 (1 + 0.4 s). */
Test(policy, strength_follows_intensity_with_its_lag)
{
    struct world *world = QUIET(PUSH, "sectors.ai.growth_per_year=0.1");
    cr_expect_eq(world->district.policy.strength[0], 0.0);
    for (int t = 1; t <= 24; t++) {
        world_step(world);
        double strength = world->district.policy.strength[0];
        cr_expect_float_eq(strength, -expm1(-t * STEP_YEARS / 1.5), 1e-13);
        cr_expect(fabs(strength + expm1(-t * STEP_YEARS / 1.6)) > 1e-3, "twin");
        cr_expect_float_eq(world->district.now.sectors[0].growth_per_year,
                           0.1 * (1.0 + 0.4 * strength), 1e-15);
        cr_expect_float_eq(world->district.policy.cost_myuan, 2.0, 1e-12);
    }
    world_free(world);
}

/* Turned off after a year, it fades as exp(-t D / lag). */
Test(policy, strength_fades_with_its_lag)
{
    struct world *world = QUIET("levers={push: {lag_years: 0.7, intensity: {2020-12: 0, 2021-01: 1,"
                                " 2021-12: 1, 2022-01: 0}}}");
    for (int t = 1; t <= 24; t++) {
        world_step(world);
        double risen = -expm1(-fmin(t, 12) * STEP_YEARS / 0.7);
        double faded = t > 12 ? risen * exp(-(t - 12) * STEP_YEARS / 0.7) : risen;
        cr_expect_float_eq(world->district.policy.strength[0], faded, 1e-13);
    }
    world_free(world);
}

Test(policy, without_lag_acts_at_once_and_effects_compose)
{
    struct world *world =
        QUIET("levers={a: {intensity: 0.5, multiplies: {sectors.ai.growth_per_year: 0.4}},"
              " b: {intensity: 1, multiplies: {sectors.*.growth_per_year: -0.1},"
              " adds: {sectors.ai.growth_per_year: 0.03}}}",
              "sectors.ai.growth_per_year=0.1", "sectors.bio.growth_per_year=0.2");
    world_step(world);
    const struct sector_params *sectors = world->district.now.sectors;
    cr_expect_float_eq(sectors[0].growth_per_year, 0.1 * 1.2 * 0.9 + 0.03, 1e-15);
    cr_expect_float_eq(sectors[1].growth_per_year, 0.2 * 0.9, 1e-15);
    world_free(world);
}

/* What effects make of a number stays in its range: a venture share of 0.9 * 1.5 is 1. */
Test(policy, effects_keep_to_the_range)
{
    struct world *world = QUIET("sources.lab.venture_share=0.9",
                                "levers={a: {intensity: 1, multiplies:"
                                " {sources.lab.venture_share: 0.5, exit.hump_years: -1}}}");
    world_step(world);
    cr_expect_eq(world->district.now.sources[0].venture_share, 1.0);
    cr_expect_eq(world->district.now.exit->hump_years, 0.1);
    world_free(world);
}

/* Costs of 30 + 0.5 * 60 = 60 a year on a budget of 45: all at three quarters. With 60 or more,
 * not one bit is changed. */
Test(policy, budget_shrinks_all_alike)
{
    const char *levers = "levers={a: {intensity: 1, cost_myuan_per_year: 30},"
                         " b: {intensity: 0.5, cost_myuan_per_year: 60}}";
    struct world *world = QUIET(levers, "policy.budget_myuan_per_year=45");
    world_step(world);
    cr_expect_float_eq(world->district.policy.intensity[0], 0.75, 1e-15);
    cr_expect_float_eq(world->district.policy.intensity[1], 0.375, 1e-15);
    cr_expect_float_eq(world->district.policy.cost_myuan, 45.0 / 12.0, 1e-14);
    world_free(world);
    world = QUIET(levers, "policy.budget_myuan_per_year=60");
    world_step(world);
    cr_expect_eq(world->district.policy.intensity[0], 1.0);
    cr_expect_eq(world->district.policy.intensity[1], 0.5);
    cr_expect_float_eq(world->district.policy.cost_myuan, 5.0, 1e-14);
    world_free(world);
}

#define SLUMP                                                                                      \
    "shocks={slump: {start: 2021-04, duration_months: 5, probability: 0.3,"                        \
    " multiplies: {sectors.ai.growth_per_year: -0.5}, adds: {exit.rate_per_year: 0.25}}}"

/* April to August and no other month, and both or neither of its effects. */
Test(policy, shock_acts_during_its_months_only)
{
    struct world *world =
        QUIET(SLUMP, "shocks.slump.probability=1", "sectors.ai.growth_per_year=0.1");
    for (int t = 1; t <= 24; t++) {
        world_step(world);
        bool slump = t >= 4 && t < 9;
        const struct params *now = &world->district.now;
        cr_expect_eq(now->sectors[0].growth_per_year, slump ? 0.05 : 0.1, "month %d", t);
        cr_expect_eq(now->exit->rate_per_year, slump ? 0.25 : 0.0, "month %d", t);
    }
    world_free(world);
}

/* Binomial over 10,000 replicates; twin: a probability of 0.35. */
Test(policy, shock_happens_with_its_probability)
{
    enum { REPLICATES = 10000 };
    struct world *world = QUIET(SLUMP);
    double happened = 0;
    for (uint32_t r = 0; r < REPLICATES; r++) {
        world_start(world, r);
        happened += world->district.policy.happens[0];
    }
    EXPECT_FIT(fit_binomial(happened, 0.3, REPLICATES));
    EXPECT_MISFIT(fit_binomial(happened, 0.35, REPLICATES));
    world_free(world);
}

/* A shock on a lever's own intensity acts before the lever does. */
Test(policy, shock_may_weaken_a_lever)
{
    struct world *world =
        QUIET("shocks={cut: {start: 2021-02, duration_months: 1,"
              " multiplies: {levers.a.intensity: -0.75}}}",
              "levers={a: {intensity: 1, adds: {sectors.ai.growth_per_year: 0.2}}}");
    for (int t = 1; t <= 3; t++) {
        world_step(world);
        cr_expect_float_eq(world->district.now.sectors[0].growth_per_year, t == 2 ? 0.05 : 0.2,
                           1e-15);
    }
    world_free(world);
}

/* 100 firms in 2021-01, to be 340 in 2022-12: the straight path is 100 + 240 * 11/23 in 2021-12. */
#define REVIEW                                                                                     \
    "reviews={yearly: {target: all, start: 2021-01, tolerance: 0.05, cap: 1.2,"                    \
    " adds: {levers.a.intensity: 0.3}}}"

#define reviewed(...)                                                                              \
    QUIET("targets.all={indicator: firms, date: 2022-12, at_least: 340}", REVIEW, __VA_ARGS__)

static void look(struct world *world, int month, double value)
{
    policy_review(&world->district.policy, world->scenario, &world->district.now, 0, 24251 + month,
                  value);
}

/* The lever's intensity in the month after a December that found this value. */
static double raised_by(double december)
{
    struct world *world = reviewed("levers={a: {intensity: 0.8}}");
    world_step(world);
    look(world, 1, 100.0);
    look(world, 11, 0.0); /* not the month of the review */
    look(world, 12, december);
    cr_expect_eq(world->district.policy.intensity[0], 0.8, "not before the next month");
    world_step(world);
    double raised = world->district.policy.intensity[0];
    world_free(world);
    return raised;
}

Test(policy, review_raises_only_when_behind_the_path)
{
    double path = 100.0 + 240.0 * 11.0 / 23.0;
    cr_expect_eq(raised_by(0.95 * path + 0.01), 0.8);
    cr_expect_float_eq(raised_by(0.95 * path - 0.01), 1.1, 1e-15);
    cr_expect_eq(raised_by(2.0 * path), 0.8);
}

/* A plan that starts four months late is looked at along a path from where it then stands: 100 in
 * 2021-05, and 100 + 240 * 7/19 in 2021-12. */
Test(policy, review_path_starts_with_the_delayed_plan)
{
    double path = 0.95 * (100.0 + 240.0 * 7.0 / 19.0);
    for (int behind = 0; behind < 2; behind++) {
        struct world *world =
            QUIET("targets.all={indicator: firms, date: 2022-12, at_least: 340}",
                  "levers={a: {intensity: 0.8}}", "policy.delay_months=4", REVIEW);
        world_step(world);
        look(world, 1, 50.0); /* too early to be noted */
        look(world, 5, 100.0);
        look(world, 12, behind ? path - 0.01 : path + 0.01);
        world_step(world);
        cr_expect_float_eq(world->district.policy.intensity[0], behind ? 1.1 : 0.8, 1e-15);
        world_free(world);
    }
}

/* Two steps of 0.3 would make 1.4; the cap is 1.2. */
Test(policy, review_raises_up_to_its_cap)
{
    struct world *world = reviewed("levers={a: {intensity: 0.8}}");
    look(world, 1, 100.0);
    look(world, 12, 100.0);
    look(world, 24, 100.0);
    world_step(world);
    cr_expect_float_eq(world->district.policy.intensity[0], 1.2, 1e-15);
    world_free(world);
}

/* A lever planned above the cap stays as planned; one without a review, too. */
Test(policy, review_never_lowers)
{
    struct world *world = reviewed("levers={a: {intensity: 1.4}, b: {intensity: 0.7}}");
    look(world, 1, 100.0);
    look(world, 12, 100.0);
    world_step(world);
    cr_expect_eq(world->district.policy.intensity[0], 1.4);
    cr_expect_eq(world->district.policy.intensity[1], 0.7);
    world_free(world);
}

/* The step lies on top of what is planned, as that changes. */
Test(policy, review_adds_to_the_plan)
{
    struct world *world = reviewed("levers={a: {intensity: {2021-01: 0.2, 2021-11: 0.7}}}");
    look(world, 1, 100.0);
    look(world, 12, 100.0);
    for (int t = 1; t <= 12; t++) {
        world_step(world);
        double planned = fmin(0.2 + 0.05 * (t - 1), 0.7);
        cr_expect_float_eq(world->district.policy.intensity[0], planned + 0.3, 1e-14);
    }
    world_free(world);
}

/* A scale multiplies what reviews have raised, keeps what is dated, and is held to 1.5; cost
 * follows. A scale of 0 is off, whatever reviews add. */
Test(policy, scale_multiplies_the_raised_intensity)
{
    static const double scales[] = {0.0, 0.4, 1.0, 1.5};
    for (size_t s = 0; s < 4; s++) {
        char scale[64];
        snprintf(scale, sizeof scale, "levers.a.scale=%g", scales[s]);
        struct world *world = reviewed("levers={a: {intensity: {2021-01: 0.2, 2021-11: 0.9}, "
                                       "cost_myuan_per_year: 24}}",
                                       scale);
        look(world, 1, 100.0);
        look(world, 12, 100.0);
        for (int t = 1; t <= 12; t++) {
            world_step(world);
            double planned = fmin(0.2 + 0.07 * (t - 1), 0.9);
            double intensity = fmin(scales[s] * fmin(planned + 0.3, 1.2), 1.5);
            cr_expect_float_eq(world->district.policy.intensity[0], intensity, 1e-14);
            cr_expect_float_eq(world->district.policy.cost_myuan, 2.0 * intensity, 1e-13);
        }
        world_free(world);
    }
}

/* For a target of at most, being above the path is being behind: 100 falls to 40 by 23 months, so
 * the path is at 71.3 after eleven. */
Test(policy, review_knows_targets_of_at_most)
{
    for (int above = 0; above < 2; above++) {
        struct world *world =
            QUIET("targets.all={indicator: firms, date: 2022-12, at_least: -1e12, at_most: 40}",
                  "levers={a: {intensity: 0.8}}", REVIEW);
        struct target_params *target = &world->district.now.targets[0];
        target->at_least = -NO_LIMIT;
        look(world, 1, 100.0);
        look(world, 12, above ? 75.0 : 74.0); /* a twentieth of the path is let pass */
        world_step(world);
        cr_expect_float_eq(world->district.policy.intensity[0], above ? 1.1 : 0.8, 1e-15);
        world_free(world);
    }
}

/* In force before the first month: full strength from the start, whatever the lag. */
Test(policy, lever_in_force_before_has_its_strength)
{
    struct world *world = QUIET("levers={push: {intensity: 0.6, lag_years: 4}}");
    cr_expect_eq(world->district.policy.strength[0], 0.6);
    world_finish(world);
    cr_expect_float_eq(world->district.policy.strength[0], 0.6, 1e-15);
    world_free(world);
}

/* Linear between its dates, constant outside; twin: not a step function. */
Test(policy, series_are_linear_between_dates)
{
    int month[] = {24252, 24264, 24266};
    double value[] = {5800.0, 6400.0, 6000.0};
    const struct series series = {3, month, value};
    cr_expect_eq(series_at(&series, 24000), 5800.0);
    cr_expect_eq(series_at(&series, 24252), 5800.0);
    cr_expect_float_eq(series_at(&series, 24257), 6050.0, 1e-9);
    cr_expect_eq(series_at(&series, 24264), 6400.0);
    cr_expect_float_eq(series_at(&series, 24265), 6200.0, 1e-9);
    cr_expect_eq(series_at(&series, 24266), 6000.0);
    cr_expect_eq(series_at(&series, 30000), 6000.0);
    struct world *world = QUIET("zones.O.floor_area_m2={2021-01: 1000, 2021-11: 2000}");
    for (int t = 1; t <= 12; t++) {
        world_step(world);
        cr_expect_float_eq(world->district.now.zones[1].floor_area_m2, fmin(900 + 100 * t, 2000),
                           1e-9);
    }
    world_free(world);
}
