#include "engine/ensemble.h"

#include "engine/replicate.h"
#include "model/district.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <time.h>

/* Replicates between two looks at the precision reached. */
enum { LOOK_EVERY = 500 };

/* Finished replicates that may wait, for each thread, until those before them are finished. */
enum { SLOTS_A_THREAD = 4 };

/* Where a replicate is written and waits to be handed in. */
struct slot {
    struct replicate replicate, twin;
    enum { SLOT_FREE, SLOT_DONE, SLOT_FAILED } state;
};

/* What the threads share. The lock guards all below it but the summary, which belongs to the thread
 * that hands in. */
struct work {
    const struct scenario *scenario;
    const struct ensemble_options *options;
    size_t slot_count;
    struct slot *slot; /* replicate i of the run is in slot i % slot_count */
    omp_lock_t lock;
    struct summary *summary;
    struct faults *faults;
    size_t taken, handed_in; /* replicates of the run */
    uint64_t agent_steps;
    bool handing_in; /* a thread does */
    bool ended, failed, stopped;
};

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
    size_t done = work->summary->replicates;
    return work->options->precision > 0.0 && done % LOOK_EVERY == 0 &&
           ensemble_half_width(work->summary) <= work->options->precision;
}

static bool has_twin(const struct ensemble_options *options, size_t number)
{
    return options->twin_every > 0 && number % options->twin_every == 0;
}

/* No further replicates are taken or added. */
static void end(struct work *work, bool stopped)
{
    omp_set_lock(&work->lock);
    work->ended = true;
    work->stopped |= stopped;
    omp_unset_lock(&work->lock);
}

/* Adds one finished replicate. */
static void add(struct work *work, const struct slot *slot, size_t number)
{
    const struct ensemble_options *options = work->options;
    struct outcome outcome = replicate_outcome(&slot->replicate, number);
    struct outcome twin = replicate_outcome(&slot->twin, number);
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

/* The slot of the next replicate in order, if it has been lived and is wanted. */
static struct slot *next_lived(struct work *work)
{
    struct slot *slot = &work->slot[work->handed_in % work->slot_count];
    return work->ended || slot->state == SLOT_FREE ? NULL : slot;
}

/* Hands in all that are next in order, without the lock while at it: other threads go on living. */
static void hand_in_lived(struct work *work)
{
    work->handing_in = true;
    for (struct slot *slot; (slot = next_lived(work)) != NULL; work->handed_in++) {
        size_t number = work->options->first + work->handed_in;
        omp_unset_lock(&work->lock);
        if (slot->state == SLOT_DONE)
            add(work, slot, number);
        else
            end(work, false);
        omp_set_lock(&work->lock);
        slot->state = SLOT_FREE;
    }
    work->handing_in = false;
}

/* Marks a replicate as lived. If another thread hands in, it will find it there. */
static void hand_in(struct work *work, size_t index, bool lived)
{
    omp_set_lock(&work->lock);
    work->slot[index % work->slot_count].state = lived ? SLOT_DONE : SLOT_FAILED;
    if (!work->handing_in)
        hand_in_lived(work);
    omp_unset_lock(&work->lock);
}

enum taken { TAKEN, TAKEN_NONE, TAKEN_LATER };

/* The next replicate to live, if there is one and a slot for it. */
static enum taken take(struct work *work, size_t *index)
{
    enum taken taken = TAKEN;
    omp_set_lock(&work->lock);
    if (work->ended || work->taken == work->options->replicates)
        taken = TAKEN_NONE;
    else if (work->taken - work->handed_in == work->slot_count)
        taken = TAKEN_LATER;
    else
        *index = work->taken++;
    omp_unset_lock(&work->lock);
    return taken;
}

struct draw_replicate ensemble_replicate(const struct ensemble_options *options, size_t number)
{
    return (struct draw_replicate){options->seed, (uint32_t)number, (uint32_t)number,
                                   options->strata};
}

/* Luck of twins: replicates' own numbers stay below. */
#define TWIN_LUCK (UINT32_C(1) << 31)

static bool live(struct work *work, struct district *district, size_t index, struct faults *faults)
{
    const struct panel_layout *layout = &work->summary->layout;
    struct slot *slot = &work->slot[index % work->slot_count];
    size_t number = work->options->first + index;
    struct draw_replicate which = ensemble_replicate(work->options, number);
    if (!replicate_run(&slot->replicate, district, layout, &which, faults))
        return false;
    which.luck |= TWIN_LUCK;
    return !has_twin(work->options, number) ||
           replicate_run(&slot->twin, district, layout, &which, faults);
}

static void rest(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 50000}, NULL);
}

/* One thread's part of the work, in a workspace of its own. */
static void take_part(struct work *work)
{
    struct district district;
    struct faults faults = {0};
    size_t index;
    enum taken taken = TAKEN_NONE;
    bool ready = district_init(&district, work->scenario, kernels_best(), &faults);
    while (ready && (taken = take(work, &index)) != TAKEN_NONE) {
        if (taken == TAKEN)
            hand_in(work, index, live(work, &district, index, &faults));
        else
            rest();
    }
    omp_set_lock(&work->lock);
    for (size_t i = 0; i < faults.count && !work->failed; i++)
        fault_world(work->faults, "%s", faults.message[i]);
    work->failed |= faults.kind != FAULT_NONE;
    work->ended |= work->failed;
    work->agent_steps += district.agent_steps;
    omp_unset_lock(&work->lock);
    faults_clear(&faults);
    district_clear(&district);
}

static bool slots_init(struct work *work, size_t count)
{
    const struct panel_layout *layout = &work->summary->layout;
    work->slot = calloc(count, sizeof *work->slot);
    if (work->slot == NULL)
        return fault_memory(work->faults, "setting up replicates");
    for (; work->slot_count < count; work->slot_count++) {
        struct slot *slot = &work->slot[work->slot_count];
        if (!replicate_init(&slot->replicate, work->scenario, layout, work->faults) ||
            !replicate_init(&slot->twin, work->scenario, layout, work->faults)) {
            work->slot_count++; /* to be cleared as well */
            return false;
        }
    }
    return true;
}

static void slots_clear(struct work *work)
{
    for (size_t i = 0; i < work->slot_count; i++) {
        replicate_clear(&work->slot[i].replicate);
        replicate_clear(&work->slot[i].twin);
    }
    free(work->slot);
}

bool ensemble_run(const struct scenario *scenario, const struct ensemble_options *options,
                  struct summary *summary, uint64_t *agent_steps, bool *stopped,
                  struct faults *faults)
{
    struct work work = {
        .scenario = scenario, .options = options, .summary = summary, .faults = faults};
    int threads = options->threads > 0 ? options->threads : omp_get_num_procs();
    summary->looked |= options->precision > 0.0;
    bool ready = slots_init(&work, (size_t)threads * SLOTS_A_THREAD);
    if (ready) {
        omp_init_lock(&work.lock);
#pragma omp parallel num_threads(threads)
        take_part(&work);
        omp_destroy_lock(&work.lock);
    }
    slots_clear(&work);
    summary_settle(summary);
    if (agent_steps != NULL)
        *agent_steps = work.agent_steps;
    if (stopped != NULL)
        *stopped = work.stopped;
    return ready && !work.failed;
}
