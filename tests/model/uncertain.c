/* What is not known is drawn once a replicate, from the distribution that is given. */
#include "model/policy.h"
#include "support/statistics.h"
#include "support/world.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

enum { REPLICATES = 8000 };

static double drawn[REPLICATES], other[REPLICATES];

static void draw_values(const struct world *world, const char *path, double *out)
{
    static double base[1000];
    size_t leaf = scenario_leaf(world->scenario, path);
    cr_assert(leaf < world->scenario->leaf_count && world->scenario->leaf_count <= 1000);
    for (uint32_t r = 0; r < REPLICATES; r++) {
        const struct draw_replicate replicate = {WORLD_SEED, r, r, 0};
        policy_draw_uncertain(world->scenario, &replicate, base);
        out[r] = base[leaf];
    }
}

static double fit_drawn(const char *value, cdf_of cdf, const double *parameters)
{
    struct world *world = QUIET(value);
    draw_values(world, "growth.macro_beta", drawn);
    world_free(world);
    return fit_distribution(drawn, REPLICATES, cdf, parameters);
}

static double cdf_triangular(double x, const double *p)
{
    if (x <= p[1])
        return (x - p[0]) * (x - p[0]) / ((p[2] - p[0]) * (p[1] - p[0]));
    return 1.0 - (p[2] - x) * (p[2] - x) / ((p[2] - p[0]) * (p[2] - p[1]));
}

static double cdf_flat(double x, const double *p)
{
    return (x - p[0]) / (p[1] - p[0]);
}

static double cdf_lognormal(double x, const double *p)
{
    return gsl_cdf_lognormal_P(x, log(p[0]), p[1]);
}

static double cdf_beta(double x, const double *p)
{
    return gsl_cdf_beta_P((x - p[2]) / (p[3] - p[2]), p[0], p[1]);
}

/* KS of 8,000 replicates against each law. The normal is cut at 4 sd, 6e-5 of its probability, far
 * under what KS sees at this size (0.025). Twins: one parameter moved. */
Test(uncertain, values_have_their_distribution)
{
    const double tri[] = {0.5, 0.9, 2.1}, tri2[] = {0.5, 1.1, 2.1};
    const double flat[] = {-1.2, 3.4}, flat2[] = {-1.2, 3.7};
    const double normal[] = {1.1, 0.3}, normal2[] = {1.1, 0.36};
    const double log_[] = {0.8, 0.4}, log2_[] = {0.84, 0.4};
    const double beta[] = {2.5, 4.0, 1.0, 3.0}, beta2[] = {2.8, 4.0, 1.0, 3.0};
    const char *t = "growth.macro_beta={triangular: [0.5, 0.9, 2.1]}";
    const char *u = "growth.macro_beta={uniform: [-1.2, 3.4]}";
    const char *n = "growth.macro_beta={normal: [1.1, 0.3]}";
    const char *l = "growth.macro_beta={lognormal: [0.8, 0.4]}";
    const char *b = "growth.macro_beta={beta: [2.5, 4, 1, 3]}";
    EXPECT_FIT(fit_drawn(t, cdf_triangular, tri));
    EXPECT_MISFIT(fit_drawn(t, cdf_triangular, tri2));
    EXPECT_FIT(fit_drawn(u, cdf_flat, flat));
    EXPECT_MISFIT(fit_drawn(u, cdf_flat, flat2));
    EXPECT_FIT(fit_drawn(n, cdf_normal, normal));
    EXPECT_MISFIT(fit_drawn(n, cdf_normal, normal2));
    EXPECT_FIT(fit_drawn(l, cdf_lognormal, log_));
    EXPECT_MISFIT(fit_drawn(l, cdf_lognormal, log2_));
    EXPECT_FIT(fit_drawn(b, cdf_beta, beta));
    EXPECT_MISFIT(fit_drawn(b, cdf_beta, beta2));
}

/* Two unknowns are independent; the same one is the same in another scenario, however many others
 * there are; and what is known stays. */
Test(uncertain, values_are_their_own)
{
    struct world *one = QUIET("growth.macro_beta={normal: [1, 0.2]}");
    struct world *two = QUIET("growth.macro_beta={normal: [1, 0.2]}",
                              "exit.floor={normal: [1, 0.2]}", "sectors.bio.growth_per_year=0.07");
    draw_values(one, "growth.macro_beta", drawn);
    draw_values(two, "growth.macro_beta", other);
    cr_expect(memcmp(drawn, other, sizeof drawn) == 0);
    draw_values(two, "exit.floor", other);
    EXPECT_FIT(fit_correlation(drawn, other, REPLICATES, 0.0));
    EXPECT_MISFIT(fit_correlation(drawn, drawn, REPLICATES, 0.0));
    draw_values(two, "sectors.bio.growth_per_year", other);
    cr_expect(other[0] == 0.07 && other[REPLICATES - 1] == 0.07);
    world_free(one);
    world_free(two);
}
