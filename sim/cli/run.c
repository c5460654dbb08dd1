#include "cli/run.h"

#include "cli/cli.h"
#include "cli/grid.h"
#include "cli/job.h"
#include "cli/report.h"
#include "cli/stop.h"
#include "engine/ensemble.h"
#include "engine/firm_panel.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ------------------------------------------------------------------ simulating */

static bool show_progress(void *context, size_t done, size_t total)
{
    struct run *run = context;
    progress_update(&run->progress, done, total);
    return stop_signal() == 0;
}

static bool take_replicate(void *context, const struct outcome *outcome)
{
    struct run *run = context;
    results_replicate(&run->results, outcome);
    return true;
}

static bool simulate(struct run *run, struct faults *faults)
{
    const struct ensemble_options options = {
        .seed = run->record.seed,
        .replicates = run->record.replicates_asked,
        .threads = run->record.threads,
        .precision = run->record.precision,
        .twin_every = ENSEMBLE_TWIN_EVERY,
        .strata = run->record.strata,
        .progress = show_progress,
        .each = take_replicate,
        .context = run,
    };
    progress_begin(&run->progress, run->quiet ? NULL : stderr, options.precision > 0);
    bool ok = ensemble_run(run->input.scenario, &options, &run->summary, &run->record.agent_steps,
                           &run->stopped, faults);
    run->record.seconds = progress_end(&run->progress);
    run->record.replicates = run->summary.replicates;
    return ok && !run->stopped;
}

/* ------------------------------------------------------------------ firms */

static bool take_firm(void *context, const struct firm_row *row)
{
    struct run *run = context;
    results_firm(&run->results, row);
    return stop_signal() == 0;
}

/* Runs the first replicates again, this time looking at every firm. */
static bool write_firms(struct run *run, struct faults *faults)
{
    uint64_t wanted = run->record.firms;
    uint64_t count = wanted < run->record.replicates ? wanted : run->record.replicates;
    bool ok = true;
    for (size_t r = 0; ok && r < count && !run->stopped; r++) {
        const struct draw_replicate which = {run->record.seed, (uint32_t)r, (uint32_t)r,
                                             run->record.strata};
        run->results.firm_replicate = r;
        ok = firm_panel_run(run->input.scenario, &which, take_firm, run, faults);
        run->stopped = stop_signal() != 0;
    }
    return ok && !run->stopped;
}

/* ------------------------------------------------------------------ the whole */

/* Simulates and writes; the results are ended either way. */
static bool fill_results(struct run *run, struct faults *faults)
{
    if (simulate(run, faults) && write_firms(run, faults))
        return results_commit(&run->results, &run->summary, &run->input.observed, &run->record,
                              faults);
    results_abandon(&run->results);
    return false;
}

bool run_produce(struct run *run, struct faults *faults)
{
    bool ok = summary_init(&run->summary, run->input.scenario, faults) &&
              results_open(&run->results, run->input.scenario, run->folder,
                           run->record.replicate_rows, run->record.firms > 0, run->force, faults);
    run->results.shown = run->shown;
    return ok && fill_results(run, faults);
}

void run_clear(struct run *run)
{
    summary_clear(&run->summary);
    input_clear(&run->input);
}

int run_say_stopped(const struct run *run)
{
    char done[HUMAN_BYTES], all[HUMAN_BYTES];
    fprintf(stderr, "%s after %s of %s replicates; nothing was written, %s is as it was\n",
            strsignal(stop_signal()), human_number(done, (double)run->record.replicates),
            human_number(all, (double)run->record.replicates_asked), run->folder);
    return EXIT_SIGNAL + stop_signal();
}

/* ------------------------------------------------------------------ neobay run */

static bool is_plain(const struct call *call)
{
    const char *design = call->words[OPTION_ID_DESIGN];
    return design != NULL && strcmp(design, "plain") == 0;
}

static struct run_record record_of(const struct call *call)
{
    return (struct run_record){
        .scenario_file = call->operand,
        .overrides = call->overrides,
        .override_count = call->override_count,
        .seed = call->whole[OPTION_ID_SEED],
        .replicates_asked = call->whole[OPTION_ID_REPLICATES],
        .precision = call->real[OPTION_ID_PRECISION],
        .replicate_rows = call->given[OPTION_ID_REPLICATE_ROWS],
        .firms = call->whole[OPTION_ID_FIRMS],
        .strata = is_plain(call) ? 0 : DRAW_BLOCK,
        .threads = call->given[OPTION_ID_THREADS] ? (int)call->whole[OPTION_ID_THREADS]
                                                  : omp_get_max_threads(),
        .started = time(NULL),
    };
}

static int say_done(const struct run *run)
{
    struct text text = {0};
    if (!run->quiet)
        report_write(&(struct report){.summary = &run->summary,
                                      .observed = &run->input.observed,
                                      .record = &run->record,
                                      .folder = run->folder,
                                      .colour = colour_wanted(stdout)},
                     &text);
    return cli_print(&text);
}

int command_run(const struct call *call)
{
    struct run run = {.record = record_of(call),
                      .force = call->given[OPTION_ID_FORCE],
                      .quiet = call->given[OPTION_ID_QUIET]};
    struct faults faults = {0};
    stop_on_signals();
    char *folder = job_folder(call, call->operand, "");
    run.folder = folder;
    bool ok = (folder != NULL || fault_memory(&faults, "naming the folder of results")) &&
              input_read(&run.input, call, &faults) && run_produce(&run, &faults);
    int code = ok ? say_done(&run) : run.stopped ? run_say_stopped(&run) : cli_report(&faults);
    faults_clear(&faults);
    run_clear(&run);
    free(folder);
    return code;
}
