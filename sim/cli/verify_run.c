/* neobay verify of a run: blocks of its replicates lived again and held against digests.csv; with
 * --full all that it wrote, written again. */
#include "base/csv_read.h"
#include "cli/difference.h"
#include "cli/stop.h"
#include "cli/verify.h"
#include "engine/ensemble.h"
#include "store/digest_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Blocks under way. */
struct reliving {
    struct verify *verify;
    const struct scenario *scenario;
    struct csv_read table; /* digests.csv, at the row of the block */
    struct csv_read full;  /* that of the whole run written again, with --full */
    struct summary summary;
    struct imprint imprint;
    struct digest_words words;
};

static bool is_full(const struct reliving *reliving)
{
    return reliving->verify->call->given[OPTION_ID_FULL];
}

/* ------------------------------------------------------------------ one block */

static bool take(void *context, const struct outcome *outcome)
{
    struct reliving *reliving = context;
    imprint_add(&reliving->imprint, outcome);
    return stop_signal() == 0;
}

static bool relive(struct reliving *reliving, uint64_t first, uint64_t count)
{
    const struct run_record *record = &reliving->verify->again.run.record;
    const struct call *call = reliving->verify->call;
    const struct ensemble_options options = {
        .seed = record->seed,
        .first = (size_t)first,
        .replicates = (size_t)count,
        .strata = record->strata,
        .twin_every = ENSEMBLE_TWIN_EVERY,
        .threads =
            call->given[OPTION_ID_THREADS] ? (int)call->whole[OPTION_ID_THREADS] : record->threads,
        .each = take,
        .context = reliving,
    };
    bool stopped = false;
    imprint_begin(&reliving->imprint, (size_t)first);
    return ensemble_run(reliving->scenario, &options, &reliving->summary, NULL, &stopped,
                        reliving->verify->faults) &&
           !stopped;
}

/* The columns of digests.csv, in their order. */
enum { FIRST, COUNT, WHOLE, DRAWN, TARGETS, TWINS, BY_REPLICATE, BY_MONTH, BY_COLUMN, CELLS };

/* Reads the present row; false if it is none. */
static bool read_block(const struct csv_read *table, uint64_t replicates, struct block_words *block)
{
    if (table->count != CELLS)
        return false;
    *block = (struct block_words){
        .first = strtoull(csv_read_cell(table, FIRST), NULL, 10),
        .count = strtoull(csv_read_cell(table, COUNT), NULL, 10),
        .whole = csv_read_cell(table, WHOLE),
        .drawn = csv_read_cell(table, DRAWN),
        .targets = csv_read_cell(table, TARGETS),
        .twins = csv_read_cell(table, TWINS),
        .by_replicate = csv_read_cell(table, BY_REPLICATE),
        .by_month = csv_read_cell(table, BY_MONTH),
        .by_column = csv_read_cell(table, BY_COLUMN),
    };
    return block->first % IMPRINT_REPLICATES == 0 && block->count >= 1 &&
           block->count <= IMPRINT_REPLICATES && block->first + block->count <= replicates;
}

static void say_block(struct reliving *reliving, const struct block_words *was,
                      const struct block_words *is)
{
    struct verify *verify = reliving->verify;
    struct text how = {0};
    if (difference_of_blocks(was, is, reliving->scenario, &reliving->summary.layout, &how)) {
        verify->blocks_differ++;
        text_append(&verify->said, "replicates %llu–%llu:%s\n", (unsigned long long)was->first,
                    (unsigned long long)(was->first + was->count - 1),
                    how.failed ? " differ" : how.bytes + 1); /* past a semicolon */
    }
    text_clear(&how);
}

/* What the block gives now. */
static bool live_block(struct reliving *reliving, const struct block_words *was,
                       struct block_words *is)
{
    struct digests_row row;
    if (!relive(reliving, was->first, was->count))
        return false;
    if (!digest_words_fill(&reliving->words, &reliving->imprint, &row))
        return fault_memory(reliving->verify->faults, "comparing digests");
    *is = (struct block_words){row.first_replicate, row.replicates, row.digest,
                               row.drawn,           row.targets,    row.twins,
                               row.by_replicate,    row.by_month,   row.by_column};
    return true;
}

static bool check_block(struct reliving *reliving)
{
    struct verify *verify = reliving->verify;
    uint64_t replicates = verify->again.manifest.record.replicates;
    struct block_words was, is;
    if (!read_block(&reliving->table, replicates, &was)) {
        text_append(&verify->said, "digests.csv:%u is no block of the run\n",
                    csv_read_place(&reliving->table, 0).line);
        verify->blocks_differ++;
        return true;
    }
    if (is_full(reliving) ? !read_block(&reliving->full, replicates, &is)
                          : !live_block(reliving, &was, &is))
        return false;
    verify->blocks_relived++;
    verify->replicates_relived += was.count;
    say_block(reliving, &was, &is);
    return true;
}

/* ------------------------------------------------------------------ all that are wanted */

/* Opens the digests of a folder, anew, at the first row. */
static bool open_digests(struct reliving *reliving, struct csv_read *table, const char *folder)
{
    struct faults *faults = reliving->verify->faults;
    csv_read_close(table);
    return csv_read_open(table, folder, csv_file_names[CSV_DIGESTS], faults) &&
           (csv_read_next(table, faults) || faults->count == 0);
}

static bool count_blocks(struct reliving *reliving)
{
    struct verify *verify = reliving->verify;
    uint64_t replicates = verify->again.manifest.record.replicates;
    if (!open_digests(reliving, &reliving->table, verify->again.folder))
        return false;
    while (csv_read_next(&reliving->table, verify->faults))
        verify->blocks++;
    if (verify->faults->count > 0)
        return false;
    uint64_t wanted = (replicates + IMPRINT_REPLICATES - 1) / IMPRINT_REPLICATES;
    return verify->blocks == wanted ||
           fault_input(verify->faults, (struct place){.file = reliving->table.path},
                       "has %zu blocks, where the run has %llu", verify->blocks,
                       (unsigned long long)wanted);
}

static bool check_blocks(struct reliving *reliving)
{
    struct verify *verify = reliving->verify;
    size_t wanted = verify_wanted(verify, verify->blocks);
    bool ok =
        open_digests(reliving, &reliving->table, verify->again.folder) &&
        (!is_full(reliving) || open_digests(reliving, &reliving->full, verify->again.run.folder));
    for (size_t i = 0; ok && csv_read_next(&reliving->table, verify->faults); i++) {
        ok = !is_full(reliving) || csv_read_next(&reliving->full, verify->faults);
        if (ok && verify_is_chosen(i, verify->blocks, wanted))
            ok = check_block(reliving);
    }
    return ok && verify->faults->count == 0;
}

static bool verify_blocks(struct verify *verify)
{
    struct reliving *reliving = calloc(1, sizeof *reliving);
    if (reliving == NULL)
        return fault_memory(verify->faults, "verifying");
    reliving->verify = verify;
    reliving->scenario = verify->again.run.input.scenario;
    bool ok = summary_init(&reliving->summary, reliving->scenario, verify->faults) &&
              imprint_init(&reliving->imprint, reliving->scenario, &reliving->summary.layout,
                           verify->faults) &&
              count_blocks(reliving) && check_blocks(reliving);
    csv_read_close(&reliving->table);
    csv_read_close(&reliving->full);
    imprint_clear(&reliving->imprint);
    digest_words_clear(&reliving->words);
    summary_clear(&reliving->summary);
    free(reliving);
    return ok;
}

/* ------------------------------------------------------------------ all files */

static bool is_csv(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".csv") == 0;
}

/* Says where a file first parts from another of its name. */
static bool say_file(struct verify *verify, const char *was, const char *is, const char *name)
{
    struct text where = {0};
    bool ok =
        difference_of_files(was, is, name, &where, verify->faults) || verify_take_faults(verify);
    if (where.length > 0)
        text_append(&verify->said, "%s, %s\n", name, where.bytes);
    text_clear(&where);
    return ok;
}

static bool compare_files(struct verify *verify, const char *scratch)
{
    const struct manifest *was = &verify->again.manifest;
    struct manifest is;
    if (!manifest_read(&is, scratch, verify->faults))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < was->file_count; i++) {
        const struct manifest_file *file = &was->file[i];
        uint64_t now = 0;
        bool same = manifest_digest(&is, file->name, &now) && now == file->digest;
        if (!same) {
            text_append(&verify->said, "%s comes out otherwise than it was\n", file->name);
            verify->files_differ++;
        }
        if (is_csv(file->name) && strcmp(file->name, csv_file_names[CSV_DIGESTS]) != 0)
            ok = same ? say_file(verify, scratch, verify->again.folder, file->name)
                      : say_file(verify, verify->again.folder, scratch, file->name);
    }
    manifest_clear(&is);
    return ok;
}

static void remove_scratch(const struct manifest *manifest, const char *scratch)
{
    for (size_t i = 0; i <= manifest->file_count; i++) {
        struct text path =
            again_path(scratch, i < manifest->file_count ? manifest->file[i].name : RECORD_NAME);
        if (!path.failed)
            unlink(path.bytes);
        text_clear(&path);
    }
    rmdir(scratch);
}

static bool verify_all(struct verify *verify)
{
    char scratch[] = "/tmp/neobay-verify-XXXXXX";
    struct run *run = &verify->again.run;
    if (mkdtemp(scratch) == NULL)
        return fault_world(verify->faults, "cannot make a folder %s: %s", scratch, strerror(errno));
    run->folder = scratch;
    run->quiet = verify->call->given[OPTION_ID_QUIET];
    bool ok = run_produce(run, verify->faults);
    ok = ok && (verify_blocks(verify) || verify_take_faults(verify));
    ok = ok && compare_files(verify, scratch);
    remove_scratch(&verify->again.manifest, scratch);
    return ok;
}

bool verify_run(struct verify *verify)
{
    if (!again_load(&verify->again, verify->faults))
        return verify_take_faults(verify);
    if (verify->call->given[OPTION_ID_FULL])
        return verify_all(verify);
    return verify_blocks(verify) || verify_take_faults(verify);
}
