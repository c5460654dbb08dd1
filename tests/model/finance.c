/* Capital, rounds and listing. */
#include "model/finance.h"

#include "model/capital.h"
#include "support/statistics.h"
#include "support/world.h"

#include <math.h>

/* cleared = min(1, supply / demand), by class, with supply * exp(sentiment): worked out by hand for
 * two seekers of seed with factors 1.25 in all, four of a, one of b. */
Test(finance, capital_clears_supply_over_demand)
{
    struct world *world = QUIET("funds={angels: {deployment_myuan_per_year: 7},"
                                " two: {class: early, deployment_myuan_per_year: 5},"
                                " growth: {deployment_myuan_per_year: 100}}",
                                "rounds.seed={raise_rate_per_year: 0.25, ticket_myuan: 3}",
                                "rounds.a={raise_rate_per_year: 0.4, ticket_myuan: 12}",
                                "rounds.b={raise_rate_per_year: 0.4, ticket_myuan: 45}");
    const double seekers[ROUND_COUNT] = {[STAGE_SELF] = 2.5, [STAGE_SEED] = 4.0, [STAGE_A] = 1.0};
    struct capital capital;
    capital_clear(&capital, &world->district.now, -0.2, seekers);
    double demand = 2.5 * 0.25 * 3.0 + 4.0 * 0.4 * 12.0;
    cr_expect_float_eq(capital.cleared[CAPITAL_EARLY], 12.0 * exp(-0.2) / demand, 1e-10);
    cr_expect_eq(capital.cleared[CAPITAL_GROWTH], 1.0);
    capital_clear(&capital, &world->district.now, 1.0, seekers);
    cr_expect_eq(capital.cleared[CAPITAL_EARLY], 1.0);
    world_free(world);
}

/* Where nobody seeks, or nobody gives. */
Test(finance, capital_clears_at_the_ends)
{
    struct world *world =
        QUIET("funds.growth.deployment_myuan_per_year=0", "rounds.late.raise_rate_per_year=1");
    double seekers[ROUND_COUNT] = {0};
    struct capital capital;
    capital_clear(&capital, &world->district.now, 0.0, seekers);
    cr_expect_eq(capital.cleared[CAPITAL_EARLY], 1.0);
    cr_expect_eq(capital.cleared[CAPITAL_GROWTH], 1.0);
    seekers[STAGE_B] = 1.0;
    capital_clear(&capital, &world->district.now, 0.0, seekers);
    cr_expect_eq(capital.cleared[CAPITAL_GROWTH], 0.0);
    world_free(world);
}

static double seeds_closed(const char *fund, struct world **world)
{
    *world = QUIET("incumbents.old.count=20000", "rounds.seed.raise_rate_per_year=0.5", fund);
    world_step(*world);
    cr_expect_eq((*world)->district.flows.raised_myuan,
                 3.0 * (*world)->district.flows.rounds_closed);
    return (*world)->district.flows.rounds_closed;
}

/* Rounds of a month are binomial with 1 - exp(-0.5 psi D). 20,000 firms ask for 30,000 myuan a
 * year; 12,000 clears 0.4. Twins: unthinned, thinned. And post-money is lognormal around
 * ticket / dilution = 20, KS; twin: 22. */
Test(finance, rounds_close_with_their_hazard)
{
    static double value[20000];
    struct world *world;
    double full = seeds_closed("funds.angels.deployment_myuan_per_year=1e6", &world);
    size_t closed = 0;
    for (size_t i = 0; i < 20000; i++)
        if (kind_stage(world->district.firms.kind[i]) == STAGE_SEED)
            value[closed++] = log(world->district.firms.value_myuan[i]);
    world_free(world);
    double thinned = seeds_closed("funds.angels.deployment_myuan_per_year=12000", &world);
    world_free(world);
    double all = -expm1(-0.5 * STEP_YEARS), some = -expm1(-0.5 * 0.4 * STEP_YEARS);
    const double right[] = {log(20.0), 0.5}, wrong[] = {log(25.0), 0.5};
    cr_expect_eq((double)closed, full);
    EXPECT_FIT(fit_binomial(full, all, 20000));
    EXPECT_FIT(fit_binomial(thinned, some, 20000));
    EXPECT_MISFIT(fit_binomial(full, some, 20000));
    EXPECT_MISFIT(fit_binomial(thinned, all, 20000));
    EXPECT_FIT(fit_distribution(value, closed, cdf_normal, right));
    EXPECT_MISFIT(fit_distribution(value, closed, cdf_normal, wrong));
}

/* z of those that close, N(0, 1) before, is N(b, 1) where hazards are small: tilted by exp(b z).
 * KS; twin: N(0, 1). */
Test(finance, the_better_close_more)
{
    static double quality[60000];
    struct world *world = QUIET("incumbents.old.count=60000", "finance.quality=0.5",
                                "rounds.seed.raise_rate_per_year=0.3");
    const double right[] = {0.5, 1.0}, wrong[] = {0.0, 1.0};
    world_step(world);
    size_t closed = 0;
    for (size_t i = 0; i < 60000; i++)
        if (kind_stage(world->district.firms.kind[i]) == STAGE_SEED)
            quality[closed++] = world->district.firms.quality[i];
    EXPECT_FIT(fit_distribution(quality, closed, cdf_normal, right));
    EXPECT_MISFIT(fit_distribution(quality, closed, cdf_normal, wrong));
    EXPECT_FIT(fit_binomial((double)closed, -expm1(-0.3 * STEP_YEARS), 60000)); /* mean factor 1 */
    world_free(world);
}

static bool lists(size_t stage, double output_myuan, double u)
{
    struct world *world = QUIET("listing={rate_per_year: 10, output_myuan: 300}");
    size_t row = world_add_firm(world, 0, 0, stage);
    world->district.firms.log_output[row] = firms_grains(log(output_myuan));
    world->district.firms.output_myuan[row] = output_myuan;
    world->district.firms.value_myuan[row] = 1234.0;
    finance_tables(&world->district);
    finance_event(&world->district, row, u);
    size_t now = kind_stage(world->district.firms.kind[row]);
    bool listed = now == STAGE_LISTED && stage != STAGE_LISTED;
    cr_expect_eq(world->district.flows.newly_listed, listed ? 1.0 : 0.0);
    cr_expect_eq(world->district.firms.value_myuan[row], listed ? 0.0 : 1234.0);
    world_free(world);
    return listed;
}

/* At stage late, at 300 myuan, and with its chance of 1 - exp(-10 / 12) = 0.565. */
Test(finance, listing_needs_stage_output_and_luck)
{
    cr_expect(lists(STAGE_LATE, 300.0, 0.56));
    cr_expect(lists(STAGE_LATE, 9000.0, 0.56));
    cr_expect(!lists(STAGE_LATE, 300.0, 0.57));
    cr_expect(!lists(STAGE_LATE, 299.99, 0.56));
    cr_expect(!lists(STAGE_B, 9000.0, 0.56));
    cr_expect(!lists(STAGE_LISTED, 9000.0, 0.56));
}

/* Of 20,000 firms of an exponential age of mean 2 years a share of exp(-3 / 2) is three years old;
 * twin: all of them list. */
Test(finance, listing_needs_an_age)
{
    struct world *world =
        QUIET("incumbents.old={count: 20000, output_median_myuan: 900, funded_share: 1,"
              " funded_stage: late, mean_age_years: 2}",
              "listing={rate_per_year: 10, output_myuan: 0, least_age_years: 3}");
    const struct firms *firms = &world->district.firms;
    double old = 0.0;
    world_step(world);
    for (size_t row = 0; row < firms->count; row++) {
        int age = world->district.month - firms->born[row];
        bool listed = kind_stage(firms->kind[row]) == STAGE_LISTED;
        cr_expect(!listed || age >= 36, "listed at %d months", age);
        old += age >= 36;
    }
    EXPECT_FIT(fit_binomial(world->district.flows.newly_listed, -expm1(-10.0 * STEP_YEARS), old));
    EXPECT_MISFIT(
        fit_binomial(world->district.flows.newly_listed, -expm1(-10.0 * STEP_YEARS), 20000));
    cr_expect_float_eq(old / 20000.0, exp(-1.5), 0.03, "%g", old / 20000.0);
    world_free(world);
}

/* Sentiment of 0.3 makes the hazard of listing exp(0.3) times as large; twin: as it was. */
Test(finance, listing_follows_sentiment)
{
    struct world *world =
        QUIET("incumbents.old={count: 20000, output_median_myuan: 900, funded_share: 1,"
              " funded_stage: late}",
              "listing.rate_per_year=0.5", "macro.sentiment_mean=0.3");
    world_step(world);
    double listed = world->district.flows.newly_listed;
    EXPECT_FIT(fit_binomial(listed, -expm1(-0.5 * exp(0.3) * STEP_YEARS), 20000));
    EXPECT_MISFIT(fit_binomial(listed, -expm1(-0.5 * STEP_YEARS), 20000));
    world_free(world);
}

/* A lever that changes b in the second month changes every firm's exp(b z - b^2 / 2) with it; those
 * born later have the new one, too. */
Test(finance, quality_counts_as_it_is_now)
{
    struct world *world =
        QUIET("incumbents.old.count=200", "arrivals.new.rate_per_year=120", "finance.quality=0.5",
              "levers={a: {intensity: {2021-01: 0, 2021-02: 1}, adds: {finance.quality: 0.3}}}");
    const struct firms *firms = &world->district.firms;
    for (int t = 1; t <= 3; t++) {
        double b = t < 2 ? 0.5 : 0.8, weight = 0.0;
        world_step(world);
        for (size_t i = 0; i < firms->count; i++)
            cr_expect_float_eq(firms->raise_factor[i], exp(b * firms->quality[i] - 0.5 * b * b),
                               10.0 * SINGLE, "month %d", t);
        for (size_t i = 0; i < firms->count; i++)
            weight += (double)firms->raise_factor[i];
        cr_expect_float_eq(world->district.sums.raise[STAGE_SELF], weight, 1e-9, "month %d", t);
    }
    cr_expect_gt(firms->count, 210);
    world_free(world);
}
