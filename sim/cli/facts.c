/* neobay facts: a scenario held against what is known of firms, and of its district. */
#include "cli/cli.h"
#include "cli/grid.h"
#include "cli/input.h"
#include "cli/job.h"
#include "cli/stop.h"
#include "engine/ensemble.h"
#include "store/guard.h"
#include "store/tables.h"
#include "study/stylised.h"
#include "study/tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STANDARD_REPLICATES = 20, OBSERVED_TIMES = 10 };
static const enum csv_id written[] = {CSV_STYLISED, CSV_BATCH_COLUMNS, CSV_ALL};

/* What is held against what. */
struct facts_asked {
    const struct call *call;
    struct input input;
    char *folder;
    size_t replicates;
    struct stylised found[STYLISED_COUNT];
    struct summary summary; /* of OBSERVED_TIMES as many replicates */
    bool stopped;
};

static bool stop_asked(void)
{
    return stop_signal() != 0;
}

static bool go_on(void *context, size_t done, size_t total)
{
    (void)context;
    (void)done;
    (void)total;
    return !stop_asked();
}

static bool simulate(struct facts_asked *asked, struct faults *faults)
{
    const struct ensemble_options options = {.seed = asked->call->whole[OPTION_ID_SEED],
                                             .replicates = OBSERVED_TIMES * asked->replicates,
                                             .strata = DRAW_BLOCK,
                                             .threads = cli_threads(asked->call),
                                             .progress = go_on};
    bool ok = stylised_run(asked->found, asked->input.scenario, options.seed, asked->replicates,
                           options.threads, stop_asked, &asked->stopped, faults);
    if (!ok || asked->stopped || asked->input.observed.count == 0)
        return ok && !asked->stopped;
    ok = summary_init(&asked->summary, asked->input.scenario, faults) &&
         ensemble_run(asked->input.scenario, &options, &asked->summary, NULL, &asked->stopped,
                      faults);
    if (ok)
        summary_settle(&asked->summary);
    return ok && !asked->stopped;
}

/* ------------------------------------------------------------------ rows */

static const char *yes_or_no(bool yes)
{
    return yes ? "yes" : "no";
}

static struct stylised_row row_of_fact(const struct facts_asked *asked, size_t fact)
{
    const struct stylised_fact *row = &stylised_facts[fact];
    const struct stylised *found = &asked->found[fact];
    return (struct stylised_row){.fact = row->name,
                                 .kind = "stylised",
                                 .low = row->low,
                                 .high = row->high,
                                 .simulated = found->mean,
                                 .p05 = found->low,
                                 .p95 = found->high,
                                 .least = found->least,
                                 .inside = found->is_told ? yes_or_no(found->inside) : NULL,
                                 .must_hold = yes_or_no(row->must_hold),
                                 .replicates = asked->replicates,
                                 .source = row->source};
}

/* The row of an observation; its name is written into `name`. */
static struct stylised_row row_of_observation(const struct facts_asked *asked,
                                              const struct observation *seen,
                                              const struct cell *cell, struct text *name)
{
    bool whole = indicator_is_whole(seen->indicator);
    struct interval range = observed_range(seen);
    char month[TEXT_MONTH_BYTES];
    struct stylised_row row = {
        .kind = seen->assumed ? "assumed" : "observed",
        .low = isfinite(range.low) ? range.low : (double)NAN,
        .high = isfinite(range.high) ? range.high : (double)NAN,
        .simulated = histogram_quantile(&cell->histogram, 0.50, whole),
        .p05 = histogram_quantile(&cell->histogram, 0.05, whole),
        .p95 = histogram_quantile(&cell->histogram, 0.95, whole),
        .least = NAN,
        .must_hold = "no",
        .use = observed_use_names[seen->use],
        .replicates = asked->summary.replicates,
        .source = seen->source,
    };
    name->length = 0;
    text_append(name, "%s %s", indicators[seen->indicator].name, text_month(month, seen->month));
    row.fact = name->failed ? "" : name->bytes;
    row.inside = yes_or_no(observed_side(seen, row.p05, row.p95) == 0);
    return row;
}

/* Calls `each` with every row. */
static void each_row(const struct facts_asked *asked, void *context,
                     void (*each)(void *context, const struct stylised_row *row))
{
    struct text name = {0};
    for (size_t f = 0; f < STYLISED_COUNT; f++) {
        struct stylised_row row = row_of_fact(asked, f);
        each(context, &row);
    }
    for (size_t i = 0; i < asked->input.observed.count; i++) {
        const struct observation *seen = &asked->input.observed.observation[i];
        const struct cell *cell = observed_cell(&asked->summary, seen);
        if (cell == NULL)
            continue;
        struct stylised_row row = row_of_observation(asked, seen, cell, &name);
        each(context, &row);
    }
    text_clear(&name);
}

/* ------------------------------------------------------------------ what is written */

static void write_row(void *context, const struct stylised_row *row)
{
    stylised_cells(context, row);
    csv_end_row(context);
}

static bool write_tables(const struct facts_asked *asked, struct faults *faults)
{
    struct file_group files;
    struct csv csv;
    if (!file_group_open(&files, asked->folder, faults))
        return false;
    bool ok = tables_begin(&csv, CSV_STYLISED, &files, faults);
    if (ok) {
        csv_end_row(&csv);
        each_row(asked, &csv, write_row);
        ok = tables_columns(written, NULL, NULL, &files, faults);
    }
    if (ok)
        return file_group_commit(&files, faults);
    file_group_abandon(&files);
    return false;
}

static void add_range(struct grid *grid, double low, double high)
{
    char number[2][HUMAN_BYTES];
    human_number(number[0], low);
    human_number(number[1], high);
    if (isnan(low) && isnan(high))
        grid_add(grid, "–");
    else if (isnan(low) || isnan(high))
        grid_add(grid, "%s %s", isnan(high) ? "≥" : "≤", number[isnan(low)]);
    else if (low < high)
        grid_add(grid, "%s – %s", number[0], number[1]);
    else
        grid_add(grid, "%s", number[0]);
}

static void print_row(void *context, const struct stylised_row *row)
{
    struct grid *grid = context;
    char number[HUMAN_BYTES];
    grid_add(grid, "%s%s", row->fact, strcmp(row->kind, "assumed") == 0 ? " (assumed)" : "");
    add_range(grid, row->low, row->high);
    grid_add(grid, "%s", human_number(number, row->simulated));
    if (isnan(row->p05))
        grid_add(grid, "–");
    else
        add_range(grid, row->p05, row->p95);
    grid_add(grid, "%s",
             row->inside == NULL                  ? "not told"
             : strcmp(row->inside, "yes") == 0    ? "inside"
             : strcmp(row->must_hold, "yes") == 0 ? "OUTSIDE"
                                                  : "outside");
    grid_add(grid, "%s", row->source);
}

static int say_done(const struct facts_asked *asked)
{
    static const char *const names[] = {"fact", "range", "simulated", "5–95 %", "", "source"};
    struct text out = {0};
    size_t outside = 0;
    struct grid grid = {.align = "lrrrll"};
    if (asked->call->given[OPTION_ID_QUIET])
        return 0;
    grid_add_words(&grid, names, sizeof names / sizeof *names);
    each_row(asked, &grid, print_row);
    for (size_t f = 0; f < STYLISED_COUNT; f++)
        outside +=
            stylised_facts[f].must_hold && !asked->found[f].inside && !isnan(asked->found[f].mean);
    text_append(&out,
                "\n%s: what is known of firms and of the district, beside what is simulated\n",
                asked->call->operand);
    grid_write(&grid, colour_wanted(stdout) ? "\033[2m" : "", &out);
    text_append(&out,
                "  %zu stylised facts that must hold are outside; means over %zu replicates, "
                "observed: medians over %zu\nResults: %s/\n",
                outside, asked->replicates, OBSERVED_TIMES * asked->replicates, asked->folder);
    grid_clear(&grid);
    return cli_print(&out);
}

int command_facts(const struct call *call)
{
    struct facts_asked asked = {.call = call,
                                .folder = job_folder(call, call->operand, "-facts"),
                                .replicates = call->given[OPTION_ID_REPLICATES]
                                                  ? call->whole[OPTION_ID_REPLICATES]
                                                  : STANDARD_REPLICATES};
    struct faults faults = {0};
    stop_on_signals();
    bool ok = (asked.folder != NULL || fault_memory(&faults, "naming the folder of results")) &&
              (call->given[OPTION_ID_FORCE] || guard_tables(asked.folder, written, &faults)) &&
              input_read(&asked.input, call, &faults) && simulate(&asked, &faults) &&
              write_tables(&asked, &faults);
    int code = ok                   ? say_done(&asked)
               : stop_signal() != 0 ? EXIT_SIGNAL + stop_signal()
                                    : cli_report(&faults);
    faults_clear(&faults);
    summary_clear(&asked.summary);
    input_clear(&asked.input);
    free(asked.folder);
    return code;
}
