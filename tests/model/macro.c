/* Macro growth and sentiment: AR(1), stationary from month 0. Replicates are independent, so each
 * moment at a month is taken across 20,000 of them. */
#include "model/macro.h"

#include "support/statistics.h"
#include "support/world.h"

#include <math.h>

enum { REPLICATES = 20000, MONTHS = 25 };

static double growth[MONTHS][REPLICATES], sentiment[MONTHS][REPLICATES];

#define CYCLE                                                                                      \
    "macro={growth_mean_per_year: 0.013, growth_persistence: 0.95, growth_sd: 0.02,"               \
    " sentiment_mean: -0.1, sentiment_persistence: 0.8, sentiment_sd: 0.25}"

static void live(void)
{
    struct world *world = QUIET(CYCLE);
    struct macro macro = {0};
    const struct params *now = &world->district.now;
    for (uint32_t r = 0; r < REPLICATES; r++) {
        struct draw_stream stream = {WORLD_SEED, r};
        for (int t = 0; t < MONTHS; t++) {
            if (t == 0)
                macro_start(&macro, now, &stream, 24251);
            else
                macro_step(&macro, now, &stream, 24251 + t);
            growth[t][r] = macro.growth_per_year;
            sentiment[t][r] = macro.sentiment;
        }
    }
    world_free(world);
}

/* Mean, variance and law at the first, the second and the last month. Twins: sd 12 % larger, a mean
 * of 0. One that started from 0 would have a first month without variance, and a second with
 * (1 - 0.95^2) of it. */
Test(macro, is_stationary_from_the_first_month)
{
    const int months[] = {0, 1, MONTHS - 1};
    const double right[] = {0.013, 0.02}, wide[] = {0.013, 0.0224};
    live();
    for (size_t i = 0; i < 3; i++) {
        double *g = growth[months[i]], *s = sentiment[months[i]];
        EXPECT_FIT(fit_mean(g, REPLICATES, 0.013, 0.02));
        EXPECT_FIT(fit_variance(g, REPLICATES, 0.013, 0.02 * 0.02, 3.0));
        EXPECT_FIT(fit_mean(s, REPLICATES, -0.1, 0.25));
        EXPECT_FIT(fit_variance(s, REPLICATES, -0.1, 0.25 * 0.25, 3.0));
        EXPECT_MISFIT(fit_mean(g, REPLICATES, 0.0, 0.02));
        EXPECT_MISFIT(fit_variance(g, REPLICATES, 0.013, 0.0224 * 0.0224, 3.0));
        EXPECT_MISFIT(fit_variance(g, REPLICATES, 0.013, 0.02 * 0.02 * (1 - 0.95 * 0.95), 3.0));
        EXPECT_FIT(fit_distribution(g, REPLICATES, cdf_normal, right));
        EXPECT_MISFIT(fit_distribution(g, REPLICATES, cdf_normal, wide));
    }
}

/* Autocorrelation persistence^lag at lags 1 and 12; growth and sentiment do not know each other.
 * Twins: the other's persistence. */
Test(macro, remembers_with_its_persistence)
{
    live();
    EXPECT_FIT(fit_correlation(growth[0], growth[1], REPLICATES, 0.95));
    EXPECT_FIT(fit_correlation(growth[3], growth[15], REPLICATES, pow(0.95, 12)));
    EXPECT_FIT(fit_correlation(sentiment[0], sentiment[1], REPLICATES, 0.8));
    EXPECT_FIT(fit_correlation(sentiment[12], sentiment[24], REPLICATES, pow(0.8, 12)));
    EXPECT_FIT(fit_correlation(growth[5], sentiment[5], REPLICATES, 0.0));
    EXPECT_MISFIT(fit_correlation(growth[0], growth[1], REPLICATES, 0.94));
    EXPECT_MISFIT(fit_correlation(sentiment[0], sentiment[1], REPLICATES, 0.95));
    EXPECT_MISFIT(fit_correlation(growth[3], growth[15], REPLICATES, 0.95));
}
