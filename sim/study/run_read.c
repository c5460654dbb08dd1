#include "study/run_read.h"

#include "base/csv_read.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "engine/summary.h"
#include "store/columns.h"
#include "store/manifest.h"
#include "study/block.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NO_CELL = -1 };

/* ------------------------------------------------------------------ CSV */

/* The column of this name, or NO_CELL. */
static int column(const struct csv_read *table, const char *name)
{
    size_t found = csv_read_column(table, name, strlen(name));
    return found < table->count ? (int)found : NO_CELL;
}

static const char *cell(const struct csv_read *table, int at)
{
    return at == NO_CELL ? "" : csv_read_cell(table, (size_t)at);
}

static double number(const struct csv_read *table, int at, double otherwise)
{
    const char *text = cell(table, at);
    return *text == '\0' ? otherwise : strtod(text, NULL);
}

/* ------------------------------------------------------------------ targets.csv and run.json */

/* Whether a file is what was written with run.json. */
static bool check_digest(const struct manifest *manifest, const char *folder, const char *name,
                         struct faults *faults)
{
    struct text path = {0};
    uint64_t was = 0, is = 0;
    text_append(&path, "%s/%s", folder, name);
    bool ok = path.failed ? fault_memory(faults, "reading a run")
                          : (manifest_digest(manifest, name, &was) &&
                             digest_file(path.bytes, &is) && was == is) ||
                                fault_input(faults, (struct place){.file = path.bytes},
                                            "is missing or not as the run left it; neobay rerun %s "
                                            "makes it again",
                                            folder);
    text_clear(&path);
    return ok;
}

static bool read_record(struct run_read *run, struct faults *faults)
{
    struct manifest manifest;
    if (!manifest_read(&manifest, run->folder, faults))
        return false;
    bool ok = (manifest_is_library(&manifest) ||
               manifest_needs_run(&manifest, run->folder, "compare", faults)) &&
              check_digest(&manifest, run->folder, csv_file_names[CSV_TARGETS], faults);
    run->seed = manifest.record.seed;
    run->strata = manifest.record.strata;
    run->fingerprint = manifest.fingerprint;
    manifest_clear(&manifest);
    return ok;
}

/* The columns of targets.csv that are read. */
#define READ_TABLE(R)                                                                              \
    R(target)                                                                                      \
    R(all_of)                                                                                      \
    R(indicator)                                                                                   \
    R(date)                                                                                        \
    R(since)                                                                                       \
    R(at_least)                                                                                    \
    R(at_most)                                                                                     \
    R(replicates)                                                                                  \
    R(met)                                                                                         \
    R(low95)                                                                                       \
    R(high95)                                                                                      \
    R(interval)
enum read {
#define READ_ID(name) READ_##name,
    READ_TABLE(READ_ID)
#undef READ_ID
        READ_COUNT
};
#define READ_NAME(name) #name,
static const char *const read_names[READ_COUNT] = {READ_TABLE(READ_NAME)};

/* A target in words, from a row of targets.csv. */
static char *define(const struct csv_read *table, const int *at)
{
    static const struct {
        enum read cell;
        const char *before;
    } part[] = {{READ_all_of, "all of "},      {READ_indicator, ""},
                {READ_since, " since "},       {READ_date, " in "},
                {READ_at_least, " at least "}, {READ_at_most, " at most "}};
    struct text words = {0};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        const char *is = cell(table, at[part[i].cell]);
        text_append(&words, "%s%s", *is == '\0' ? "" : part[i].before, is);
    }
    return words.bytes;
}

static bool take_target(struct run_read *run, const struct csv_read *table, const int *at,
                        struct faults *faults)
{
    struct run_target *target = &run->target[run->target_count++];
    *target = (struct run_target){
        .name = memory_copy_text(cell(table, at[READ_target])),
        .all_of = memory_copy_text(cell(table, at[READ_all_of])),
        .definition = define(table, at),
        .at_least = number(table, at[READ_at_least], -INFINITY),
        .at_most = number(table, at[READ_at_most], INFINITY),
        .replicates = strtoull(cell(table, at[READ_replicates]), NULL, 10),
        .met = strtoull(cell(table, at[READ_met]), NULL, 10),
        .odds = {number(table, at[READ_low95], NAN), number(table, at[READ_high95], NAN)},
        .looked = strcmp(cell(table, at[READ_interval]), "fixed") != 0,
    };
    return (target->name != NULL && target->all_of != NULL && target->definition != NULL) ||
           fault_memory(faults, "reading a run");
}

static bool read_targets(struct run_read *run, struct faults *faults)
{
    struct csv_read table;
    int at[READ_COUNT];
    size_t before = faults->count;
    if (!csv_read_open(&table, run->folder, csv_file_names[CSV_TARGETS], faults))
        return false;
    table.advice = CSV_READ_ANEW;
    bool ok = csv_read_next(&table, faults);
    for (size_t i = 0; i < READ_COUNT; i++)
        at[i] = column(&table, read_names[i]);
    while (ok && run->target_count < SCENARIO_TARGETS && csv_read_next(&table, faults))
        ok = take_target(run, &table, at, faults);
    csv_read_close(&table);
    return faults->count == before;
}

/* Whether a target's name is among words separated by blanks. */
static bool is_among(const char *words, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = words; (at = strstr(at, name)) != NULL; at++)
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

bool run_read_same(const struct run_read *run, size_t target, const struct run_read *other,
                   size_t of_other)
{
    const struct run_target *a = &run->target[target], *b = &other->target[of_other];
    bool same = strcmp(a->definition, b->definition) == 0;
    for (size_t i = 0; same && a->all_of[0] != '\0' && i < run->target_count; i++) {
        size_t member = run_read_target(other, run->target[i].name);
        if (run->target[i].all_of[0] == '\0' && is_among(a->all_of, run->target[i].name))
            same = member < other->target_count && run_read_same(run, i, other, member);
    }
    return same;
}

/* ------------------------------------------------------------------ replicates.csv */

/* The columns of the targets' values; false if one is missing. */
static bool find_values(const struct run_read *run, const struct csv_read *table, int *at)
{
    for (size_t t = 0; t < run->target_count; t++) {
        struct text name = {0};
        text_append(&name, "targets.%s.value", run->target[t].name);
        at[t] = name.failed ? NO_CELL : column(table, name.bytes);
        text_clear(&name);
        if (at[t] == NO_CELL && run->target[t].all_of[0] == '\0')
            return false;
    }
    return true;
}

static uint64_t met_by(const struct run_read *run, const struct csv_read *table, const int *at)
{
    uint64_t met = 0;
    for (size_t t = 0; t < run->target_count; t++) {
        const struct run_target *target = &run->target[t];
        double value = number(table, at[t], NAN);
        bool all = target->all_of[0] != '\0';
        for (size_t i = 0; all && i < t; i++)
            all = (met >> i & 1) != 0 || !is_among(target->all_of, run->target[i].name);
        const struct target_params limits = {.at_least = target->at_least,
                                             .at_most = target->at_most};
        bool alone = target->all_of[0] == '\0' && target_met(&limits, value);
        met |= (uint64_t)(all || alone) << t;
    }
    return met;
}

/* Without replicates.csv there is nothing to read, and that is no fault. */
static bool read_replicates(struct run_read *run, struct faults *faults)
{
    struct csv_read table;
    int at[SCENARIO_TARGETS];
    size_t capacity = 0, before = faults->count;
    if (!file_is_in(run->folder, csv_file_names[CSV_REPLICATES]))
        return true;
    if (!csv_read_open(&table, run->folder, csv_file_names[CSV_REPLICATES], faults))
        return false;
    table.advice = CSV_READ_ANEW;
    bool ok = csv_read_next(&table, faults) && find_values(run, &table, at);
    while (ok && csv_read_next(&table, faults)) {
        ok = memory_reserve((void **)&run->met, &capacity, run->replicates + 1, sizeof *run->met) ||
             fault_memory(faults, "reading a run");
        if (ok)
            run->met[run->replicates++] = met_by(run, &table, at);
    }
    csv_read_close(&table);
    return faults->count == before;
}

/* ------------------------------------------------------------------ store.db */

/* Hits on their way from the store. */
struct hits {
    const struct run_read *run;
    uint64_t *met; /* [replicate] */
    bool *seen;
    size_t replicates, count; /* all; those seen */
};

static bool take_record(void *context, const struct store_record *record, uint64_t id)
{
    struct hits *hits = context;
    const struct record_key *key = &record->key;
    uint64_t met[BLOCK_REPLICATES];
    bool ours = key->fingerprint == hits->run->fingerprint && key->reference == 0 &&
                key->seed == hits->run->seed && key->strata == hits->run->strata &&
                key->count <= BLOCK_REPLICATES;
    (void)id;
    if (ours)
        block_hits(record, met);
    for (size_t i = 0; ours && i < key->count && key->first + i < hits->replicates; i++) {
        hits->met[key->first + i] = met[i];
        hits->count += !hits->seen[key->first + i];
        hits->seen[key->first + i] = true;
    }
    return true;
}

/* Fills run->met from the store, if that has all replicates. Where there is no store, or it cannot
 * be read, there is nothing to say: replicates.csv may have them. */
static bool read_store(struct run_read *run, struct faults *faults)
{
    struct hits hits = {.run = run};
    const struct store_visit visit = {.context = &hits, .record = take_record};
    struct store_found found;
    struct faults unread = {0};
    hits.replicates = run->target_count > 0 ? (size_t)run->target[0].replicates : 0;
    hits.met = calloc(hits.replicates + 1, sizeof *hits.met);
    hits.seen = calloc(hits.replicates + 1, sizeof *hits.seen);
    bool ok = (hits.met != NULL && hits.seen != NULL) || fault_memory(faults, "reading a run");
    bool all = ok && store_scan(run->folder, &visit, &found, &unread) &&
               hits.count == hits.replicates && hits.count > 0;
    if (all) {
        run->met = hits.met;
        run->replicates = hits.replicates;
    } else {
        free(hits.met);
    }
    free(hits.seen);
    faults_clear(&unread);
    return ok;
}

static bool read_hits(struct run_read *run, struct faults *faults)
{
    return read_store(run, faults) && (run->met != NULL || read_replicates(run, faults));
}

bool run_read(struct run_read *run, const char *folder, struct faults *faults)
{
    *run = (struct run_read){.folder = folder};
    bool ok = read_record(run, faults) && read_targets(run, faults) && read_hits(run, faults);
    if (!ok)
        run_read_clear(run);
    return ok;
}

void run_read_clear(struct run_read *run)
{
    for (size_t t = 0; t < run->target_count; t++) {
        free(run->target[t].name);
        free(run->target[t].all_of);
        free(run->target[t].definition);
    }
    free(run->met);
    *run = (struct run_read){0};
}

size_t run_read_target(const struct run_read *run, const char *name)
{
    size_t t = 0;
    while (t < run->target_count && strcmp(run->target[t].name, name) != 0)
        t++;
    return t;
}
