#include "study/stylised.h"

#include "base/memory.h"
#include "engine/pool.h"
#include "study/stylised_measure.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

#define FACT(upper, name, low, high, must, unit, says, source)                                     \
    [STYLISED_##upper] = {name, low, high, must, unit, says, source},
const struct stylised_fact stylised_facts[STYLISED_COUNT] = {STYLISED_TABLE(FACT)};
#undef FACT

struct following {
    const struct scenario *scenario;
    uint64_t seed;
    size_t replicates, taken;
    double *fact; /* [replicate * STYLISED_COUNT] */
    bool (*stop)(void);
};

/* Who looks on at a replicate. */
struct looking {
    struct firm_history history;
    bool failed;
};

static bool take_month(void *context, const struct district *district)
{
    struct looking *looking = context;
    looking->failed = looking->failed || !firm_history_take(&looking->history, district);
    return !looking->failed;
}

static bool follow(void *context, const struct pool_task *task, struct workspace *workspace,
                   void *result, struct faults *faults)
{
    const struct following *following = context;
    struct looking looking = {.failed = false};
    uint32_t number = (uint32_t)task->point;
    const struct draw_replicate which = {following->seed, number, number, DRAW_BLOCK};
    struct replicate_watch watch = {.month = take_month, .context = &looking};
    bool ok = firm_history_init(&looking.history, following->scenario, faults) &&
              workspace_keep(workspace, following->scenario, faults);
    ok = ok &&
         replicate_run_watched(&workspace->replicate, &workspace->district, &workspace->layout,
                               &which, &watch, faults) &&
         (!looking.failed || fault_memory(faults, "following firms"));
    if (ok) {
        firm_history_close(&looking.history);
        ok = stylised_measure(&looking.history, result, faults);
    }
    firm_history_clear(&looking.history);
    return ok;
}

static bool take(void *context, const struct pool_task *task, void *result)
{
    struct following *following = context;
    const double *fact = result;
    for (size_t f = 0; f < STYLISED_COUNT; f++)
        following->fact[task->point * STYLISED_COUNT + f] = fact[f];
    following->taken++;
    return following->stop == NULL || !following->stop();
}

static double at_share(const double *sorted, size_t count, double share)
{
    return sorted[(size_t)(share * (double)(count - 1) + 0.5)];
}

static struct stylised summarise(const struct following *following, size_t f, double *sorted)
{
    struct stylised found = {NAN, NAN, NAN, NAN, false, false};
    size_t count = 0;
    double sum = 0.0;
    for (size_t r = 0; r < following->replicates; r++) {
        double value = following->fact[r * STYLISED_COUNT + f];
        if (isnan(value))
            continue;
        sorted[count++] = value;
        sum += value;
    }
    if (count == 0)
        return found;
    gsl_sort(sorted, 1, count);
    found = (struct stylised){sum / (double)count,
                              at_share(sorted, count, 0.05),
                              at_share(sorted, count, 0.95),
                              sorted[0],
                              false,
                              false};
    double judged = f == STYLISED_LISTING ? found.least : found.mean;
    found.is_told = !isnan(stylised_facts[f].low);
    found.inside = judged >= stylised_facts[f].low && judged <= stylised_facts[f].high;
    return found;
}

bool stylised_run(struct stylised found[STYLISED_COUNT], const struct scenario *scenario,
                  uint64_t seed, size_t replicates, int threads, bool (*stop)(void), bool *stopped,
                  struct faults *faults)
{
    struct following following = {
        .scenario = scenario, .seed = seed, .replicates = replicates, .stop = stop};
    const struct pool_study study = {.context = &following,
                                     .result_bytes = STYLISED_COUNT * sizeof(double),
                                     .count = replicates,
                                     .work = follow,
                                     .take = take};
    double *sorted = calloc(replicates + 1, sizeof *sorted);
    following.fact = calloc(replicates * STYLISED_COUNT + 1, sizeof *following.fact);
    bool ok = (sorted != NULL && following.fact != NULL) || fault_memory(faults, "following firms");
    ok = ok && pool_run(&study, threads, NULL, faults);
    *stopped = ok && following.taken < replicates;
    for (size_t f = 0; ok && !*stopped && f < STYLISED_COUNT; f++)
        found[f] = summarise(&following, f, sorted);
    free(sorted);
    free(following.fact);
    return ok;
}
