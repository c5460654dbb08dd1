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

static bool read_targets(struct run_read *run, struct faults *faults)
{
    struct csv_read table;
    size_t before = faults->count;
    if (!csv_read_open(&table, run->folder, csv_file_names[CSV_TARGETS], faults))
        return false;
    table.advice = CSV_READ_ANEW;
    bool ok = csv_read_next(&table, faults);
    const int name = column(&table, "target"), all_of = column(&table, "all_of");
    const int met = column(&table, "met"), replicates = column(&table, "replicates");
    const int at_least = column(&table, "at_least"), at_most = column(&table, "at_most");
    while (ok && run->target_count < SCENARIO_TARGETS && csv_read_next(&table, faults)) {
        struct run_target *target = &run->target[run->target_count++];
        *target = (struct run_target){
            .name = memory_copy_text(cell(&table, name)),
            .all_of = memory_copy_text(cell(&table, all_of)),
            .at_least = number(&table, at_least, -INFINITY),
            .at_most = number(&table, at_most, INFINITY),
            .replicates = strtoull(cell(&table, replicates), NULL, 10),
            .met = strtoull(cell(&table, met), NULL, 10),
        };
        ok = (target->name != NULL && target->all_of != NULL) ||
             fault_memory(faults, "reading a run");
    }
    csv_read_close(&table);
    return faults->count == before;
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

/* Whether a target's name is among words separated by blanks. */
static bool is_among(const char *words, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = words; (at = strstr(at, name)) != NULL; at++)
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
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
