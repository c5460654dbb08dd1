/* neobay odds: the odds of one target, from few lives. */
#include "study/odds.h"
#include "base/csv_read.h"
#include "base/digest.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/grid.h"
#include "cli/input.h"
#include "cli/job.h"
#include "cli/stop.h"
#include "store/run_record.h"
#include "store/store.h"
#include "store/tables.h"
#include "study/tables.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STANDARD_REPLICATES = 1000 };

/* An answer under way. */
struct asked {
    const struct call *call;
    struct input input;
    char *folder;
    struct odds_options options;
    struct odds odds;
    struct odds_store store;
    struct progress progress;
    char fingerprint[DIGEST_TEXT_BYTES];
    size_t done;
    double seconds;
};

/* The target of this name; without one the first joint target, or else the first. */
static bool find_target(const struct scenario *scenario, const char *name, size_t *target,
                        struct faults *faults)
{
    size_t singles = scenario->centre.count[SECTION_TARGETS], count = tables_target_count(scenario);
    const char *names[SCENARIO_TARGETS];
    ASSERT(count <= SCENARIO_TARGETS);
    if (count == 0)
        return fault_input(faults, (struct place){0}, "%s has no targets whose odds could be told",
                           scenario->file[0]);
    *target = name != NULL ? 0 : singles < count ? singles : 0;
    for (size_t i = 0; i < count; i++)
        names[i] = panel_target_name(scenario, i);
    for (; name != NULL && *target < count; ++*target)
        if (strcmp(names[*target], name) == 0)
            return true;
    if (name == NULL)
        return true;
    const char *near = text_nearest(name, names, count);
    return fault_input(faults, (struct place){0}, "--target = %s is no target of %s%s%s%s", name,
                       scenario->file[0], near == NULL ? "" : "; did you mean ",
                       near == NULL ? "" : near, near == NULL ? "" : "?");
}

static bool show_progress(void *context, size_t done, size_t total)
{
    struct asked *asked = context;
    asked->done = done;
    progress_update(&asked->progress, done, total);
    return stop_signal() == 0;
}

/* Whether odds.csv of the folder speaks of this scenario. */
static bool is_ours(const struct asked *asked)
{
    static const char name[] = "fingerprint";
    struct csv_read table;
    struct faults unread = {0};
    if (!csv_read_open(&table, asked->folder, csv_file_names[CSV_ODDS], &unread)) {
        faults_clear(&unread);
        return false;
    }
    bool ours = csv_read_next(&table, &unread);
    size_t column = csv_read_column(&table, name, strlen(name));
    ours = ours && csv_read_next(&table, &unread) &&
           strcmp(csv_read_cell(&table, column), asked->fingerprint) == 0;
    csv_read_close(&table);
    faults_clear(&unread);
    return ours;
}

/* What the folder holds must be of this scenario, or nobody's; and one under way is not begun anew
 * unasked. */
static bool check_folder(const struct asked *asked, struct faults *faults)
{
    static const char *const names[] = {"odds.csv", RECORD_NAME, STORE_NAME, "columns.csv"};
    if (asked->call->given[OPTION_ID_FORCE] || asked->call->given[OPTION_ID_RESUME])
        return true;
    if (file_is_in(asked->folder, STORE_PART))
        return fault_input(faults, (struct place){0},
                           "%s holds something under way; nothing was written; --resume goes on "
                           "with it, --force begins anew, --out DIR goes elsewhere",
                           asked->folder);
    if (is_ours(asked))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (file_is_in(asked->folder, names[i]))
            return fault_input(
                faults, (struct place){0},
                "%s holds a file %s that is not of this scenario's screening; "
                "nothing was written; --force overwrites it, --out DIR goes elsewhere",
                asked->folder, names[i]);
    }
    return true;
}

static bool begin(struct asked *asked, struct faults *faults)
{
    const struct call *call = asked->call;
    asked->options = (struct odds_options){
        .seed = call->whole[OPTION_ID_SEED],
        .replicates = call->given[OPTION_ID_REPLICATES] ? call->whole[OPTION_ID_REPLICATES]
                                                        : STANDARD_REPLICATES,
        .threads = cli_threads(call),
        .progress = show_progress,
        .context = asked,
    };
    asked->folder = job_folder(call, call->operand, "-odds");
    if (asked->folder == NULL)
        return fault_memory(faults, "naming the folder of results");
    if (asked->options.replicates < ODDS_FEWEST || asked->options.replicates > ODDS_MOST)
        fault_input(faults, (struct place){0},
                    "--replicates = %zu is outside [%d, %d]; a predictor must learn first",
                    asked->options.replicates, ODDS_FEWEST, ODDS_MOST);
    if (!input_read(&asked->input, call, faults) || faults->count > 0)
        return false;
    digest_text(asked->fingerprint, asked->input.scenario->fingerprint);
    return find_target(asked->input.scenario, call->words[OPTION_ID_TARGET], &asked->options.target,
                       faults) &&
           check_folder(asked, faults);
}

static bool open_store(struct asked *asked, struct faults *faults)
{
    const struct odds_options *options = &asked->options;
    struct text words = {0};
    text_append(&words, "target=%s\nreplicates=%zu\n",
                panel_target_name(asked->input.scenario, options->target), options->replicates);
    bool ok = words.failed ? fault_memory(faults, "opening the store")
                           : odds_store_open(&asked->store, asked->folder, asked->input.scenario,
                                             options->seed, options->replicates, words.bytes,
                                             asked->call->given[OPTION_ID_RESUME], faults);
    text_clear(&words);
    return ok;
}

static bool estimate(struct asked *asked, struct faults *faults)
{
    bool quiet = asked->call->given[OPTION_ID_QUIET];
    asked->options.store = &asked->store;
    progress_begin(&asked->progress, quiet ? NULL : stderr, false);
    bool ok = odds_run(&asked->odds, asked->input.scenario, &asked->options, faults);
    asked->seconds = progress_end(&asked->progress);
    return ok && !asked->odds.stopped;
}

static struct odds_row row_of(const struct asked *asked)
{
    const struct screening *screening = &asked->odds.screening;
    struct screening_result result = screening_result(screening);
    uint64_t lived = asked->odds.pilot + screening->lived;
    return (struct odds_row){
        .target = panel_target_name(asked->input.scenario, asked->options.target),
        .seed = asked->options.seed,
        .replicates = lived,
        .pilot = asked->odds.pilot,
        .screened = screening->screened,
        .probability = result.probability,
        .standard_error = result.standard_error,
        .low95 = result.interval.low,
        .high95 = result.interval.high,
        .plain_replicates = result.plain_replicates,
        .variance_ratio = (double)lived / result.plain_replicates,
        .fingerprint = asked->fingerprint,
    };
}

static bool write_tables(const struct asked *asked, struct file_group *files, struct faults *faults)
{
    static const enum csv_id described[] = {CSV_ODDS, CSV_BATCH_COLUMNS, CSV_ALL};
    const struct odds_row row = row_of(asked);
    struct csv csv;
    if (!tables_begin(&csv, CSV_ODDS, files, faults))
        return false;
    csv_end_row(&csv);
    odds_cells(&csv, &row);
    csv_end_row(&csv);
    return tables_columns(described, NULL, NULL, files, faults);
}

/* Screens; the store is closed either way, and stays if it holds a round. */
static bool screen(struct asked *asked, struct faults *faults)
{
    if (open_store(asked, faults) && estimate(asked, faults))
        return odds_store_finish(&asked->store, faults);
    odds_store_abandon(&asked->store);
    return false;
}

static bool produce(struct asked *asked, struct faults *faults)
{
    struct file_group files;
    if (!file_group_open(&files, asked->folder, faults))
        return false;
    if (screen(asked, faults) && write_tables(asked, &files, faults))
        return file_group_commit(&files, faults);
    file_group_abandon(&files);
    return false;
}

static void write_report(const struct asked *asked, struct text *out)
{
    static const char *const names[] = {"target", "odds", "95 % interval", "as well known as by"};
    const struct odds_row row = row_of(asked);
    const char *title = input_about(asked->input.scenario, "title");
    char share[HUMAN_BYTES], low[HUMAN_BYTES], high[HUMAN_BYTES], plain[HUMAN_BYTES];
    struct grid grid = {.align = "lrrr"};
    grid_add_words(&grid, names, sizeof names / sizeof *names);
    grid_add(&grid, "%s", row.target);
    grid_add(&grid, "%s", human_share(share, fmin(1.0, fmax(0.0, row.probability))));
    grid_add(&grid, "%s", human_share_range(low, row.low95, row.high95));
    grid_add(&grid, "%s plain replicates", human_number(plain, round(row.plain_replicates)));
    text_append(out, "\n%s: the odds of one target\n\n",
                title[0] == '\0' ? asked->call->operand : title);
    grid_write(&grid, colour_wanted(stdout) ? "\033[2m" : "", out);
    grid_clear(&grid);
    text_append(out, "\n%s replicates lived, %s of them to learn by; %s looked at, seed %" PRIu64,
                human_number(share, (double)row.replicates), human_number(low, (double)row.pilot),
                human_number(high, (double)row.screened), row.seed);
    if (asked->odds.plain)
        text_append(out, "\nGuesses did worse here than none, so it went on as plain sampling");
    if (row.variance_ratio > 1.0)
        text_append(out, "\nneobay run with as many replicates would have known it better");
    text_append(out, "\nIt took %s on %d %s\nResults: %s/\n", human_time(plain, asked->seconds),
                asked->options.threads, asked->options.threads == 1 ? "thread" : "threads",
                asked->folder);
}

static int say_stopped(const struct asked *asked)
{
    char done[HUMAN_BYTES];
    human_number(done, (double)asked->done);
    if (asked->store.rounds > 0)
        fprintf(stderr,
                "%s after %s replicates; whole rounds are kept in %s, and the same command with "
                "--resume goes on\n",
                strsignal(stop_signal()), done, asked->folder);
    else
        fprintf(stderr, "%s after %s replicates; nothing was written, %s is as it was\n",
                strsignal(stop_signal()), done, asked->folder);
    return EXIT_SIGNAL + stop_signal();
}

static int say_done(const struct asked *asked)
{
    struct text text = {0};
    if (!asked->call->given[OPTION_ID_QUIET])
        write_report(asked, &text);
    return cli_print(&text);
}

int command_odds(const struct call *call)
{
    struct asked asked = {.call = call};
    struct faults faults = {0};
    stop_on_signals();
    bool ok = begin(&asked, &faults) && produce(&asked, &faults);
    int code = ok                   ? say_done(&asked)
               : asked.odds.stopped ? say_stopped(&asked)
                                    : cli_report(&faults);
    if (!ok && !asked.odds.stopped && asked.store.rounds > 0)
        fprintf(stderr, "whole rounds are kept in %s; the same command with --resume goes on\n",
                asked.folder);
    faults_clear(&faults);
    if (asked.input.scenario != NULL)
        input_clear(&asked.input);
    free(asked.folder);
    return code;
}
