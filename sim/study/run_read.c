#include "study/run_read.h"

#include "base/file.h"

#include "base/memory.h"
#include "base/text.h"
#include "store/columns.h"
#include "store/file.h"
#include "store/run_record.h"
#include "study/block.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RECORD_BYTES = 1 << 20, MOST_CELLS = 4096, NO_CELL = -1 };

/* One line of CSV, cut up in place. */
struct line {
    char *cell[MOST_CELLS];
    size_t count;
};

/* A file that is read line by line. */
struct table {
    FILE *stream;
    char *bytes, *head_bytes;
    size_t capacity;
    struct line head, line;
};

/* ------------------------------------------------------------------ CSV */

/* Takes the quotes off the cell at `at`, and returns where it ends. */
static char *unquote(char *at)
{
    char *to = at;
    for (char *from = at + 1; *from != '\0'; from++) {
        if (*from == '"' && *++from != '"') {
            *to = '\0';
            return from;
        }
        *to++ = *from;
    }
    *to = '\0';
    return to;
}

static void cut(char *bytes, struct line *line)
{
    line->count = 0;
    bytes[strcspn(bytes, "\r\n")] = '\0';
    for (char *at = bytes; line->count < MOST_CELLS; at++) {
        line->cell[line->count++] = at;
        at = *at == '"' ? unquote(at) : at + strcspn(at, ",");
        bool last = *at == '\0';
        *at = '\0';
        if (last)
            break;
    }
}

static bool next_line(struct table *table)
{
    if (getline(&table->bytes, &table->capacity, table->stream) < 0)
        return false;
    cut(table->bytes, &table->line);
    return true;
}

static bool table_open(struct table *table, const char *folder, const char *name)
{
    struct text path = {0};
    size_t capacity = 0;
    *table = (struct table){0};
    text_append(&path, "%s/%s", folder, name);
    table->stream = path.failed ? NULL : fopen(path.bytes, "re");
    text_clear(&path);
    if (table->stream == NULL || getline(&table->head_bytes, &capacity, table->stream) < 0)
        return false;
    cut(table->head_bytes, &table->head);
    return true;
}

static void table_close(struct table *table)
{
    if (table->stream != NULL)
        fclose(table->stream);
    free(table->bytes);
    free(table->head_bytes);
}

/* The column of this name, or NO_CELL. */
static int column(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->head.count; i++)
        if (strcmp(table->head.cell[i], name) == 0)
            return (int)i;
    return NO_CELL;
}

static const char *cell(const struct table *table, int at)
{
    return at == NO_CELL || (size_t)at >= table->line.count ? "" : table->line.cell[at];
}

static double number(const struct table *table, int at, double otherwise)
{
    const char *text = cell(table, at);
    return *text == '\0' ? otherwise : strtod(text, NULL);
}

/* ------------------------------------------------------------------ targets.csv and run.json */

static bool read_member(const char *json, const char *name, uint64_t *value)
{
    const char *found = strstr(json, name);
    return found != NULL && sscanf(found + strlen(name), ": %" SCNu64, value) == 1;
}

static bool read_record(struct run_read *run, struct faults *faults)
{
    struct text path = {0};
    char *json = NULL;
    size_t length = 0;
    text_append(&path, "%s/run.json", run->folder);
    bool ok = !path.failed && file_read(path.bytes, RECORD_BYTES, &json, &length);
    if (!ok)
        fault_input(faults, (struct place){0}, "%s holds no run: run.json cannot be read: %s",
                    run->folder, strerror(errno));
    else if (strstr(json, "\"scenario\"") == NULL || !read_member(json, "\"seed\"", &run->seed) ||
             !read_member(json, "\"strata\"", &run->strata))
        ok = fault_input(faults, (struct place){0},
                         "%s holds no run: its run.json is that of something else", run->folder);
    if (ok && !run_record_fingerprint(json, &run->fingerprint))
        run->fingerprint = 0;
    free(json);
    text_clear(&path);
    return ok;
}

static bool read_targets(struct run_read *run, struct faults *faults)
{
    struct table table;
    bool ok = table_open(&table, run->folder, csv_file_names[CSV_TARGETS]);
    int name = column(&table, "target"), all_of = column(&table, "all_of");
    int met = column(&table, "met"), replicates = column(&table, "replicates");
    if (!ok || name == NO_CELL || met == NO_CELL || replicates == NO_CELL)
        ok = fault_input(faults, (struct place){0}, "%s holds no run: targets.csv cannot be read",
                         run->folder);
    while (ok && run->target_count < RUN_TARGETS && next_line(&table)) {
        struct run_target *target = &run->target[run->target_count++];
        *target = (struct run_target){
            .name = memory_copy_text(cell(&table, name)),
            .all_of = memory_copy_text(cell(&table, all_of)),
            .at_least = number(&table, column(&table, "at_least"), -INFINITY),
            .at_most = number(&table, column(&table, "at_most"), INFINITY),
            .replicates = strtoull(cell(&table, replicates), NULL, 10),
            .met = strtoull(cell(&table, met), NULL, 10),
        };
        ok = (target->name != NULL && target->all_of != NULL) ||
             fault_memory(faults, "reading a run");
    }
    table_close(&table);
    return ok;
}

/* ------------------------------------------------------------------ replicates.csv */

/* The columns of the targets' values; false if one is missing. */
static bool find_values(const struct run_read *run, const struct table *table, int *at)
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

static uint64_t met_by(const struct run_read *run, const struct table *table, const int *at)
{
    uint64_t met = 0;
    for (size_t t = 0; t < run->target_count; t++) {
        const struct run_target *target = &run->target[t];
        double value = number(table, at[t], NAN);
        bool all = target->all_of[0] != '\0';
        for (size_t i = 0; all && i < t; i++)
            all = (met >> i & 1) != 0 || !is_among(target->all_of, run->target[i].name);
        bool alone =
            target->all_of[0] == '\0' && value >= target->at_least && value <= target->at_most;
        met |= (uint64_t)(all || alone) << t;
    }
    return met;
}

/* Without replicates.csv there is nothing to read, and that is no fault. */
static bool read_replicates(struct run_read *run, struct faults *faults)
{
    struct table table;
    int at[RUN_TARGETS];
    size_t capacity = 0;
    bool ok = true;
    if (table_open(&table, run->folder, csv_file_names[CSV_REPLICATES]) &&
        find_values(run, &table, at))
        while (ok && next_line(&table)) {
            ok = memory_reserve((void **)&run->met, &capacity, run->replicates + 1,
                                sizeof *run->met) ||
                 fault_memory(faults, "reading a run");
            if (ok)
                run->met[run->replicates++] = met_by(run, &table, at);
        }
    table_close(&table);
    return ok;
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
