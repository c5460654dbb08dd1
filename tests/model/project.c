/* Projects against the two-stage Erlang with abandonment, in whole months.
 *
 * In continuous time: dP1/dt = births - (2/M + a) P1, dP2/dt = 2/M P1 - (2/M + a) P2, foundings
 * 2/M P2. The engine births at the beginning of a month and lets a project be abandoned once a
 * month while work is left, so that a project k months old is still there with probability
 * exp(-a k D) S(k D), S the Erlang's survival: the ODE with its births in monthly pulses, exactly.
 * It founds in its k-th month with probability exp(-a k D) (S((k - 1) D) - S(k D)). Births are
 * Poisson, and marks independent, so stocks and flows are Poisson with these means.
 */
#include "model/project.h"

#include "support/statistics.h"
#include "support/world.h"

#include <math.h>

enum { MONTHS = 24, REPLICATES = 40 };

#define BIRTHS_A_MONTH 200.0 /* 2400 results a year, all ventures */
#define ABANDON        0.4
#define LAB                                                                                        \
    "sources.lab.spending_myuan_per_year=2400", "sources.lab.venture_share=1",                     \
        "discovery.venture_quality=0", "projects.abandon_rate_per_year=0.4"

struct erlang {
    double mean_years, abandon, speed;
};

static double survival(double years, const struct erlang *e)
{
    double x = 2.0 * fmax(years, 0.0) * e->speed / e->mean_years;
    return exp(-x) * (1.0 + x);
}

/* Expected stock at the end of month t, and expected foundings in it (1 is the first). */
static double stock(int t, const struct erlang *e)
{
    double sum = 0.0;
    for (int k = 1; k <= t; k++)
        sum += exp(-e->abandon * k * STEP_YEARS) * survival(k * STEP_YEARS, e);
    return BIRTHS_A_MONTH * sum;
}

static double foundings(int t, const struct erlang *e)
{
    double sum = 0.0;
    for (int k = 1; k <= t; k++)
        sum += exp(-e->abandon * k * STEP_YEARS) *
               (survival((k - 1) * STEP_YEARS, e) - survival(k * STEP_YEARS, e));
    return BIRTHS_A_MONTH * sum;
}

struct lives {
    double founded[MONTHS], stock, abandoned;
};

static struct lives live(struct world *world)
{
    struct lives lives = {0};
    for (uint32_t r = 0; r < REPLICATES; r++) {
        world_start(world, r);
        for (int t = 0; t < MONTHS; t++) {
            world_step(world);
            lives.founded[t] += world->district.flows.founded;
            lives.abandoned += world->district.flows.abandoned;
        }
        lives.stock += (double)world->district.projects.count;
    }
    return lives;
}

static double fit_foundings(const struct lives *lives, const struct erlang *e)
{
    double mean[MONTHS];
    for (int t = 0; t < MONTHS; t++)
        mean[t] = REPLICATES * foundings(t + 1, e);
    return fit_poissons(lives->founded, mean, MONTHS);
}

static double expected_abandoned(const struct erlang *e)
{
    double gone = BIRTHS_A_MONTH * MONTHS - stock(MONTHS, e);
    for (int t = 1; t <= MONTHS; t++)
        gone -= foundings(t, e);
    return gone;
}

/* Chi-square of 24 months' foundings, stock and abandoned at the end; twins: mean work 1.6 for 1.5,
 * abandoning 0.5 for 0.4 a year. */
Test(project, foundings_follow_the_erlang)
{
    struct world *world = QUIET(LAB);
    struct lives lives = live(world);
    const struct erlang right = {1.5, ABANDON, 1}, slow = {1.6, ABANDON, 1}, idle = {1.5, 0.5, 1};
    EXPECT_FIT(fit_foundings(&lives, &right));
    EXPECT_FIT(fit_poisson(lives.stock, REPLICATES * stock(MONTHS, &right)));
    EXPECT_FIT(fit_poisson(lives.abandoned, REPLICATES * expected_abandoned(&right)));
    EXPECT_MISFIT(fit_foundings(&lives, &slow));
    EXPECT_MISFIT(fit_foundings(&lives, &idle));
    EXPECT_MISFIT(fit_poisson(lives.abandoned, REPLICATES * expected_abandoned(&idle)));
    world_free(world);
}

/* Work done at twice the speed is a mean work of half; twin: speed 1. */
Test(project, speed_shortens_the_work)
{
    struct world *world = QUIET(LAB, "projects.maturation_speed=2");
    struct lives lives = live(world);
    const struct erlang right = {1.5, ABANDON, 2}, wrong = {1.5, ABANDON, 1};
    EXPECT_FIT(fit_foundings(&lives, &right));
    EXPECT_MISFIT(fit_foundings(&lives, &wrong));
    world_free(world);
}

/* Projects there at the start have one stage or two left, evenly: foundings in month t are
 * multinomial. Twin: all have two left. */
Test(project, those_at_the_start_are_under_way)
{
    enum { COUNT = 20000 };
    struct world *world = QUIET("sources.lab.projects_at_start=20000");
    double observed[MONTHS + 1], right[MONTHS + 1], wrong[MONTHS + 1], before[2] = {1.0, 1.0};
    const struct erlang e = {1.5, 0.0, 1.0};
    for (int t = 0; t < MONTHS; t++) {
        double years = (t + 1) * STEP_YEARS, two = survival(years, &e);
        double mixed = 0.5 * (exp(-2.0 * years / e.mean_years) + two);
        world_step(world);
        observed[t] = world->district.flows.founded;
        right[t] = COUNT * (before[0] - mixed);
        wrong[t] = COUNT * (before[1] - two);
        before[0] = mixed;
        before[1] = two;
    }
    observed[MONTHS] = (double)world->district.projects.count;
    right[MONTHS] = COUNT * before[0];
    wrong[MONTHS] = COUNT * before[1];
    EXPECT_FIT(fit_counts(observed, right, MONTHS + 1));
    EXPECT_MISFIT(fit_counts(observed, wrong, MONTHS + 1));
    world_free(world);
}

/* Ready projects that find no room leave with their hazard: N_t = N_0 exp(-rate t D). They wait
 * from the month in which their work ends, and run the risk from the next one on. */
Test(project, waiting_ones_leak)
{
    struct world *world =
        QUIET("sources.lab.projects_at_start=30000", "zones.T.floor_area_m2=0",
              "sectors.ai.maturation_years=0.01", "projects.wait_leak_rate_per_year=0.6");
    world_step(world);
    cr_expect_lt(world->district.flows.leaked, 10);
    double waiting = (double)world->district.waiting.count;
    for (int t = 1; t < MONTHS; t++)
        world_step(world);
    double left = (double)world->district.waiting.count;
    EXPECT_FIT(fit_binomial(left, exp(-0.6 * (MONTHS - 1) * STEP_YEARS), waiting));
    EXPECT_MISFIT(fit_binomial(left, exp(-0.65 * (MONTHS - 1) * STEP_YEARS), waiting));
    cr_expect_eq(world->district.firms.count, 0);
    world_free(world);
}

/* First come, first served: with room for three a month after another, the oldest found first. */
Test(project, the_oldest_found_first)
{
    struct world *world =
        QUIET("sources.lab.projects_at_start=9", "sectors.ai.maturation_years=0.01",
              "zones.T.floor_area_m2={2021-01: 150, 2021-03: 150, 2021-04: 300}");
    world_step(world);
    cr_assert_eq(world->district.firms.count, 3); /* 5 heads of 10 m2 each */
    cr_expect_eq(world->district.waiting.count, 6);
    cr_expect_eq(world->district.flows.no_room, 6);
    for (uint32_t i = 0; i < 3; i++)
        cr_expect_eq(world->district.firms.agent[i], draw_born(MONTH_NEVER, i));
    for (int t = 0; t < 3; t++)
        world_step(world);
    cr_assert_eq(world->district.firms.count, 6);
    for (uint32_t i = 3; i < 6; i++)
        cr_expect_eq(world->district.firms.agent[i], draw_born(MONTH_NEVER, i));
    world_free(world);
}
