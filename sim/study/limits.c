#include "study/limits.h"

#include "base/memory.h"
#include "engine/pool.h"
#include "scenario/path.h"
#include "stats/holm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PATHS_MOST = 3, ANY_CLASS = -1 };
enum { SHARE_PERCENT = 3 };

/* So many times as much is without limit; so few points has no firm. */
enum { PLENTY = 1000, NO_POINTS = -1000000 };

const struct limit limits_table[LIMITS_MOST] = {
    {"talent", "talent", INDICATOR_BOUND_TALENT},
    {"space", "space", INDICATOR_BOUND_SPACE},
    {"crowding", "crowding", INDICATOR_BOUND_SPACE},
    {"early_capital", "early capital", INDICATOR_BOUND_EARLY},
    {"growth_capital", "growth capital", INDICATOR_BOUND_GROWTH},
    {"certificate_ip", "certificate: IP", INDICATOR_COUNT},
    {"certificate_rd", "certificate: R&D share", INDICATOR_COUNT},
    {"certificate_staff", "certificate: technical staff", INDICATOR_COUNT},
    {"certificate_revenue", "certificate: revenue share", INDICATOR_COUNT},
    {"certificate_score", "certificate: score", INDICATOR_COUNT},
    {"certificate_applying", "certificate: applying", INDICATOR_COUNT},
};

/* How each is lifted, in the same order. */
static const struct {
    const char *path[PATHS_MOST];
    double factor, plus;
    int class; /* of funds, a capital_class; or ANY_CLASS */
} how[LIMITS_MOST] = {
    {{"growth.talent_drag"}, 0.0, 0.0, ANY_CLASS},
    {{"zones.*.floor_area_m2"}, PLENTY, 0.0, ANY_CLASS},
    {{"growth.crowd_drag"}, 0.0, 0.0, ANY_CLASS},
    {{"funds.*.deployment_myuan_per_year"}, PLENTY, 0.0, CAPITAL_EARLY},
    {{"funds.*.deployment_myuan_per_year"}, PLENTY, 0.0, CAPITAL_GROWTH},
    {{"certificate.ip_count"}, 0.0, 0.0, ANY_CLASS},
    {{"certificate.rd_share_small", "certificate.rd_share_middle", "certificate.rd_share_large"},
     0.0,
     0.0,
     ANY_CLASS},
    {{"certificate.technical_share"}, 0.0, 0.0, ANY_CLASS},
    {{"certificate.revenue_share"}, 0.0, 0.0, ANY_CLASS},
    {{"certificate.score_pass"}, 0.0, NO_POINTS, ANY_CLASS},
    {{"certificate.apply_share", "certificate.renew_share"}, 0.0, 1.0, ANY_CLASS},
};

/* ------------------------------------------------------------------ what is lifted */

/* The study under way. */
struct lifting {
    const struct scenario *scenario;
    const struct limits_options *options;
    struct limits *limits;
    struct lift *lift[LIMITS_MOST];
    size_t count[LIMITS_MOST];
    size_t taken; /* replicates */
};

/* What each replicate met: as the scenario stands, and with each limit lifted. */
struct lifted {
    uint64_t met, lifted[LIMITS_MOST];
};

static bool is_of_class(const struct scenario *scenario, size_t leaf, int class)
{
    const struct params *centre = &scenario->centre;
    size_t first = scenario_leaf_of(scenario, (const double *)centre->funds);
    size_t width = sizeof *centre->funds / sizeof(double);
    return class == ANY_CLASS || (int)centre->funds[(leaf - first) / width].class == class;
}

static bool is_lifted(const struct scenario *scenario, size_t limit, size_t leaf)
{
    for (size_t i = 0; i < PATHS_MOST && how[limit].path[i] != NULL; i++)
        if (path_covers(how[limit].path[i], scenario->leaf[leaf].path))
            return is_of_class(scenario, leaf, how[limit].class);
    return false;
}

static bool find_lifts(struct lifting *lifting, struct faults *faults)
{
    const struct scenario *scenario = lifting->scenario;
    for (size_t l = 0; l < LIMITS_MOST; l++) {
        size_t capacity = 0;
        for (size_t leaf = 0; leaf < scenario->leaf_count; leaf++) {
            if (scenario->leaf[leaf].path == NULL || !is_lifted(scenario, l, leaf))
                continue;
            if (!memory_reserve((void **)&lifting->lift[l], &capacity, lifting->count[l] + 1,
                                sizeof(struct lift)))
                return fault_memory(faults, "lifting limits");
            lifting->lift[l][lifting->count[l]++] = (struct lift){leaf, how[l].factor, how[l].plus};
        }
        lifting->limits->there[l] = lifting->count[l] > 0;
    }
    return true;
}

/* ------------------------------------------------------------------ a replicate */

static uint64_t met(const struct workspace *workspace)
{
    return targets_met(&workspace->scenario->centre, workspace->replicate.target_value);
}

/* Goes on from the state at the start to the end, with a limit lifted or none. */
static bool go_on(struct workspace *workspace, const struct lift *lift, size_t count,
                  struct faults *faults)
{
    struct district *district = &workspace->district;
    policy_lift(&district->policy, lift, count, district->base, &district->now);
    bool ok = replicate_go_on(&workspace->replicate, district, &workspace->layout, 1,
                              workspace->layout.row_count, faults);
    policy_lift(&district->policy, NULL, 0, district->base, &district->now);
    return ok;
}

static bool simulate(void *context, const struct pool_task *task, struct workspace *workspace,
                     void *result, struct faults *faults)
{
    const struct lifting *lifting = context;
    struct lifted *lifted = result;
    struct snapshot *start = &workspace->kept[0].snapshot;
    uint32_t number = (uint32_t)task->point;
    const struct draw_replicate which = {lifting->options->seed, number, number,
                                         lifting->options->strata};
    bool ok = workspace_keep(workspace, lifting->scenario, faults) &&
              replicate_start(&workspace->replicate, &workspace->district, &workspace->layout,
                              &which, faults) &&
              state_save(&workspace->district, start, faults) && go_on(workspace, NULL, 0, faults);
    lifted->met = ok ? met(workspace) : 0;
    for (size_t l = 0; ok && l < LIMITS_MOST; l++) {
        if (!lifting->limits->there[l])
            continue;
        ok = state_restore(&workspace->district, start, faults);
        if (ok)
            replicate_look_back(&workspace->replicate, &workspace->district, &workspace->layout, 1);
        ok = ok && go_on(workspace, lifting->lift[l], lifting->count[l], faults);
        lifted->lifted[l] = met(workspace);
    }
    return ok;
}

/* ------------------------------------------------------------------ all of them */

static void count_pair(struct paired_counts *pair, bool lifted, bool met)
{
    pair->both += lifted && met;
    pair->first_only += lifted && !met;
    pair->second_only += !lifted && met;
    pair->neither += !lifted && !met;
}

static bool take(void *context, const struct pool_task *task, void *result)
{
    struct lifting *lifting = context;
    struct limits *limits = lifting->limits;
    const struct lifted *lifted = result;
    (void)task;
    for (size_t l = 0; l < LIMITS_MOST; l++)
        for (size_t t = 0; limits->there[l] && t < limits->targets; t++)
            count_pair(&limits->pairs[l * limits->targets + t], lifted->lifted[l] >> t & 1,
                       lifted->met >> t & 1);
    lifting->taken++;
    return lifting->options->progress == NULL ||
           lifting->options->progress(lifting->options->context, lifting->taken,
                                      limits->replicates);
}

size_t limits_replicates(size_t replicates)
{
    size_t share = replicates * SHARE_PERCENT / 100 / DRAW_BLOCK * DRAW_BLOCK;
    size_t third = replicates / 3 + 1;
    size_t least = third < DRAW_BLOCK ? third : DRAW_BLOCK;
    return share > least ? share : least;
}

static bool study(struct lifting *lifting, bool *stopped, struct faults *faults)
{
    const struct pool_study pool = {.context = lifting,
                                    .result_bytes = sizeof(struct lifted),
                                    .count = lifting->limits->replicates,
                                    .work = simulate,
                                    .take = take};
    bool ok = pool_run(&pool, lifting->options->threads, NULL, faults);
    *stopped = ok && lifting->taken < lifting->limits->replicates;
    return ok;
}

bool limits_run(struct limits *limits, const struct scenario *scenario,
                const struct limits_options *options, bool *stopped, struct faults *faults)
{
    struct lifting lifting = {.scenario = scenario, .options = options, .limits = limits};
    *limits = (struct limits){.replicates = options->replicates,
                              .targets = panel_targets(&scenario->centre)};
    limits->pairs = calloc(LIMITS_MOST * limits->targets + 1, sizeof *limits->pairs);
    bool ok = limits->pairs != NULL ? find_lifts(&lifting, faults)
                                    : fault_memory(faults, "lifting limits");
    ok = ok && study(&lifting, stopped, faults);
    for (size_t l = 0; l < LIMITS_MOST; l++)
        free(lifting.lift[l]);
    return ok;
}

void limits_clear(struct limits *limits)
{
    free(limits->pairs);
    *limits = (struct limits){0};
}

/* ------------------------------------------------------------------ what they say */

struct difference limits_gain(const struct limits *limits, size_t limit, size_t target)
{
    return paired_proportions(&limits->pairs[limit * limits->targets + target], 0.95);
}

bool limits_adjust(const struct limits *limits, double *p)
{
    size_t count = LIMITS_MOST * limits->targets;
    size_t *order = calloc(count + 1, sizeof *order);
    for (size_t i = 0; i < count; i++)
        p[i] = limits->there[i / limits->targets]
                   ? limits_gain(limits, i / limits->targets, i % limits->targets).p_value
                   : NAN;
    if (order != NULL)
        holm_adjust(p, count, order, p);
    free(order);
    return order != NULL;
}

double limits_months_short(const struct summary *summary, size_t limit)
{
    const struct panel_layout *layout = &summary->layout;
    enum indicator_id indicator = limits_table[limit].bound;
    double sum = 0.0;
    if (indicator == INDICATOR_COUNT)
        return NAN;
    for (size_t row = 1; row < layout->row_count; row++)
        sum += moments_mean(
            &summary->cells.cell[row * layout->column_count + layout->first[indicator]].moments);
    return sum / (double)(layout->row_count - 1);
}

static void write_row(const struct limits *limits, const struct summary *summary, size_t limit,
                      size_t target, double p_adjusted, struct results *results)
{
    const struct paired_counts *pairs = &limits->pairs[limit * limits->targets + target];
    struct difference gain = limits_gain(limits, limit, target);
    results_limit(results, &(struct limits_row){
                               .limit = limits_table[limit].name,
                               .target = panel_target_name(summary->scenario, target),
                               .replicates = limits->replicates,
                               .gained = pairs->first_only,
                               .lost = pairs->second_only,
                               .probability = (double)(pairs->both + pairs->second_only) /
                                              (double)limits->replicates,
                               .difference = gain.estimate,
                               .low95 = gain.low,
                               .high95 = gain.high,
                               .p_adjusted = p_adjusted,
                               .months_short = limits_months_short(summary, limit),
                           });
}

bool limits_write(const struct limits *limits, const struct summary *summary,
                  struct results *results, struct faults *faults)
{
    double *p = calloc(LIMITS_MOST * limits->targets + 1, sizeof *p);
    bool ok = p != NULL && limits_adjust(limits, p);
    for (size_t l = 0; ok && l < LIMITS_MOST; l++)
        for (size_t t = 0; limits->there[l] && t < limits->targets; t++)
            write_row(limits, summary, l, t, p[l * limits->targets + t], results);
    free(p);
    return ok || fault_memory(faults, "writing limits.csv");
}
