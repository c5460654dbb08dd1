/* neobay compare: runs in out/ held against each other. */
#include "study/compare.h"
#include "cli/cli.h"
#include "cli/grid.h"
#include "cli/progress.h"
#include "store/guard.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void add_row(struct grid *grid, const struct comparison_row *row)
{
    char share[HUMAN_BYTES];
    grid_add(grid, "%s", row->target);
    grid_add(grid, "%s", row->run);
    grid_add(grid, "%s", human_share(share, row->probability));
    if (isnan(row->difference)) {
        grid_add(grid, " ");
        grid_add(grid, " ");
    } else {
        grid_add(grid, "%+.1f%s", 100 * row->difference, row->p_holm < 0.05 ? "*" : " ");
        grid_add(grid, "%+.1f – %+.1f", 100 * row->diff_low95, 100 * row->diff_high95);
    }
}

static void report_table(const struct comparison *comparison, const struct run_read *run,
                         struct text *out)
{
    static const char *const names[] = {"target", "run", "odds", "points", "95 % interval"};
    struct grid grid = {.align = "llrrr"};
    grid_add_words(&grid, names, sizeof names / sizeof *names);
    for (size_t t = 0; t < run->target_count; t++)
        for (size_t i = 0; i < comparison->count; i++)
            if (strcmp(comparison->row[i].target, run->target[t].name) == 0)
                add_row(&grid, &comparison->row[i]);
    grid_write(&grid, colour_wanted(stdout) ? "\033[2m" : "", out);
    grid_clear(&grid);
}

/* What is special about the comparison of a run with the first. */
static void note_run(const struct run_read *run, const struct run_read *first, struct text *out)
{
    char shared[HUMAN_BYTES];
    bool looked = run->target[0].looked || first->target[0].looked;
    if (looked)
        text_append(
            out,
            "  %s: stopped by --precision, or the first was: intervals that hold whenever it "
            "stopped, and no test\n",
            run->folder);
    else if (!compare_is_paired(run, first))
        text_append(out, "  %s: as independent runs, %s\n", run->folder,
                    run->met != NULL && first->met != NULL
                        ? "since uncertain values were drawn by another design"
                        : "since not both have their store.db or replicates.csv");
    else if (run->replicates != first->replicates)
        text_append(out, "  %s: points are of the first %s replicates, which both have\n",
                    run->folder, human_number(shared, (double)compare_shared(run, first)));
}

/* Targets of one name that are not met by the same. */
static void note_targets(const struct run_read *run, const struct run_read *first, struct text *out)
{
    for (size_t t = 0; t < run->target_count; t++) {
        size_t other = run_read_target(first, run->target[t].name);
        if (other < first->target_count && !run_read_same(run, t, first, other))
            text_append(out, "  %s: not compared in %s: it is %s; in %s %s\n", run->target[t].name,
                        run->folder, run->target[t].definition, first->folder,
                        first->target[other].definition);
    }
}

static void notes(const struct run_read *run, size_t count, struct text *out)
{
    text_append(out,
                "  points: percentage points more than %s; *: beyond chance at 5 %%, corrected "
                "by Holm\n",
                run[0].folder);
    for (size_t i = 1; i < count; i++) {
        note_run(&run[i], &run[0], out);
        note_targets(&run[i], &run[0], out);
    }
}

static bool read_runs(struct run_read *run, const struct call *call, struct faults *faults)
{
    bool ok = true;
    for (size_t i = 0; i < call->operand_count; i++)
        ok &= run_read(&run[i], call->operands[i], faults);
    return ok;
}

static bool compare(const struct call *call, struct run_read *run, struct text *out,
                    struct faults *faults)
{
    struct comparison comparison = {0};
    const char *folder = call->words[OPTION_ID_OUT];
    folder = folder == NULL ? "out/comparison" : folder;
    static const enum csv_id written[] = {CSV_COMPARISON, CSV_BATCH_COLUMNS, CSV_ALL};
    bool ok = (call->given[OPTION_ID_FORCE] || guard_tables(folder, written, faults)) &&
              read_runs(run, call, faults) &&
              compare_runs(&comparison, run, call->operand_count, faults) &&
              compare_write(&comparison, folder, faults);
    if (ok && !call->given[OPTION_ID_QUIET]) {
        report_table(&comparison, &run[0], out);
        notes(run, call->operand_count, out);
        text_append(out, "Results: %s/\n", folder);
    }
    comparison_clear(&comparison);
    return ok;
}

int command_compare(const struct call *call)
{
    struct faults faults = {0};
    struct text out = {0};
    struct run_read *run = calloc(call->operand_count + 1, sizeof *run);
    bool ok = run != NULL || fault_memory(&faults, "comparing runs");
    if (ok && call->operand_count < 2)
        ok = fault_input(&faults, (struct place){0}, "usage: neobay compare RUN RUN...");
    ok = ok && compare(call, run, &out, &faults);
    for (size_t i = 0; run != NULL && i < call->operand_count; i++)
        run_read_clear(&run[i]);
    free(run);
    if (ok)
        return cli_print(&out);
    text_clear(&out);
    return cli_report(&faults);
}
