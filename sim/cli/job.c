#include "cli/job.h"

#include "base/clock.h"
#include "base/file.h"
#include "cli/batch_report.h"
#include "cli/cli.h"
#include "cli/grid.h"
#include "cli/levers_report.h"
#include "cli/stop.h"
#include "store/guard.h"
#include "study/file.h"
#include "study/levers.h"
#include "study/ranking.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STANDARD_REPLICATES = 1000, SOURCE_BYTES = 16 << 20, LISTED_POINTS = 200 };
static const double count_every_s = 0.1, write_every_s = 15.0;
static const double say_bytes = 1e9; /* larger stores are told of before they are filled */

/* ------------------------------------------------------------------ what is asked for */

char *job_folder(const struct call *call, const char *file, const char *ending)
{
    const char *slash = strrchr(file, '/'), *name = slash == NULL ? file : slash + 1;
    const char *dot = strrchr(name, '.');
    int length = dot == NULL || dot == name ? (int)strlen(name) : (int)(dot - name);
    struct text path = {0};
    if (call->words[OPTION_ID_OUT] != NULL)
        text_append(&path, "%s", call->words[OPTION_ID_OUT]);
    else
        text_append(&path, "out/%.*s%s", length, name, ending);
    if (path.failed)
        text_clear(&path);
    return path.bytes;
}

void job_request(struct job *job, const struct call *call)
{
    const char *design = call->words[OPTION_ID_DESIGN];
    job->call = call;
    job->request = (struct request){
        .levers = call->command == COMMAND_LEVERS,
        .file = call->operand,
        .overrides = call->overrides,
        .override_count = call->override_count,
        .seed = call->whole[OPTION_ID_SEED],
        .replicates = call->given[OPTION_ID_REPLICATES] ? call->whole[OPTION_ID_REPLICATES] : 0,
        .permutations = call->whole[OPTION_ID_PERMUTATIONS],
        .plain = design != NULL && strcmp(design, "plain") == 0,
        .precision = call->real[OPTION_ID_PRECISION],
        .best = call->words[OPTION_ID_BEST],
        .confidence = call->given[OPTION_ID_CONFIDENCE] ? call->real[OPTION_ID_CONFIDENCE] : 0.95,
        .indifference =
            call->given[OPTION_ID_INDIFFERENCE] ? call->real[OPTION_ID_INDIFFERENCE] : 0.01,
    };
}

bool job_plan(struct job *job, struct faults *faults)
{
    struct request *request = &job->request;
    bool given = job->settled || job->call->given[OPTION_ID_SEED];
    bool made = request->levers ? levers_plan(&job->levers, &job->plan, request, faults)
                                : batch_file_read(&job->plan, request->file,
                                                  given ? &request->seed : NULL, faults);
    if (!made)
        return false;
    if (!given)
        request->seed = job->plan.seed;
    if (request->replicates == 0)
        request->replicates = job->plan.replicates > 0 ? job->plan.replicates : STANDARD_REPLICATES;
    if (request->levers)
        return true;
    size_t length = 0;
    if (!file_read(request->file, SOURCE_BYTES, &job->source.bytes, &length))
        return fault_world(faults, "%s: cannot be read: %s", request->file, strerror(errno));
    job->source.length = job->source.capacity = length;
    return true;
}

static bool read_shard(struct job *job, struct batch_options *options, struct faults *faults)
{
    const char *word = job->call->words[OPTION_ID_SHARD];
    unsigned long which = 1, of = 1;
    int used = 0;
    if (word != NULL && (strspn(word, "0123456789/") != strlen(word) ||
                         sscanf(word, "%9lu/%9lu%n", &which, &of, &used) != 2 ||
                         word[used] != '\0' || which < 1 || which > of))
        return fault_input(faults, (struct place){0},
                           "--shard = %s is not of the form i/n with 1 <= i <= n", word);
    if (word != NULL && job->request.best != NULL)
        return fault_input(faults, (struct place){0},
                           "--best looks at all points at once, so it cannot run in shards");
    if (job->request.best != NULL && job->request.precision > 0)
        return fault_input(faults, (struct place){0},
                           "--best and --precision are two rules of stopping; give one of them");
    options->shard = which - 1;
    options->shards = of;
    return true;
}

/* ------------------------------------------------------------------ running */

static bool write_tables(struct job *job, struct faults *faults)
{
    struct batch_extra levers = {levers_files, levers_write, job->levers};
    struct batch_extra ranking = {ranking_files, ranking_write, NULL};
    const struct batch_extra *extra = job->request.levers          ? &levers
                                      : ranking_is_due(&job->plan) ? &ranking
                                                                   : NULL;
    job->record.command = job->request.levers ? "levers" : "batch";
    job->record.source = job->request.file;
    job->record.source_text = job->request.levers ? NULL : &job->source;
    return tables_write_batch(&job->batch, job->folder, &job->record, extra, faults);
}

/* Tables that can be read while the batch runs; they take a twentieth of its time at most. */
static void write_now_and_then(struct job *job, double now)
{
    struct faults faults = {0};
    if (now - job->written < fmax(write_every_s, 20.0 * job->writing))
        return;
    write_tables(job, &faults); /* trouble is told when they are written for good */
    faults_clear(&faults);
    job->written = clock_now_s();
    job->writing = job->written - now;
}

static void show_progress(void *context, const struct batch *batch)
{
    struct job *job = context;
    double now = clock_now_s();
    write_now_and_then(job, now);
    if (now - job->counted < count_every_s)
        return;
    job->counted = now;
    struct batch_count count = batch_count(batch);
    job->progress.points_done = count.points;
    job->progress.points = count.all_points;
    progress_update(&job->progress, (size_t)count.replicates, (size_t)count.all_replicates);
}

static bool stop_asked(void *context)
{
    (void)context;
    return stop_signal() != 0;
}

struct batch_options job_options(struct job *job)
{
    const struct request *request = &job->request;
    return (struct batch_options){
        .seed = request->seed,
        .replicates = request->replicates,
        .strata = request->plain ? 0 : DRAW_BLOCK,
        .threads = cli_threads(job->call),
        .shards = 1,
        .unbranched = job->call->given[OPTION_ID_UNBRANCHED],
        .precision = request->precision,
        .best = request->best,
        .confidence = request->confidence,
        .indifference = request->indifference,
        .progress = show_progress,
        .stop = stop_asked,
        .context = job,
    };
}

/* What the folder holds must be ours to go on with, or to overwrite. */
static bool check_folder(const struct job *job, struct faults *faults)
{
    static const char *const names[] = {STORE_NAME, RECORD_NAME, STORE_PART};
    static const char *const written[] = {BATCH_NAME,        "points.csv",  "targets.csv",
                                          "indicators.csv",  "levers.csv",  "shapley.csv",
                                          "sensitivity.csv", "columns.csv", NULL};
    if (job->call->given[OPTION_ID_FORCE])
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool there = file_is_in(job->folder, names[i]);
        if (there && i == 0 && job->call->given[OPTION_ID_RESUME])
            return true;
        if (there && i == 0)
            return fault_input(faults, (struct place){0},
                               "%s holds a batch; --resume goes on with it, --force begins it "
                               "anew, --out DIR goes elsewhere",
                               job->folder);
        if (there)
            return fault_input(faults, (struct place){0},
                               "%s holds a file %s that no batch left there; nothing was written; "
                               "--force overwrites it, --out DIR goes elsewhere",
                               job->folder, names[i]);
    }
    return guard_names(job->folder, written, faults);
}

/* What was found in the store, on stderr. */
static void say_found(const struct job *job)
{
    const struct batch *batch = &job->batch;
    if (job->call->given[OPTION_ID_QUIET])
        return;
    if (batch->damaged > 0)
        fprintf(stderr, "%s/%s: %zu damaged %s left out, and run again\n", job->folder, STORE_NAME,
                batch->damaged, batch->damaged == 1 ? "record was" : "records were");
    if (batch->foreign > 0)
        fprintf(stderr,
                "%s/%s: %zu %s of scenarios that changed or are no longer in the batch, of another "
                "seed or number of replicates; left aside\n",
                job->folder, STORE_NAME, batch->foreign,
                batch->foreign == 1 ? "block is" : "blocks are");
    if (batch->reused > 0)
        fprintf(stderr, "%zu finished %s taken over\n", batch->reused,
                batch->reused == 1 ? "block is" : "blocks are");
}

static bool enter_request(struct job *job, struct faults *faults)
{
    const struct batch_options *options = &job->batch.options;
    struct text lines = {0};
    request_write(&job->request, &lines);
    bool ok = lines.failed ? fault_memory(faults, "storing the request")
                           : store_put_request(job->batch.store, lines.bytes, options->seed,
                                               options->strata, options->replicates, faults);
    text_clear(&lines);
    return ok;
}

static bool run(struct job *job, struct faults *faults)
{
    struct batch_count before = batch_count(&job->batch);
    progress_begin(&job->progress, job->call->given[OPTION_ID_QUIET] ? NULL : stderr,
                   job->request.precision > 0 || job->request.best != NULL);
    job->progress.begun = (size_t)before.replicates;
    job->written = clock_now_s();
    bool ok = job->request.best != NULL ? best_run(&job->best, &job->batch, faults)
                                        : batch_run(&job->batch, faults);
    job->record.seconds = progress_end(&job->progress);
    return ok;
}

/* ------------------------------------------------------------------ what is said */

/* Bytes of the store when all is done. */
static double store_bytes(const struct job *job, const struct roster *roster)
{
    double blocks = ceil((double)job->request.replicates / BLOCK_REPLICATES);
    uint64_t replicates =
        job->request.replicates < BLOCK_REPLICATES ? job->request.replicates : BLOCK_REPLICATES;
    size_t each = block_expected_bytes(roster_layout(roster, 0), replicates);
    return blocks * (double)job->plan.points * (double)each;
}

static void say_store_bytes(const struct job *job)
{
    double bytes = store_bytes(job, &job->batch.roster);
    if (bytes > say_bytes && !job->call->given[OPTION_ID_QUIET])
        fprintf(stderr, "about %.1f GB of results will be kept in %s/%s\n", 1e-9 * bytes,
                job->folder, STORE_NAME);
}

/* What came of a check that did not come to its end, or found faults. */
static int say_unchecked(struct faults *faults)
{
    if (faults->count > 0 || stop_signal() == 0)
        return cli_report(faults);
    fprintf(stderr, "%s while the points were checked; nothing was simulated\n",
            strsignal(stop_signal()));
    return EXIT_SIGNAL + stop_signal();
}

static int dry_run(struct job *job, const struct batch_options *options, struct faults *faults)
{
    struct text text = {0};
    struct roster roster;
    double seconds = 0.0;
    const struct roster_options checking = batch_checking(options);
    if (!roster_init(&roster, &job->plan, &checking, faults))
        return say_unchecked(faults);
    bool tried = trial_run(&roster, job->request.seed, &seconds, faults);
    double bytes = store_bytes(job, &roster);
    roster_clear(&roster);
    if (!tried)
        return cli_report(faults);
    struct point point = {0};
    for (size_t p = 0; p < job->plan.points && p < LISTED_POINTS; p++)
        if (plan_point(&job->plan, p, &point, faults))
            text_append(&text, "  %s\n", point.name);
    point_clear(&point);
    if (job->plan.points > LISTED_POINTS)
        text_append(&text, "  … %zu more\n", job->plan.points - LISTED_POINTS);
    char all[HUMAN_BYTES], each[HUMAN_BYTES], time[HUMAN_BYTES];
    double replicates = (double)job->plan.points * (double)job->request.replicates;
    text_append(&text, "%zu points of %s replicates, %s in all; about %s on %d threads\n",
                job->plan.points, human_number(each, (double)job->request.replicates),
                human_number(all, replicates),
                human_time(time, seconds * replicates / options->threads), options->threads);
    text_append(&text, "about %.1f MB of results kept in %s\n", 1e-6 * bytes, STORE_NAME);
    return cli_print(&text);
}

static int say_stopped(const struct job *job)
{
    char done[HUMAN_BYTES], all[HUMAN_BYTES];
    struct batch_count count = batch_count(&job->batch);
    fprintf(stderr,
            "%s after %s of %s replicates; they are kept in %s, and its tables speak of them; the "
            "same command with --resume goes on\n",
            strsignal(stop_signal()), human_number(done, (double)count.replicates),
            human_number(all, (double)count.all_replicates), job->folder);
    return EXIT_SIGNAL + stop_signal();
}

static int say_done(struct job *job, struct faults *faults)
{
    struct text text = {0};
    bool colour = colour_wanted(stdout);
    bool quiet = job->call->given[OPTION_ID_QUIET] || job->no_report;
    bool ok = quiet || (job->request.levers ? levers_report(job, colour, &text, faults)
                                            : batch_report(job, colour, &text, faults));
    if (!ok) {
        text_clear(&text);
        return cli_report(faults);
    }
    if (!quiet)
        batch_report_foot(job, &text);
    return cli_print(&text);
}

/* ------------------------------------------------------------------ the whole */

static bool import_parts(struct job *job, struct faults *faults)
{
    bool ok = true;
    for (size_t i = 0; ok && i < job->part_count; i++)
        ok = batch_import(&job->batch, job->parts[i], faults);
    return ok;
}

static int drop_batch(struct job *job, struct faults *faults)
{
    store_discard(job->batch.store);
    job->batch.store = NULL;
    rmdir(job->folder); /* if it was made for this */
    batch_clear(&job->batch);
    return cli_report(faults);
}

static int run_batch(struct job *job, const struct batch_options *options, struct faults *faults)
{
    bool fresh = !job->call->given[OPTION_ID_RESUME];
    if (!check_folder(job, faults) ||
        !batch_init(&job->batch, &job->plan, options, job->folder, fresh, faults))
        return say_unchecked(faults);
    bool ok = enter_request(job, faults) && import_parts(job, faults);
    if (ok && job->check != NULL && !job->check(job, faults))
        return drop_batch(job, faults);
    say_found(job);
    say_store_bytes(job);
    ok = ok && (job->part_count > 0 || run(job, faults));
    ok = ok && write_tables(job, faults);
    int code = !ok                ? cli_report(faults)
               : job->batch.ended ? say_stopped(job)
                                  : say_done(job, faults);
    best_clear(&job->best);
    if (!batch_close_store(&job->batch, faults) && code == 0)
        code = cli_report(faults);
    batch_clear(&job->batch);
    return code;
}

void job_clear(struct job *job)
{
    levers_free(job->levers);
    plan_clear(&job->plan);
    text_clear(&job->source);
    free(job->folder);
}

int job_do(struct job *job)
{
    struct faults faults = {0};
    stop_on_signals();
    job->folder = job->folder == NULL ? job_folder(job->call, job->request.file,
                                                   job->request.levers ? "-levers" : "")
                                      : job->folder;
    bool ok = job->folder != NULL || fault_memory(&faults, "naming the folder of results");
    ok = ok && job_plan(job, &faults);
    struct batch_options options = job_options(job);
    ok = ok && read_shard(job, &options, &faults);
    int code = !ok                                   ? cli_report(&faults)
               : job->call->given[OPTION_ID_DRY_RUN] ? dry_run(job, &options, &faults)
                                                     : run_batch(job, &options, &faults);
    faults_clear(&faults);
    job_clear(job);
    return code;
}
