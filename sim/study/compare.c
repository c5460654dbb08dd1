#include "study/compare.h"

#include "math/cdf.h"
#include "stats/holm.h"
#include "stats/looks.h"
#include "stats/paired.h"
#include "study/tables.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CONFIDENCE 0.95

bool compare_is_paired(const struct run_read *run, const struct run_read *first)
{
    return run->met != NULL && first->met != NULL && run->strata == first->strata;
}

size_t compare_shared(const struct run_read *run, const struct run_read *first)
{
    return run->replicates < first->replicates ? run->replicates : first->replicates;
}

static struct difference paired(const struct run_read *run, size_t target,
                                const struct run_read *first, size_t other)
{
    struct paired_counts counts = {0};
    size_t shared = compare_shared(run, first);
    for (size_t r = 0; r < shared; r++) {
        bool a = run->met[r] >> target & 1, b = first->met[r] >> other & 1;
        counts.both += a && b;
        counts.first_only += a && !b;
        counts.second_only += !a && b;
        counts.neither += !a && !b;
    }
    return paired_proportions(&counts, CONFIDENCE);
}

/* libm's hypot, whose last bit changes with the machine, is for numbers out of range. */
static double root_of_squares(double a, double b)
{
    return sqrt(a * a + b * b);
}

/* Independent runs: Newcombe's interval (1998, Statistics in Medicine 17, 873-890, method 10) from
 * the two scores, and the p-value of the pooled score test. */
static struct difference independent(const struct run_target *a, const struct run_target *b)
{
    double n = (double)a->replicates, m = (double)b->replicates;
    double p = (double)a->met / n, q = (double)b->met / m;
    struct interval of_p = estimate_proportion(a->met, a->replicates, CONFIDENCE);
    struct interval of_q = estimate_proportion(b->met, b->replicates, CONFIDENCE);
    double pooled = ((double)a->met + (double)b->met) / (n + m);
    double error = sqrt(pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m));
    return (struct difference){
        .estimate = p - q,
        .low = p - q - root_of_squares(p - of_p.low, of_q.high - q),
        .high = p - q + root_of_squares(of_p.high - p, q - of_q.low),
        .p_value = error > 0.0 ? 2.0 * cdf_normal_above(fabs(p - q) / error) : 1.0,
        .variance_ratio = NAN,
    };
}

static struct comparison_row row_of(const struct run_read *run, size_t t)
{
    const struct run_target *target = &run->target[t];
    return (struct comparison_row){
        .run = run->folder,
        .target = target->name,
        .replicates = target->replicates,
        .met = target->met,
        .probability =
            target->replicates == 0 ? NAN : (double)target->met / (double)target->replicates,
        .low95 = target->odds.low,
        .high95 = target->odds.high,
        .difference = NAN,
        .diff_low95 = NAN,
        .diff_high95 = NAN,
        .p_value = NAN,
        .p_holm = NAN,
        .variance_ratio = NAN,
    };
}

/* Where a run may have been stopped by looking at it: each probability lies in the intervals of all
 * its looks, but for half the error, so the difference lies between their ends. */
static struct difference looked_at(const struct run_target *a, const struct run_target *b)
{
    struct interval of_a = looks_interval(a->met, a->replicates, LOOKS_HALF_ERROR);
    struct interval of_b = looks_interval(b->met, b->replicates, LOOKS_HALF_ERROR);
    return (struct difference){
        .estimate = (double)a->met / (double)a->replicates - (double)b->met / (double)b->replicates,
        .low = of_a.low - of_b.high,
        .high = of_a.high - of_b.low,
        .p_value = NAN,
        .variance_ratio = NAN,
    };
}

static void hold_against(struct comparison_row *row, const struct run_read *run, size_t target,
                         const struct run_read *first, size_t other)
{
    const struct run_target *a = &run->target[target], *b = &first->target[other];
    bool looked = a->looked || b->looked, pairs = !looked && compare_is_paired(run, first);
    row->reference = first->folder;
    row->paired = !run_read_same(run, target, first, other) ? "other" : pairs ? "yes" : "no";
    if (strcmp(row->paired, "other") == 0)
        return;
    struct difference difference = looked  ? looked_at(a, b)
                                   : pairs ? paired(run, target, first, other)
                                           : independent(a, b);
    row->shared = pairs ? compare_shared(run, first) : 0;
    row->difference = difference.estimate;
    row->diff_low95 = difference.low;
    row->diff_high95 = difference.high;
    row->p_value = difference.p_value;
    row->variance_ratio = difference.variance_ratio;
}

static bool check(const struct run_read *run, const struct run_read *first, struct faults *faults)
{
    size_t shared = 0;
    for (size_t t = 0; t < run->target_count; t++)
        shared += run_read_target(first, run->target[t].name) < first->target_count;
    bool ok = true;
    if (run->seed != first->seed)
        ok = fault_input(faults, (struct place){0},
                         "%s has seed %" PRIu64 ", %s has %" PRIu64
                         ": runs are compared under the same luck",
                         run->folder, run->seed, first->folder, first->seed);
    if (shared == 0)
        ok = fault_input(faults, (struct place){0}, "%s and %s share no target", run->folder,
                         first->folder);
    return ok;
}

static bool correct(struct comparison *comparison, struct faults *faults)
{
    double *p = calloc(comparison->count + 1, sizeof *p);
    size_t *order = calloc(comparison->count + 1, sizeof *order);
    bool ok = p != NULL && order != NULL;
    for (size_t i = 0; ok && i < comparison->count; i++)
        p[i] = comparison->row[i].p_value;
    if (ok)
        holm_adjust(p, comparison->count, order, p);
    for (size_t i = 0; ok && i < comparison->count; i++)
        comparison->row[i].p_holm = p[i];
    free(p);
    free(order);
    return ok || fault_memory(faults, "comparing runs");
}

bool compare_runs(struct comparison *comparison, const struct run_read *run, size_t count,
                  struct faults *faults)
{
    bool ok = true;
    *comparison = (struct comparison){0};
    for (size_t i = 1; i < count; i++)
        ok &= check(&run[i], &run[0], faults);
    if (!ok)
        return false;
    comparison->row = calloc(count * SCENARIO_TARGETS, sizeof *comparison->row);
    if (comparison->row == NULL)
        return fault_memory(faults, "comparing runs");
    for (size_t i = 0; i < count; i++)
        for (size_t t = 0; t < run[i].target_count; t++) {
            struct comparison_row *row = &comparison->row[comparison->count++];
            size_t other = run_read_target(&run[0], run[i].target[t].name);
            *row = row_of(&run[i], t);
            if (i > 0 && other < run[0].target_count)
                hold_against(row, &run[i], t, &run[0], other);
        }
    return correct(comparison, faults);
}

void comparison_clear(struct comparison *comparison)
{
    free(comparison->row);
    *comparison = (struct comparison){0};
}

bool compare_write(const struct comparison *comparison, const char *folder, struct faults *faults)
{
    struct file_group files;
    struct csv csv;
    if (!file_group_open(&files, folder, faults))
        return false;
    bool ok = tables_begin(&csv, CSV_COMPARISON, &files, faults);
    if (ok)
        csv_end_row(&csv);
    for (size_t i = 0; ok && i < comparison->count; i++) {
        comparison_cells(&csv, &comparison->row[i]);
        csv_end_row(&csv);
    }
    static const enum csv_id described[] = {CSV_COMPARISON, CSV_BATCH_COLUMNS, CSV_ALL};
    ok = ok && tables_columns(described, NULL, NULL, &files, faults);
    if (ok)
        return file_group_commit(&files, faults);
    file_group_abandon(&files);
    return false;
}
