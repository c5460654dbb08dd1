/* Limits that are lifted: the same as scenarios without them, and nothing else changes. */
#include "study/limits.h"

#include "engine/ensemble.h"
#include "fixture.h"
#include "support/world.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* Scarce talent and money, and targets near even. */
#define SCARCE                                                                                     \
    "talent.stock_heads={uniform: [900, 1500]}", "talent.inflow_per_year=100",                     \
        "funds.growth.deployment_myuan_per_year=40", "growth.talent_drag=1.2",                     \
        "targets={firms_110: {at_least: 118}, output: {indicator: output_myuan, date: 2022-12,"    \
        " at_least: 2100}, hightech: {indicator: hightech_firms, date: 2022-12, at_least: 25},"    \
        " raised: {indicator: capital_raised_myuan, date: 2022-12, since: 2021-01,"                \
        " at_least: 300}}"
enum { FIRMS, OUTPUT, HIGHTECH, RAISED, TARGETS, REPLICATES = 150 };
enum { TALENT, SPACE, CROWDING, EARLY, GROWTH, IP, RD };

static struct limits study(const struct scenario *scenario, int threads)
{
    struct limits limits;
    struct faults faults = {0};
    bool stopped = true;
    const struct limits_options options = {
        .seed = 4, .strata = DRAW_BLOCK, .replicates = REPLICATES, .threads = threads};
    cr_assert(limits_run(&limits, scenario, &options, &stopped, &faults));
    cr_expect(!stopped);
    return limits;
}

static const struct paired_counts *pairs(const struct limits *limits, size_t limit, size_t target)
{
    return &limits->pairs[limit * limits->targets + target];
}

/* How many replicates of a scenario of its own meet a target. */
static uint64_t met_alone(const char *override, size_t target)
{
    struct scenario *scenario = SCENARIO(fixture_yaml, SCARCE, override);
    struct summary summary;
    struct faults faults = {0};
    uint64_t steps;
    bool stopped;
    const struct ensemble_options options = {
        .seed = 4, .strata = DRAW_BLOCK, .replicates = REPLICATES, .threads = 2};
    cr_assert(summary_init(&summary, scenario, &faults) &&
              ensemble_run(scenario, &options, &summary, &steps, &stopped, &faults));
    uint64_t met = summary.target[target].met;
    summary_clear(&summary);
    scenario_free(scenario);
    return met;
}

/* A limit that does not act on the start is lifted as if the scenario had none. */
Test(limits, lifted_is_a_scenario_without_the_limit)
{
    struct scenario *scenario = SCENARIO(fixture_yaml, SCARCE);
    struct limits limits = study(scenario, 2);
    for (size_t t = 0; t < TARGETS; t++) {
        const struct paired_counts *talent = pairs(&limits, TALENT, t);
        cr_expect_eq(talent->both + talent->second_only, met_alone("growth.talent_drag=1.2", t));
        cr_expect_eq(talent->both + talent->first_only, met_alone("growth.talent_drag=0", t));
        const struct paired_counts *crowd = pairs(&limits, CROWDING, t);
        cr_expect_eq(crowd->both + crowd->first_only, met_alone("growth.crowd_drag=0", t));
        const struct paired_counts *growth = pairs(&limits, GROWTH, t);
        cr_expect_eq(growth->both + growth->first_only,
                     met_alone("funds.growth.deployment_myuan_per_year=40000", t));
    }
    cr_expect_gt(pairs(&limits, TALENT, OUTPUT)->first_only, 10u, "twin: talent binds here");
    cr_expect_gt(pairs(&limits, GROWTH, RAISED)->first_only, 10u, "twin: so does money");
    limits_clear(&limits);
    scenario_free(scenario);
}

/* The certificate is not what output or firms hang on; each condition stands by itself. */
Test(limits, certificate_changes_certificates_alone)
{
    struct scenario *scenario = SCENARIO(fixture_yaml, SCARCE);
    struct limits limits = study(scenario, 2);
    for (size_t l = IP; l < LIMITS_MOST; l++) {
        for (size_t t = 0; t < TARGETS; t++)
            if (t != HIGHTECH)
                cr_expect_eq(pairs(&limits, l, t)->first_only + pairs(&limits, l, t)->second_only,
                             0u, "%s on target %zu", limits_table[l].name, t);
        cr_expect_eq(pairs(&limits, l, HIGHTECH)->second_only, 0u, "%s", limits_table[l].name);
    }
    cr_expect_gt(pairs(&limits, RD, HIGHTECH)->first_only, 5u);
    limits_clear(&limits);
    scenario_free(scenario);
}

Test(limits, threads_leave_no_trace)
{
    struct scenario *scenario = SCENARIO(fixture_yaml, SCARCE);
    struct limits one = study(scenario, 1), three = study(scenario, 3);
    cr_expect_eq(memcmp(one.pairs, three.pairs, LIMITS_MOST * one.targets * sizeof *one.pairs), 0);
    limits_clear(&one), limits_clear(&three);
    scenario_free(scenario);
}

/* What a lever or a dated series makes of a number is multiplied, too; what is not there is not
 * lifted. */
Test(limits, lifts_what_is_there)
{
    struct scenario *scenario =
        SCENARIO(fixture_yaml, SCARCE, "funds={angels: ~, growth: {class: growth}}",
                 "levers.shelter.multiplies={funds.growth.deployment_myuan_per_year: 0.5}");
    struct limits limits = study(scenario, 1);
    cr_expect(!limits.there[EARLY] && limits.there[GROWTH] && limits.there[SPACE]);
    double p[LIMITS_MOST * TARGETS];
    cr_assert(limits_adjust(&limits, p));
    cr_expect(isnan(p[EARLY * TARGETS]) && !isnan(p[GROWTH * TARGETS]));
    limits_clear(&limits);
    scenario_free(scenario);
}

Test(limits, replicates_of_a_run)
{
    cr_expect_eq(limits_replicates(1), 1u);
    cr_expect_eq(limits_replicates(30), 11u);
    cr_expect_eq(limits_replicates(300), 100u);
    cr_expect_eq(limits_replicates(6000), 100u);
    cr_expect_eq(limits_replicates(10000), 300u);
    cr_expect_eq(limits_replicates(1000000), 30000u);
}
