/* The pool: the workers of the program, and its one parallel region.
 *
 * A study names tasks, workers do them, and the study takes their results in the order in which it
 * named the tasks. Naming and taking happen on the calling thread, which is a worker too; so a
 * study has no thread, no lock and no order of its own, and what it makes of its results does not
 * depend on the number of workers.
 *
 *     next   calling thread   names a task, or says that it has to see results first, or is done
 *     work   any worker       does the task in a workspace; writes its own result and nothing else
 *     take   calling thread   sees the result of every task, in order; may end the whole
 *
 * Of the tasks that are named when `take` ends the whole, some are done and not taken.
 */
#ifndef NEOBAY_ENGINE_POOL_H
#define NEOBAY_ENGINE_POOL_H

#include "engine/workspace.h"

enum { POOL_MOST_THREADS = 1024 };

/* What a study makes of its two numbers is its own affair. */
struct pool_task {
    size_t point, block;
    const void *given; /* by the study, for `work` to read; NULL where it gives nothing */
};

enum pool_next {
    POOL_TASK,  /* here is one */
    POOL_LATER, /* results of tasks that are named already have to be taken first */
    POOL_END    /* there are no more */
};

struct pool_study {
    void *context;
    size_t result_bytes; /* of one task's result: zeroed once, then used again and again */
    void (*result_clear)(void *result); /* what a result holds on the heap; may be NULL */

    size_t count; /* of tasks, where next is NULL: points 0 … count - 1 */
    enum pool_next (*next)(void *context, struct pool_task *task);
    bool (*work)(void *context, const struct pool_task *task, struct workspace *workspace,
                 void *result, struct faults *faults);
    bool (*take)(void *context, const struct pool_task *task, void *result);

    /* A task whose work returned false, in its turn; false ends the whole. NULL: its faults are
     * those of pool_run, and end it. */
    bool (*failed)(void *context, const struct pool_task *task, struct faults *faults);
};

/* Does the tasks of a study with up to `threads` workers (see pool_threads). False with faults
 * where a task failed and the study does not take failures, or memory runs out. *agent_steps
 * (may be NULL) is what was simulated. */
bool pool_run(const struct pool_study *study, int threads, uint64_t *agent_steps,
              struct faults *faults);

/* Calls `work` for every index in [0, count), in any order; each call writes what is its own. */
bool pool_map(int threads, size_t count,
              bool (*work)(void *context, size_t index, struct workspace *workspace,
                           struct faults *faults),
              void *context, struct faults *faults);

/* Simulates one replicate as the one task of a worker, watched; then hands its outcome to `each`,
 * unless that is NULL or the replicate was ended early. */
bool pool_again(const struct scenario *scenario, const struct draw_replicate *which,
                struct replicate_watch *watch,
                void (*each)(void *context, const struct outcome *outcome), void *context,
                struct faults *faults);

/* Workers for a number asked for: 0 means as many as OMP_NUM_THREADS or the machine says. Held to
 * [1, POOL_MOST_THREADS]. Where the system does not start so many threads, pool_run makes do with
 * those that it starts: the calling thread is always one. */
int pool_threads(int asked);

#endif
