/* The engine and the plain program (bench/plain.h) live one model: their means agree, within Monte
 * Carlo error, in a district where every part of it acts. Stocks are compared as they stand at the
 * end of each year, flows as summed up to it; the smallest p-value is corrected for their number.
 */
#include "bench/plain.h"
#include "engine/ensemble.h"
#include "support/statistics.h"
#include "support/world.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

enum { REPLICATES = 400, DATES = 3 };

/* A mean with its standard error, from sums. */
struct estimate {
    double sum, square;
};

static void estimate_add(struct estimate *estimate, double value)
{
    estimate->sum += value;
    estimate->square += value * value;
}

/* What is compared. */
struct sample {
    struct estimate at[DATES][INDICATOR_COUNT];
};

static bool is_compared(size_t indicator)
{
    return indicators[indicator].dimension == INDICATOR_NONE &&
           indicator != INDICATOR_OUTPUT_GROWTH;
}

/* Adds one replicate; row r's cell of an indicator is row[r * stride + column[indicator]]. */
static void sample_add(struct sample *sample, const double *row, size_t stride,
                       const size_t *column)
{
    for (size_t indicator = 0; indicator < INDICATOR_COUNT; indicator++) {
        double sum = 0.0;
        for (size_t month = 1; is_compared(indicator) && month <= 12 * DATES; month++) {
            double value = row[month * stride + column[indicator]];
            sum = indicators[indicator].kind == INDICATOR_FLOW ? sum + value : value;
            if (month % 12 == 0)
                estimate_add(&sample->at[month / 12 - 1][indicator], sum);
        }
    }
}

struct engine_context {
    struct sample sample;
    const struct panel_layout *layout;
};

static bool add_engine(void *context, const struct outcome *outcome)
{
    struct engine_context *engine = context;
    sample_add(&engine->sample, outcome->panel, engine->layout->column_count,
               engine->layout->first);
    return true;
}

static struct sample engine_sample(const struct scenario *scenario)
{
    struct summary summary;
    struct faults faults = {0};
    struct engine_context engine = {.layout = &summary.layout};
    struct ensemble_options options = {
        .seed = WORLD_SEED, .replicates = REPLICATES, .each = add_engine, .context = &engine};
    cr_assert(summary_init(&summary, scenario, &faults));
    cr_assert(ensemble_run(scenario, &options, &summary, NULL, NULL, &faults));
    summary_clear(&summary);
    return engine.sample;
}

static struct sample plain_sample(const struct scenario *scenario)
{
    struct sample sample = {0};
    size_t column[INDICATOR_COUNT], each = (12 * DATES + 1) * INDICATOR_COUNT;
    double *seen = malloc(REPLICATES * each * sizeof *seen);
    for (size_t i = 0; i < INDICATOR_COUNT; i++)
        column[i] = i;
    plain_run(scenario, WORLD_SEED, REPLICATES, 2, seen);
    for (size_t i = 0; i < REPLICATES; i++)
        sample_add(&sample, seen + i * each, INDICATOR_COUNT, column);
    free(seen);
    return sample;
}

static double variance_of_mean(const struct estimate *of)
{
    double mean = of->sum / REPLICATES;
    return fmax(0.0, of->square / REPLICATES - mean * mean) / (REPLICATES - 1);
}

/* Two-sided p-value of equal means (normal at so many replicates). */
static double equal_means(const struct estimate *a, const struct estimate *b)
{
    double apart = fabs(a->sum - b->sum) / REPLICATES;
    double error = sqrt(variance_of_mean(a) + variance_of_mean(b));
    if (error <= 1e-12 * fabs(a->sum / REPLICATES)) /* nothing varies */
        return apart <= 1e-9 * fabs(a->sum / REPLICATES) ? 1.0 : 0.0;
    return 2.0 * gsl_cdf_ugaussian_Q(apart / error);
}

/* The smallest p-value, times their number (Bonferroni). */
static double agreement(const struct sample *a, const struct sample *b)
{
    double least = 1.0, tests = 0.0;
    for (size_t date = 0; date < DATES; date++)
        for (size_t i = 0; i < INDICATOR_COUNT; i++) {
            if (!is_compared(i))
                continue;
            double p = equal_means(&a->at[date][i], &b->at[date][i]);
            if (p < FALSE_ALARM)
                cr_log_info("%s, year %zu: %g and %g, p %.2g", indicators[i].name, date + 1,
                            a->at[date][i].sum / REPLICATES, b->at[date][i].sum / REPLICATES, p);
            least = fmin(least, p);
            tests++;
        }
    return fmin(1.0, least * tests);
}

static struct scenario *scenario_with(const char *override)
{
    struct faults faults = {0};
    struct scenario *scenario =
        scenario_load("tests/bench/model.yaml", &override, override != NULL, &faults);
    cr_assert(scenario != NULL, "%s", faults.count > 0 ? faults.fault[0].message : "");
    return scenario;
}

static double agreement_with(const char *override)
{
    struct scenario *right = scenario_with(NULL), *other = scenario_with(override);
    struct sample engine = engine_sample(right), plain = plain_sample(other);
    scenario_free(right);
    scenario_free(other);
    return agreement(&engine, &plain);
}

Test(plain, has_the_engines_means)
{
    EXPECT_FIT(agreement_with(NULL));
}

/* Twins: a plain program that is a little wrong is told from the engine. */
Test(plain, with_five_percent_fewer_failures_has_not)
{
    EXPECT_MISFIT(agreement_with("exit.rate_per_year=0.19")); /* 0.2 less 5 % */
}

Test(plain, without_the_growth_of_the_young_has_not)
{
    EXPECT_MISFIT(agreement_with("growth.young_per_year=0"));
}

/* Everything that is compared happens in this district. */
Test(plain, every_indicator_moves)
{
    struct scenario *scenario = scenario_with(NULL);
    struct sample sample = engine_sample(scenario);
    for (size_t i = 0; i < INDICATOR_COUNT; i++)
        if (is_compared(i))
            cr_expect(variance_of_mean(&sample.at[DATES - 1][i]) > 0.0, "%s is %g always",
                      indicators[i].name, sample.at[DATES - 1][i].sum / REPLICATES);
    scenario_free(scenario);
}
