#include "study/odds.h"

#include "base/memory.h"
#include "engine/replicate.h"
#include "math/cdf.h"
#include "model/district.h"
#include "stats/predictor.h"

#include <math.h>
#include <omp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Spans of the clock over which the macro paths are averaged. */
enum { SPANS = 6 };

/* Numbers of the pilot's replicates; candidates stay below. */
#define PILOT_FIRST (UINT32_C(1) << 30)

/* Chances of being lived come from a wider law than guesses do: what a linear guess misses has
 * heavier tails than a normal, and a hit that nobody expected weighs much. */
#define CAUTION 1.4

/* One thread's. */
struct worker {
    struct district district;
    struct replicate replicate;
    double *base, *feature; /* [leaf]; [feature], of a candidate */
    struct faults faults;
};

/* A replicate that is chosen to be lived, and what came of it. */
struct life {
    uint32_t number;
    bool met;
};

struct work {
    const struct scenario *scenario;
    const struct odds_options *options;
    struct panel_layout layout;
    size_t member[64]; /* targets that have to be met; the predictor's responses */
    struct predictor predictor;
    size_t fitted; /* rows of the last fit */
    struct worker *worker;
    size_t workers;
    double *guess, *chance; /* [candidate of the round] */
    struct life *life;      /* [candidate of the round] */
    double *feature;        /* [life * features] */
    double *response;       /* [life * members] */
    size_t feature_rows, response_rows;
    uint32_t first; /* number of the round's first candidate */
    size_t candidates, total, done;
    atomic_bool ended;
    bool stopped;
};

/* ------------------------------------------------------------------ a replicate unlived */

/* The targets that have to be met: the target itself, or the members of a joint one. */
static size_t find_members(const struct scenario *scenario, size_t target, size_t *member)
{
    size_t singles = scenario->centre.count[SECTION_TARGETS], count = 0;
    uint64_t all = target < singles
                       ? UINT64_C(1) << target
                       : (uint64_t)scenario->centre.joint_targets[target - singles].all_of;
    for (size_t i = 0; i < singles; i++)
        if (all >> i & 1)
            member[count++] = i;
    return count;
}

static size_t feature_count(const struct scenario *scenario)
{
    return scenario_uncertain_count(scenario) + 2 * SPANS;
}

/* Mean deviations of macro growth and of sentiment in each span. */
static void macro_features(const struct scenario *scenario, const struct draw_stream *stream,
                           double *feature)
{
    struct macro macro;
    int steps = scenario_steps(scenario), start = (int)scenario->centre.clock->start;
    memset(feature, 0, 2 * SPANS * sizeof *feature);
    macro_start(&macro, &scenario->centre, stream, start - 1);
    for (int step = 0; step < steps; step++) {
        int span = (int)((long)step * SPANS / steps);
        macro_step(&macro, &scenario->centre, stream, start + step);
        feature[span] += macro.growth_deviation * SPANS / steps;
        feature[SPANS + span] += macro.sentiment_deviation * SPANS / steps;
    }
}

static struct draw_replicate replicate_of(const struct work *work, uint32_t number)
{
    return (struct draw_replicate){.seed = work->options->seed, .luck = number, .world = number};
}

static void features_of(const struct work *work, uint32_t number, double *base, double *feature)
{
    const struct scenario *scenario = work->scenario;
    const struct draw_replicate which = replicate_of(work, number);
    const struct draw_stream stream = {which.seed, which.luck};
    policy_draw_uncertain(scenario, &which, base);
    scenario_uncertain_values(scenario, base, feature);
    macro_features(scenario, &stream, feature + work->predictor.features - 2 * SPANS);
}

/* Probability that a normal of this mean and sd meets a target; counts lie between halves. */
static double normal_meets(const struct target_params *target, double mean, double sd)
{
    double half = indicator_is_whole((enum indicator_id)target->indicator) ? 0.5 : 0.0;
    double low = (target->at_least - half - mean) / sd, high = (target->at_most + half - mean) / sd;
    if (high == INFINITY)
        return cdf_normal_above(low);
    return fmax(0.0, cdf_normal_below(high) - cdf_normal_below(low));
}

/* Guesses as if targets were independent given the features; `caution` widens the law. */
static double guess_of(const struct work *work, const double *feature, double caution)
{
    double guess = 1.0;
    for (size_t i = 0; i < work->predictor.responses; i++) {
        double mean = predictor_guess(&work->predictor, i, feature);
        double sd = fmax(caution * work->predictor.curve[i].sd, 1e-9 * (1.0 + fabs(mean)));
        guess *= normal_meets(&work->scenario->centre.targets[work->member[i]], mean, sd);
    }
    return guess;
}

/* ------------------------------------------------------------------ tasks of the threads */

static void look_at(struct work *work, struct worker *worker, size_t index)
{
    features_of(work, work->first + (uint32_t)index, worker->base, worker->feature);
    work->guess[index] = guess_of(work, worker->feature, 1.0);
    work->chance[index] = guess_of(work, worker->feature, CAUTION);
}

static void tell(struct work *work)
{
    const struct odds_options *options = work->options;
#pragma omp critical(odds_progress)
    {
        work->done++;
        if (!work->ended && options->progress != NULL &&
            !options->progress(options->context, work->done,
                               work->done > work->total ? work->done : work->total))
            work->ended = work->stopped = true;
    }
}

static void live(struct work *work, struct worker *worker, size_t index)
{
    size_t members = work->predictor.responses;
    struct life *life = &work->life[index];
    const struct draw_replicate which = replicate_of(work, life->number);
    if (work->ended)
        return;
    features_of(work, life->number, worker->base, work->feature + index * work->predictor.features);
    if (!replicate_run(&worker->replicate, &worker->district, &work->layout, &which,
                       &worker->faults)) {
        work->ended = true;
        return;
    }
    struct outcome outcome = replicate_outcome(&worker->replicate, life->number);
    life->met = outcome_met(&work->scenario->centre, &outcome) >> work->options->target & 1;
    for (size_t i = 0; i < members; i++)
        work->response[index * members + i] = worker->replicate.target_value[work->member[i]];
    tell(work);
}

/* Does a task for each index; each writes what is its own, so threads leave no trace. */
static void each(struct work *work, size_t count,
                 void (*task)(struct work *work, struct worker *worker, size_t index))
{
#pragma omp parallel for num_threads((int)work->workers) schedule(dynamic, 1)
    for (size_t i = 0; i < count; i++)
        task(work, &work->worker[omp_get_thread_num()], i);
}

/* ------------------------------------------------------------------ rounds */

/* Lives what is chosen, and teaches the predictor. */
static bool live_all(struct work *work, size_t count, struct faults *faults)
{
    size_t features = work->predictor.features, members = work->predictor.responses;
    if (!memory_reserve((void **)&work->feature, &work->feature_rows, count,
                        features * sizeof(double)) ||
        !memory_reserve((void **)&work->response, &work->response_rows, count,
                        members * sizeof(double)))
        return fault_memory(faults, "living replicates");
    each(work, count, live);
    for (size_t i = 0; i < count && !work->ended; i++)
        predictor_add(&work->predictor, work->feature + i * features, work->response + i * members);
    return !work->ended;
}

/* Anew when what is known has doubled, or is all that it can be. */
static void learn(struct work *work)
{
    size_t rows = work->predictor.rows;
    if (rows < 2 * work->fitted && !(rows == PREDICTOR_ROWS && work->fitted < rows))
        return;
    predictor_fit(&work->predictor);
    work->fitted = rows;
}

static bool is_chosen(const struct work *work, size_t index)
{
    const struct draw_stream stream = {work->options->seed, work->first + (uint32_t)index};
    struct draw_uniforms drawn =
        draw(&stream, (struct draw_agent){0, 0}, draw_when(MONTH_NEVER, PURPOSE_SCREEN, 0));
    return draw_fine(&drawn) < work->chance[index];
}

static bool live_round(struct work *work, double wanted, struct screening *screening,
                       struct faults *faults)
{
    size_t chosen = 0, next = 0;
    learn(work);
    each(work, work->candidates, look_at);
    screening_chances(work->chance, work->candidates, wanted);
    for (size_t i = 0; i < work->candidates; i++)
        if (is_chosen(work, i))
            work->life[chosen++].number = work->first + (uint32_t)i;
    if (!live_all(work, chosen, faults))
        return false;
    for (size_t i = 0; i < work->candidates; i++) {
        bool lived = next < chosen && work->life[next].number == work->first + (uint32_t)i;
        screening_add(screening, work->guess[i], work->chance[i], lived,
                      lived && work->life[next].met);
        next += lived;
    }
    screening_end_round(screening);
    work->first += (uint32_t)work->candidates;
    return true;
}

static bool live_pilot(struct work *work, size_t pilot, struct faults *faults)
{
    for (size_t i = 0; i < pilot; i++)
        work->life[i].number = PILOT_FIRST + (uint32_t)i;
    return live_all(work, pilot, faults);
}

/* ------------------------------------------------------------------ the whole */

static bool worker_init(struct worker *worker, const struct work *work, struct faults *faults)
{
    const struct scenario *scenario = work->scenario;
    bool ready = district_init(&worker->district, scenario, kernels_best(), faults) &&
                 replicate_init(&worker->replicate, scenario, &work->layout, faults);
    worker->base = memory_aligned(scenario->leaf_count, sizeof(double));
    worker->feature = memory_aligned(work->predictor.features, sizeof(double));
    return ready && ((worker->base != NULL && worker->feature != NULL) ||
                     fault_memory(faults, "setting up the threads"));
}

static void worker_clear(struct worker *worker)
{
    district_clear(&worker->district);
    replicate_clear(&worker->replicate);
    free(worker->base);
    free(worker->feature);
    faults_clear(&worker->faults);
}

static bool work_init(struct work *work, size_t lives, struct faults *faults)
{
    const struct scenario *scenario = work->scenario;
    size_t threads = (size_t)work->options->threads;
    size_t members = find_members(scenario, work->options->target, work->member);
    if (!panel_layout_init(&work->layout, scenario, faults) ||
        !predictor_init(&work->predictor, feature_count(scenario), members, faults))
        return false;
    work->guess = memory_aligned(work->candidates, sizeof(double));
    work->chance = memory_aligned(work->candidates, sizeof(double));
    work->life = calloc(lives, sizeof *work->life);
    work->worker = calloc(threads, sizeof *work->worker);
    if (!work->guess || !work->chance || !work->life || !work->worker)
        return fault_memory(faults, "setting up candidates");
    bool ready = true;
    for (; ready && work->workers < threads; work->workers++)
        ready = worker_init(&work->worker[work->workers], work, faults);
    return ready;
}

static void work_clear(struct work *work)
{
    for (size_t i = 0; i < work->workers; i++)
        worker_clear(&work->worker[i]);
    free(work->worker);
    free(work->guess);
    free(work->chance);
    free(work->life);
    free(work->feature);
    free(work->response);
    predictor_clear(&work->predictor);
    panel_layout_clear(&work->layout);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

bool odds_run(struct odds *odds, const struct scenario *scenario,
              const struct odds_options *options, struct faults *faults)
{
    size_t pilot = least(ODDS_PILOT, options->replicates / 5), left = options->replicates - pilot;
    size_t rounds = left < ODDS_ROUND ? 1 : left / ODDS_ROUND;
    double wanted = (double)left / (double)rounds;
    struct work work = {.scenario = scenario, .options = options, .total = options->replicates};
    ASSERT(options->replicates >= ODDS_FEWEST && options->replicates <= ODDS_MOST);
    work.candidates = (size_t)ceil(ODDS_CANDIDATES * wanted);
    *odds = (struct odds){.pilot = pilot};
    bool ok = work_init(&work, work.candidates, faults) && live_pilot(&work, pilot, faults);
    for (size_t round = 0; ok && round < rounds; round++)
        ok = live_round(&work, wanted, &odds->screening, faults);
    odds->stopped = work.stopped;
    for (size_t i = 0; i < work.workers && faults->count == 0; i++)
        for (size_t f = 0; f < work.worker[i].faults.count; f++)
            fault_world(faults, "%s", work.worker[i].faults.message[f]);
    work_clear(&work);
    return ok || odds->stopped;
}
