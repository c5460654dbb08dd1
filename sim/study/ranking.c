#include "study/ranking.h"

#include "stats/holm.h"

#include <math.h>
#include <stdlib.h>

const enum csv_id ranking_files[] = {CSV_SENSITIVITY, CSV_ALL};

bool ranking_is_due(const struct plan *plan)
{
    return plan->design == DESIGN_LATIN_HYPERCUBE || plan->design == DESIGN_SOBOL;
}

static bool out_of_memory(struct faults *faults)
{
    return fault_memory(faults, "ranking the axes");
}

/* odds[target * samples + sample] of the base's targets; NaN where a point has none. */
static bool gather(struct ledger *ledger, double *odds, struct faults *faults)
{
    const struct batch *batch = ledger->batch;
    const struct layout *base = roster_layout(&batch->roster, 0);
    struct tally tally = {0};
    bool ok = true;
    size_t samples = batch->plan->samples;
    for (size_t s = 0; ok && s < samples; s++) {
        const struct layout *layout = roster_layout(&batch->roster, s + 1);
        ok = tally_make(&tally, ledger, s + 1, faults);
        for (size_t t = 0; ok && t < base->target_count; t++) {
            size_t own = layout_target(layout, base->target[t]);
            bool there = own < layout->target_count && tally.replicates > 0;
            odds[t * samples + s] = there ? (double)tally.met[own] / (double)tally.replicates : NAN;
        }
    }
    tally_clear(&tally);
    return ok;
}

static size_t bins_of(const struct axis *axis, size_t points)
{
    bool listed = !axis->range && !axis->uncertain;
    if (listed && axis->count >= 2 && axis->count <= SENSITIVITY_MOST_BINS)
        return axis->count;
    return sensitivity_bins(points);
}

static void rank(struct ranking *ranking, size_t target)
{
    struct ranking_cell *cell = &ranking->cell[target * ranking->axes];
    for (size_t a = 0; a < ranking->axes; a++) {
        if (isnan(cell[a].sensitivity.share))
            continue;
        cell[a].rank = 1;
        for (size_t b = 0; b < ranking->axes; b++)
            cell[a].rank += cell[b].sensitivity.share > cell[a].sensitivity.share;
    }
}

static void fill(struct ranking *ranking, const struct plan *plan, const double *odds)
{
    for (size_t t = 0; t < ranking->targets; t++) {
        for (size_t a = 0; a < ranking->axes; a++)
            ranking->cell[t * ranking->axes + a].sensitivity =
                sensitivity_of(plan->unit + a, plan->axis_count, odds + t * plan->samples,
                               plan->samples, bins_of(&plan->axis[a], plan->samples));
        rank(ranking, t);
    }
}

static bool adjust(struct ranking *ranking, struct faults *faults)
{
    size_t count = ranking->targets * ranking->axes;
    double *p = calloc(count + 1, sizeof *p);
    size_t *order = calloc(count + 1, sizeof *order);
    bool ok = p != NULL && order != NULL;
    for (size_t i = 0; ok && i < count; i++)
        p[i] = ranking->cell[i].sensitivity.p_value;
    if (ok)
        holm_adjust(p, count, order, p);
    for (size_t i = 0; ok && i < count; i++)
        ranking->cell[i].p_holm = p[i];
    free(p);
    free(order);
    return ok || out_of_memory(faults);
}

bool ranking_make(struct ranking *ranking, struct ledger *ledger, struct faults *faults)
{
    const struct plan *plan = ledger->batch->plan;
    *ranking = (struct ranking){
        .targets = roster_layout(&ledger->batch->roster, 0)->target_count,
        .axes = plan->axis_count,
    };
    ranking->cell = calloc(ranking->targets * ranking->axes + 1, sizeof *ranking->cell);
    double *odds = calloc(ranking->targets * plan->samples + 1, sizeof *odds);
    bool ok = (ranking->cell != NULL && odds != NULL) || out_of_memory(faults);
    ok = ok && gather(ledger, odds, faults);
    if (ok) {
        fill(ranking, plan, odds);
        ok = adjust(ranking, faults);
    }
    free(odds);
    return ok;
}

void ranking_clear(struct ranking *ranking)
{
    free(ranking->cell);
    *ranking = (struct ranking){0};
}

static void write_row(struct csv *csv, const char *target, const char *axis,
                      const struct ranking_cell *cell)
{
    const struct sensitivity *of = &cell->sensitivity;
    sensitivity_cells(csv, &(struct sensitivity_row){
                               .target = target,
                               .axis = axis,
                               .rank = cell->rank == 0 ? NAN : (double)cell->rank,
                               .share = of->share,
                               .standard_error = of->standard_error,
                               .p_value = of->p_value,
                               .p_holm = cell->p_holm,
                               .odds_lowest = of->lowest,
                               .odds_highest = of->highest,
                               .points = of->points,
                               .bins = of->bins,
                           });
    csv_end_row(csv);
}

bool ranking_write(void *context, struct ledger *ledger, struct file_group *files,
                   struct faults *faults)
{
    (void)context;
    const struct layout *layout = roster_layout(&ledger->batch->roster, 0);
    struct ranking ranking;
    struct csv csv;
    bool ok = ranking_make(&ranking, ledger, faults) &&
              tables_begin(&csv, CSV_SENSITIVITY, files, faults);
    if (ok)
        csv_end_row(&csv);
    for (size_t t = 0; ok && t < ranking.targets; t++)
        for (size_t a = 0; a < ranking.axes; a++)
            write_row(&csv, layout->target[t], ledger->batch->plan->axis[a].path,
                      &ranking.cell[t * ranking.axes + a]);
    ranking_clear(&ranking);
    return ok;
}
