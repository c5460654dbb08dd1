/* Sources and arrivals: Poisson counts and what becomes of them. */
#include "model/source.h"

#include "model/cohort.h"
#include "support/statistics.h"
#include "support/world.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

enum { MONTHS = 24, REPLICATES = 200, CELLS = 40 };

/* Monthly counts of one flow over all replicates, against Poisson(mean): chi-square. */
static double fit_monthly(struct world *world, double (*flow)(const struct flows *), double mean)
{
    double observed[CELLS] = {0}, expected[CELLS];
    for (uint32_t r = 0; r < REPLICATES; r++) {
        world_start(world, r);
        for (int t = 0; t < MONTHS; t++) {
            world_step(world);
            double n = flow(&world->district.flows);
            observed[n < CELLS ? (size_t)n : CELLS - 1]++;
        }
    }
    for (unsigned n = 0; n < CELLS; n++)
        expected[n] = REPLICATES * MONTHS * gsl_ran_poisson_pdf(n, mean);
    return fit_counts(observed, expected, CELLS);
}

static double arrived(const struct flows *flows)
{
    return flows->arrived;
}

static double discoveries(const struct flows *flows)
{
    return flows->discoveries;
}

/* 4,800 months each, so means and variances both show; twins: 8 % more. */
Test(cohort, arrivals_are_poisson)
{
    struct world *world = QUIET("arrivals.new.rate_per_year=90");
    EXPECT_FIT(fit_monthly(world, arrived, 7.5));
    EXPECT_MISFIT(fit_monthly(world, arrived, 7.5 * 1.08));
    world_free(world);
}

Test(source, discoveries_are_poisson)
{
    struct world *world =
        QUIET("sources.lab={spending_myuan_per_year: 800, discovery_rate_per_myuan: 0.11,"
              " venture_share: 0, licence_share: 0}");
    EXPECT_FIT(fit_monthly(world, discoveries, 800 * 0.11 / 12.0));
    EXPECT_MISFIT(fit_monthly(world, discoveries, 800 * 0.11 / 12.0 * 1.08));
    world_free(world);
}

/* E min(1, s exp(a z - a^2/2)), z ~ N(0, 1): s Phi(c - a) + 1 - Phi(c) with c where the cap bites.
 */
static double venture_chance(double s, double a)
{
    double c = (0.5 * a * a - log(s)) / a;
    return s * gsl_cdf_ugaussian_P(c - a) + gsl_cdf_ugaussian_Q(c);
}

struct fates {
    double discoveries, ventures, licences;
};

static struct fates fates_of(struct world *world)
{
    struct fates fates = {0};
    for (int t = 0; t < MONTHS; t++) {
        world_step(world);
        fates.discoveries += world->district.flows.discoveries;
        fates.ventures += world->district.flows.ventures;
        fates.licences += world->district.flows.licences;
    }
    return fates;
}

/* Ventures binomial with the chance above at s = 0.4, a = 0.9, where the cap bites; licences
 * binomial with 0.3 of the rest. Twins: no cap; no tilt in the share; licences of all. */
Test(source, results_become_ventures_licences_or_nothing)
{
    struct world *world = QUIET("sources.lab={spending_myuan_per_year: 12000, venture_share: 0.4,"
                                " licence_share: 0.3}",
                                "discovery.venture_quality=0.9", "incumbents.old.count=20");
    struct fates fates = fates_of(world);
    double venture = venture_chance(0.4, 0.9), rest = fates.discoveries - fates.ventures;
    cr_expect_gt(fates.discoveries, 20000);
    EXPECT_FIT(fit_binomial(fates.ventures, venture, fates.discoveries));
    EXPECT_FIT(fit_binomial(fates.licences, 0.3, rest));
    EXPECT_MISFIT(fit_binomial(fates.ventures, 0.4, fates.discoveries));
    EXPECT_MISFIT(fit_binomial(fates.licences, 0.3, fates.discoveries));
    world_free(world);
}

/* Quality of ventures is N(a, 1) where the cap does not bite (s = 0.02, a = 0.7: beyond 5.9 sd), of
 * the others N(0, 1) all but. KS of about 1,000; twin: N(0, 1). */
Test(source, ventures_are_the_better_results)
{
    static double quality[4000];
    const double right[] = {0.7, 1.0}, wrong[] = {0.0, 1.0};
    struct world *world =
        QUIET("sources.lab={spending_myuan_per_year: 30000, venture_share: 0.02, licence_share: 0}",
              "discovery.venture_quality=0.7", "sectors.ai.maturation_years=30");
    struct fates fates = fates_of(world);
    const struct projects *projects = &world->district.projects;
    size_t count = projects->count;
    cr_assert(count > 500 && count < 4000 && fates.ventures >= (double)count);
    for (size_t i = 0; i < count; i++)
        quality[i] = projects->quality[i];
    EXPECT_FIT(fit_distribution(quality, count, cdf_normal, right));
    EXPECT_MISFIT(fit_distribution(quality, count, cdf_normal, wrong));
    world_free(world);
}

/* A licence gives a firm of its sector IP and log output, and no firm of another. */
Test(source, licences_lift_firms_of_their_sector)
{
    struct world *world =
        QUIET("sources.lab={spending_myuan_per_year: 600, venture_share: 0, licence_share: 1}",
              "discovery.licence_gain=0.05");
    for (size_t i = 0; i < 20; i++)
        world_add_firm(world, 0, i % 2, STAGE_SELF);
    double licences = 0.0, found = 0.0;
    for (int t = 0; t < 12; t++) {
        world_step(world);
        licences += world->district.flows.licences;
        cr_expect_eq(world->district.flows.licences, world->district.flows.discoveries);
    }
    const struct firms *firms = &world->district.firms;
    for (size_t i = 0; i < 20; i++) {
        found += firms->ip_count[i];
        cr_expect(i % 2 == 0 || firms->ip_count[i] == 0.0);
        cr_expect_float_eq(firms_log_output(firms, i), log(10.0) + 0.05 * firms->ip_count[i],
                           (1.0 + firms->ip_count[i]) * LOG_OUTPUT_GRAIN);
    }
    cr_expect_eq(found, licences);
    cr_expect_gt(licences, 400.0);
    world_free(world);
}

/* Sectors of results follow the source's mix: chi-square over projects at the start; twin: 0.6. */
Test(source, mix_of_sectors_is_the_sources)
{
    struct world *world =
        QUIET("sources.lab={projects_at_start: 20000, sector_mix: {ai: 0.55, bio: 0.45}}");
    double ai = 0;
    for (size_t i = 0; i < world->district.projects.count; i++)
        ai += world->district.projects.sector[i] == 0;
    EXPECT_FIT(fit_binomial(ai, 0.55, 20000));
    EXPECT_MISFIT(fit_binomial(ai, 0.58, 20000));
    world_free(world);
}

static double first_uniform(double x, const double *unused)
{
    (void)unused;
    return x <= 0.0 ? 0.0 : fmin(x, 1.0);
}

/* What members are born with: log output N(ln 8, 0.7), ages exponential of 5 years (in whole
 * months, hence a margin of a month in the twin's place), shares lognormal and logit-normal. KS. */
Test(cohort, members_have_the_laws_of_their_group)
{
    enum { COUNT = 20000 };
    static double x[COUNT], rd[COUNT], tech[COUNT], age[COUNT];
    struct world *world =
        QUIET("incumbents.old={count: 20000, output_median_myuan: 8, output_sigma: 0.7,"
              " mean_age_years: 5}",
              "attributes={rd_share_median: 0.06, rd_share_sigma: 0.6, technical_share_median: 0.3,"
              " technical_share_sigma: 0.8}");
    const struct firms *firms = &world->district.firms;
    for (size_t i = 0; i < COUNT; i++) {
        x[i] = firms_log_output(firms, i);
        rd[i] = log(firms->rd_share[i]);
        tech[i] = log(firms->technical_share[i] / (1.0 - firms->technical_share[i]));
        double u = draw(&(struct draw_stream){5, 5}, (struct draw_agent){5, (uint32_t)i}, 5).u[0];
        double months = world->district.month - firms->born[i] + u; /* spread over its month */
        age[i] = 1.0 - exp(-months / 60.0);
    }
    const double of_x[] = {log(8.0), 0.7}, of_rd[] = {log(0.06), 0.6},
                 of_tech[] = {log(0.3 / 0.7), 0.8}, wide[] = {log(8.0), 0.82};
    EXPECT_FIT(fit_distribution(x, COUNT, cdf_normal, of_x));
    EXPECT_MISFIT(fit_distribution(x, COUNT, cdf_normal, wide));
    EXPECT_FIT(fit_distribution(rd, COUNT, cdf_normal, of_rd));
    EXPECT_FIT(fit_distribution(tech, COUNT, cdf_normal, of_tech));
    EXPECT_FIT(fit_distribution(age, COUNT, first_uniform, NULL));
    world_free(world);
}

/* Shares of zones, sectors and the funded, each of which is picked by a uniform of its own: counts
 * of the twelve kinds, chi-square. Twin: two sectors' shares exchanged. */
Test(cohort, members_are_spread_by_their_mixes)
{
    enum { COUNT = 20000, KINDS = 12 };
    const double zone[] = {0.25, 0.6, 0.15}, sector[] = {0.45, 0.55}, funded[] = {0.8, 0.2};
    double seen[KINDS] = {0}, expected[KINDS], exchanged[KINDS];
    struct world *world = QUIET(
        "incumbents.old={count: 20000, funded_share: 0.2, funded_stage: a}",
        "incumbents.old={zone_mix: {T: 0.25, O: 0.6, R: 0.15}, sector_mix: {ai: 0.45, bio: 0.55}}");
    const struct kinds *kinds = &world->district.kinds;
    const struct firms *firms = &world->district.firms;
    for (size_t i = 0; i < COUNT; i++) {
        size_t place = kind_zone(kinds, firms->kind[i]) * 2 + kind_sector(kinds, firms->kind[i]);
        bool is_funded = kind_stage(firms->kind[i]) == STAGE_A;
        seen[place * 2 + is_funded]++;
        cr_expect_eq(firms->value_myuan[i] > 0.0f, is_funded);
    }
    for (size_t i = 0; i < KINDS; i++) {
        expected[i] = COUNT * zone[i / 4] * sector[i / 2 % 2] * funded[i % 2];
        exchanged[i] = COUNT * zone[i / 4] * sector[1 - i / 2 % 2] * funded[i % 2];
    }
    EXPECT_FIT(fit_counts(seen, expected, KINDS));
    EXPECT_MISFIT(fit_counts(seen, exchanged, KINDS));
    world_free(world);
}

/* The normals that share a radius and an angle are uncorrelated: log output and R&D share,
 * technical and revenue share, score and quality. Twin: a twentieth of the one in the other. */
Test(cohort, normals_of_a_pair_are_independent)
{
    enum { COUNT = 20000 };
    static double pair[3][2][COUNT];
    struct world *world = QUIET("incumbents.old={count: 20000, output_sigma: 0.7}");
    const struct firms *firms = &world->district.firms;
    for (size_t i = 0; i < COUNT; i++) {
        pair[0][0][i] = firms->log_output[i];
        pair[0][1][i] = log(firms->rd_share[i]);
        pair[1][0][i] = log(firms->technical_share[i] / (1.0 - firms->technical_share[i]));
        pair[1][1][i] = log(firms->revenue_share[i] / (1.0 - firms->revenue_share[i]));
        pair[2][0][i] = firms->score_noise[i];
        pair[2][1][i] = firms->quality[i];
    }
    for (size_t p = 0; p < 3; p++) {
        EXPECT_FIT(fit_correlation(pair[p][0], pair[p][1], COUNT, 0.0));
        for (size_t i = 0; i < COUNT; i++)
            pair[p][1][i] += 0.05 * pair[p][0][i];
    }
    EXPECT_MISFIT(fit_correlation(pair[2][0], pair[2][1], COUNT, 0.0));
    world_free(world);
}
