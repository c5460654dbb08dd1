#include "bench/plain.h"

#include "model/district.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool plain_take_space(struct plain *plain, int zone, double area)
{
    if (plain->area_used[zone] + area > plain->now.zones[zone].floor_area_m2) {
        return false;
    }
    plain->area_used[zone] += area;
    return true;
}

double plain_occupancy(const struct plain *plain, int zone)
{
    return plain->area_used[zone] / fmax(1, plain->now.zones[zone].floor_area_m2);
}

static void draw_world(struct plain *plain)
{
    const struct scenario *scenario = plain->scenario;
    for (size_t i = 0; i < scenario->leaf_count; i++) {
        const struct leaf *leaf = &scenario->leaf[i];
        plain->base[i] = scenario->centre.value[i];
        if (leaf->kind == LEAF_DISTRIBUTION)
            plain->base[i] =
                distribution_quantile(&leaf->distribution, gsl_rng_uniform_pos(plain->rng));
    }
}

static void macro(struct plain *plain, bool first)
{
    const struct macro_params *m = plain->now.macro;
    double keep = first ? 0 : m->growth_persistence,
           keep_mood = first ? 0 : m->sentiment_persistence;
    plain->growth_deviation = keep * plain->growth_deviation +
                              gsl_ran_gaussian(plain->rng, m->growth_sd * sqrt(1 - keep * keep));
    plain->sentiment_deviation =
        keep_mood * plain->sentiment_deviation +
        gsl_ran_gaussian(plain->rng, m->sentiment_sd * sqrt(1 - keep_mood * keep_mood));
    plain->growth = m->growth_mean_per_year + plain->growth_deviation;
    plain->sentiment = m->sentiment_mean + plain->sentiment_deviation;
}

static void talent(struct plain *plain)
{
    const struct talent_params *t = plain->now.talent;
    plain->talent += (t->inflow_per_year * t->retained_share + t->recruited_per_year -
                      t->leave_rate_per_year * plain->talent) /
                     12;
}

static void capital(struct plain *plain)
{
    double supply[CAPITAL_COUNT] = {0}, demand[CAPITAL_COUNT] = {0};
    for (size_t i = 0; i < plain->now.count[SECTION_FUNDS]; i++)
        supply[(int)plain->now.funds[i].class] +=
            plain->now.funds[i].deployment_myuan_per_year / 12 * exp(plain->sentiment);
    for (int i = 0; i < ROUND_COUNT; i++)
        demand[i < 2 ? CAPITAL_EARLY : CAPITAL_GROWTH] += plain->now.rounds[i].raise_rate_per_year /
                                                          12 * plain->now.rounds[i].ticket_myuan *
                                                          plain->raise_sum[i];
    for (int i = 0; i < CAPITAL_COUNT; i++)
        plain->cleared[i] = demand[i] > supply[i] ? supply[i] / demand[i] : 1;
}

/* What is seen beside the firms themselves. */
static void see_markets(struct plain *plain, bool first)
{
    double *seen = plain->seen;
    seen[INDICATOR_PROJECTS] = plain->incubating.count + plain->waiting.count;
    seen[INDICATOR_TALENT] = plain->talent;
    seen[INDICATOR_TIGHTNESS] = plain->staff / plain->talent;
    seen[INDICATOR_CLEARED_EARLY] = plain->cleared[CAPITAL_EARLY];
    seen[INDICATOR_CLEARED_GROWTH] = plain->cleared[CAPITAL_GROWTH];
    seen[INDICATOR_POLICY_COST] = first ? 0 : plain->policy.cost_myuan;
    seen[INDICATOR_MACRO_GROWTH] = plain->growth;
    seen[INDICATOR_SENTIMENT] = plain->sentiment;
    seen[INDICATOR_BOUND_TALENT] = plain->staff > plain->talent;
    seen[INDICATOR_BOUND_EARLY] = plain->cleared[CAPITAL_EARLY] < 1;
    seen[INDICATOR_BOUND_GROWTH] = plain->cleared[CAPITAL_GROWTH] < 1;
}

static void reviews(struct plain *plain)
{
    for (size_t i = 0; i < plain->now.count[SECTION_TARGETS]; i++)
        if (plain->month >= plain->scenario->centre.targets[i].since)
            plain->target_sum[i] += plain->seen[(int)plain->now.targets[i].indicator];
    for (size_t i = 0; i < plain->now.count[SECTION_REVIEWS]; i++) {
        int target = (int)plain->now.reviews[i].target;
        int indicator = (int)plain->now.targets[target].indicator;
        bool flow = indicators[indicator].kind == INDICATOR_FLOW;
        policy_review(&plain->policy, plain->scenario, &plain->now, i, plain->month,
                      flow ? plain->target_sum[target] : plain->seen[indicator]);
    }
}

static void start(struct plain *plain, unsigned long seed, int replicate)
{
    struct draw_stream shocks = {seed, (uint32_t)replicate};
    gsl_rng_set(plain->rng, seed * 1000003 + (unsigned long)replicate);
    memset(plain->seen, 0, INDICATOR_COUNT * sizeof(double));
    memset(plain->target_sum, 0, sizeof plain->target_sum);
    memset(plain->in_zone, 0, (size_t)plain->zones * sizeof(int));
    memset(plain->in_sector, 0, (size_t)plain->sectors * sizeof(int));
    plain->month = (int)plain->scenario->centre.clock->start - 1;
    plain->firms = plain->incubating.count = plain->waiting.count = 0;
    draw_world(plain);
    policy_start(&plain->policy, plain->scenario, &shocks);
    policy_step(&plain->policy, plain->scenario, plain->base, plain->month, &plain->now);
    plain->talent = plain->now.talent->stock_heads;
    plain->raise_quality = plain->now.finance->quality;
    macro(plain, true);
    plain_start_projects(plain);
    plain_incumbents(plain);
    plain_measure(plain);
    capital(plain);
    see_markets(plain, true);
    reviews(plain);
}

static void step(struct plain *plain)
{
    plain->month++;
    memset(plain->seen, 0, INDICATOR_COUNT * sizeof(double));
    policy_step(&plain->policy, plain->scenario, plain->base, plain->month, &plain->now);
    macro(plain, false);
    plain_sources(plain);
    plain_projects_step(plain);
    plain_arrivals(plain);
    talent(plain);
    capital(plain);
    plain_firms_step(plain);
    plain_certificate(plain, plain->month);
    plain_measure(plain);
    see_markets(plain, false);
    reviews(plain);
}

static void make(struct plain *plain, const struct scenario *scenario)
{
    struct faults faults = {0};
    *plain = (struct plain){.scenario = scenario};
    plain->rng = gsl_rng_alloc(gsl_rng_mt19937);
    plain->zones = (int)scenario->centre.count[SECTION_ZONES];
    plain->sectors = (int)scenario->centre.count[SECTION_SECTORS];
    plain->base = malloc(scenario->leaf_count * sizeof(double));
    plain->seen = malloc(INDICATOR_COUNT * sizeof(double));
    plain->area_used = malloc((size_t)plain->zones * sizeof(double));
    plain->in_zone = malloc((size_t)plain->zones * sizeof(int));
    plain->in_sector = malloc((size_t)plain->sectors * sizeof(int));
    params_bind(&plain->now, scenario, malloc(scenario->leaf_count * sizeof(double)));
    ASSERT(policy_init(&plain->policy, scenario, &faults));
}

static void discard(struct plain *plain)
{
    policy_clear(&plain->policy);
    gsl_rng_free(plain->rng);
    free(plain->base);
    free(plain->seen);
    free(plain->area_used);
    free(plain->in_zone);
    free(plain->in_sector);
    free(plain->now.value);
    free(plain->firm);
    free(plain->incubating.project);
    free(plain->waiting.project);
}

uint64_t plain_run(const struct scenario *scenario, unsigned long seed, int replicates, int threads,
                   double *seen)
{
    uint64_t agent_steps = 0;
    int months = scenario_steps(scenario) + 1;
#pragma omp parallel num_threads(threads) reduction(+ : agent_steps)
    {
        struct plain plain;
        make(&plain, scenario);
#pragma omp for schedule(dynamic)
        for (int i = 0; i < replicates; i++) {
            for (int month = 0; month < months; month++) {
                month == 0 ? start(&plain, seed, i) : step(&plain);
                memcpy(seen + ((size_t)i * (size_t)months + (size_t)month) * INDICATOR_COUNT,
                       plain.seen, INDICATOR_COUNT * sizeof(double));
            }
        }
        agent_steps = plain.agent_steps;
        discard(&plain);
    }
    return agent_steps;
}
