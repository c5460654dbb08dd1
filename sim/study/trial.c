#include "study/trial.h"

#include "engine/workspace.h"
#include "study/block.h"
#include "study/roster.h"

#include <stdlib.h>
#include <time.h>

enum { TRIAL_REPLICATES = 20 };

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool simulate(const struct scenario *scenario, uint64_t seed, struct faults *faults)
{
    struct layout layout = {0};
    struct workspace workspace = {0};
    struct block block = {.key = {.seed = seed, .count = TRIAL_REPLICATES}};
    bool ended = false, ok = layout_init(&layout, scenario, faults);
    struct block_values values = {.layout = &layout};
    values.value = calloc(TRIAL_REPLICATES * layout.quantity_count + 1, sizeof(double));
    ok = ok && (values.value != NULL || fault_memory(faults, "trying a batch")) &&
         workspace_bind(&workspace, scenario, faults) &&
         block_simulate(&block, &values, &workspace, NULL, NULL, &ended, faults);
    free(values.value);
    block_clear(&block);
    workspace_clear(&workspace);
    layout_clear(&layout);
    return ok;
}

bool trial_run(const struct roster *roster, uint64_t seed, double *seconds, struct faults *faults)
{
    const size_t tried[2] = {0, roster->plan->points - 1};
    bool ok = true;
    *seconds = 0.0;
    for (size_t i = 0; ok && i < 2; i++) {
        const struct scenario *scenario = roster_get(roster, tried[i], faults);
        double begun = now_s();
        ok = scenario != NULL && simulate(scenario, seed, faults);
        *seconds += (now_s() - begun) / (2 * TRIAL_REPLICATES);
        if (scenario != NULL)
            stock_return(roster->stock, tried[i], scenario);
    }
    return ok;
}
