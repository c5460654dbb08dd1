#include "study/block_run.h"

#include "base/clock.h"
#include "base/memory.h"
#include "engine/workspace.h"

#include <stdlib.h>
#include <string.h>

void block_run_clear(struct block_run *run)
{
    block_clear(&run->block);
    free(run->values.value);
    *run = (struct block_run){0};
}

void block_group_drop(struct block_group *group, size_t at)
{
    if (at + 1 < group->count && group->shared[at] < group->shared[at + 1])
        group->shared[at + 1] = group->shared[at];
    group->count--;
    for (size_t i = at; i < group->count; i++) {
        group->point[i] = group->point[i + 1];
        group->shared[i] = group->shared[i + 1];
    }
}

/* Room for the values of a block of a point, all zero, and its key. */
static bool prepare(struct block_run *run, const struct batch *batch, size_t point, size_t block,
                    struct faults *faults)
{
    const struct layout *layout = roster_layout(&batch->roster, point);
    size_t values = BLOCK_REPLICATES * layout->quantity_count + 1;
    run->seconds = 0.0;
    run->values.layout = layout;
    if (!memory_reserve((void **)&run->values.value, &run->values_capacity, values,
                        sizeof(double)) ||
        !block_reset(&run->block, layout->target_count, layout->quantity_count))
        return fault_memory(faults, "running a block");
    memset(run->values.value, 0, values * sizeof(double));
    run->block.key = batch_key(batch, point, block);
    run->values.count = run->block.key.count;
    return true;
}

/* ------------------------------------------------------------------ scenarios */

static void return_scenarios(const struct batch *batch, const struct block_group *group,
                             const struct branch_group *branch)
{
    for (size_t i = 0; i < branch->count; i++)
        stock_return(batch->roster.stock, group->point[i], branch->scenario[i]);
}

/* All or none; where one cannot be had branch->count is its number. */
static bool get_scenarios(const struct batch *batch, const struct block_group *group,
                          struct branch_group *branch, struct faults *faults)
{
    for (branch->count = 0; branch->count < group->count; branch->count++) {
        size_t i = branch->count;
        branch->shared[i] = group->shared[i];
        branch->scenario[i] = roster_get(&batch->roster, group->point[i], faults);
        if (branch->scenario[i] == NULL) {
            return_scenarios(batch, group, branch);
            return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------------ replicates */

/* What takes each member's replicate. */
struct taking {
    struct block_run *run;
    const struct workspace *workspace;
    size_t replicate;
};

static void take(void *context, size_t member)
{
    struct taking *taking = context;
    struct block_run *run = &taking->run[member];
    block_take(&run->block, &run->values, taking->workspace, taking->replicate);
}

static bool simulate(struct block_run *run, const struct batch *batch,
                     const struct branch_group *branch, struct workspace *workspace, bool *ended,
                     struct faults *faults)
{
    const struct batch_options *options = &batch->options;
    struct taking taking = {.run = run, .workspace = workspace};
    bool ok = workspace_bind(workspace, branch->scenario[0], faults);
    for (size_t i = 0; ok && !*ended && i < run->block.key.count; i++) {
        const struct draw_replicate which = block_replicate(&run->block, i);
        taking.replicate = i;
        ok = branch_run(workspace, branch, &which, take, &taking, faults);
        *ended = options->stop != NULL && options->stop(options->context);
    }
    return ok;
}

/* What fills blocks in place of the model does so one by one. */
static bool stand_in(struct block_run *run, const struct batch *batch,
                     const struct block_group *group, struct faults *faults)
{
    const struct batch_options *options = &batch->options;
    bool ok = true;
    for (size_t i = 0; ok && i < group->count; i++)
        ok = options->live(options->context, &run[i].block, &run[i].values, faults);
    return ok;
}

bool block_run_group(struct block_run *run, const struct batch *batch,
                     const struct block_group *group, size_t block, struct workspace *workspace,
                     bool *ended, size_t *at, struct faults *faults)
{
    struct branch_group branch = {0};
    bool ok = true;
    *ended = false;
    *at = group->count;
    for (size_t i = 0; ok && i < group->count; i++)
        ok = prepare(&run[i], batch, group->point[i], block, faults);
    if (!ok || batch->options.live != NULL)
        return ok && stand_in(run, batch, group, faults);
    if (!get_scenarios(batch, group, &branch, faults)) {
        *at = branch.count;
        return false;
    }
    double begun = clock_now_s();
    ok = simulate(run, batch, &branch, workspace, ended, faults);
    for (size_t i = 0; i < group->count; i++)
        run[i].seconds = (clock_now_s() - begun) / (double)group->count;
    return_scenarios(batch, group, &branch);
    return ok && !*ended;
}

bool block_run_make(struct block_run *run, const struct batch *batch, size_t point, size_t block,
                    struct workspace *workspace, bool *ended, struct faults *faults)
{
    const struct block_group alone = {.count = 1, .point = {point}};
    size_t at = 0;
    return block_run_group(run, batch, &alone, block, workspace, ended, &at, faults);
}

bool block_run_recall(struct block_run *run, const struct batch *batch, size_t point, size_t block,
                      bool *found, struct faults *faults)
{
    const void *bytes = NULL;
    size_t length = 0;
    struct faults unread = {0};
    struct block stored = {0};
    *found = false;
    if (!prepare(run, batch, point, block, faults) ||
        !batch_read(batch, point, block, &stored, faults)) {
        block_clear(&stored);
        return false;
    }
    memcpy(run->block.met, stored.met, sizeof stored.met);
    block_clear(&stored);
    *found = store_get_values(batch->store, batch_record(batch, point, block), &bytes, &length,
                              &unread) &&
             block_values_of(&run->values, bytes, length);
    faults_clear(&unread);
    return true;
}
