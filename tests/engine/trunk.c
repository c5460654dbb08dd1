/* Up to which month scenarios share a trunk. */
#include "engine/trunk.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const char plan[] = "scenarios/grand-neobay.yaml";

/* Rows that a scenario shares with the plan as it stands. */
static size_t shared_with_plan(const char *const *overrides, size_t count)
{
    struct faults faults = {0};
    struct scenario *a = scenario_load(plan, NULL, 0, &faults);
    struct scenario *b = scenario_load(plan, overrides, count, &faults);
    struct trunk one, other;
    cr_assert(a != NULL && b != NULL, "%s", faults.count > 0 ? faults.fault[0].message : "");
    cr_assert(trunk_of(&one, a, &faults) && trunk_of(&other, b, &faults));
    size_t shared = trunk_shared(&one, &other);
    cr_expect_eq(shared, trunk_shared(&other, &one));
    cr_expect_eq(trunk_compare(&one, &other), -trunk_compare(&other, &one));
    trunk_clear(&one);
    trunk_clear(&other);
    scenario_free(a);
    scenario_free(b);
    return shared;
}
#define SHARED(...)                                                                                \
    shared_with_plan((const char *const[]){__VA_ARGS__},                                           \
                     sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* Rows up to, not including, a month of the clock, which starts in 2021-01. */
#define BEFORE(year, month) (size_t)((year - 2021) * 12 + month)

Test(trunk, what_never_acts_never_parts)
{
    size_t all = SHARED("about.title=another");
    cr_expect_eq(all, BEFORE(2026, 1));
    cr_expect_eq(SHARED("targets.listed_2023.at_least=5"), all);
    cr_expect_eq(SHARED("joint_targets.plan_2025.all_of=[hightech_2025]"), all);
}

Test(trunk, what_acts_from_the_start_shares_nothing)
{
    cr_expect_eq(SHARED("exit.rate_per_year=0.04"), 0);
    cr_expect_eq(SHARED("growth.quality={uniform: [0.01, 0.02]}"), 0);
    cr_expect_eq(SHARED("clock.end=2026-12"), 0, "another end is another layout");
    cr_expect_eq(SHARED("levers.open_innovation=~"), 0, "so is a lever less");
}

/* The plan's levers are at 0 in 2023-03 and rise from there; its reviews start in that month. */
Test(trunk, a_lever_parts_once_it_may_have_strength)
{
    cr_expect_eq(SHARED("levers.open_innovation.intensity=0"), BEFORE(2023, 4));
    cr_expect_eq(SHARED("levers.open_innovation.scale=0"), BEFORE(2023, 4));
    cr_expect_eq(SHARED("levers.open_innovation.scale=0.5"), BEFORE(2023, 4));
    cr_expect_eq(SHARED("levers.open_innovation.lag_years=2"), BEFORE(2023, 4));
    cr_expect_eq(SHARED("levers.open_innovation.cost_myuan_per_year=1"), BEFORE(2023, 4));
    cr_expect_eq(SHARED("levers.open_innovation.intensity=0.5"), 0, "constant from the start");
    cr_expect_eq(SHARED("levers.working_mechanism.lag_years=2"), BEFORE(2023, 3), "by a review");
    cr_expect_eq(SHARED("policy.budget_myuan_per_year=100"), BEFORE(2023, 3));
}

/* A lever of scale 0 never acts, so nothing of it matters; unless a shock turns it up. */
Test(trunk, a_lever_off_never_parts)
{
    static const char shock[] = "shocks={rush: {start: 2024-05, duration_months: 3, adds: "
                                "{levers.working_mechanism.scale: 0.5}}}";
    size_t all = SHARED("about.title=another");
    struct faults faults = {0};
    const char *const first[] = {"levers.working_mechanism.scale=0", shock},
                      *const other[] = {first[0], shock, "levers.working_mechanism.lag_years=2"};
    for (size_t with_shock = 0; with_shock < 2; with_shock++) {
        const char *const lagged[] = {first[0], other[2]};
        struct scenario *a = scenario_load(plan, first, 1 + with_shock, &faults);
        struct scenario *b = with_shock ? scenario_load(plan, other, 3, &faults)
                                        : scenario_load(plan, lagged, 2, &faults);
        struct trunk one, two;
        cr_assert(a != NULL && b != NULL && trunk_of(&one, a, &faults) &&
                  trunk_of(&two, b, &faults));
        cr_expect_eq(trunk_shared(&one, &two), with_shock ? BEFORE(2024, 5) : all);
        trunk_clear(&one), trunk_clear(&two);
        scenario_free(a), scenario_free(b);
    }
}

Test(trunk, a_review_and_its_target_part_when_it_looks)
{
    size_t all = SHARED("about.title=another");
    cr_expect_eq(SHARED("reviews.hightech.start=2023-09"), BEFORE(2023, 3));
    cr_expect_eq(SHARED("reviews.hightech.tolerance=0.2"), BEFORE(2023, 3));
    cr_expect_eq(SHARED("targets.hightech_2025.at_least=900"), BEFORE(2023, 3));
    cr_expect_eq(SHARED("policy.delay_months=6"), BEFORE(2023, 3));
    cr_expect_lt(SHARED("reviews.hightech.start=2025-01"), all);
}

Test(trunk, a_shock_parts_while_it_lasts)
{
    static const char shock[] =
        "shocks={flood: {start: 2022-05, duration_months: 3, multiplies: {zones.O.shelter: 0.2}}}";
    struct faults faults = {0};
    const char *const first[] = {shock}, *const other[] = {shock, "shocks.flood.start=2022-06"},
                      *const longer[] = {shock, "shocks.flood.duration_months=6"};
    struct scenario *scenario[3] = {scenario_load(plan, first, 1, &faults),
                                    scenario_load(plan, other, 2, &faults),
                                    scenario_load(plan, longer, 2, &faults)};
    struct trunk trunk[3];
    for (size_t i = 0; i < 3; i++)
        cr_assert(scenario[i] != NULL && trunk_of(&trunk[i], scenario[i], &faults));
    cr_expect_eq(trunk_shared(&trunk[0], &trunk[1]), BEFORE(2022, 5));
    cr_expect_eq(trunk_shared(&trunk[0], &trunk[2]), BEFORE(2022, 8));
    for (size_t i = 0; i < 3; i++) {
        trunk_clear(&trunk[i]);
        scenario_free(scenario[i]);
    }
}

Test(trunk, a_series_parts_when_its_values_do)
{
    struct faults faults = {0};
    const char *const first[] = {
        "zones.O.floor_area_m2={2021-01: 500000, 2024-03: 500000, 2024-05: 700000}"};
    const char *const later[] = {
        "zones.O.floor_area_m2={2021-01: 500000, 2024-03: 500000, 2024-05: 900000}"};
    struct scenario *a = scenario_load(plan, first, 1, &faults);
    struct scenario *b = scenario_load(plan, later, 1, &faults);
    struct trunk one, other;
    cr_assert(a != NULL && b != NULL && trunk_of(&one, a, &faults) && trunk_of(&other, b, &faults));
    cr_expect_eq(trunk_shared(&one, &other), BEFORE(2024, 4));
    trunk_clear(&one), trunk_clear(&other);
    scenario_free(a), scenario_free(b);
}
