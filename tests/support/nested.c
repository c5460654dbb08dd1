#include "support/nested.h"

#include "engine/ensemble.h"
#include "engine/pool.h"

#include <math.h>
#include <stdlib.h>

struct nesting {
    struct nested *nested;
    const struct scenario *scenario;
    uint64_t seed;
};

static bool simulate(void *context, size_t draw, struct workspace *workspace, struct faults *faults)
{
    const struct nesting *nesting = context;
    struct nested *nested = nesting->nested;
    bool ok = workspace_keep(workspace, nesting->scenario, faults);
    for (size_t i = 0; ok && i < nested->inner; i++) {
        uint32_t number = (uint32_t)(NUMBER_INNER + draw * nested->inner + i);
        const struct draw_replicate which = {nesting->seed, number, (uint32_t)draw, DRAW_BLOCK};
        ok = replicate_run(&workspace->replicate, &workspace->district, &workspace->layout, &which,
                           faults);
        uint64_t met = targets_met(&nesting->scenario->centre, workspace->replicate.target_value);
        for (size_t t = 0; t < nested->targets; t++)
            nested->met[draw * nested->targets + t] += (uint32_t)(met >> t & 1);
    }
    return ok;
}

bool nested_run(struct nested *nested, const struct scenario *scenario, uint64_t seed, size_t draws,
                size_t inner, struct faults *faults)
{
    struct nesting nesting = {nested, scenario, seed};
    *nested = (struct nested){draws, inner, panel_targets(&scenario->centre), NULL};
    nested->met = calloc(draws * nested->targets, sizeof *nested->met);
    return nested->met != NULL && pool_map(0, draws, simulate, &nesting, faults);
}

void nested_clear(struct nested *nested)
{
    free(nested->met);
    *nested = (struct nested){0};
}

static int by_count(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* A quantile, with the order statistics that hold it in 95 of 100 samples of draws, and the inner
 * replicates' own error. */
static struct band_number quantile(const struct nested *nested, size_t target, double share)
{
    double n = (double)nested->draws, wide = 1.96 * sqrt(n * share * (1.0 - share));
    uint32_t *met = calloc(nested->draws, sizeof *met);
    struct band_number found = {NAN, NAN, NAN};
    double *end[] = {&found.value, &found.low, &found.high};
    double rank[] = {n * share, n * share - wide, n * share + wide};
    if (met == NULL)
        return found;
    for (size_t i = 0; i < nested->draws; i++)
        met[i] = nested->met[i * nested->targets + target];
    qsort(met, nested->draws, sizeof *met, by_count);
    for (size_t i = 0; i < 3; i++) {
        size_t at = (size_t)fmin(fmax(rank[i], 0.0), n - 1.0);
        *end[i] = (double)met[at] / (double)nested->inner;
    }
    free(met);
    double inner = (double)nested->inner;
    found.low -= 2.0 * sqrt(found.low * (1.0 - found.low) / inner) + 1.0 / inner;
    found.high += 2.0 * sqrt(found.high * (1.0 - found.high) / inner) + 1.0 / inner;
    found.low = fmax(found.low, 0.0);
    found.high = fmin(found.high, 1.0);
    return found;
}

static struct band_number share(const struct nested *nested, size_t target, double least,
                                double most)
{
    uint64_t count = 0;
    for (size_t i = 0; i < nested->draws; i++) {
        double p = (double)nested->met[i * nested->targets + target] / (double)nested->inner;
        count += p >= least && p < most;
    }
    struct interval interval = estimate_proportion(count, nested->draws, 0.95);
    return (struct band_number){(double)count / (double)nested->draws, interval.low, interval.high};
}

struct band_number nested_number(const struct nested *nested, size_t target, size_t number)
{
    switch (number) {
    case 0:
        return quantile(nested, target, 0.05);
    case 1:
        return quantile(nested, target, 0.95);
    case 2:
        return share(nested, target, 0.0, 0.01);
    default:
        return share(nested, target, 0.5, 2.0);
    }
}

struct band_number nested_of_band(const struct band *band, size_t number)
{
    const struct band_number numbers[] = {band->p05, band->p95, band->below_1, band->above_50};
    return numbers[number];
}

bool nested_agrees(struct band_number a, struct band_number b)
{
    return a.low <= b.high && b.low <= a.high;
}

bool nested_bands(struct bands *bands, const struct scenario *scenario, uint64_t seed,
                  size_t replicates, struct faults *faults)
{
    struct summary summary;
    uint64_t steps;
    bool stopped;
    const struct ensemble_options options = {.seed = seed,
                                             .strata = DRAW_BLOCK,
                                             .replicates = replicates,
                                             .twin_every = ENSEMBLE_TWIN_EVERY};
    bool ok = summary_init(&summary, scenario, faults) &&
              ensemble_run(scenario, &options, &summary, &steps, &stopped, faults) &&
              bands_make(bands, &summary, faults);
    summary_clear(&summary);
    return ok;
}
