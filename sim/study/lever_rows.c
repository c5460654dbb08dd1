/* The rows of levers.csv: effects of levers and actions, corrected together. */
#include "study/levers.h"

#include "base/memory.h"
#include "stats/holm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One comparison of one lever or action. */
struct effect_of {
    const char *lever, *action, *task, *comparison;
    size_t point;
    bool loses; /* the point lacks it, so that the effect is the reference's lead */
};

struct row_making {
    const struct levers *levers;
    struct ledger *ledger;
    struct lever_rows *rows;
    struct faults *faults;
};

void lever_rows_clear(struct lever_rows *rows)
{
    free(rows->row);
    *rows = (struct lever_rows){0};
}

static bool add_row(struct row_making *making, const struct levers_row *row)
{
    struct lever_rows *rows = making->rows;
    if (!memory_reserve((void **)&rows->row, &rows->capacity, rows->count + 1, sizeof *rows->row))
        return fault_memory(making->faults, "adding up the levers");
    rows->row[rows->count++] = *row;
    return true;
}

/* ------------------------------------------------------------------ effects */

static struct difference turned(struct difference difference, bool loses)
{
    if (!loses)
        return difference;
    return (struct difference){-difference.estimate, -difference.high, -difference.low,
                               difference.p_value, difference.variance_ratio};
}

/* What it adds to the cost of a year, at the date of the last target. */
static double cost_of(const struct row_making *making, const struct tally *tally, bool loses)
{
    const struct layout *layout = roster_layout(&making->ledger->batch->roster, tally->point);
    size_t latest = layout->quantity_count;
    for (size_t q = 0; q < layout->quantity_count; q++)
        if (layout->quantity[q].indicator == INDICATOR_POLICY_COST &&
            (latest == layout->quantity_count ||
             layout->quantity[q].month > layout->quantity[latest].month))
            latest = q;
    if (latest == layout->quantity_count)
        return NAN;
    return turned(tally_quantity(making->ledger, tally, latest), loses).estimate;
}

double levers_per_100_myuan(double effect, double cost_myuan)
{
    return cost_myuan > 0.0 ? 1e4 * effect / cost_myuan : NAN;
}

static struct levers_row row_of(const struct effect_of *what, struct difference difference,
                                double cost)
{
    return (struct levers_row){
        .lever = what->lever,
        .action = what->action,
        .task = what->task,
        .comparison = what->comparison,
        .date = MONTH_NEVER,
        .effect = difference.estimate,
        .low95 = difference.low,
        .high95 = difference.high,
        .p_value = difference.p_value,
        .p_holm = NAN,
        .rank = NAN,
        .rank_low = NAN,
        .rank_high = NAN,
        .cost_myuan_per_year = cost,
        .points_per_100_myuan_per_year = levers_per_100_myuan(difference.estimate, cost),
        .points_low95 = levers_per_100_myuan(difference.low, cost),
        .points_high95 = levers_per_100_myuan(difference.high, cost),
        .variance_ratio = difference.variance_ratio,
    };
}

static bool add_effects(struct row_making *making, const struct effect_of *what)
{
    const struct layout *layout = roster_layout(&making->ledger->batch->roster, what->point);
    struct tally tally = {0};
    bool ok = tally_make(&tally, making->ledger, what->point, making->faults);
    double cost = ok ? cost_of(making, &tally, what->loses) : NAN;
    for (size_t t = 0; ok && t < layout->target_count; t++) {
        struct levers_row row =
            row_of(what, turned(tally_target(making->ledger, &tally, t), what->loses), cost);
        row.what = layout->target[t];
        row.changed = (double)(tally.pair[t].first_only + tally.pair[t].second_only);
        row.largest_change = row.changed > 0.0 ? 1.0 : 0.0;
        ok = add_row(making, &row);
    }
    for (size_t q = 0; ok && q < layout->quantity_count; q++) {
        struct levers_row row =
            row_of(what, turned(tally_quantity(making->ledger, &tally, q), what->loses), cost);
        row.what = indicators[layout->quantity[q].indicator].name;
        row.date = layout->quantity[q].month;
        row.changed = (double)tally.cell[q].changed;
        row.largest_change = tally.cell[q].largest_change;
        row.p_value = row.points_per_100_myuan_per_year = row.points_low95 = row.points_high95 =
            NAN;
        ok = add_row(making, &row);
    }
    tally_clear(&tally);
    return ok;
}

static const char *number_of(const struct lever_action *action)
{
    return strchr(action->label, ' ') + 1;
}

static bool add_levers(struct row_making *making, bool without)
{
    const struct levers *levers = making->levers;
    bool ok = true;
    for (size_t i = 0; ok && i < levers->count; i++) {
        const struct lever *lever = &levers->lever[i];
        ok = add_effects(making,
                         &(struct effect_of){lever->name, number_of(&levers->action[lever->action]),
                                             lever->task, without ? "without" : "alone",
                                             without ? lever->without : lever->alone, without});
    }
    return ok;
}

static bool add_actions(struct row_making *making, bool without)
{
    const struct levers *levers = making->levers;
    bool ok = true;
    for (size_t i = 0; ok && i < levers->action_count; i++) {
        const struct lever_action *action = &levers->action[i];
        ok = add_effects(making,
                         &(struct effect_of){action->label, number_of(action), NULL,
                                             without ? "action_without" : "action_alone",
                                             without ? action->without : action->alone, without});
    }
    return ok;
}

/* ------------------------------------------------------------------ ranks and correction */

/* Ranks the rows of one comparison, which follow each other: `count` of them, `stride` rows each.
 */
static bool rank(struct row_making *making, size_t first, size_t count, size_t stride,
                 const size_t *point, bool fewer)
{
    size_t targets = roster_layout(&making->ledger->batch->roster, LEVERS_PLAN)->target_count;
    struct levers_row **row = calloc(count, sizeof *row);
    bool ok = row != NULL || fault_memory(making->faults, "ranking the levers");
    for (size_t t = 0; ok && t < targets; t++) {
        for (size_t i = 0; i < count; i++)
            row[i] = &making->rows->row[first + i * stride + t];
        ok = lever_ranks(row, point, count, fewer, t, making->ledger, making->faults);
    }
    free(row);
    return ok;
}

static bool rank_all(struct row_making *making)
{
    const struct levers *levers = making->levers;
    const struct layout *layout = roster_layout(&making->ledger->batch->roster, LEVERS_PLAN);
    size_t stride = layout->target_count + layout->quantity_count, first = stride;
    size_t most = levers->count > levers->action_count ? levers->count : levers->action_count;
    size_t *point = calloc(most, sizeof *point);
    bool ok = point != NULL || fault_memory(making->faults, "ranking the levers");
    for (int without = 0; ok && without < 2; without++) {
        for (size_t i = 0; i < levers->count; i++)
            point[i] = without ? levers->lever[i].without : levers->lever[i].alone;
        ok = rank(making, first, levers->count, stride, point, without);
        first += levers->count * stride;
    }
    for (int without = 0; ok && without < 2; without++) {
        for (size_t i = 0; i < levers->action_count; i++)
            point[i] = without ? levers->action[i].without : levers->action[i].alone;
        ok = rank(making, first, levers->action_count, stride, point, without);
        first += levers->action_count * stride;
    }
    free(point);
    return ok;
}

static bool correct(struct row_making *making)
{
    struct lever_rows *rows = making->rows;
    double *p = calloc(rows->count + 1, sizeof *p);
    size_t *order = calloc(rows->count + 1, sizeof *order);
    bool ok = p != NULL && order != NULL;
    for (size_t i = 0; ok && i < rows->count; i++)
        p[i] = rows->row[i].p_value;
    if (ok)
        holm_adjust(p, rows->count, order, p);
    for (size_t i = 0; ok && i < rows->count; i++)
        rows->row[i].p_holm = p[i];
    free(p);
    free(order);
    return ok || fault_memory(making->faults, "correcting comparisons");
}

bool lever_rows_make(struct lever_rows *rows, const struct levers *levers, struct ledger *ledger,
                     struct faults *faults)
{
    struct row_making making = {levers, ledger, rows, faults};
    *rows = (struct lever_rows){0};
    return add_effects(&making,
                       &(struct effect_of){"plan", NULL, NULL, "full", LEVERS_PLAN, false}) &&
           add_levers(&making, false) && add_levers(&making, true) && add_actions(&making, false) &&
           add_actions(&making, true) && rank_all(&making) && correct(&making);
}
