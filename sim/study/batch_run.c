/* The blocks of a batch as tasks of the pool; see batch_run.
 *
 * Tasks go round all points, block by block, so that a batch that ends early is balanced; points
 * that share a trunk are one task. Blocks of references go first: a block ahead of the points that
 * are compared with them, so that nobody has to wait. Their values are kept until no task needs
 * them, and in the store, from which a batch that is resumed takes them.
 */
#include "engine/pool.h"
#include "study/reference_blocks.h"

#include <stdlib.h>

/* Blocks that references may be ahead of the points compared with them. */
enum { REFERENCES_AHEAD = 1 };

static const char reference_failed[] = "the reference that it is compared with failed";

struct batch_work {
    struct batch *batch;
    struct faults *faults;
    size_t next;           /* place in the order and block to come: block * points + place */
    size_t next_reference; /* point and block of references: block * points + point */
    struct reference_block *held;
    struct group_task *open; /* groups that are named and not taken */
    bool failed;             /* trouble with the store */
};

/* What a task is given: points, and the values that each is compared with, or NULL. */
struct group_task {
    struct group_task *next;
    struct block_group group;
    const struct block_values *with[BRANCH_MOST];
};

/* A point whose block could not be had, and why. */
struct failure {
    size_t point;
    struct faults faults;
};

/* What came of a task: blocks of points, and failures. */
struct result {
    struct block_run run[BRANCH_MOST];
    struct failure failure[BRANCH_MOST];
    size_t point[BRANCH_MOST], run_count, failure_count;
    bool ended;
};

/* ------------------------------------------------------------------ references */

static size_t reference_of(const struct batch *batch, size_t point)
{
    return batch->roster.seat[point].reference;
}

/* The block that a point's is compared with; NULL where there is none, or none yet. */
static struct reference_block *reference_block_of(const struct batch_work *work, size_t point,
                                                  size_t block)
{
    size_t reference = reference_of(work->batch, point);
    return reference == PLAN_NO_REFERENCE ? NULL
                                          : reference_blocks_find(work->held, reference, block);
}

static bool failed_point(const struct batch *batch, size_t point)
{
    return batch->standing[point].reason != NULL;
}

static bool enter_failure(struct batch_work *work, size_t point, const char *reason)
{
    return failed_point(work->batch, point) ||
           batch_enter_failure(work->batch, point, reason, work->faults);
}

/* Sums a block of a reference and enters it, once the values that it is compared with are there. */
static bool enter_held(struct batch_work *work, struct reference_block *held)
{
    struct batch *batch = work->batch;
    size_t reference = reference_of(batch, held->point);
    const struct reference_block *with = reference_block_of(work, held->point, held->block);
    if (held->entered)
        return true;
    if (with == NULL && reference != PLAN_NO_REFERENCE)
        return !failed_point(batch, reference) ||
               enter_failure(work, held->point, reference_failed);
    held->entered = true;
    block_sum(&held->run.block, &held->run.values, with == NULL ? NULL : &with->run.values);
    return (batch_has_block(batch, held->point, held->block) ||
            batch_enter(batch, held->point, held->block, &held->run.block, work->faults)) &&
           batch_enter_values(batch, held->point, held->block, &held->run.values, work->faults);
}

static bool enter_all_held(struct batch_work *work)
{
    bool ok = true;
    for (struct reference_block *held = work->held; ok && held != NULL; held = held->next)
        ok = enter_held(work, held);
    return ok;
}

/* Keeps the block of a reference, and enters all that waited for it. */
static bool hold(struct batch_work *work, size_t point, size_t block, struct block_run *run,
                 bool stored)
{
    return reference_blocks_add(&work->held, point, block, run, stored)
               ? enter_all_held(work)
               : fault_memory(work->faults, "running a block");
}

/* Takes a block of a reference from the store; false if it has to be simulated. */
static bool recall(struct batch_work *work, size_t point, size_t block)
{
    struct block_run run = {0};
    bool found = false;
    if (!batch_has_block(work->batch, point, block))
        return false;
    work->failed |= !block_run_recall(&run, work->batch, point, block, &found, work->faults);
    if (found)
        work->failed |= !hold(work, point, block, &run, true);
    block_run_clear(&run);
    return found || work->failed;
}

/* ------------------------------------------------------------------ naming */

/* The next block of a reference up to `last`, if there is one. */
static bool next_reference(struct batch_work *work, size_t last, struct pool_task *task)
{
    const struct batch *batch = work->batch;
    size_t points = batch->plan->points, all = points * (last + 1);
    for (; work->next_reference < all; work->next_reference++) {
        *task = (struct pool_task){.point = work->next_reference % points,
                                   .block = work->next_reference / points};
        if (!batch->roster.seat[task->point].is_reference || failed_point(batch, task->point))
            continue;
        if (!batch_wants(batch, task->point, task->block) &&
            (!batch_needs(batch, task->point, task->block) ||
             recall(work, task->point, task->block)))
            continue;
        work->next_reference++;
        return true;
    }
    return false;
}

static bool is_next(const struct batch *batch, size_t at)
{
    size_t points = batch->plan->points, point = batch->roster.order[at % points];
    return !batch->roster.seat[point].is_reference && batch_wants(batch, point, at / points);
}

/* The next points, no references, that share a trunk and want the same block: where they begin is
 * work->next, and where they end is told. No points if none are left. */
static size_t next_group(struct batch_work *work, struct block_group *group)
{
    const struct batch *batch = work->batch;
    size_t points = batch->plan->points, all = points * batch->blocks, shared = SIZE_MAX, at;
    size_t most = batch->options.unbranched ? 1 : BRANCH_MOST;
    while (work->next < all && !is_next(batch, work->next))
        work->next++;
    group->count = 0;
    for (at = work->next; at < all && group->count < most; at++) {
        size_t rows = batch->roster.shared[at % points];
        shared = at % points == 0 ? 0 : rows < shared ? rows : shared;
        if (group->count > 0 && shared == 0)
            break;
        if (!is_next(batch, at))
            continue;
        group->shared[group->count] = group->count == 0 ? 0 : shared;
        group->point[group->count++] = batch->roster.order[at % points];
        shared = SIZE_MAX;
    }
    return at;
}

static bool is_ready(const struct batch_work *work, const struct block_group *group, size_t block)
{
    for (size_t i = 0; i < group->count; i++) {
        size_t reference = reference_of(work->batch, group->point[i]);
        if (reference != PLAN_NO_REFERENCE && !failed_point(work->batch, reference) &&
            reference_block_of(work, group->point[i], block) == NULL)
            return false;
    }
    return true;
}

/* Notes a group, with what each point of it is compared with, until its result is taken. One that
 * cannot be noted ends the batch. */
static enum pool_next name_group(struct batch_work *work, const struct block_group *group,
                                 struct pool_task *task)
{
    struct group_task *open = calloc(1, sizeof *open);
    work->failed = open == NULL && !fault_memory(work->faults, "running a block");
    if (work->failed)
        return POOL_END;
    open->group = *group;
    open->next = work->open;
    work->open = open;
    for (size_t i = 0; i < group->count; i++) {
        const struct reference_block *held = reference_block_of(work, group->point[i], task->block);
        open->with[i] = held == NULL ? NULL : &held->run.values;
    }
    task->given = open;
    return POOL_TASK;
}

static void close_group(struct batch_work *work, const void *given)
{
    struct group_task **link = &work->open;
    while (*link != given)
        link = &(*link)->next;
    struct group_task *open = *link;
    *link = open->next;
    free(open);
}

static enum pool_next name(void *context, struct pool_task *task)
{
    struct batch_work *work = context;
    struct pool_task reference;
    struct block_group group;
    size_t end = next_group(work, &group), points = work->batch->plan->points;
    size_t block = work->next / points, last = work->batch->blocks - 1;
    if (group.count > 0 && block + REFERENCES_AHEAD < last)
        last = block + REFERENCES_AHEAD;
    if (next_reference(work, last, &reference) && !work->failed) {
        *task = reference;
        return name_group(work, &(struct block_group){1, {reference.point}, {0}}, task);
    }
    if (group.count == 0 || work->failed)
        return POOL_END;
    if (!is_ready(work, &group, block))
        return POOL_LATER;
    task->point = group.point[0];
    task->block = block;
    work->next = end;
    return name_group(work, &group, task);
}

/* ------------------------------------------------------------------ doing */

/* Moves member `at` from the points to be simulated to those that failed. */
static void fail(struct result *result, struct group_task *task, size_t at, struct faults *faults)
{
    struct failure *failure = &result->failure[result->failure_count++];
    failure->point = task->group.point[at];
    faults_clear(&failure->faults);
    failure->faults = *faults;
    *faults = (struct faults){0};
    block_group_drop(&task->group, at);
    for (size_t i = at; i < task->group.count; i++)
        task->with[i] = task->with[i + 1];
}

/* Whether what a point is compared with is missing, because it failed. */
static bool lacks_reference(const struct batch *batch, const struct group_task *task, size_t at)
{
    size_t point = task->group.point[at];
    return task->with[at] == NULL && !batch->roster.seat[point].is_reference &&
           reference_of(batch, point) != PLAN_NO_REFERENCE;
}

/* Simulates the points that can be; a point that cannot is left out, and the others begin anew. */
static void simulate_group(const struct batch *batch, struct group_task *task, size_t block,
                           struct workspace *workspace, struct result *result)
{
    struct faults own = {0};
    size_t at = 0;
    for (size_t i = task->group.count; i-- > 0;)
        if (lacks_reference(batch, task, i)) {
            fault_world(&own, "%s", reference_failed);
            fail(result, task, i, &own);
        }
    while (task->group.count > 0 && !result->ended &&
           !block_run_group(result->run, batch, &task->group, block, workspace, &result->ended, &at,
                            &own))
        if (!result->ended)
            fail(result, task, at < task->group.count ? at : 0, &own);
    faults_clear(&own);
}

/* Simulates a block of a group; that of a point is summed at once, that of a reference when it is
 * taken. */
static bool simulate(void *context, const struct pool_task *task, struct workspace *workspace,
                     void *into, struct faults *faults)
{
    const struct batch *batch = ((const struct batch_work *)context)->batch;
    struct group_task group = *(const struct group_task *)task->given;
    struct result *result = into;
    (void)faults;
    result->ended = false;
    result->run_count = result->failure_count = 0;
    simulate_group(batch, &group, task->block, workspace, result);
    if (result->ended)
        return true;
    result->run_count = group.group.count;
    for (size_t i = 0; i < group.group.count; i++) {
        result->point[i] = group.group.point[i];
        if (!batch->roster.seat[result->point[i]].is_reference)
            block_sum(&result->run[i].block, &result->run[i].values, group.with[i]);
    }
    return true;
}

/* ------------------------------------------------------------------ taking */

static bool enter_fault(struct batch_work *work, size_t point, const struct faults *faults)
{
    return enter_failure(work, point,
                         faults->count > 0 ? faults->fault[0].message : "out of memory");
}

static bool enter(struct batch_work *work, size_t point, size_t block, struct block_run *run)
{
    struct batch *batch = work->batch;
    bool is_reference = batch->roster.seat[point].is_reference;
    size_t ahead = is_reference ? REFERENCES_AHEAD : 0;
    batch->living_seconds += run->seconds;
    if (!batch_has_block(batch, point, block))
        batch->lived += run->block.key.count;
    reference_blocks_drop(&work->held, block > ahead ? block - ahead : 0);
    if (is_reference)
        return hold(work, point, block, run, false);
    return batch_enter(batch, point, block, &run->block, work->faults);
}

static bool enter_all(struct batch_work *work, const struct pool_task *task, struct result *result)
{
    bool ok = true;
    for (size_t i = 0; ok && i < result->run_count; i++)
        ok = enter(work, result->point[i], task->block, &result->run[i]);
    for (size_t i = 0; ok && i < result->failure_count; i++) {
        const struct failure *failure = &result->failure[i];
        ok = enter_fault(work, failure->point, &failure->faults);
    }
    return ok && (result->failure_count == 0 || enter_all_held(work));
}

static bool take(void *context, const struct pool_task *task, void *from)
{
    struct batch_work *work = context;
    struct batch *batch = work->batch;
    struct result *result = from;
    close_group(work, task->given);
    batch->ended |= result->ended;
    if (result->ended)
        return false;
    work->failed = !enter_all(work, task, result);
    if (!work->failed && batch->options.progress != NULL)
        batch->options.progress(batch->options.context, batch);
    return !work->failed;
}

static bool take_failure(void *context, const struct pool_task *task, struct faults *faults)
{
    struct batch_work *work = context;
    const struct block_group group = ((const struct group_task *)task->given)->group;
    close_group(work, task->given);
    for (size_t i = 0; !work->failed && i < group.count; i++)
        work->failed = !enter_fault(work, group.point[i], faults);
    work->failed = work->failed || !enter_all_held(work);
    return !work->failed;
}

static void result_clear(void *context)
{
    struct result *result = context;
    for (size_t i = 0; i < BRANCH_MOST; i++) {
        block_run_clear(&result->run[i]);
        faults_clear(&result->failure[i].faults);
    }
}

bool batch_run(struct batch *batch, struct faults *faults)
{
    struct batch_work work = {.batch = batch, .faults = faults};
    const struct pool_study study = {
        .context = &work,
        .result_bytes = sizeof(struct result),
        .result_clear = result_clear,
        .next = name,
        .work = simulate,
        .take = take,
        .failed = take_failure,
    };
    bool ok = pool_run(&study, batch->options.threads, &batch->agent_steps, faults);
    reference_blocks_drop(&work.held, SIZE_MAX);
    while (work.open != NULL)
        close_group(&work, work.open);
    return ok && !work.failed;
}
