/* Odds by screening: the same bytes for any number of threads; no bias against plain Monte Carlo at
 * ten times the replicates. */
#include "study/odds.h"

#include "engine/ensemble.h"
#include "fixture.h"
#include "support/statistics.h"
#include "support/world.h"

#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

/* The fixture with something unknown that decides, and targets that are seldom met. */
static const char *const overrides[] = {
    "exit.rate_per_year={triangular: [0.02, 0.07, 0.2]}",
    "sources.university.venture_share={beta: [4, 8]}",
    "sectors.ai.growth_per_year={triangular: [0.02, 0.12, 0.25]}",
    "arrivals.movers.rate_per_year={triangular: [3, 9, 20]}",
    "incumbents.settled.output_median_myuan={triangular: [8, 12, 18]}",
    "targets={firms_110: {at_least: 170}, output: {indicator: output_myuan, date: 2022-12,"
    " at_least: 3600}, founded: {indicator: founded, date: 2022-06, since: 2021-03,"
    " at_least: 20, at_most: 30}}",
    "joint_targets={both: {all_of: [firms_110, output]}}",
    NULL};
enum { FIRMS, OUTPUT, FOUNDED, BOTH, ASKED };

enum { ANSWERS = 25, LIVES = 200 };

static struct odds ask(const struct scenario *scenario, uint64_t seed, size_t target, int threads)
{
    struct odds odds;
    struct faults faults = {0};
    const struct odds_options options = {
        .seed = seed, .target = target, .replicates = LIVES, .threads = threads};
    cr_assert(odds_run(&odds, scenario, &options, &faults));
    cr_assert_eq(faults.count, 0u);
    return odds;
}

Test(odds, threads_leave_no_trace)
{
    struct scenario *scenario = world_scenario(fixture_yaml, overrides);
    for (size_t target = 0; target < ASKED; target++) {
        struct odds one = ask(scenario, 5, target, 1);
        struct odds three = ask(scenario, 5, target, 3), other = ask(scenario, 6, target, 1);
        cr_expect_eq(memcmp(&one.screening, &three.screening, sizeof one.screening), 0);
        cr_expect_neq(memcmp(&one.screening, &other.screening, sizeof one.screening), 0);
    }
    scenario_free(scenario);
}

/* About as many lives as are asked for: their number is a sum of coins. */
Test(odds, lives_about_as_many_as_it_is_asked_for)
{
    struct scenario *scenario = world_scenario(fixture_yaml, overrides);
    struct odds odds = ask(scenario, 5, BOTH, 2);
    cr_expect_eq(odds.pilot, LIVES / 5u);
    cr_expect(fabs((double)(odds.pilot + odds.screening.lived) - LIVES) < 5.0 * sqrt(LIVES));
    scenario_free(scenario);
}

/* Shares of ANSWERS * LIVES * 10 plain replicates. */
static size_t plain_shares(const struct scenario *scenario, double share[ASKED])
{
    struct summary summary;
    struct faults faults = {0};
    uint64_t steps;
    const struct ensemble_options options = {.seed = 90210, .replicates = ANSWERS * LIVES * 10};
    cr_assert(summary_init(&summary, scenario, &faults));
    cr_assert(ensemble_run(scenario, &options, &summary, &steps, NULL, &faults));
    for (size_t i = 0; i < BOTH; i++)
        share[i] = (double)summary.target[i].met / (double)options.replicates;
    share[BOTH] = (double)summary.joint_met[0] / (double)options.replicates;
    summary_clear(&summary);
    return options.replicates;
}

struct answers {
    double mean, variance, claimed; /* of estimates; mean of the variances that they claim */
    double twin, twin_variance;     /* of the share of the lived that met */
    struct interval interval[ANSWERS];
};

static struct answers ask_often(const struct scenario *scenario, size_t target)
{
    double estimate[ANSWERS], twin[ANSWERS];
    struct answers answers = {0};
    for (size_t i = 0; i < ANSWERS; i++) {
        struct odds odds = ask(scenario, 300 + i, target, 2);
        struct screening_result result = screening_result(&odds.screening);
        estimate[i] = result.probability;
        answers.interval[i] = result.interval;
        twin[i] = (double)odds.screening.met / (double)odds.screening.lived;
        answers.mean += estimate[i] / ANSWERS;
        answers.twin += twin[i] / ANSWERS;
        answers.claimed += result.standard_error * result.standard_error / ANSWERS;
    }
    for (size_t i = 0; i < ANSWERS; i++) {
        answers.variance += pow(estimate[i] - answers.mean, 2.0) / (ANSWERS - 1);
        answers.twin_variance += pow(twin[i] - answers.twin, 2.0) / (ANSWERS - 1);
    }
    return answers;
}

/* p-value of a mean of answers against the plain share of n; Student's t is near enough normal. */
static double fit_plain(double mean, double variance, double share, size_t n)
{
    double error = sqrt(variance / ANSWERS + share * (1.0 - share) / (double)n);
    return 2.0 * gsl_cdf_tdist_Q(fabs(mean - share) / error, ANSWERS - 1);
}

/* A rare target that hangs on what is not known takes a third of the lives, even of so few. Twin:
 * the share of the lived that met, as if they had not been chosen. */
Test(odds, agree_with_ten_times_the_plain_replicates)
{
    struct scenario *scenario = world_scenario(fixture_yaml, overrides);
    double share[ASKED];
    size_t n = plain_shares(scenario, share);
    struct answers rare = ask_often(scenario, BOTH), even = ask_often(scenario, FOUNDED);
    double plain = share[BOTH] * (1.0 - share[BOTH]) / LIVES;
    EXPECT_FIT(fit_plain(rare.mean, rare.variance, share[BOTH], n));
    EXPECT_MISFIT(fit_plain(rare.twin, rare.twin_variance, share[BOTH], n));
    EXPECT_FIT(fit_plain(even.mean, even.variance, share[FOUNDED], n));
    cr_expect_lt(rare.claimed, plain / 3.0, "%g of plain, at %g", rare.claimed / plain,
                 share[BOTH]);
    /* what is claimed is what is found; 99.99 % of the ratio, chi-square of 24 degrees: 0.38-2.9 */
    cr_expect(even.claimed / even.variance > 0.38 && even.claimed / even.variance < 2.9);
    scenario_free(scenario);
}

/* Targets with an upper bound alone, with two, without a value at the date (growth over a year, in
 * the first), and joint ones of these. */
static const char *const bounds[] = {
    "exit.rate_per_year={triangular: [0.02, 0.07, 0.2]}",
    "arrivals.movers.rate_per_year={triangular: [3, 9, 20]}",
    "incumbents.settled.output_median_myuan={triangular: [8, 12, 18]}",
    "targets={few: {indicator: firms, date: 2022-12, at_most: 100}, between: {indicator: firms,"
    " date: 2022-12, at_least: 90, at_most: 112}, early: {indicator: output_growth,"
    " date: 2021-12, at_least: 0}}",
    "joint_targets={few_between: {all_of: [few, between]}, never: {all_of: [few, early]}}",
    NULL};

static size_t target_named(const struct scenario *scenario, const char *name)
{
    size_t target = 0;
    while (strcmp(panel_target_name(scenario, target), name) != 0)
        target++;
    return target;
}

static double plain_share(const struct scenario *scenario, size_t target, size_t n)
{
    struct summary summary;
    struct faults faults = {0};
    const struct ensemble_options options = {.seed = 90210, .replicates = n, .threads = 2};
    size_t singles = scenario->centre.count[SECTION_TARGETS];
    cr_assert(summary_init(&summary, scenario, &faults));
    cr_assert(ensemble_run(scenario, &options, &summary, NULL, NULL, &faults));
    uint64_t met =
        target < singles ? summary.target[target].met : summary.joint_met[target - singles];
    summary_clear(&summary);
    return (double)met / (double)n;
}

/* Unbiased (99.99 % of Student's t), and at least 20 of 25 intervals of 95 % hold the truth, which
 * happens by chance in all but 1 of 600 cases. */
Test(odds, bounds_of_every_kind_are_without_bias)
{
    struct scenario *scenario = world_scenario(fixture_yaml, bounds);
    enum { PLAIN = 3000 };
    struct target_params *growth = &scenario->centre.targets[target_named(scenario, "early")];
    growth->date -= 9.0; /* when it has no value, which no file may ask for */
    static const char *const asked[] = {"few", "between", "few_between"};
    for (size_t k = 0; k < 3; k++) {
        size_t target = target_named(scenario, asked[k]);
        double share = plain_share(scenario, target, PLAIN);
        struct answers answers = ask_often(scenario, target);
        size_t covered = 0;
        for (size_t i = 0; i < ANSWERS; i++)
            covered += answers.interval[i].low <= share && share <= answers.interval[i].high;
        cr_expect(share > 0.02 && share < 0.98, "%s: %g", asked[k], share);
        EXPECT_FIT(fit_plain(answers.mean, answers.variance, share, PLAIN));
        cr_expect(covered >= 20, "%s: %zu of %d", asked[k], covered, ANSWERS);
    }
    struct odds early = ask(scenario, 5, target_named(scenario, "early"), 2);
    struct odds never = ask(scenario, 5, target_named(scenario, "never"), 2);
    cr_expect_eq(early.screening.met + never.screening.met, 0u);
    cr_expect(early.screening.lived > 100 && never.screening.lived > 100);
    scenario_free(scenario);
}

static bool stop_at_ninety(void *context, size_t done, size_t total)
{
    *(size_t *)context = done;
    return done < 90 && total > 0;
}

Test(odds, may_be_stopped)
{
    struct scenario *scenario = world_scenario(fixture_yaml, overrides);
    size_t seen = 0;
    struct odds odds;
    struct faults faults = {0};
    const struct odds_options options = {.target = FIRMS,
                                         .replicates = LIVES,
                                         .threads = 2,
                                         .progress = stop_at_ninety,
                                         .context = &seen};
    cr_assert(odds_run(&odds, scenario, &options, &faults));
    cr_expect(odds.stopped && seen == 90);
    scenario_free(scenario);
}
