#include "engine/pool.h"

#include <locale.h>
#include <omp.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* Tasks, for each worker, that may be named before the first of them is taken: so many that no
 * worker runs dry while the calling thread is at a task of its own. */
enum { SLOTS_A_WORKER = 4 };

enum slot_state { SLOT_NAMED, SLOT_DONE, SLOT_FAILED };

/* A task between naming and taking. */
struct slot {
    struct pool_task task;
    enum slot_state state;
    struct faults faults;
    void *result;
};

/* `lock` guards the counts and the slots' states. Task n, counted from 0 in the order of naming, is
 * in slot n % slot_count. */
struct pool {
    const struct pool_study *study;
    struct faults *faults;
    size_t slot_count, worker_count;
    struct slot *slot;
    struct workspace *workspace; /* [worker] */
    locale_t locale;             /* the calling thread's, for all */
    size_t named, started, taken;
    bool all_named; /* the study has no more */
    bool ended;     /* nothing more is started or taken */
    bool ok;
    omp_lock_t lock;
};

/* ------------------------------------------------------------------ threads */

int pool_threads(int asked)
{
    int threads = asked > 0 ? asked : omp_get_max_threads();
    return threads < 1 ? 1 : threads > POOL_MOST_THREADS ? POOL_MOST_THREADS : threads;
}

/* Threads that only wait until all of them are there. */
struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    bool open;
};

static void *wait_at(void *context)
{
    struct gate *gate = context;
    pthread_mutex_lock(&gate->lock);
    while (!gate->open)
        pthread_cond_wait(&gate->opened, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
    return NULL;
}

/* How many of so many threads to use. OpenMP ends the program where it cannot start one, so as many
 * plain ones are tried first. Where not all come there is no room for more: half of those that came
 * leave the other half's to their workspaces. */
static int startable(int threads)
{
    struct gate gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};
    pthread_t thread[POOL_MOST_THREADS];
    int started = 0;
    while (started < threads - 1 && pthread_create(&thread[started], NULL, wait_at, &gate) == 0)
        started++;
    pthread_mutex_lock(&gate.lock);
    gate.open = true;
    pthread_cond_broadcast(&gate.opened);
    pthread_mutex_unlock(&gate.lock);
    for (int i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    return started == threads - 1 ? threads : started / 2 + 1;
}

/* ------------------------------------------------------------------ any worker */

/* The next task to do, if there is one. */
static struct slot *start(struct pool *pool)
{
    struct slot *slot = NULL;
    omp_set_lock(&pool->lock);
    if (!pool->ended && pool->started < pool->named)
        slot = &pool->slot[pool->started++ % pool->slot_count];
    omp_unset_lock(&pool->lock);
    return slot;
}

static bool do_task(struct pool *pool, struct slot *slot, struct workspace *workspace)
{
    const struct pool_study *study = pool->study;
    if (slot->result == NULL && study->result_bytes > 0)
        slot->result = calloc(1, study->result_bytes);
    if (slot->result == NULL && study->result_bytes > 0)
        return fault_memory(&slot->faults, "doing a task");
    return study->work(study->context, &slot->task, workspace, slot->result, &slot->faults);
}

static void finish(struct pool *pool, struct slot *slot, bool done)
{
    omp_set_lock(&pool->lock);
    slot->state = done ? SLOT_DONE : SLOT_FAILED;
    omp_unset_lock(&pool->lock);
}

static bool is_over(struct pool *pool)
{
    omp_set_lock(&pool->lock);
    bool over = pool->ended || (pool->all_named && pool->started == pool->named);
    omp_unset_lock(&pool->lock);
    return over;
}

static void rest(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 50000}, NULL);
}

/* Does a task, or rests where none is named. */
static void do_next(struct pool *pool, struct workspace *workspace)
{
    struct slot *slot = start(pool);
    if (slot != NULL)
        finish(pool, slot, do_task(pool, slot, workspace));
    else
        rest();
}

/* ------------------------------------------------------------------ the calling thread */

static void end(struct pool *pool, bool ok)
{
    omp_set_lock(&pool->lock);
    pool->ended = true;
    pool->ok &= ok;
    omp_unset_lock(&pool->lock);
}

static enum pool_next next_of(const struct pool *pool, struct pool_task *task)
{
    const struct pool_study *study = pool->study;
    if (study->next != NULL)
        return study->next(study->context, task);
    task->point = pool->named;
    return pool->named < study->count ? POOL_TASK : POOL_END;
}

static void name_tasks(struct pool *pool)
{
    while (!pool->all_named && !pool->ended && pool->named - pool->taken < pool->slot_count) {
        struct slot *slot = &pool->slot[pool->named % pool->slot_count];
        slot->task = (struct pool_task){0};
        enum pool_next next = next_of(pool, &slot->task);
        omp_set_lock(&pool->lock);
        slot->state = SLOT_NAMED;
        pool->named += next == POOL_TASK;
        pool->all_named = next == POOL_END;
        omp_unset_lock(&pool->lock);
        ASSERT(next != POOL_LATER || pool->taken < pool->named);
        if (next != POOL_TASK)
            return;
    }
}

static void take_failed(struct pool *pool, struct slot *slot)
{
    const struct pool_study *study = pool->study;
    bool goes_on = false;
    if (study->failed != NULL)
        goes_on = study->failed(study->context, &slot->task, &slot->faults);
    else
        faults_take(pool->faults, &slot->faults);
    faults_clear(&slot->faults);
    if (!goes_on)
        end(pool, study->failed != NULL);
}

static enum slot_state state_of(struct pool *pool, const struct slot *slot)
{
    omp_set_lock(&pool->lock);
    enum slot_state state = slot->state;
    omp_unset_lock(&pool->lock);
    return state;
}

/* Takes all that are next in order. */
static void take_done(struct pool *pool)
{
    const struct pool_study *study = pool->study;
    while (!pool->ended && pool->taken < pool->named) {
        struct slot *slot = &pool->slot[pool->taken % pool->slot_count];
        enum slot_state state = state_of(pool, slot);
        if (state == SLOT_NAMED)
            return;
        if (state == SLOT_FAILED)
            take_failed(pool, slot);
        else if (!study->take(study->context, &slot->task, slot->result))
            end(pool, true);
        pool->taken++;
    }
}

static void lead(struct pool *pool, struct workspace *workspace)
{
    for (;;) {
        take_done(pool);
        name_tasks(pool);
        if (pool->ended || (pool->all_named && pool->taken == pool->named))
            return;
        do_next(pool, workspace);
    }
}

static void take_part(struct pool *pool, int worker)
{
    struct workspace *workspace = &pool->workspace[worker];
    locale_t was = uselocale(pool->locale);
    if (worker == 0)
        lead(pool, workspace);
    else
        while (!is_over(pool))
            do_next(pool, workspace);
    uselocale(was);
}

/* ------------------------------------------------------------------ the whole */

static void pool_clear(struct pool *pool)
{
    for (size_t i = 0; pool->slot != NULL && i < pool->slot_count; i++) {
        struct slot *slot = &pool->slot[i];
        if (slot->result != NULL && pool->study->result_clear != NULL)
            pool->study->result_clear(slot->result);
        free(slot->result);
        faults_clear(&slot->faults);
    }
    for (size_t i = 0; pool->workspace != NULL && i < pool->worker_count; i++)
        workspace_clear(&pool->workspace[i]);
    free(pool->slot);
    free(pool->workspace);
}

bool pool_run(const struct pool_study *study, int threads, uint64_t *agent_steps,
              struct faults *faults)
{
    int workers = startable(pool_threads(threads));
    struct pool pool = {.study = study, .faults = faults, .ok = true, .locale = uselocale(NULL)};
    pool.worker_count = (size_t)workers;
    pool.slot_count = pool.worker_count * SLOTS_A_WORKER;
    pool.slot = calloc(pool.slot_count, sizeof *pool.slot);
    pool.workspace = calloc(pool.worker_count, sizeof *pool.workspace);
    if (pool.slot == NULL || pool.workspace == NULL)
        pool.ok = fault_memory(faults, "starting the workers");
    if (pool.ok) {
        omp_init_lock(&pool.lock);
#pragma omp parallel num_threads(workers)
        take_part(&pool, omp_get_thread_num());
        omp_destroy_lock(&pool.lock);
    }
    for (size_t i = 0; agent_steps != NULL && pool.workspace != NULL && i < pool.worker_count; i++)
        *agent_steps += workspace_agent_steps(&pool.workspace[i]);
    pool_clear(&pool);
    return pool.ok;
}

/* ------------------------------------------------------------------ a map */

struct map {
    bool (*work)(void *context, size_t index, struct workspace *workspace, struct faults *faults);
    void *context;
};

static bool map_work(void *context, const struct pool_task *task, struct workspace *workspace,
                     void *result, struct faults *faults)
{
    const struct map *map = context;
    (void)result;
    return map->work(map->context, task->point, workspace, faults);
}

static bool map_take(void *context, const struct pool_task *task, void *result)
{
    (void)context, (void)task, (void)result;
    return true;
}

bool pool_map(int threads, size_t count,
              bool (*work)(void *context, size_t index, struct workspace *workspace,
                           struct faults *faults),
              void *context, struct faults *faults)
{
    struct map map = {work, context};
    const struct pool_study study = {
        .context = &map, .count = count, .work = map_work, .take = map_take};
    return pool_run(&study, threads, NULL, faults);
}

/* ------------------------------------------------------------------ one replicate again */

struct again {
    const struct scenario *scenario;
    const struct draw_replicate *which;
    struct replicate_watch *watch;
    void (*each)(void *context, const struct outcome *outcome);
    void *context;
};

static bool simulate_again(void *context, size_t index, struct workspace *workspace,
                           struct faults *faults)
{
    const struct again *again = context;
    (void)index;
    if (!workspace_keep(workspace, again->scenario, faults) ||
        !replicate_run_watched(&workspace->replicate, &workspace->district, &workspace->layout,
                               again->which, again->watch, faults))
        return false;
    if (again->each != NULL && !again->watch->ended) {
        struct outcome outcome = replicate_outcome(&workspace->replicate, again->which->luck);
        again->each(again->context, &outcome);
    }
    return true;
}

bool pool_again(const struct scenario *scenario, const struct draw_replicate *which,
                struct replicate_watch *watch,
                void (*each)(void *context, const struct outcome *outcome), void *context,
                struct faults *faults)
{
    struct again again = {scenario, which, watch, each, context};
    return pool_map(1, 1, simulate_again, &again, faults);
}
