#include "bench/batch.h"

#include "batch/batch.h"
#include "bench/timing.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { POINTS = 100, REPLICATES = 200, EMPTY_POINTS = 10000 };

static bool nothing(void *context, struct block *block, struct luck *luck, struct faults *faults)
{
    (void)context, (void)block, (void)luck, (void)faults;
    return true;
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

static bool run(const char *scenario, size_t points, const struct batch_options *options,
                double *seconds, double *living, struct faults *faults)
{
    char folder[] = "/tmp/neobay-bench-XXXXXX", path[64];
    struct plan plan = plan_of(scenario, points, faults);
    struct batch batch;
    bool ok = mkdtemp(folder) != NULL && batch_init(&batch, &plan, options, folder, true, faults);
    if (ok) {
        double begun = timing_wall();
        ok = batch_run(&batch, faults);
        *seconds = timing_wall() - begun;
        *living = batch.living_seconds;
        batch_clear(&batch);
    }
    snprintf(path, sizeof path, "%s/%s", folder, JOURNAL_NAME);
    unlink(path);
    rmdir(folder);
    plan_clear(&plan);
    return ok;
}

bool bench_batch(const char *scenario, struct faults *faults)
{
    int threads = omp_get_max_threads();
    double seconds = 0, living = 0;
    struct batch_options options = {
        .seed = 1, .replicates = REPLICATES, .threads = threads, .shards = 1};
    bool ok = run(scenario, POINTS, &options, &seconds, &living, faults);
    if (ok)
        printf("batch of %d points of %d: %.1f %% of %d threads' time in replicates\n", POINTS,
               REPLICATES, 100 * living / (seconds * threads), threads);
    options.replicates = 1;
    options.live = nothing;
    ok = ok && run(scenario, EMPTY_POINTS, &options, &seconds, &living, faults);
    if (ok)
        printf("batch of replicates that do nothing: %.0f points a second\n",
               EMPTY_POINTS / seconds);
    return ok;
}
