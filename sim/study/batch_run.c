/* The blocks of a batch as tasks of the pool; see batch_run.
 *
 * Tasks go round all points, block by block, so that a batch that ends early is balanced. Blocks of
 * references go first: a block ahead of the points that are compared with them, so that nobody has
 * to wait. Their values are kept until no task needs them. After a batch is resumed the values of a
 * block that the store has are simulated again if they are needed: they are the same.
 */
#include "engine/pool.h"
#include "study/block_run.h"

#include <stdlib.h>
#include <string.h>

/* Blocks that references may be ahead of the points compared with them. */
enum { REFERENCES_AHEAD = 1 };

static const char reference_failed[] = "the reference that it is compared with failed";

/* A block of a reference; on the heap, so that tasks may keep its address. */
struct reference_block {
    struct reference_block *next;
    size_t point, block;
    struct block_run run;
    bool entered; /* its record is in the store */
};

struct batch_work {
    struct batch *batch;
    struct faults *faults;
    size_t next;           /* point and block to come: block * points + point */
    size_t next_reference; /* the same, of references */
    struct reference_block *held;
    bool failed; /* trouble with the store */
};

struct result {
    struct block_run run;
    bool ended;
};

/* ------------------------------------------------------------------ references */

static struct reference_block *find_held(const struct batch_work *work, size_t point, size_t block)
{
    struct reference_block *held = work->held;
    while (held != NULL && (held->point != point || held->block != block))
        held = held->next;
    return held;
}

static size_t reference_of(const struct batch *batch, size_t point)
{
    return batch->roster.seat[point].reference;
}

/* Frees the blocks of references before this one. */
static void drop_held(struct batch_work *work, size_t block)
{
    for (struct reference_block **link = &work->held; *link != NULL;) {
        struct reference_block *held = *link;
        if (held->block >= block) {
            link = &held->next;
            continue;
        }
        *link = held->next;
        block_run_clear(&held->run);
        free(held);
    }
}

static bool failed_point(const struct batch *batch, size_t point)
{
    return batch->standing[point].reason != NULL;
}

/* ------------------------------------------------------------------ naming */

static bool is_wanted(const struct batch *batch, size_t point, size_t block)
{
    return batch_in_shard(batch, point) && !failed_point(batch, point) &&
           block < batch->standing[point].goal && !batch_has_block(batch, point, block);
}

/* Whether a point that is compared with this one lacks the block. */
static bool is_needed(const struct batch *batch, size_t reference, size_t block)
{
    bool needed = false;
    for (size_t p = 0; !needed && p < batch->plan->points; p++)
        needed = reference_of(batch, p) == reference && is_wanted(batch, p, block);
    return needed;
}

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
        if (is_wanted(batch, task->point, task->block) ||
            is_needed(batch, task->point, task->block)) {
            work->next_reference++;
            return true;
        }
    }
    return false;
}

/* The next block of a point that is no reference, which stays the next; false if none is left. */
static bool next_point(struct batch_work *work, struct pool_task *task)
{
    const struct batch *batch = work->batch;
    size_t points = batch->plan->points, all = points * batch->blocks;
    for (; work->next < all; work->next++) {
        *task = (struct pool_task){.point = work->next % points, .block = work->next / points};
        if (!batch->roster.seat[task->point].is_reference &&
            is_wanted(batch, task->point, task->block))
            return true;
    }
    return false;
}

static bool is_ready(const struct batch_work *work, const struct pool_task *task)
{
    size_t reference = reference_of(work->batch, task->point);
    return reference == PLAN_NO_REFERENCE || failed_point(work->batch, reference) ||
           find_held(work, reference, task->block) != NULL;
}

static enum pool_next name(void *context, struct pool_task *task)
{
    struct batch_work *work = context;
    struct pool_task reference, point;
    bool found = next_point(work, &point);
    size_t last = work->batch->blocks - 1;
    if (found && point.block + REFERENCES_AHEAD < last)
        last = point.block + REFERENCES_AHEAD;
    if (next_reference(work, last, &reference)) {
        *task = reference;
        return POOL_TASK;
    }
    if (!found)
        return POOL_END;
    if (!is_ready(work, &point))
        return POOL_LATER;
    size_t with = reference_of(work->batch, point.point);
    const struct reference_block *held =
        with == PLAN_NO_REFERENCE ? NULL : find_held(work, with, point.block);
    *task = point;
    task->given = held == NULL ? NULL : &held->run.values;
    work->next++;
    return POOL_TASK;
}

/* ------------------------------------------------------------------ doing */

/* Simulates a block; that of a point is summed at once, that of a reference when it is taken. */
static bool simulate(void *context, const struct pool_task *task, struct workspace *workspace,
                     void *into, struct faults *faults)
{
    const struct batch_work *work = context;
    const struct batch *batch = work->batch;
    struct result *result = into;
    bool compared = reference_of(batch, task->point) != PLAN_NO_REFERENCE;
    bool is_reference = batch->roster.seat[task->point].is_reference;
    if (compared && !is_reference && task->given == NULL)
        return fault_world(faults, "%s", reference_failed);
    result->ended = false;
    if (!block_run_make(&result->run, batch, task->point, task->block, workspace, &result->ended,
                        faults))
        return result->ended;
    if (!is_reference)
        block_sum(&result->run.block, &result->run.values, task->given);
    return true;
}

/* ------------------------------------------------------------------ taking */

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
    const struct reference_block *with =
        reference == PLAN_NO_REFERENCE ? NULL : find_held(work, reference, held->block);
    if (held->entered)
        return true;
    if (with == NULL && reference != PLAN_NO_REFERENCE)
        return !failed_point(batch, reference) ||
               enter_failure(work, held->point, reference_failed);
    held->entered = true;
    block_sum(&held->run.block, &held->run.values, with == NULL ? NULL : &with->run.values);
    return batch_has_block(batch, held->point, held->block) ||
           batch_enter(batch, held->point, held->block, &held->run.block, work->faults);
}

static bool enter_all_held(struct batch_work *work)
{
    bool ok = true;
    for (struct reference_block *held = work->held; ok && held != NULL; held = held->next)
        ok = enter_held(work, held);
    return ok;
}

/* Keeps the block of a reference, and enters all that waited for it. */
static bool hold(struct batch_work *work, const struct pool_task *task, struct block_run *run)
{
    struct reference_block *held = calloc(1, sizeof *held);
    if (held == NULL)
        return fault_memory(work->faults, "running a block");
    *held = (struct reference_block){work->held, task->point, task->block, *run, false};
    *run = (struct block_run){0};
    work->held = held;
    return enter_all_held(work);
}

static bool enter(struct batch_work *work, const struct pool_task *task, struct block_run *run)
{
    bool is_reference = work->batch->roster.seat[task->point].is_reference;
    size_t ahead = is_reference ? REFERENCES_AHEAD : 0;
    drop_held(work, task->block > ahead ? task->block - ahead : 0);
    if (is_reference)
        return hold(work, task, run);
    return batch_enter(work->batch, task->point, task->block, &run->block, work->faults);
}

static bool take(void *context, const struct pool_task *task, void *from)
{
    struct batch_work *work = context;
    struct batch *batch = work->batch;
    struct result *result = from;
    batch->living_seconds += result->run.seconds;
    if (result->ended) {
        batch->ended = true;
        return false;
    }
    if (!batch_has_block(batch, task->point, task->block))
        batch->lived += result->run.block.key.count;
    work->failed = !enter(work, task, &result->run);
    if (!work->failed && batch->options.progress != NULL)
        batch->options.progress(batch->options.context, batch);
    return !work->failed;
}

static bool take_failure(void *context, const struct pool_task *task, struct faults *faults)
{
    struct batch_work *work = context;
    const char *reason = faults->count > 0 ? faults->message[0] : "out of memory";
    work->failed = !enter_failure(work, task->point, reason) || !enter_all_held(work);
    return !work->failed;
}

static void result_clear(void *result)
{
    block_run_clear(&((struct result *)result)->run);
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
    bool ok = pool_run(&study, batch->options.threads, NULL, faults);
    drop_held(&work, SIZE_MAX);
    return ok && !work.failed;
}
