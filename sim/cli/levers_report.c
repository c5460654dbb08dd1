#include "cli/levers_report.h"

#include "cli/grid.h"
#include "study/levers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_LEVERS = 12 };

struct levers_sheet {
    const struct job *job;
    struct ledger ledger;
    struct lever_rows effects;
    struct shapley_rows worths;
    const char *target; /* the one that levers are ranked by */
    const char *bold, *dim, *plain;
};

static void add_points(struct grid *grid, double effect, double low, double high)
{
    grid_add(grid, "%+.1f", 100.0 * effect);
    grid_add(grid, "%+.1f – %+.1f", 100.0 * low, 100.0 * high);
}

/* ------------------------------------------------------------------ the plan */

/* The target that the plan does most for: the levers are ranked by it. */
static void choose_target(struct levers_sheet *sheet)
{
    double most = -1.0;
    for (size_t i = 0; i < sheet->effects.count; i++) {
        const struct levers_row *row = &sheet->effects.row[i];
        if (strcmp(row->comparison, "full") != 0 || row->date != MONTH_NEVER)
            continue;
        if (fabs(row->effect) > most || sheet->target == NULL) {
            most = fabs(row->effect);
            sheet->target = row->what;
        }
    }
}

static bool plan_table(struct levers_sheet *sheet, struct text *out, struct faults *faults)
{
    static const char *const names[] = {"target", "no plan", "plan", "points", "95 % interval"};
    const struct layout *layout = roster_layout(&sheet->job->batch.roster, LEVERS_PLAN);
    struct tally with = {0}, none = {0};
    struct grid grid = {.align = "lrrrr"};
    char share[HUMAN_BYTES];
    bool ok = tally_make(&with, &sheet->ledger, LEVERS_PLAN, faults) &&
              tally_make(&none, &sheet->ledger, LEVERS_NONE, faults);
    grid_add_words(&grid, names, 5);
    for (size_t t = 0; ok && t < layout->target_count; t++) {
        const struct levers_row *row = &sheet->effects.row[t]; /* full comes first */
        grid_add(&grid, "%s", layout->target[t]);
        grid_add(&grid, "%s", human_share(share, (double)none.met[t] / (double)none.replicates));
        grid_add(&grid, "%s", human_share(share, (double)with.met[t] / (double)with.replicates));
        add_points(&grid, row->effect, row->low95, row->high95);
    }
    text_append(out, "\n%sWhat the plan adds to the odds%s\n", sheet->bold, sheet->plain);
    grid_write(&grid, sheet->dim, out);
    grid_clear(&grid);
    tally_clear(&with);
    tally_clear(&none);
    return ok;
}

/* ------------------------------------------------------------------ levers and actions */

static int by_effect(const void *left, const void *right)
{
    const struct levers_row *a = *(const struct levers_row *const *)left;
    const struct levers_row *b = *(const struct levers_row *const *)right;
    int order = (a->effect < b->effect) - (a->effect > b->effect);
    return order == 0 ? (a > b) - (a < b) : order;
}

/* The rows of one comparison with the chosen target, by falling effect. */
static size_t collect(const struct levers_sheet *sheet, const char *comparison,
                      const struct levers_row **row)
{
    size_t count = 0;
    for (size_t i = 0; i < sheet->effects.count; i++) {
        const struct levers_row *it = &sheet->effects.row[i];
        if (strcmp(it->comparison, comparison) == 0 && strcmp(it->what, sheet->target) == 0 &&
            it->date == MONTH_NEVER)
            row[count++] = it;
    }
    qsort(row, count, sizeof *row, by_effect);
    return count;
}

static const struct levers_row *find(const struct levers_sheet *sheet, const char *comparison,
                                     const char *lever)
{
    for (size_t i = 0; i < sheet->effects.count; i++) {
        const struct levers_row *it = &sheet->effects.row[i];
        if (strcmp(it->comparison, comparison) == 0 && strcmp(it->what, sheet->target) == 0 &&
            strcmp(it->lever, lever) == 0)
            return it;
    }
    return NULL;
}

static void add_lever(const struct levers_sheet *sheet, struct grid *grid,
                      const struct levers_row *row, const char *alone)
{
    const struct levers_row *other = find(sheet, alone, row->lever);
    char number[HUMAN_BYTES];
    grid_add(grid, "%.0f", row->rank);
    if (row->rank_low < row->rank_high)
        grid_add(grid, "%.0f–%.0f", row->rank_low, row->rank_high);
    else
        grid_add(grid, "sure");
    grid_add(grid, "%s", row->lever);
    add_points(grid, row->effect, row->low95, row->high95);
    grid_add(grid, "%s", row->p_holm < 0.05 ? "*" : "");
    grid_add(grid, "%+.1f", other == NULL ? NAN : 100.0 * other->effect);
    grid_add(grid, "%s", human_number(number, round(row->cost_myuan_per_year)));
    if (isnan(row->points_per_100_myuan_per_year))
        grid_add(grid, "–");
    else
        grid_add(grid, "%+.2f", row->points_per_100_myuan_per_year);
}

static void lever_table(const struct levers_sheet *sheet, const char *words, const char *without,
                        const char *alone, const struct levers_row **row, struct text *out)
{
    static const char *const names[] = {"rank",   "may be",        "",
                                        "points", "95 % interval", "",
                                        "alone",  "myuan/year",    "per 100 myuan/year"};
    struct grid grid = {.align = "rrlrrlrrr"};
    size_t count = collect(sheet, without, row);
    grid_add_words(&grid, names, 9);
    for (size_t i = 0; i < count && i < SHOWN_LEVERS; i++)
        add_lever(sheet, &grid, row[i], alone);
    text_append(out, "\n%s%s%s\n", sheet->bold, words, sheet->plain);
    grid_write(&grid, sheet->dim, out);
    if (count > SHOWN_LEVERS)
        text_append(out, "  %s%zu more are in levers.csv%s\n", sheet->dim, count - SHOWN_LEVERS,
                    sheet->plain);
    grid_clear(&grid);
}

static void shapley_table(const struct levers_sheet *sheet, struct text *out)
{
    static const char *const names[] = {"", "points", "95 % interval", "myuan/year",
                                        "per 100 myuan/year"};
    struct grid grid = {.align = "lrrrr"};
    char number[HUMAN_BYTES];
    grid_add_words(&grid, names, 5);
    for (size_t i = 0; i < sheet->worths.count; i++) {
        const struct shapley_row *row = &sheet->worths.row[i];
        if (strcmp(row->target, sheet->target) != 0 || strcmp(row->method, "exact") != 0)
            continue;
        grid_add(&grid, "%s", row->player);
        add_points(&grid, row->value, row->low95, row->high95);
        grid_add(&grid, "%s", human_number(number, round(row->cost_myuan_per_year)));
        if (isnan(row->points_per_100_myuan_per_year))
            grid_add(&grid, "–");
        else
            grid_add(&grid, "%+.2f", row->points_per_100_myuan_per_year);
    }
    text_append(out, "\n%sWhat the plan adds to %s, shared out among its actions (Shapley)%s\n",
                sheet->bold, sheet->target, sheet->plain);
    grid_write(&grid, sheet->dim, out);
    grid_clear(&grid);
}

/* ------------------------------------------------------------------ the whole */

static bool write(struct levers_sheet *sheet, struct text *out, struct faults *faults)
{
    const struct levers_row **row = calloc(sheet->effects.count + 1, sizeof *row);
    struct text words = {0};
    if (row == NULL)
        return fault_memory(faults, "writing the report");
    text_append(out, "\n%s%s%s\n", sheet->bold, sheet->job->plan.title, sheet->plain);
    choose_target(sheet);
    bool ok = plan_table(sheet, out, faults);
    text_append(&words, "What %s loses when the plan goes without a lever", sheet->target);
    lever_table(sheet, words.failed ? "" : words.bytes, "without", "alone", row, out);
    words.length = 0;
    text_append(&words, "What %s loses when the plan goes without an action", sheet->target);
    lever_table(sheet, words.failed ? "" : words.bytes, "action_without", "action_alone", row, out);
    shapley_table(sheet, out);
    text_append(out,
                "  %spoints: percentage points of the odds of %s, which the plan changes most; may "
                "be: ranks\n  at 95 %%, all at once; *: beyond chance at 5 %%, corrected by Holm; "
                "alone: added to no plan%s\n",
                sheet->dim, sheet->target, sheet->plain);
    text_clear(&words);
    free(row);
    return ok;
}

bool levers_report(const struct job *job, bool colour, struct text *out, struct faults *faults)
{
    struct levers_sheet sheet = {
        .job = job,
        .bold = colour ? "\033[1m" : "",
        .dim = colour ? "\033[2m" : "",
        .plain = colour ? "\033[0m" : "",
    };
    bool ok = ledger_init(&sheet.ledger, &job->batch, faults) &&
              lever_rows_make(&sheet.effects, job->levers, &sheet.ledger, faults) &&
              shapley_rows_make(&sheet.worths, job->levers, &sheet.effects, &sheet.ledger, faults);
    ok = ok && write(&sheet, out, faults);
    lever_rows_clear(&sheet.effects);
    shapley_rows_clear(&sheet.worths);
    ledger_clear(&sheet.ledger);
    return ok;
}
