/* Time to an answer: what each way of estimating odds leaves of the variance of plain replicates,
 * at the same number of lives, as a ratio with its standard error. 0.1: a tenth of the replicates.
 *
 * Usage: bench-variance SCENARIO PAIRS TARGET...; the members of the targets must be stocks.
 *
 * Pairs of lives share something and differ in all else. With y, y' = 1 where they meet the target:
 *   antithetic macro paths  one lives the other's macro innovations with the other sign:
 *                           1 + correlation (y, y')
 *   macro paths, at best    both live the same macro path: 1 - correlation, what is left if all
 * that the path explains by itself is removed; no stratified or quasi-random draw of it does better
 *   last months, at best    both share all up to then: 1 - E (y - y')^2 / 2 Var y, what is left if
 *                           the chance of the last months is integrated out exactly
 * Controls are fitted to the first lives and tried on the others. Latin hypercubes are judged by
 * the spread of their means, so many of them that the standard error is some 0.03; screening by its
 * own report, pilot included, which tests/study/odds.c holds against the truth.
 */
#include "bench/variance/life.h"
#include "stats/predictor.h"
#include "study/odds.h"

#include <gsl/gsl_cdf.h>
#include <inttypes.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HYPERCUBES = 2600, ANSWERS = 12, ANSWER_REPLICATES = 1000, MOST_ASKED = 8, SPANS = 6 };

struct bench {
    struct scenario *scenario;
    struct living living;
    size_t pairs;
    size_t asked[MOST_ASKED], asked_count;
    double p[MOST_ASKED]; /* odds, over the first lives of all pairs */
    struct life *first;   /* [pair] */
    struct faults faults;
};

static double met(const struct bench *bench, const struct life *life, size_t asked)
{
    return (double)(life->met >> bench->asked[asked] & 1);
}

/* ------------------------------------------------------------------ printing */

static void print_head(const struct bench *bench)
{
    const struct scenario *scenario = bench->scenario;
    size_t singles = scenario->centre.count[SECTION_TARGETS];
    printf("%-34s", "variance left, of plain replicates");
    for (size_t t = 0; t < bench->asked_count; t++) {
        size_t target = bench->asked[t];
        printf("  %15s", target < singles
                             ? scenario->name[SECTION_TARGETS][target]
                             : scenario->name[SECTION_JOINT_TARGETS][target - singles]);
    }
    printf("\n%-34s", "odds");
    for (size_t t = 0; t < bench->asked_count; t++)
        printf("  %14.2f%%", 100.0 * bench->p[t]);
    printf("\n");
}

/* Mean and standard error of `count` ratios, `stride` apart. */
static void print_cell(const double *ratio, size_t count, size_t stride)
{
    double sum = 0.0, squares = 0.0, n = (double)count;
    for (size_t i = 0; i < count; i++)
        sum += ratio[i * stride];
    for (size_t i = 0; i < count; i++)
        squares += (ratio[i * stride] - sum / n) * (ratio[i * stride] - sum / n);
    printf("  %6.3f ± %6.3f", sum / n, sqrt(squares / (n - 1.0) / n));
    fflush(stdout);
}

/* ------------------------------------------------------------------ ways */

/* What a pair says of the variance that is left, in units of the variance. */
typedef double (*pair_ratio)(double y, double twin, double p);

static double mirrored(double y, double twin, double p)
{
    return 1.0 + (y - p) * (twin - p) / (p * (1.0 - p));
}

static double shared(double y, double twin, double p)
{
    return 1.0 - (y - p) * (twin - p) / (p * (1.0 - p));
}

static double parted(double y, double twin, double p)
{
    return 1.0 - 0.5 * (y - twin) * (y - twin) / (p * (1.0 - p));
}

static void print_pairs(struct bench *bench, const char *says, struct life *twin, pair_ratio ratio)
{
    double *found = calloc(bench->pairs, sizeof *found);
    live_all(&bench->living, twin, bench->pairs, NULL);
    printf("%-34s", says);
    for (size_t t = 0; t < bench->asked_count; t++) {
        for (size_t i = 0; i < bench->pairs; i++)
            found[i] = ratio(met(bench, &bench->first[i], t), met(bench, &twin[i], t), bench->p[t]);
        print_cell(found, bench->pairs, 1);
    }
    printf("\n");
    free(found);
}

static void macro_paths(struct bench *bench, struct life *twin)
{
    for (int sign = -1; sign <= 1; sign += 2) {
        for (size_t i = 0; i < bench->pairs; i++) {
            twin[i] = bench->first[i];
            twin[i].world = twin[i].luck = (uint32_t)(bench->pairs + i);
            twin[i].sign = sign;
        }
        print_pairs(bench, sign < 0 ? "antithetic macro paths" : "macro paths, at best", twin,
                    sign < 0 ? mirrored : shared);
    }
}

static void last_months(struct bench *bench, struct life *twin)
{
    static const int months[] = {2, 12}; /* pairs: a block of chance serves a firm two */
    for (size_t m = 0; m < sizeof months / sizeof *months; m++) {
        char says[64];
        snprintf(says, sizeof says, "the last %d months, at best", months[m]);
        for (size_t i = 0; i < bench->pairs; i++) {
            twin[i] = bench->first[i];
            twin[i].late = months[m];
            twin[i].late_luck = (uint32_t)(bench->pairs + i);
        }
        print_pairs(bench, says, twin, parted);
    }
}

/* Shares that meet each target in one hypercube of so many replicates, [target asked]. */
static void share_of(struct bench *bench, struct life *life, uint32_t first, uint32_t size,
                     double *share)
{
    for (uint32_t i = 0; i < size; i++)
        life[i] = (struct life){.seed = 1000,
                                .world = first + i,
                                .luck = first + i,
                                .macro = first + i,
                                .strata = size,
                                .sign = 1.0};
    live_all(&bench->living, life, size, NULL);
    for (size_t t = 0; t < bench->asked_count; t++) {
        share[t] = 0.0;
        for (uint32_t i = 0; i < size; i++)
            share[t] += met(bench, &life[i], t) / size;
    }
}

static void latin_hypercubes(struct bench *bench, uint32_t size)
{
    size_t asked = bench->asked_count;
    struct life *life = calloc(size, sizeof *life);
    double *share = calloc(HYPERCUBES * asked, sizeof *share), ratio[HYPERCUBES];
    for (uint32_t h = 0; h < HYPERCUBES; h++)
        share_of(bench, life, h * size, size, share + h * asked);
    printf("Latin hypercubes of %-14" PRIu32, size);
    for (size_t t = 0; t < asked; t++) {
        double mean = 0.0;
        for (size_t h = 0; h < HYPERCUBES; h++)
            mean += share[h * asked + t] / HYPERCUBES;
        for (size_t h = 0; h < HYPERCUBES; h++) {
            double off = share[h * asked + t] - mean;
            ratio[h] = off * off * size / (mean * (1.0 - mean)) * HYPERCUBES / (HYPERCUBES - 1.0);
        }
        print_cell(ratio, HYPERCUBES, 1);
    }
    printf("\n");
    free(share);
    free(life);
}

/* The pairs' first lives as a control sees them: what is not known, and the macro path by spans. */
static size_t features(const struct bench *bench, const struct life *life, bool macro_too,
                       double *base, double *feature)
{
    const struct scenario *scenario = bench->scenario;
    const struct draw_replicate which = {life->seed, life->luck, life->world, life->strata};
    const struct draw_stream stream = {life->seed, life->macro};
    int steps = scenario_steps(scenario), start = (int)scenario->centre.clock->start;
    size_t count = 0;
    struct macro macro;
    policy_draw_uncertain(scenario, &which, base);
    for (size_t i = 0; i < scenario->leaf_count; i++)
        if (scenario->leaf[i].kind == LEAF_DISTRIBUTION)
            feature[count++] = base[i];
    if (!macro_too)
        return count;
    memset(feature + count, 0, 2 * SPANS * sizeof *feature);
    macro_start(&macro, &scenario->centre, &stream, start - 1);
    for (int step = 0; step < steps; step++) {
        macro_step(&macro, &scenario->centre, &stream, start + step);
        feature[count + (size_t)(step * SPANS / steps)] += macro.growth_deviation;
        feature[count + SPANS + (size_t)(step * SPANS / steps)] += macro.sentiment_deviation;
    }
    return count + 2 * SPANS;
}

/* Chance that all members of a target are met, by the guesses of their values. */
static double guess_of(const struct bench *bench, const struct predictor *predictor, size_t target,
                       const double *feature)
{
    const struct params *params = &bench->scenario->centre;
    size_t singles = params->count[SECTION_TARGETS];
    uint64_t all = target < singles ? UINT64_C(1) << target
                                    : (uint64_t)params->joint_targets[target - singles].all_of;
    double guess = 1.0;
    for (size_t i = 0; i < singles; i++)
        if (all >> i & 1)
            guess *= gsl_cdf_ugaussian_Q(
                (params->targets[i].at_least - predictor_guess(predictor, i, feature)) /
                predictor->curve[i].sd);
    return guess;
}

/* A control of the odds: straight, the indicator regressed; else by guesses of the values. */
static void controls(struct bench *bench, const double *value, bool macro_too, bool straight)
{
    size_t targets = bench->scenario->centre.count[SECTION_TARGETS];
    size_t responses = straight ? bench->asked_count : targets, tried = 0;
    double *base = calloc(bench->scenario->leaf_count, sizeof *base);
    double *feature = calloc(bench->scenario->leaf_count + 2 * SPANS, sizeof *feature);
    double *ratio = calloc(bench->pairs * bench->asked_count, sizeof *ratio), y[64];
    struct predictor predictor;
    size_t count = features(bench, &bench->first[0], macro_too, base, feature);
    if (!predictor_init(&predictor, count, responses, &bench->faults))
        abort();
    for (size_t i = 0; i < bench->pairs; i++) {
        features(bench, &bench->first[i], macro_too, base, feature);
        if (i < PREDICTOR_ROWS) {
            for (size_t t = 0; t < bench->asked_count; t++)
                y[t] = met(bench, &bench->first[i], t);
            predictor_add(&predictor, feature, straight ? y : value + i * targets);
            continue;
        }
        if (i == PREDICTOR_ROWS)
            predictor_fit(&predictor);
        for (size_t t = 0; t < bench->asked_count; t++) {
            double control = straight ? predictor_guess(&predictor, t, feature)
                                      : guess_of(bench, &predictor, bench->asked[t], feature);
            double off = met(bench, &bench->first[i], t) - control;
            ratio[tried * bench->asked_count + t] = off * off / (bench->p[t] * (1.0 - bench->p[t]));
        }
        tried++;
    }
    printf("%-34s", straight    ? "control: regression of yes and no"
                    : macro_too ? "control: guessed odds, macro too"
                                : "control: guessed odds, values only");
    for (size_t t = 0; t < bench->asked_count; t++)
        print_cell(ratio + t, tried, bench->asked_count);
    printf("\n");
    predictor_clear(&predictor);
    free(base), free(feature), free(ratio);
}

static void screening(struct bench *bench)
{
    double ratio[ANSWERS];
    printf("%-34s", "screening (neobay odds)");
    for (size_t t = 0; t < bench->asked_count; t++) {
        for (size_t i = 0; i < ANSWERS; i++) {
            const struct odds_options options = {.seed = 100 + i,
                                                 .target = bench->asked[t],
                                                 .replicates = ANSWER_REPLICATES,
                                                 .threads = omp_get_max_threads()};
            struct odds odds;
            if (!odds_run(&odds, bench->scenario, &options, &bench->faults))
                abort();
            struct screening_result result = screening_result(&odds.screening);
            ratio[i] = (double)(odds.pilot + odds.screening.lived) / result.plain_replicates;
        }
        print_cell(ratio, ANSWERS, 1);
    }
    printf("\n");
}

/* ------------------------------------------------------------------ the whole */

static bool find_targets(struct bench *bench, char **name, int count)
{
    const struct scenario *scenario = bench->scenario;
    size_t singles = scenario->centre.count[SECTION_TARGETS];
    for (int i = 0; i < count && bench->asked_count < MOST_ASKED; i++)
        for (size_t t = 0; t < panel_targets(&scenario->centre); t++)
            if (strcmp(name[i], t < singles
                                    ? scenario->name[SECTION_TARGETS][t]
                                    : scenario->name[SECTION_JOINT_TARGETS][t - singles]) == 0)
                bench->asked[bench->asked_count++] = t;
    return bench->asked_count == (size_t)count;
}

static bool prepare(struct bench *bench)
{
    bench->first = calloc(bench->pairs, sizeof *bench->first);
    return living_init(&bench->living, bench->scenario, &bench->faults);
}

static void run(struct bench *bench)
{
    size_t targets = bench->scenario->centre.count[SECTION_TARGETS];
    double *value = calloc(bench->pairs * targets, sizeof *value);
    struct life *twin = calloc(bench->pairs, sizeof *twin);
    for (uint32_t i = 0; i < bench->pairs; i++)
        bench->first[i] = (struct life){.seed = 1, .world = i, .luck = i, .macro = i, .sign = 1.0};
    live_all(&bench->living, bench->first, bench->pairs, value);
    for (size_t t = 0; t < bench->asked_count; t++)
        for (size_t i = 0; i < bench->pairs; i++)
            bench->p[t] += met(bench, &bench->first[i], t) / (double)bench->pairs;
    print_head(bench);
    latin_hypercubes(bench, DRAW_BLOCK);
    latin_hypercubes(bench, 10 * DRAW_BLOCK);
    macro_paths(bench, twin);
    last_months(bench, twin);
    controls(bench, value, true, true);
    controls(bench, value, false, false);
    controls(bench, value, true, false);
    screening(bench);
    free(value), free(twin);
}

int main(int count, char **argument)
{
    struct bench bench = {.pairs = count > 2 ? strtoul(argument[2], NULL, 10) : 0};
    if (count > 3)
        bench.scenario = scenario_load(argument[1], NULL, 0, &bench.faults);
    bool ready = bench.scenario != NULL && bench.pairs > 2 * PREDICTOR_ROWS &&
                 find_targets(&bench, argument + 3, count - 3) && prepare(&bench);
    if (ready)
        run(&bench);
    else
        fprintf(stderr, "usage: bench-variance SCENARIO PAIRS TARGET..., PAIRS over %d\n",
                2 * PREDICTOR_ROWS);
    for (size_t i = 0; i < bench.faults.count; i++)
        fprintf(stderr, "%s\n", bench.faults.fault[i].message);
    return ready ? EXIT_SUCCESS : EXIT_FAILURE;
}
