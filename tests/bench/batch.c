#include "bench/batch.h"

#include "study/batch.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { POINTS = 100, MANY_POINTS = 2 * STOCK_SCENARIOS, EMPTY_POINTS = 10000, REPLICATES = 1000 };

/* A small district, so that a thousand replicates of a hundred points are seconds; a larger one has
 * a smaller part of its time outside replicates. */
static const char small_scenario[] = "tests/small.yaml";

static double now_s(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static bool nothing(void *context, struct block *block, struct block_values *values,
                    struct faults *faults)
{
    (void)context, (void)block, (void)values, (void)faults;
    return true;
}

/* Hits and values as they might be, so that records are as long as real ones. */
static bool made_up(void *context, struct block *block, struct block_values *values,
                    struct faults *faults)
{
    size_t quantities = values->layout->quantity_count;
    (void)context, (void)faults;
    for (size_t i = 0; i < block->key.count; i++) {
        block->met[i] = i * 2385;
        for (size_t q = 0; q < quantities; q++)
            values->value[i * quantities + q] =
                (double)(q * q) * 2.385 + (double)(i + block->key.fingerprint % 1024);
    }
    return true;
}

/* The scenario of a point is got as for replicates, of which none is lived. */
static bool scenario_alone(void *context, struct block *block, struct block_values *values,
                           struct faults *faults)
{
    const struct roster *roster = &((struct batch *)context)->roster;
    (void)values;
    size_t point = 0;
    while (roster->seat[point].fingerprint != block->key.fingerprint)
        point++;
    const struct scenario *scenario = roster_get(roster, point, faults);
    if (scenario != NULL)
        stock_return(roster->stock, point, scenario);
    return scenario != NULL;
}

/* A sampled plan over one axis. */
static struct plan plan_of(const char *scenario, size_t points, struct faults *faults)
{
    struct plan plan = {.file = strdup("bench"), .base = strdup(scenario)};
    plan.design = DESIGN_LATIN_HYPERCUBE;
    plan.samples = points - 1;
    plan.points = points;
    plan.axis = calloc(1, sizeof *plan.axis);
    plan.axis_count = 1;
    *plan.axis = (struct axis){
        .path = strdup("projects.maturation_speed"), .range = true, .from = 0.9, .to = 1.1};
    plan.axis->label = plan.axis->path;
    plan_sample(&plan, faults);
    return plan;
}

struct spent {
    double checking, running, living; /* seconds; living is over all threads */
    double checking_core, all_core;   /* seconds of cores, whatever else the machine does */
    double bytes;                     /* of the store */
};

static bool run(const char *scenario, size_t points, struct batch_options options,
                struct spent *spent, struct faults *faults)
{
    char folder[] = "/tmp/neobay-bench-XXXXXX", path[64];
    struct plan plan = plan_of(scenario, points, faults);
    struct batch batch;
    options.context = &batch;
    double begun = now_s(CLOCK_MONOTONIC), core = now_s(CLOCK_PROCESS_CPUTIME_ID);
    bool ok = mkdtemp(folder) != NULL && batch_init(&batch, &plan, &options, folder, true, faults);
    spent->checking = now_s(CLOCK_MONOTONIC) - begun;
    spent->checking_core = now_s(CLOCK_PROCESS_CPUTIME_ID) - core;
    if (ok) {
        ok = batch_run(&batch, faults);
        spent->running = now_s(CLOCK_MONOTONIC) - begun - spent->checking;
        spent->all_core = now_s(CLOCK_PROCESS_CPUTIME_ID) - core;
        spent->living = batch.living_seconds;
        batch_clear(&batch);
    }
    snprintf(path, sizeof path, "%s/%s", folder, STORE_NAME);
    struct stat file;
    spent->bytes = stat(path, &file) == 0 ? (double)file.st_size : 0.0;
    unlink(path);
    rmdir(folder);
    plan_clear(&plan);
    return ok;
}

static bool bench_tail(struct batch_options options, struct faults *faults)
{
    struct spent spent;
    if (!run(small_scenario, POINTS, options, &spent, faults))
        return false;
    printf("batch of %d points of %d, %s: %.1f %% of %d threads' time in replicates\n", POINTS,
           REPLICATES, small_scenario, 100 * spent.living / (spent.running * options.threads),
           options.threads);
    return true;
}

static bool bench_point(const char *scenario, size_t points, struct batch_options options,
                        struct faults *faults)
{
    struct spent spent;
    options.live = scenario_alone;
    options.threads = 1; /* so that none waits, which would count */
    if (!run(scenario, points, options, &spent, faults))
        return false;
    printf("batch of %zu points of %d: %.2f ms of a core a point beyond its replicates\n", points,
           REPLICATES, 1e3 * spent.all_core / (double)points);
    return true;
}

static bool bench_empty(const char *scenario, size_t points, struct batch_options options,
                        struct faults *faults)
{
    struct spent spent;
    if (!run(scenario, points, options, &spent, faults))
        return false;
    printf("batch of blocks of %llu that do nothing, %s: %.0f points a second, %.0f a second of a "
           "core; %.0f bytes a record\n",
           (unsigned long long)options.replicates, scenario, (double)points / spent.running,
           (double)points / (spent.all_core - spent.checking_core), spent.bytes / (double)points);
    return true;
}

/* What the store takes, without the model: one replicate a point, and whole blocks of the plan. */
static bool bench_store(const char *scenario, struct batch_options options, struct faults *faults)
{
    options.replicates = 1;
    options.live = nothing;
    if (!bench_empty(small_scenario, EMPTY_POINTS, options, faults) ||
        !bench_empty(scenario, EMPTY_POINTS, options, faults))
        return false;
    options.replicates = BLOCK_REPLICATES;
    options.live = made_up;
    return bench_empty(scenario, EMPTY_POINTS, options, faults);
}

bool bench_batch(const char *scenario, struct faults *faults)
{
    struct batch_options options = {
        .seed = 1, .replicates = REPLICATES, .threads = omp_get_max_threads(), .shards = 1};
    return bench_tail(options, faults) && bench_point(scenario, POINTS, options, faults) &&
           bench_point(scenario, MANY_POINTS, options, faults) &&
           bench_store(scenario, options, faults);
}
