#include "ensemble/ensemble.h"

#include "ensemble/replicate.h"
#include "measure/estimate.h"

#include <math.h>
#include <omp.h>

/* Replicates between two looks at the precision reached. */
enum { LOOK_EVERY = 500 };

/* What the threads share. */
struct work {
    const struct scenario *scenario;
    const struct ensemble_options *options;
    struct summary *summary;
    struct faults *faults;
    uint64_t agent_steps;
    bool ended, failed, stopped;
};

static double half_width(uint64_t hits, uint64_t trials)
{
    struct interval interval = estimate_proportion(hits, trials, 0.95);
    return 0.5 * (interval.high - interval.low);
}

double ensemble_half_width(const struct summary *summary)
{
    const size_t *count = summary->scenario->centre.count;
    double widest = 0.0;
    for (size_t i = 0; i < count[SECTION_TARGETS]; i++)
        widest = fmax(widest, half_width(summary->target[i].met, summary->replicates));
    for (size_t i = 0; i < count[SECTION_JOINT_TARGETS]; i++)
        widest = fmax(widest, half_width(summary->joint_met[i], summary->replicates));
    return widest;
}

static bool precise(const struct work *work)
{
    size_t done = work->summary->replicates;
    return work->options->precision > 0.0 && done % LOOK_EVERY == 0 &&
           ensemble_half_width(work->summary) <= work->options->precision;
}

/* No further replicates are taken or added. */
static void end(struct work *work, bool stopped)
{
    work->stopped |= stopped;
#pragma omp atomic write
    work->ended = true;
}

/* One thread's own. */
struct bench {
    struct district district;
    struct replicate replicate, twin;
    struct faults faults;
};

static bool has_twin(const struct ensemble_options *options, size_t number)
{
    return options->twin_every > 0 && number % options->twin_every == 0;
}

/* Adds one finished replicate; runs in replicate order, one thread at a time. */
static void hand_in(struct work *work, const struct bench *bench, size_t number)
{
    const struct ensemble_options *options = work->options;
    struct outcome outcome = replicate_outcome(&bench->replicate, number);
    struct outcome twin = replicate_outcome(&bench->twin, number);
    if (work->ended)
        return;
    if (has_twin(options, number))
        outcome.twin = &twin;
    if (options->each != NULL && !options->each(options->context, &outcome)) {
        end(work, true);
        return;
    }
    summary_add(work->summary, &outcome);
    size_t done = number - options->first + 1;
    if (options->progress != NULL &&
        !options->progress(options->context, done, options->replicates))
        end(work, true);
    else if (precise(work))
        end(work, false);
}

struct draw_replicate ensemble_replicate(const struct ensemble_options *options, size_t number)
{
    return (struct draw_replicate){options->seed, (uint32_t)number, (uint32_t)number,
                                   options->strata};
}

static void fail(struct work *work, struct faults *own)
{
#pragma omp critical(ensemble_faults)
    {
        if (!work->failed)
            for (size_t i = 0; i < own->count; i++)
                fault_world(work->faults, "%s", own->message[i]);
        work->failed = true;
    }
    faults_clear(own);
}

static bool bench_init(struct bench *bench, const struct work *work)
{
    const struct panel_layout *layout = &work->summary->layout;
    *bench = (struct bench){0};
    return district_init(&bench->district, work->scenario, kernels_best(), &bench->faults) &&
           replicate_init(&bench->replicate, work->scenario, layout, &bench->faults) &&
           replicate_init(&bench->twin, work->scenario, layout, &bench->faults);
}

static void bench_clear(struct bench *bench)
{
    district_clear(&bench->district);
    replicate_clear(&bench->replicate);
    replicate_clear(&bench->twin);
}

/* Luck of twins: replicates' own numbers stay below. */
#define TWIN_LUCK (UINT32_C(1) << 31)

static bool live(struct bench *bench, const struct work *work, size_t number)
{
    const struct panel_layout *layout = &work->summary->layout;
    struct draw_replicate which = ensemble_replicate(work->options, number);
    if (!replicate_run(&bench->replicate, &bench->district, layout, &which, &bench->faults))
        return false;
    which.luck |= TWIN_LUCK;
    return !has_twin(work->options, number) ||
           replicate_run(&bench->twin, &bench->district, layout, &which, &bench->faults);
}

/* One thread's share. Whoever comes first takes the next replicate; results are handed in in
 * order. */
static void share_work(struct work *work)
{
    struct bench bench;
    bool ready = bench_init(&bench, work);
#pragma omp for ordered schedule(dynamic, 1)
    for (size_t i = 0; i < work->options->replicates; i++) {
        size_t number = work->options->first + i;
        bool idle;
#pragma omp atomic read
        idle = work->ended;
        bool done = ready && !idle && live(&bench, work, number);
#pragma omp ordered
        {
            if (done)
                hand_in(work, &bench, number);
            else if (!idle)
                end(work, false);
        }
    }
    if (bench.faults.count > 0 || bench.faults.truncated)
        fail(work, &bench.faults);
#pragma omp atomic
    work->agent_steps += bench.district.agent_steps;
    bench_clear(&bench);
}

bool ensemble_run(const struct scenario *scenario, const struct ensemble_options *options,
                  struct summary *summary, uint64_t *agent_steps, bool *stopped,
                  struct faults *faults)
{
    struct work work = {
        .scenario = scenario, .options = options, .summary = summary, .faults = faults};
    int threads = options->threads > 0 ? options->threads : omp_get_num_procs();
#pragma omp parallel num_threads(threads)
    share_work(&work);
    if (agent_steps != NULL)
        *agent_steps = work.agent_steps;
    if (stopped != NULL)
        *stopped = work.stopped;
    return !work.failed;
}
