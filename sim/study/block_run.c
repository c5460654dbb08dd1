#include "study/block_run.h"

#include "base/memory.h"
#include "engine/workspace.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

void block_run_clear(struct block_run *run)
{
    block_clear(&run->block);
    free(run->values.value);
    *run = (struct block_run){0};
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Room for the values of a block of this layout, all zero. */
static bool make_room(struct block_run *run, const struct layout *layout)
{
    size_t values = BLOCK_REPLICATES * layout->quantity_count + 1;
    run->values.layout = layout;
    if (!memory_reserve((void **)&run->values.value, &run->values_capacity, values, sizeof(double)))
        return false;
    memset(run->values.value, 0, values * sizeof(double));
    return block_reset(&run->block, layout->target_count, layout->quantity_count);
}

/* Simulates the replicates of a block whose key is set. */
static bool simulate(struct block_run *run, const struct batch *batch, size_t point,
                     struct workspace *workspace, bool *ended, struct faults *faults)
{
    const struct batch_options *options = &batch->options;
    run->values.count = run->block.key.count;
    if (options->live != NULL)
        return options->live(options->context, &run->block, &run->values, faults);
    const struct scenario *scenario = roster_get(&batch->roster, point, faults);
    if (scenario == NULL)
        return false;
    double begun = now_s();
    bool ok = workspace_bind(workspace, scenario, faults) &&
              block_simulate(&run->block, &run->values, workspace, options->stop, options->context,
                             ended, faults);
    run->seconds = now_s() - begun;
    stock_return(batch->roster.stock, point, scenario);
    return ok;
}

bool block_run_make(struct block_run *run, const struct batch *batch, size_t point, size_t block,
                    struct workspace *workspace, bool *ended, struct faults *faults)
{
    *ended = false;
    run->seconds = 0.0;
    if (!make_room(run, roster_layout(&batch->roster, point)))
        return fault_memory(faults, "running a block");
    run->block.key = batch_key(batch, point, block);
    return simulate(run, batch, point, workspace, ended, faults) && !*ended;
}
