#include "bench/branches.h"

#include "bench/plain.h"
#include "bench/timing.h"
#include "study/batch.h"
#include "study/file.h"
#include "study/levers.h"

#include <inttypes.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROUNDS = 3, PLAIN_REPLICATES = 10 };

/* What a batch took. */
struct cost {
    uint64_t steps;
    double wall_s;
};

static bool run(const struct plan *plan, uint64_t replicates, bool unbranched, struct cost *cost,
                struct faults *faults)
{
    char folder[] = "/tmp/neobay-bench-XXXXXX", path[64];
    const struct batch_options options = {.seed = 1,
                                          .replicates = replicates,
                                          .strata = DRAW_BLOCK,
                                          .threads = omp_get_max_threads(),
                                          .shards = 1,
                                          .unbranched = unbranched};
    struct batch batch;
    bool ok = mkdtemp(folder) != NULL && batch_init(&batch, plan, &options, folder, true, faults);
    if (ok) {
        double begun = timing_wall();
        ok = batch_run(&batch, faults);
        *cost = (struct cost){batch.agent_steps, timing_wall() - begun};
        batch_clear(&batch);
    }
    snprintf(path, sizeof path, "%s/%s", folder, STORE_NAME);
    unlink(path);
    rmdir(folder);
    return ok;
}

/* Both in turn; the fastest rounds count. */
static bool compare(const char *name, const struct plan *plan, uint64_t replicates,
                    struct cost *with, struct cost *without, struct faults *faults)
{
    *with = *without = (struct cost){0, INFINITY};
    for (size_t round = 0; round < ROUNDS; round++) {
        struct cost branched, plain;
        if (!run(plan, replicates, false, &branched, faults) ||
            !run(plan, replicates, true, &plain, faults))
            return false;
        with->steps = branched.steps;
        without->steps = plain.steps;
        with->wall_s = fmin(with->wall_s, branched.wall_s);
        without->wall_s = fmin(without->wall_s, plain.wall_s);
    }
    printf("%s, %zu points of %d: %.1f million agent-steps, %.1f without branching, %.2f times as "
           "many; time on the wall without over with, fastest of %d rounds: %.2f\n",
           name, plan->points, (int)replicates, 1e-6 * (double)with->steps,
           1e-6 * (double)without->steps, (double)without->steps / (double)with->steps, ROUNDS,
           without->wall_s / with->wall_s);
    return true;
}

static bool bench_file(const char *file, uint64_t replicates, struct faults *faults)
{
    struct plan plan;
    struct cost with, without;
    if (!batch_file_read(&plan, file, NULL, faults))
        return false;
    bool ok = compare(file, &plan, replicates, &with, &without, faults);
    plan_clear(&plan);
    return ok;
}

/* The plain program at all points, scaled by agent-steps to what the engine simulated. */
static bool bench_plain(const struct plan *plan, const struct cost *with,
                        const struct cost *without, struct faults *faults)
{
    struct stock *stock = stock_new(plan, faults);
    uint64_t steps = 0;
    double begun = timing_wall();
    bool ok = stock != NULL;
    for (size_t point = 0; ok && point < plan->points; point++) {
        const struct scenario *scenario = stock_get(stock, point, 0, faults);
        ok = scenario != NULL;
        if (!ok)
            continue;
        size_t months = (size_t)scenario_steps(scenario) + 1;
        double *seen = calloc(PLAIN_REPLICATES * months * INDICATOR_COUNT, sizeof *seen);
        steps += plain_run(scenario, 1, PLAIN_REPLICATES, omp_get_max_threads(), seen);
        free(seen);
        stock_return(stock, point, scenario);
    }
    double plain_s = (timing_wall() - begun) * (double)without->steps / (double)steps;
    stock_free(stock);
    if (ok)
        printf("levers: the plain program at the same points, scaled by agent-steps, over ours: "
               "%.1f (at least 45)\n",
               plain_s / with->wall_s);
    return ok;
}

static bool bench_levers(const char *scenario, struct faults *faults)
{
    const struct request request = {.levers = true, .file = scenario, .seed = 1, .replicates = 100};
    struct levers *levers = NULL;
    struct plan plan = {0};
    struct cost with, without;
    bool ok = levers_plan(&levers, &plan, &request, faults) &&
              compare("levers", &plan, request.replicates, &with, &without, faults) &&
              bench_plain(&plan, &with, &without, faults);
    plan_clear(&plan);
    levers_free(levers);
    return ok;
}

bool bench_branches(const char *scenario, struct faults *faults)
{
    return bench_levers(scenario, faults) &&
           bench_file("scenarios/batches/levers.yaml", 200, faults) &&
           bench_file("scenarios/batches/delay.yaml", 1000, faults);
}
