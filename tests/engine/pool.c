/* The pool: results are taken in the order of naming, whatever the workers; a study may wait for
 * results, fail or end. The smallest study of docs/decisions/0012-one-pool.md. */
#include "engine/pool.h"

#include "engine/workspace.h"
#include "fixture.h"
#include "support/world.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <time.h>

enum { TASKS = 200 };

/* A study that adds up squares, in order, and sees how far naming is ahead of taking. */
struct adding {
    size_t named, taken, ahead, fails_at, ends_at, waits_after;
    uint64_t sum;
    bool in_order, failed;
};

static enum pool_next add_next(void *context, struct pool_task *task)
{
    struct adding *adding = context;
    if (adding->named == TASKS)
        return POOL_END;
    if (adding->waits_after > 0 && adding->named - adding->taken == adding->waits_after)
        return POOL_LATER;
    size_t ahead = adding->named - adding->taken;
    adding->ahead = ahead > adding->ahead ? ahead : adding->ahead;
    task->point = adding->named++;
    task->given = adding;
    return POOL_TASK;
}

/* Later tasks are the quicker ones, so that they are done out of order. */
static bool add_work(void *context, const struct pool_task *task, struct workspace *workspace,
                     void *result, struct faults *faults)
{
    const struct adding *adding = task->given;
    cr_assert(context == adding && workspace != NULL);
    nanosleep(&(struct timespec){.tv_nsec = (long)(TASKS - task->point) % 7 * 100000}, NULL);
    *(uint64_t *)result = task->point * task->point;
    return task->point + 1 != adding->fails_at || fault_world(faults, "made to fail");
}

static bool add_take(void *context, const struct pool_task *task, void *result)
{
    struct adding *adding = context;
    adding->in_order &= task->point == adding->taken;
    adding->taken++;
    adding->sum += *(uint64_t *)result;
    return task->point + 1 != adding->ends_at;
}

static bool add_failed(void *context, const struct pool_task *task, struct faults *faults)
{
    struct adding *adding = context;
    cr_assert(faults->count == 1 && task->point + 1 == adding->fails_at);
    adding->failed = true;
    adding->taken++;
    return true;
}

static struct adding add(struct adding adding, int threads, bool takes_failures,
                         struct faults *faults, bool *ok)
{
    const struct pool_study study = {
        .context = &adding,
        .result_bytes = sizeof(uint64_t),
        .next = add_next,
        .work = add_work,
        .take = add_take,
        .failed = takes_failures ? add_failed : NULL,
    };
    adding.in_order = true;
    *ok = pool_run(&study, threads, NULL, faults);
    return adding;
}

static uint64_t squares(uint64_t n)
{
    return (n - 1) * n * (2 * n - 1) / 6;
}

Test(pool, takes_in_order_for_any_number_of_workers)
{
    const int threads[] = {1, 2, 5, 16};
    for (size_t i = 0; i < 4; i++) {
        struct faults faults = {0};
        bool ok;
        struct adding adding = add((struct adding){0}, threads[i], false, &faults, &ok);
        cr_expect(ok && adding.in_order && adding.taken == TASKS);
        cr_expect_eq(adding.sum, squares(TASKS));
        cr_expect(adding.ahead > (size_t)threads[i], "workers are kept busy: %zu", adding.ahead);
    }
}

Test(pool, waits_where_a_study_has_to_see_results)
{
    struct faults faults = {0};
    bool ok;
    struct adding adding = add((struct adding){.waits_after = 1}, 4, false, &faults, &ok);
    cr_expect(ok && adding.in_order && adding.taken == TASKS && adding.ahead == 0);
}

Test(pool, ends_where_the_study_says)
{
    struct faults faults = {0};
    bool ok;
    struct adding adding = add((struct adding){.ends_at = 50}, 4, false, &faults, &ok);
    cr_expect(ok && adding.taken == 50 && adding.sum == squares(50));
}

Test(pool, a_failure_is_the_studys_or_the_callers)
{
    struct faults faults = {0};
    bool ok;
    struct adding adding = add((struct adding){.fails_at = 50}, 4, true, &faults, &ok);
    cr_expect(ok && adding.failed && adding.taken == TASKS && faults.count == 0);
    cr_expect_eq(adding.sum, squares(TASKS) - 49 * 49);
    adding = add((struct adding){.fails_at = 50}, 4, false, &faults, &ok);
    cr_expect(!ok && adding.taken == 49 && faults.count == 1);
    cr_expect_str_eq(faults.fault[0].message, "made to fail");
    faults_clear(&faults);
}

static bool square(void *context, size_t index, struct workspace *workspace, struct faults *faults)
{
    (void)workspace;
    ((uint64_t *)context)[index] = index * index;
    return index != 999 || fault_world(faults, "the last fails");
}

Test(pool, maps_a_range)
{
    uint64_t square_of[1000], sum = 0;
    struct faults faults = {0};
    cr_expect(pool_map(3, 999, square, square_of, &faults));
    for (size_t i = 0; i < 999; i++)
        sum += square_of[i];
    cr_expect_eq(sum, squares(999));
    cr_expect(!pool_map(3, 1000, square, square_of, &faults) && faults.count == 1);
    faults_clear(&faults);
}

Test(pool, a_number_of_threads_is_held_to_what_it_may_be)
{
    setenv("OMP_NUM_THREADS", "100000", 1); /* read when OpenMP starts: of no effect here */
    cr_expect_eq(pool_threads(3), 3);
    cr_expect_eq(pool_threads(POOL_MOST_THREADS + 1), POOL_MOST_THREADS);
    cr_expect(pool_threads(0) >= 1 && pool_threads(0) <= POOL_MOST_THREADS);
}

/* ------------------------------------------------------------------ the smallest study */

struct growing {
    const struct scenario *scenario;
    size_t grown;
};

enum { REPLICATES = 60 };

static bool grow_work(void *context, const struct pool_task *task, struct workspace *workspace,
                      void *result, struct faults *faults)
{
    const struct growing *growing = context;
    const struct draw_replicate which = {1, (uint32_t)task->point, (uint32_t)task->point,
                                         REPLICATES};
    if (!workspace_keep(workspace, growing->scenario, faults) ||
        !replicate_run(&workspace->replicate, &workspace->district, &workspace->layout, &which,
                       faults))
        return false;
    const struct panel_layout *layout = &workspace->layout;
    const double *firms = workspace->replicate.panel + layout->first[INDICATOR_FIRMS];
    *(bool *)result = firms[(layout->row_count - 1) * layout->column_count] > firms[0];
    return true;
}

static bool grow_take(void *context, const struct pool_task *task, void *result)
{
    (void)task;
    ((struct growing *)context)->grown += *(bool *)result;
    return true;
}

Test(pool, the_smallest_study_counts_districts_that_grew)
{
    struct scenario *scenario = world_scenario(fixture_yaml, (const char *const[]){NULL});
    size_t grown[2];
    for (int i = 0; i < 2; i++) {
        struct growing growing = {.scenario = scenario};
        struct faults faults = {0};
        uint64_t agent_steps = 0;
        const struct pool_study study = {.context = &growing,
                                         .result_bytes = sizeof(bool),
                                         .count = REPLICATES,
                                         .work = grow_work,
                                         .take = grow_take};
        cr_assert(pool_run(&study, 1 + 3 * i, &agent_steps, &faults));
        cr_expect(agent_steps > 0);
        grown[i] = growing.grown;
    }
    cr_expect_eq(grown[0], grown[1]);
    cr_expect(grown[0] > REPLICATES / 10 && grown[0] <= REPLICATES, "%zu", grown[0]);
    scenario_free(scenario);
}
