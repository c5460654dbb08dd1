#include "engine/bands.h"

#include "base/memory.h"
#include "math/cdf.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

/* A score beyond those of any sample: of a target that has no value. */
static const double no_value = -12.0;

/* The estimation under way. Tables of scores are [row * targets], all targets. */
struct banding {
    const struct summary *summary;
    size_t rows, singles, targets;
    size_t *at;            /* [row] its place among the draw rows */
    double *score, *inner; /* above 0 about where a target is met */
    double *predicted;
    double *sorted;    /* [row] scratch: a target's values */
    double *column[3]; /* [row] scratch: of one target */
    bool *met;         /* [row] likewise */
    uint64_t *hits;    /* [row] bits of the targets met */
};

/* ------------------------------------------------------------------ scores */

/* How many of a sorted sample are less than x, or where `included` not above it. */
static double count_below(const double *sorted, size_t count, double x, bool included)
{
    size_t below = 0, most = count;
    while (below < most) {
        size_t middle = (below + most) / 2;
        if (sorted[middle] < x || (included && sorted[middle] == x))
            below = middle + 1;
        else
            most = middle;
    }
    return (double)below;
}

/* The normal score of so many of a sample of `count`. */
static double normal_score(double below, size_t count)
{
    double share = below / (double)count, least = 0.25 / (double)count;
    return cdf_normal_quantile(fmin(fmax(share, least), 1.0 - least));
}

/* Sorts the values of a target that there are; how many. */
static size_t sort_values(struct banding *banding, size_t target)
{
    const struct draw_rows *rows = &banding->summary->draw_rows;
    size_t count = 0;
    for (size_t i = 0; i < banding->rows; i++) {
        double value = (double)rows->value[banding->at[i] * rows->targets + target];
        if (!isnan(value))
            banding->sorted[count++] = value;
    }
    gsl_sort(banding->sorted, 1, count);
    return count;
}

/* Thresholds of a target as normal scores. */
struct thresholds {
    double low, high; /* infinite where there is none */
};

static struct thresholds thresholds_of(const struct banding *banding,
                                       const struct target_params *target, size_t count)
{
    struct thresholds found = {-INFINITY, INFINITY};
    if (target->at_least > -NO_LIMIT)
        found.low =
            normal_score(count_below(banding->sorted, count, target->at_least, false), count);
    if (target->at_most < NO_LIMIT)
        found.high =
            normal_score(count_below(banding->sorted, count, target->at_most, true), count);
    return found;
}

static double score_of(const struct banding *banding, size_t count, double value,
                       struct thresholds thresholds)
{
    if (isnan(value))
        return no_value;
    double less = count_below(banding->sorted, count, value, false);
    double most = count_below(banding->sorted, count, value, true);
    double score = normal_score(0.5 * (less + most), count);
    return fmin(score - thresholds.low, thresholds.high - score);
}

static void score_target(struct banding *banding, size_t target)
{
    const struct draw_rows *rows = &banding->summary->draw_rows;
    const struct target_params *params = &banding->summary->scenario->centre.targets[target];
    size_t count = sort_values(banding, target);
    struct thresholds thresholds = thresholds_of(banding, params, count);
    for (size_t i = 0; i < banding->rows; i++) {
        size_t from = banding->at[i] * rows->targets + target, to = i * banding->targets + target;
        bool paired = rows->state[banding->at[i]] == DRAW_ROW_PAIRED;
        if (count == 0) {
            banding->score[to] = banding->inner[to] = no_value;
            continue;
        }
        banding->score[to] = score_of(banding, count, (double)rows->value[from], thresholds);
        banding->inner[to] =
            paired ? score_of(banding, count, (double)rows->inner[from], thresholds) : NAN;
    }
}

/* A joint target is as far from being met as that of its members which is farthest. */
static void score_joint(struct banding *banding, size_t joint)
{
    uint64_t all = (uint64_t)banding->summary->scenario->centre.joint_targets[joint].all_of;
    for (size_t i = 0; i < banding->rows; i++) {
        double *score = banding->score + i * banding->targets;
        double *inner = banding->inner + i * banding->targets;
        double least = INFINITY, least_inner = INFINITY;
        for (size_t t = 0; t < banding->singles; t++) {
            if (!(all >> t & 1))
                continue;
            least = fmin(least, score[t]);
            least_inner = isnan(inner[t]) ? NAN : fmin(least_inner, inner[t]);
        }
        score[banding->singles + joint] = least;
        inner[banding->singles + joint] = least_inner;
    }
}

/* ------------------------------------------------------------------ the whole */

static void find_rows(struct banding *banding)
{
    const struct draw_rows *rows = &banding->summary->draw_rows;
    for (size_t i = 0; i < rows->end; i++)
        if (rows->state[i] != DRAW_ROW_NONE)
            banding->at[banding->rows++] = i;
}

/* The targets that each row met. */
static void find_hits(struct banding *banding)
{
    const struct draw_rows *rows = &banding->summary->draw_rows;
    double value[SCENARIO_TARGETS];
    for (size_t i = 0; i < banding->rows; i++) {
        for (size_t t = 0; t < banding->singles; t++)
            value[t] = (double)rows->value[banding->at[i] * rows->targets + t];
        banding->hits[i] = targets_met(&banding->summary->scenario->centre, value);
    }
}

static struct band band_of_target(struct banding *banding, size_t target)
{
    for (size_t i = 0; i < banding->rows; i++) {
        size_t from = i * banding->targets + target;
        banding->column[0][i] = banding->predicted[from];
        banding->column[1][i] = banding->score[from];
        banding->column[2][i] = banding->inner[from];
        banding->met[i] = banding->hits[i] >> target & 1;
    }
    return band_of(&(struct band_rows){banding->rows, banding->column[0], banding->column[1],
                                       banding->column[2], banding->met});
}

static bool estimate(struct banding *banding, struct bands *bands, struct faults *faults)
{
    const struct draw_rows *rows = &banding->summary->draw_rows;
    for (size_t t = 0; t < banding->singles; t++)
        score_target(banding, t);
    for (size_t j = 0; banding->singles + j < banding->targets; j++)
        score_joint(banding, j);
    find_hits(banding);
    const struct cross_fit_rows data = {banding->rows, rows->features, banding->targets,
                                        rows->drawn,   banding->at,    banding->score};
    if (!cross_fit(&data, banding->predicted, faults))
        return false;
    for (size_t t = 0; t < banding->targets; t++)
        bands->band[t] = band_of_target(banding, t);
    return true;
}

/* Room for the rows, all in one. */
static bool make_room(struct banding *banding, double **store, struct faults *faults)
{
    size_t rows = banding->summary->draw_rows.end, table = rows * banding->targets;
    double *room = *store = memory_aligned(3 * table + 4 * rows + 1, sizeof *room);
    banding->at = calloc(rows, sizeof *banding->at);
    banding->met = calloc(rows, sizeof *banding->met);
    banding->hits = calloc(rows, sizeof *banding->hits);
    if (room == NULL || banding->at == NULL || banding->met == NULL || banding->hits == NULL)
        return fault_memory(faults, "estimating bands of probabilities");
    banding->score = room;
    banding->inner = room + table;
    banding->predicted = room + 2 * table;
    banding->sorted = room + 3 * table;
    for (size_t i = 0; i < 3; i++)
        banding->column[i] = banding->sorted + (i + 1) * rows;
    return true;
}

bool bands_make(struct bands *bands, const struct summary *summary, struct faults *faults)
{
    const struct params *params = &summary->scenario->centre;
    struct banding banding = {.summary = summary,
                              .singles = params->count[SECTION_TARGETS],
                              .targets = panel_targets(params)};
    double *store = NULL;
    *bands = (struct bands){0};
    if (summary->draw_rows.end < CROSS_FIT_FOLDS)
        return true;
    bool ok = make_room(&banding, &store, faults);
    if (ok)
        find_rows(&banding);
    if (ok && banding.rows >= CROSS_FIT_FOLDS) {
        bands->count = banding.targets;
        bands->band = calloc(banding.targets, sizeof *bands->band);
        ok = bands->band != NULL ? estimate(&banding, bands, faults)
                                 : fault_memory(faults, "estimating bands of probabilities");
    }
    free(store);
    free(banding.at);
    free(banding.met);
    free(banding.hits);
    if (!ok)
        bands_clear(bands);
    return ok;
}

void bands_clear(struct bands *bands)
{
    free(bands->band);
    *bands = (struct bands){0};
}
