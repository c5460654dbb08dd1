#include "cli/run.h"

#include "cli/cli.h"
#include "cli/grid.h"
#include "cli/job.h"
#include "cli/report.h"
#include "cli/stop.h"
#include "engine/ensemble.h"
#include "engine/firm_panel.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ------------------------------------------------------------------ simulating */

static bool show_progress(void *context, size_t done, size_t total)
{
    struct run *run = context;
    bool stop = stop_signal() != 0;
    progress_update(&run->progress, (size_t)run->store.begun + done,
                    (size_t)run->store.begun + total);
    return (!run->keeps ||
            run_store_keep(&run->store, &run->results, &run->summary, stop, run->faults)) &&
           !stop;
}

static bool take_replicate(void *context, const struct outcome *outcome)
{
    struct run *run = context;
    results_replicate(&run->results, outcome);
    return !run->keeps || run_store_add(&run->store, outcome, run->faults);
}

static bool simulate(struct run *run, struct faults *faults)
{
    const struct ensemble_options options = {
        .seed = run->record.seed,
        .first = run->store.begun,
        .replicates = run->record.replicates_asked - run->store.begun,
        .threads = run->record.threads,
        .precision = run->record.precision,
        .twin_every = ENSEMBLE_TWIN_EVERY,
        .strata = run->record.strata,
        .progress = show_progress,
        .each = take_replicate,
        .context = run,
    };
    run->faults = faults;
    progress_begin(&run->progress, run->quiet ? NULL : stderr, options.precision > 0);
    run->progress.begun = run->store.begun;
    bool ok = ensemble_run(run->input.scenario, &options, &run->summary, &run->record.agent_steps,
                           &run->stopped, faults);
    run->record.seconds = progress_end(&run->progress);
    run->record.replicates = run->summary.replicates;
    ok = ok && faults->count == 0;
    return ok && !run->stopped &&
           (!run->keeps || run_store_keep(&run->store, &run->results, &run->summary, true, faults));
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

/* ------------------------------------------------------------------ limits */

static bool show_limits(void *context, size_t done, size_t total)
{
    struct run *run = context;
    progress_update(&run->progress, done, total);
    return stop_signal() == 0;
}

/* Simulates the first replicates with each limit lifted. */
static bool lift_limits(struct run *run, struct faults *faults)
{
    const struct limits_options options = {
        .seed = run->record.seed,
        .strata = run->record.strata,
        .replicates = limits_replicates((size_t)run->record.replicates),
        .threads = run->record.threads,
        .progress = show_limits,
        .context = run,
    };
    if (!run->record.limits)
        return true;
    progress_begin(&run->progress, run->quiet ? NULL : stderr, false);
    bool ok = limits_run(&run->limits, run->input.scenario, &options, &run->stopped, faults);
    progress_end(&run->progress);
    return ok && !run->stopped && limits_write(&run->limits, &run->summary, &run->results, faults);
}

/* ------------------------------------------------------------------ the whole */

/* Takes what the store has, and says what is not as it was left. */
static bool take_up(struct run *run, struct faults *faults)
{
    char done[HUMAN_BYTES];
    if (!run->keeps)
        return true;
    if (run->store.broken)
        fprintf(stderr, "%s/%s is damaged; the run begins anew\n", run->folder, STORE_NAME);
    if (run->store.begun > 0 && !run->quiet)
        fprintf(stderr, "%s finished replicates are taken over\n",
                human_number(done, (double)run->store.begun));
    return run_store_take(&run->store, run->input.scenario, &run->results, &run->summary, faults) &&
           draw_rows_redraw(&run->summary.draw_rows, run->input.scenario, run->record.seed,
                            run->record.strata, faults);
}

/* Simulates and writes; the results and the store are ended either way. */
static bool fill_results(struct run *run, struct faults *faults)
{
    bool ok = take_up(run, faults) && simulate(run, faults) && write_firms(run, faults) &&
              lift_limits(run, faults) && bands_make(&run->bands, &run->summary, faults);
    if (run->keeps && ok)
        ok = run_store_finish(&run->store, faults);
    else if (run->keeps)
        run_store_abandon(&run->store);
    if (ok)
        return results_commit(&run->results, &run->summary, &run->bands, &run->input.observed,
                              &run->record, faults);
    results_abandon(&run->results);
    return false;
}

/* A run that has not come to its end is not begun anew unasked. */
static bool check_under_way(const struct run *run, struct faults *faults)
{
    return run->force || run->resume || !run_store_is_under_way(run->folder) ||
           fault_input(faults, (struct place){0},
                       "%s holds a run under way; nothing was written; --resume goes on with it, "
                       "--force begins anew, --out DIR goes elsewhere",
                       run->folder);
}

bool run_produce(struct run *run, struct faults *faults)
{
    if (!summary_init(&run->summary, run->input.scenario, faults) ||
        !results_open(&run->results, run->input.scenario, run->folder, &run->record,
                      run->force || run->resume, faults))
        return false;
    run->results.shown = run->shown;
    bool ok = check_under_way(run, faults) &&
              (!run->keeps || run_store_open(&run->store, run->folder, run->input.scenario,
                                             &run->record, run->resume, faults));
    if (ok)
        return fill_results(run, faults);
    run_store_abandon(&run->store);
    results_abandon(&run->results);
    return false;
}

void run_clear(struct run *run)
{
    summary_clear(&run->summary);
    bands_clear(&run->bands);
    limits_clear(&run->limits);
    input_clear(&run->input);
}

int run_say_stopped(const struct run *run)
{
    char done[HUMAN_BYTES], all[HUMAN_BYTES];
    human_number(done, (double)run->record.replicates);
    human_number(all, (double)run->record.replicates_asked);
    if (run->keeps)
        fprintf(stderr,
                "%s after %s of %s replicates; they are kept in %s, and the same command with "
                "--resume goes on\n",
                strsignal(stop_signal()), done, all, run->folder);
    else
        fprintf(stderr, "%s after %s of %s replicates; nothing was written, %s is as it was\n",
                strsignal(stop_signal()), done, all, run->folder);
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
        .limits = !call->given[OPTION_ID_NO_LIMITS],
        .strata = is_plain(call) ? 0 : DRAW_BLOCK,
        .threads = cli_threads(call),
        .started = time(NULL),
    };
}

static int say_done(const struct run *run)
{
    struct text text = {0};
    if (!run->quiet)
        report_write(&(struct run_report){.summary = &run->summary,
                                          .observed = &run->input.observed,
                                          .bands = &run->bands,
                                          .record = &run->record,
                                          .limits = run->record.limits ? &run->limits : NULL,
                                          .folder = run->folder,
                                          .colour = colour_wanted(stdout)},
                     &text);
    return cli_print(&text);
}

int command_run(const struct call *call)
{
    struct run run = {.record = record_of(call),
                      .force = call->given[OPTION_ID_FORCE],
                      .keeps = true,
                      .resume = call->given[OPTION_ID_RESUME],
                      .quiet = call->given[OPTION_ID_QUIET]};
    struct faults faults = {0};
    stop_on_signals();
    char *folder = job_folder(call, call->operand, "");
    run.folder = folder;
    bool ok = (folder != NULL || fault_memory(&faults, "naming the folder of results")) &&
              input_read(&run.input, call, &faults) && run_produce(&run, &faults);
    int code = ok ? say_done(&run) : run.stopped ? run_say_stopped(&run) : cli_report(&faults);
    if (!ok && !run.stopped && run.store.kept && run.summary.replicates > run.store.begun)
        fprintf(stderr,
                "what was simulated is kept in %s; the same command with --resume goes on\n",
                folder);
    faults_clear(&faults);
    run_clear(&run);
    free(folder);
    return code;
}
