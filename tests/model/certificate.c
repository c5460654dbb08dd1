/* The rule of the certificate, case by case at its thresholds. */
#include "model/certificate.h"

#include "support/statistics.h"
#include "support/world.h"

#include <gsl/gsl_randist.h>
#include <math.h>

/* A window in the month after the clock starts; all who qualify apply; no IP is gained; points are
 * 50 + 5 z. */
#define RULE                                                                                       \
    "certificate.window_month=2", "certificate.apply_share=1", "certificate.renew_share=1",        \
        "certificate.score_base=50", "certificate.score_quality=5", "certificate.score_ip=0"

struct applicant {
    const char *says;
    double age_months, ip, rd_share, output_myuan, technical_share, revenue_share, score;
    bool certified;
};

static const struct applicant applicants[] = {
    {"plain", 40, 3, 0.08, 12.5, 0.3, 0.8, 81, true},
    {"age 11", 11, 3, 0.08, 12.5, 0.3, 0.8, 81, false},
    {"age 12", 12, 3, 0.08, 12.5, 0.3, 0.8, 81, true},
    {"no IP", 40, 0, 0.08, 12.5, 0.3, 0.8, 81, false},
    {"one IP", 40, 1, 0.08, 12.5, 0.3, 0.8, 81, true},
    {"R&D 4.99 % under 50", 40, 3, 0.0499, 49.9, 0.3, 0.8, 81, false},
    {"R&D 5 % under 50", 40, 3, 0.05, 49.9, 0.3, 0.8, 81, true},
    {"R&D 4.99 % at 50", 40, 3, 0.0499, 50, 0.3, 0.8, 81, true},
    {"R&D 3.99 % at 50", 40, 3, 0.0399, 50, 0.3, 0.8, 81, false},
    {"R&D 4 % at 50", 40, 3, 0.04, 50, 0.3, 0.8, 81, true},
    {"R&D 3.99 % at 200", 40, 3, 0.0399, 200, 0.3, 0.8, 81, false},
    {"R&D 4 % at 200", 40, 3, 0.04, 200, 0.3, 0.8, 81, true},
    {"R&D 3.99 % over 200", 40, 3, 0.0399, 200.1, 0.3, 0.8, 81, true},
    {"R&D 2.99 % over 200", 40, 3, 0.0299, 200.1, 0.3, 0.8, 81, false},
    {"R&D 3 % over 200", 40, 3, 0.03, 200.1, 0.3, 0.8, 81, true},
    {"technical 9.9 %", 40, 3, 0.08, 12.5, 0.099, 0.8, 81, false},
    {"technical 10 %", 40, 3, 0.08, 12.5, 0.1, 0.8, 81, true},
    {"revenue 59.9 %", 40, 3, 0.08, 12.5, 0.3, 0.599, 81, false},
    {"revenue 60 %", 40, 3, 0.08, 12.5, 0.3, 0.6, 81, true},
    {"score 69.9", 40, 3, 0.08, 12.5, 0.3, 0.8, 69.9, false},
    {"score 70", 40, 3, 0.08, 12.5, 0.3, 0.8, 70, true},
};
enum { APPLICANTS = sizeof applicants / sizeof *applicants };

static void add(struct world *world, const struct applicant *applicant, int window)
{
    struct firms *firms = &world->district.firms;
    size_t row = world_add_firm(world, 0, 0, STAGE_SELF);
    firms->born[row] = window - (int)applicant->age_months;
    firms->ip_count[row] = applicant->ip;
    firms->rd_share[row] = applicant->rd_share;
    firms->output_myuan[row] = applicant->output_myuan;
    firms->technical_share[row] = applicant->technical_share;
    firms->revenue_share[row] = applicant->revenue_share;
    firms->quality[row] = (applicant->score - 50.0) / 5.0;
}

/* The twin is in the table: each condition has a case that meets it and one that just fails. */
Test(certificate, rule_holds_at_its_thresholds)
{
    struct world *world = QUIET(RULE);
    int window = world->district.month += 2;
    for (size_t i = 0; i < APPLICANTS; i++)
        add(world, &applicants[i], window);
    certificate_step(&world->district);
    for (size_t i = 0; i < APPLICANTS; i++) {
        int until = applicants[i].certified ? window + 36 : MONTH_NEVER;
        cr_expect_eq(world->district.firms.certified_until[i], until, "%s", applicants[i].says);
    }
    world_free(world);
}

Test(certificate, no_other_month_is_a_window)
{
    struct world *world = QUIET(RULE);
    add(world, &applicants[0], world->district.month);
    for (int month = 1; month <= 12; month++) {
        world->district.month = 24252 + month - 1;
        certificate_step(&world->district);
        bool certified = world->district.firms.certified_until[0] != MONTH_NEVER;
        cr_expect_eq(certified, month >= 2, "month %d", month);
    }
    world_free(world);
}

/* Certified in February 2021 for 36 months: counted until January 2024, renewed in February 2024,
 * and so without a gap. */
Test(certificate, is_renewed_after_36_months)
{
    struct world *world = QUIET(RULE, "clock.end=2025-12");
    add(world, &applicants[0], world->district.month + 2);
    const int *until = world->district.firms.certified_until;
    int first = world->district.month + 2;
    for (int t = 1; t <= 60; t++) {
        world_step(world);
        int granted = t < 2 ? MONTH_NEVER : t < 38 ? first : first + 36;
        cr_expect_eq(*until, granted == MONTH_NEVER ? MONTH_NEVER : granted + 36, "month %d", t);
        cr_expect_eq(world->district.sums.hightech, t < 2 ? 0.0 : 1.0, "month %d", t);
    }
    world_free(world);
}

/* One that no longer qualifies is counted for 36 months and no longer. */
Test(certificate, runs_out)
{
    struct world *world = QUIET(RULE, "clock.end=2025-12");
    add(world, &applicants[0], world->district.month + 2);
    for (int t = 1; t <= 60; t++) {
        world_step(world);
        if (t == 10)
            world->district.firms.rd_share[0] = 0.02;
        cr_expect_eq(world->district.sums.hightech, t >= 2 && t < 38 ? 1.0 : 0.0, "month %d", t);
    }
    world_free(world);
}

enum { MANY = 20000 };

static struct world *crowd(const char *first, const char *second)
{
    struct world *world = QUIET(RULE, first, second);
    for (size_t i = 0; i < MANY; i++)
        add(world, &applicants[0], world->district.month + 2);
    return world;
}

static double certified(const struct world *world, int until)
{
    double count = 0;
    for (size_t i = 0; i < MANY; i++)
        count += world->district.firms.certified_until[i] == until;
    return count;
}

/* Applying is a chance of 0.6, renewing one of 0.9: binomial. Twin: the other's chance. */
Test(certificate, those_who_qualify_apply_with_their_chance)
{
    struct world *world = crowd("certificate.apply_share=0.6", "certificate.renew_share=0.9");
    int window = world->district.month += 2;
    certificate_step(&world->district);
    double first = certified(world, window + 36);
    EXPECT_FIT(fit_binomial(first, 0.6, MANY));
    EXPECT_MISFIT(fit_binomial(first, 0.63, MANY));
    for (size_t i = 0; i < MANY; i++)
        world->district.firms.certified_until[i] = window + 12;
    world->district.month += 12;
    certificate_step(&world->district);
    double renewed = certified(world, window + 48);
    EXPECT_FIT(fit_binomial(renewed, 0.9, MANY));
    EXPECT_MISFIT(fit_binomial(renewed, 0.6, MANY));
    world_free(world);
}

static double fit_ip(const struct world *world, double mean)
{
    enum { MOST = 60 };
    double observed[MOST] = {0}, expected[MOST];
    for (size_t i = 0; i < MANY; i++) {
        double gained = world->district.firms.ip_count[i] - applicants[0].ip;
        observed[gained < MOST ? (size_t)gained : MOST - 1]++;
    }
    for (unsigned n = 0; n < MOST; n++)
        expected[n] = MANY * gsl_ran_poisson_pdf(n, mean);
    return fit_counts(observed, expected, MOST);
}

/* IP gained in a window is Poisson(min(20, rate * staff)): 12.5 heads at 0.2, and at 3 capped.
 * Chi-square of 20,000 firms; twins: means 2.6 and 37.5. */
Test(certificate, ip_is_poisson_and_capped)
{
    struct world *world = crowd("certificate.ip_rate_per_head=0.2", "certificate.apply_share=1");
    world->district.month += 2;
    certificate_step(&world->district);
    EXPECT_FIT(fit_ip(world, 2.5));
    EXPECT_MISFIT(fit_ip(world, 2.6));
    world_free(world);
    world = crowd("certificate.ip_rate_per_head=3", "certificate.apply_share=1");
    world->district.month += 2;
    certificate_step(&world->district);
    EXPECT_FIT(fit_ip(world, 20.0));
    EXPECT_MISFIT(fit_ip(world, 37.5));
    world_free(world);
}

/* Firms whose IP is not the Poisson quantile, in double, of their own uniform. */
static size_t misses(const struct world *world, double factor)
{
    const struct district *district = &world->district;
    size_t missed = 0;
    for (size_t i = 0; i < MANY; i++) {
        struct draw_agent agent = {district->firms.origin[i], district->firms.agent[i]};
        struct draw_uniforms drawn =
            draw(&district->stream, agent, draw_when(district->month, PURPOSE_CERTIFICATE, 0));
        double mean =
            fmin(20.0, 0.25 * (double)district->firms.output_myuan[i]); /* a head a myuan */
        double gained = district->firms.ip_count[i] - applicants[0].ip;
        missed += gained != draw_poisson(drawn.u[0], factor * mean);
    }
    return missed;
}

/* Whatever the mean, from 1.25 (of the smallest staff, 5) to 20: but for some in a million, which
 * single precision takes for a neighbour. Twin: means a thousandth higher. */
Test(certificate, ip_is_the_quantile_of_its_uniform)
{
    struct world *world = crowd("certificate.ip_rate_per_head=0.25", "certificate.apply_share=1");
    for (size_t i = 0; i < MANY; i++)
        world->district.firms.output_myuan[i] = (float)(5.0 + 80.0 * (double)i / MANY);
    world->district.month += 2;
    certificate_step(&world->district);
    cr_expect_leq(misses(world, 1.0), 2);
    cr_expect_gt(misses(world, 1.001), 20);
    world_free(world);
}

/* Points are base + q z + i ln(1 + IP) + noise: all four parts count, at a pass mark between. */
Test(certificate, score_has_four_parts)
{
    const struct {
        const char *set;
        double ip, noise, quality;
    } parts[] = {{"certificate.score_base=70", 1, 0, 0},
                 {"certificate={score_base: 65, score_quality: 5}", 1, 0, 1.0},
                 {"certificate={score_base: 60, score_ip: 5}", 7, 0, 0},
                 {"certificate={score_base: 64, score_noise: 6}", 1, 1.0, 0}};
    for (size_t i = 0; i < 4; i++) {
        struct world *world = QUIET(RULE, parts[i].set);
        struct firms *firms = &world->district.firms;
        int window = world->district.month += 2;
        for (size_t row = 0; row < 2; row++) { /* the second lacks a little of each part */
            add(world, &applicants[0], window);
            firms->ip_count[row] = parts[i].ip - (double)row * (i == 2);
            firms->score_noise[row] = parts[i].noise - 0.01 * (double)row * (i == 3);
            firms->quality[row] = parts[i].quality - 0.01 * (double)row;
        }
        certificate_step(&world->district);
        cr_expect_eq(firms->certified_until[0], window + 36, "%s", parts[i].set);
        cr_expect_eq(firms->certified_until[1], MONTH_NEVER, "%s", parts[i].set);
        world_free(world);
    }
}

/* Incumbents come through three windows before the clock: of those that qualify, 1 - 0.4^3 at an
 * apply share of 0.6 and ages beyond; twin: two windows. In the table of months, none is certified
 * before it was born. */
Test(certificate, incumbents_lived_through_three_windows)
{
    enum { COUNT = 20000 };
    struct world *world =
        QUIET("incumbents.old={count: 20000, mean_age_years: 100}", "exit.rate_per_year=0",
              "attributes={rd_share_median: 0.5, rd_share_sigma: 0, technical_share_sigma: 0}",
              "attributes.revenue_share_sigma=0", "certificate.score_base=90",
              "certificate.score_quality=0", "certificate.score_noise=0", "certificate.ip_count=0",
              "certificate.apply_share=0.6", "certificate.renew_share=1");
    double old = 0, found = 0;
    const struct firms *firms = &world->district.firms;
    for (size_t i = 0; i < firms->count; i++) {
        bool before_all = world->district.month - firms->born[i] >= 48;
        old += before_all;
        found += before_all && firms->certified_until[i] > world->district.month;
        if (world->district.month - firms->born[i] < 12)
            cr_expect_eq(firms->certified_until[i], MONTH_NEVER);
    }
    EXPECT_FIT(fit_binomial(found, 1.0 - 0.4 * 0.4 * 0.4, old));
    EXPECT_MISFIT(fit_binomial(found, 1.0 - 0.4 * 0.4, old));
    world_free(world);
}
