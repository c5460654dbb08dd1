#include "study/odds.h"

#include "base/memory.h"
#include "engine/pool.h"
#include "math/cdf.h"
#include "model/district.h"
#include "stats/predictor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Spans of the clock over which the macro paths are averaged. */
enum { SPANS = 6 };

/* Chances of being lived come from a wider law than guesses do: what a linear guess misses has
 * heavier tails than a normal, and a hit that nobody expected weighs much. */
#define CAUTION 1.4

struct work {
    const struct scenario *scenario;
    const struct odds_options *options;
    struct panel_layout layout;
    size_t member[SCENARIO_TARGETS]; /* targets that have to be met; the predictor's responses */
    struct predictor predictor;
    size_t fitted;          /* rows of the last fit */
    bool plain;             /* guesses did worse than none: all candidates are alike from now on */
    double share;           /* the guess then: the estimate of the rounds before */
    double *guess, *chance; /* [candidate of the round] */
    uint32_t *number;       /* [life of the round]: of the replicates that are chosen */
    bool *met;              /* [life]: what came of them */
    double *feature;        /* [life * features] */
    double *response;       /* [life * members] */
    size_t feature_rows, response_rows;
    uint32_t first; /* number of the round's first candidate */
    size_t candidates, total, done;
    size_t chosen; /* replicates to simulate */
    bool stopped;
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

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

/* Whether all candidates are alike: nothing has been learnt, or guesses did worse than none. */
static bool is_blind(const struct work *work)
{
    return work->fitted == 0 || work->plain;
}

/* Guesses as if targets were independent given the features; `caution` widens the law. */
static double guess_of(const struct work *work, const double *feature, double caution)
{
    double guess = 1.0;
    if (is_blind(work))
        return work->share;
    for (size_t i = 0; i < work->predictor.responses; i++) {
        double mean = predictor_guess(&work->predictor, i, feature);
        double sd = fmax(caution * work->predictor.curve[i].sd, 1e-9 * (1.0 + fabs(mean)));
        guess *= normal_meets(&work->scenario->centre.targets[work->member[i]], mean, sd);
    }
    return guess;
}

/* ------------------------------------------------------------------ guessing */

/* Guesses at GUESSES candidates in a row: one alone is too little for a task. */
enum { GUESSES = 100 };

static bool guess_many(void *context, size_t index, struct workspace *workspace,
                       struct faults *faults)
{
    struct work *work = context;
    size_t first = index * GUESSES, last = least(first + GUESSES, work->candidates);
    double *feature = calloc(work->predictor.features, sizeof *feature);
    bool ok = feature != NULL || fault_memory(faults, "guessing at candidates");
    ok = ok && workspace_keep(workspace, work->scenario, faults);
    for (size_t i = first; ok && i < last; i++) {
        features_of(work, work->first + (uint32_t)i, workspace->district.base, feature);
        work->guess[i] = guess_of(work, feature, 1.0);
        work->chance[i] = is_blind(work) ? 0.5 : guess_of(work, feature, CAUTION);
    }
    free(feature);
    return ok;
}

static bool guess_all(struct work *work, struct faults *faults)
{
    size_t tasks = (work->candidates + GUESSES - 1) / GUESSES;
    return pool_map(work->options->threads, tasks, guess_many, work, faults);
}

/* ------------------------------------------------------------------ simulating */

static bool simulate(void *context, const struct pool_task *task, struct workspace *workspace,
                     void *into, struct faults *faults)
{
    struct work *work = context;
    size_t members = work->predictor.responses, index = task->point;
    const struct replicate *replicate = &workspace->replicate;
    const struct draw_replicate which = replicate_of(work, work->number[index]);
    (void)into;
    if (!workspace_keep(workspace, work->scenario, faults))
        return false;
    features_of(work, work->number[index], workspace->district.base,
                work->feature + index * work->predictor.features);
    if (!replicate_run(&workspace->replicate, &workspace->district, &workspace->layout, &which,
                       faults))
        return false;
    work->met[index] =
        targets_met(&work->scenario->centre, replicate->target_value) >> work->options->target & 1;
    for (size_t i = 0; i < members; i++)
        work->response[index * members + i] = replicate->target_value[work->member[i]];
    return true;
}

/* A response is NaN where the indicator has no value at the date; nothing is learnt from it. */
static bool are_numbers(const double *value, size_t count)
{
    bool numbers = true;
    for (size_t i = 0; i < count; i++)
        numbers &= !isnan(value[i]);
    return numbers;
}

/* Teaches the predictor, in order. */
static bool take(void *context, const struct pool_task *task, void *from)
{
    struct work *work = context;
    const struct odds_options *options = work->options;
    size_t features = work->predictor.features, members = work->predictor.responses;
    (void)from;
    if (are_numbers(work->response + task->point * members, members))
        predictor_add(&work->predictor, work->feature + task->point * features,
                      work->response + task->point * members);
    work->done++;
    work->stopped = options->progress != NULL &&
                    !options->progress(options->context, work->done,
                                       work->done > work->total ? work->done : work->total);
    return !work->stopped;
}

/* ------------------------------------------------------------------ rounds */

static bool reserve(struct work *work, size_t count, struct faults *faults)
{
    return (memory_reserve((void **)&work->feature, &work->feature_rows, count,
                           work->predictor.features * sizeof(double)) &&
            memory_reserve((void **)&work->response, &work->response_rows, count,
                           work->predictor.responses * sizeof(double))) ||
           fault_memory(faults, "simulating replicates");
}

/* Simulates what is chosen, and teaches the predictor. */
static bool simulate_all(struct work *work, struct faults *faults)
{
    const struct pool_study study = {
        .context = work, .count = work->chosen, .work = simulate, .take = take};
    return pool_run(&study, work->options->threads, NULL, faults) && !work->stopped;
}

/* Teaches the predictor what an earlier call simulated. */
static bool take_all(struct work *work)
{
    bool going = true;
    for (size_t i = 0; going && i < work->chosen; i++)
        going = take(work, &(struct pool_task){.point = i}, NULL);
    return going;
}

/* What came of the replicates that are chosen, from the store or else by simulating them. */
static bool find_out(struct work *work, struct faults *faults)
{
    struct odds_store *store = work->options->store;
    bool found = false;
    if (!reserve(work, work->chosen, faults))
        return false;
    struct odds_round round = {.first = work->chosen == 0 ? 0 : work->number[0],
                               .count = work->chosen,
                               .met = work->met,
                               .feature = work->feature,
                               .response = work->response,
                               .features = work->predictor.features,
                               .responses = work->predictor.responses};
    if (store != NULL && !odds_store_take(store, &round, &found, faults))
        return false;
    if (found)
        return take_all(work);
    return simulate_all(work, faults) && (store == NULL || odds_store_put(store, &round, faults));
}

/* Anew when what is known has doubled, or is all that it can be. */
static void learn(struct work *work)
{
    size_t rows = work->predictor.rows;
    if (rows < PREDICTOR_FEWEST ||
        (rows < 2 * work->fitted && !(rows == PREDICTOR_ROWS && work->fitted < rows)))
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

/* Whether to go on as plain sampling: the rounds so far know less than so many plain replicates. */
static void judge(struct work *work, const struct screening *screening)
{
    struct screening_result result = screening_result(screening);
    if (screening->rounds > 0.0)
        work->share = fmin(1.0, fmax(0.0, result.probability));
    work->plain |= screening->met > 0 && screening->met < screening->lived &&
                   result.plain_replicates < (double)screening->lived;
}

static bool live_round(struct work *work, double wanted, struct screening *screening,
                       struct faults *faults)
{
    size_t next = 0;
    judge(work, screening);
    learn(work);
    if (!guess_all(work, faults))
        return false;
    screening_chances(work->chance, work->candidates, wanted);
    work->chosen = 0;
    for (size_t i = 0; i < work->candidates; i++)
        if (is_chosen(work, i))
            work->number[work->chosen++] = work->first + (uint32_t)i;
    if (!find_out(work, faults))
        return false;
    for (size_t i = 0; i < work->candidates; i++) {
        bool lived = next < work->chosen && work->number[next] == work->first + (uint32_t)i;
        screening_add(screening, work->guess[i], work->chance[i], lived, lived && work->met[next]);
        next += lived;
    }
    screening_end_round(screening);
    work->first += (uint32_t)work->candidates;
    return true;
}

static bool live_pilot(struct work *work, size_t pilot, struct faults *faults)
{
    for (size_t i = 0; i < pilot; i++)
        work->number[i] = NUMBER_PILOT + (uint32_t)i;
    work->chosen = pilot;
    return find_out(work, faults);
}

/* ------------------------------------------------------------------ the whole */

static bool work_init(struct work *work, size_t lives, struct faults *faults)
{
    const struct scenario *scenario = work->scenario;
    size_t members = find_members(scenario, work->options->target, work->member);
    if (!panel_layout_init(&work->layout, scenario, faults) ||
        !predictor_init(&work->predictor, feature_count(scenario), members, faults))
        return false;
    work->guess = memory_aligned(work->candidates, sizeof(double));
    work->chance = memory_aligned(work->candidates, sizeof(double));
    work->number = calloc(lives, sizeof *work->number);
    work->met = calloc(lives, sizeof *work->met);
    return (work->guess && work->chance && work->number && work->met) ||
           fault_memory(faults, "setting up candidates");
}

static void work_clear(struct work *work)
{
    free(work->guess);
    free(work->chance);
    free(work->number);
    free(work->met);
    free(work->feature);
    free(work->response);
    predictor_clear(&work->predictor);
    panel_layout_clear(&work->layout);
}

bool odds_run(struct odds *odds, const struct scenario *scenario,
              const struct odds_options *options, struct faults *faults)
{
    size_t pilot = least(ODDS_PILOT, options->replicates / 5), left = options->replicates - pilot;
    size_t rounds = left < ODDS_ROUND ? 1 : left / ODDS_ROUND;
    double wanted = (double)left / (double)rounds;
    struct work work = {
        .scenario = scenario, .options = options, .total = options->replicates, .share = 0.5};
    ASSERT(options->replicates >= ODDS_FEWEST && options->replicates <= ODDS_MOST);
    work.candidates = (size_t)ceil(ODDS_CANDIDATES * wanted);
    *odds = (struct odds){.pilot = pilot};
    bool ok = work_init(&work, work.candidates, faults) && live_pilot(&work, pilot, faults);
    for (size_t round = 0; ok && round < rounds; round++)
        ok = live_round(&work, wanted, &odds->screening, faults);
    odds->stopped = work.stopped;
    work_clear(&work);
    odds->plain = work.plain;
    return ok || odds->stopped;
}
