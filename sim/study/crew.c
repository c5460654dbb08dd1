/* The threads of a batch; see batch_run. */
#include "study/luck.h"

#include <omp.h>
#include <stdlib.h>

/* What the threads share; `lock` guards all but the shelf, which has one of its own. */
struct crew {
    struct batch *batch;
    struct shelf shelf;
    struct faults *faults;
    size_t next; /* task: block * points + point */
    size_t *at;  /* [thread] the block that it is at */
    bool failed;
    omp_lock_t lock;
};

struct task {
    size_t point, block;
};

static bool is_wanted(const struct batch *batch, size_t point, size_t block)
{
    const struct standing *standing = &batch->standing[point];
    return batch_in_shard(batch, point) && standing->reason == NULL && block < standing->goal &&
           !batch_has_block(batch, point, block);
}

/* Takes the next task; false if there is none left. */
static bool take(struct crew *crew, struct task *task)
{
    const struct batch *batch = crew->batch;
    size_t points = batch->plan->points, all = points * batch->blocks;
    bool found = false;
    omp_set_lock(&crew->lock);
    while (!found && !crew->failed && !crew->batch->ended && crew->next < all) {
        *task = (struct task){crew->next % points, crew->next / points};
        found = is_wanted(batch, task->point, task->block);
        crew->next++;
    }
    crew->at[omp_get_thread_num()] = found ? task->block : SIZE_MAX;
    omp_unset_lock(&crew->lock);
    return found;
}

/* No thread will ask for what lies before this block. */
static size_t lowest_block(const struct crew *crew)
{
    size_t lowest = crew->next / crew->batch->plan->points;
    for (int t = 0; t < omp_get_num_threads(); t++)
        lowest = crew->at[t] < lowest ? crew->at[t] : lowest;
    return lowest;
}

/* Puts what came of a task into the journal. */
static void hand_in(struct crew *crew, struct task task, const struct block *done, double seconds,
                    struct faults *own)
{
    struct batch *batch = crew->batch;
    omp_set_lock(&crew->lock);
    if (done != NULL)
        crew->failed |= !batch_enter(batch, task.point, task.block, done, crew->faults);
    else if (own->count > 0)
        crew->failed |= !batch_enter_failure(batch, task.point, own->message[0], crew->faults);
    if (done != NULL)
        batch->lived += done->key.count;
    batch->living_seconds += seconds;
    if (done != NULL && batch->options.progress != NULL)
        batch->options.progress(batch->options.context, batch);
    size_t lowest = lowest_block(crew);
    omp_unset_lock(&crew->lock);
    shelf_drop(&crew->shelf, lowest);
    faults_clear(own);
}

/* Lives one block of a point that nothing is held against, and holds it against its reference. */
static const struct block *live_plain(struct crew *crew, struct task task, struct lived *lived,
                                      bool *ended, struct faults *own)
{
    size_t reference = crew->batch->roster.seat[task.point].reference;
    const struct lived *against = NULL;
    if (!lived_make(lived, crew->batch, task.point, task.block, ended, own))
        return NULL;
    if (reference != PLAN_NO_REFERENCE) {
        against = shelf_get(&crew->shelf, reference, task.block, ended, own);
        if (against == NULL)
            return NULL;
    }
    block_sum(&lived->block, &lived->luck, against == NULL ? NULL : &against->luck);
    return &lived->block;
}

/* The same for a reference, whose block stays on the shelf; its sums are made in a copy. */
static const struct block *live_reference(struct crew *crew, struct task task, struct lived *lived,
                                          bool *ended, struct faults *own)
{
    size_t reference = crew->batch->roster.seat[task.point].reference;
    const struct lived *it = shelf_get(&crew->shelf, task.point, task.block, ended, own);
    const struct lived *against = NULL;
    if (it != NULL && reference != PLAN_NO_REFERENCE)
        against = shelf_get(&crew->shelf, reference, task.block, ended, own);
    if (it == NULL || (reference != PLAN_NO_REFERENCE && against == NULL))
        return NULL;
    if (!block_reset(&lived->block, it->block.targets, it->block.quantities)) {
        fault_memory(own, "running a block");
        return NULL;
    }
    lived->block.key = it->block.key;
    lived->seconds = it->seconds;
    for (size_t i = 0; i < it->block.key.count; i++)
        lived->block.met[i] = it->block.met[i];
    block_sum(&lived->block, &it->luck, against == NULL ? NULL : &against->luck);
    return &lived->block;
}

static void do_task(struct crew *crew, struct task task)
{
    struct lived lived = {0};
    struct faults own = {0};
    bool ended = false;
    const struct block *done = crew->batch->roster.seat[task.point].is_reference
                                   ? live_reference(crew, task, &lived, &ended, &own)
                                   : live_plain(crew, task, &lived, &ended, &own);
    if (ended) {
        omp_set_lock(&crew->lock);
        crew->batch->ended = true;
        omp_unset_lock(&crew->lock);
        faults_clear(&own);
    } else {
        hand_in(crew, task, done, lived.seconds, &own);
    }
    lived_clear(&lived);
}

static void work(struct crew *crew)
{
    struct task task;
    while (take(crew, &task))
        do_task(crew, task);
}

bool batch_run(struct batch *batch, struct faults *faults)
{
    int threads = batch->options.threads > 0 ? batch->options.threads : omp_get_max_threads();
    struct crew crew = {.batch = batch, .faults = faults};
    crew.at = calloc((size_t)threads, sizeof *crew.at);
    if (crew.at == NULL)
        return fault_memory(faults, "starting the batch");
    shelf_init(&crew.shelf, batch);
    omp_init_lock(&crew.lock);
#pragma omp parallel num_threads(threads)
    work(&crew);
    omp_destroy_lock(&crew.lock);
    shelf_clear(&crew.shelf);
    free(crew.at);
    return !crew.failed;
}
