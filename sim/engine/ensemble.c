#include "engine/ensemble.h"

#include "engine/pool.h"
#include "stats/looks.h"

#include <math.h>

/* What one task gives: a replicate, and its inner replicate where it has one. */
struct result {
    struct replicate replicate, twin;
    bool made;
};

struct work {
    const struct scenario *scenario;
    const struct ensemble_options *options;
    struct summary *summary;
    uint64_t last_look; /* blocks of a run with a precision */
    bool stopped;
};

/* ------------------------------------------------------------------ precision */

static double half_width(const struct summary *summary, uint64_t met)
{
    struct interval interval = summary_interval(summary, met);
    return 0.5 * (interval.high - interval.low);
}

double ensemble_half_width(const struct summary *summary)
{
    const size_t *count = summary->scenario->centre.count;
    double widest = 0.0;
    for (size_t i = 0; i < count[SECTION_TARGETS]; i++)
        widest = fmax(widest, half_width(summary, summary->target[i].met));
    for (size_t i = 0; i < count[SECTION_JOINT_TARGETS]; i++)
        widest = fmax(widest, half_width(summary, summary->joint_met[i]));
    return widest;
}

static bool precise(const struct work *work)
{
    uint64_t done = work->summary->replicates;
    return work->options->precision > 0.0 && done % DRAW_BLOCK == 0 &&
           looks_is_at(done / DRAW_BLOCK, work->last_look) &&
           ensemble_half_width(work->summary) <= work->options->precision;
}

/* ------------------------------------------------------------------ one replicate */

static bool has_twin(const struct ensemble_options *options, size_t number)
{
    return options->twin_every > 0 && number % options->twin_every == 0;
}

struct draw_replicate ensemble_replicate(const struct ensemble_options *options, size_t number)
{
    return (struct draw_replicate){options->seed, (uint32_t)number, (uint32_t)number,
                                   options->strata};
}

static bool result_make(struct result *result, const struct work *work, struct faults *faults)
{
    const struct panel_layout *layout = &work->summary->layout;
    if (!result->made)
        result->made = replicate_init(&result->replicate, work->scenario, layout, faults) &&
                       replicate_init(&result->twin, work->scenario, layout, faults);
    return result->made;
}

static void result_clear(void *context)
{
    struct result *result = context;
    replicate_clear(&result->replicate);
    replicate_clear(&result->twin);
}

static bool simulate(void *context, const struct pool_task *task, struct workspace *workspace,
                     void *into, struct faults *faults)
{
    const struct work *work = context;
    const struct panel_layout *layout = &work->summary->layout;
    struct result *result = into;
    size_t number = work->options->first + task->point;
    struct draw_replicate which = ensemble_replicate(work->options, number);
    if (!result_make(result, work, faults) || !workspace_keep(workspace, work->scenario, faults) ||
        !replicate_run(&result->replicate, &workspace->district, layout, &which, faults))
        return false;
    which.luck += NUMBER_INNER;
    return !has_twin(work->options, number) ||
           replicate_run(&result->twin, &workspace->district, layout, &which, faults);
}

/* ------------------------------------------------------------------ all replicates, in order */

static bool stop(struct work *work)
{
    work->stopped = true;
    return false;
}

static bool add(void *context, const struct pool_task *task, void *from)
{
    struct work *work = context;
    struct result *result = from;
    const struct ensemble_options *options = work->options;
    size_t number = options->first + task->point;
    struct outcome outcome = replicate_outcome(&result->replicate, number);
    struct outcome twin = replicate_outcome(&result->twin, number);
    if (has_twin(options, number))
        outcome.twin = &twin;
    if (options->each != NULL && !options->each(options->context, &outcome))
        return stop(work);
    summary_add(work->summary, &outcome);
    if (options->progress != NULL &&
        !options->progress(options->context, task->point + 1, options->replicates))
        return stop(work);
    return !precise(work);
}

bool ensemble_run(const struct scenario *scenario, const struct ensemble_options *options,
                  struct summary *summary, uint64_t *agent_steps, bool *stopped,
                  struct faults *faults)
{
    struct work work = {.scenario = scenario, .options = options, .summary = summary};
    struct pool_study study = {
        .context = &work,
        .result_bytes = sizeof(struct result),
        .result_clear = result_clear,
        .count = options->replicates,
        .work = simulate,
        .take = add,
    };
    uint64_t steps = 0;
    uint64_t all = (options->first + options->replicates + DRAW_BLOCK - 1) / DRAW_BLOCK;
    summary->looked |= options->precision > 0.0;
    if (options->precision > 0.0)
        work.last_look = looks_last(options->precision, DRAW_BLOCK, all);
    if (summary->replicates > 0 && precise(&work)) /* it was when it was ended */
        study.count = 0;
    bool ok = pool_run(&study, options->threads, &steps, faults);
    summary_settle(summary);
    if (agent_steps != NULL)
        *agent_steps = steps;
    if (stopped != NULL)
        *stopped = work.stopped;
    return ok;
}
