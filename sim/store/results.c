#include "store/results.h"

#include "base/digest.h"
#include "base/file.h"

#include "store/guard.h"
#include "store/manifest.h"
#include "store/split_table.h"
#include "store/store.h"
#include "store/tables.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ whose folder it is */

/* No name that a run writes may be somebody else's. */
static bool check_names(const char *folder, struct faults *faults)
{
    const char *name[CSV_COUNT + 2] = {SCENARIO_NAME};
    for (size_t i = 0; i < CSV_COUNT; i++)
        name[i + 1] = csv_file_names[i];
    return guard_names(folder, name, faults);
}

/* Without run.json a store is that of a run or batch that has not come to its end. */
static bool refuse_under_way(const char *folder, struct faults *faults)
{
    return fault_input(faults, (struct place){0},
                       "%s holds a run or batch under way (%s); nothing was written; --resume goes "
                       "on with it, --force begins anew, --out DIR goes elsewhere",
                       folder, STORE_NAME);
}

/* A run of the same scenario may be made again, but not shrink or turn into another. */
static bool check_run(const struct manifest *manifest, const char *folder,
                      const struct run_record *record, struct faults *faults)
{
    const struct run_record *was = &manifest->record;
    if (was->seed != record->seed || was->strata != record->strata)
        return fault_input(faults, (struct place){0},
                           "%s holds a run of another seed or design; nothing was written; --force "
                           "overwrites it, --out DIR goes elsewhere",
                           folder);
    return was->replicates_asked <= record->replicates_asked ||
           fault_input(faults, (struct place){0},
                       "%s holds a run of %" PRIu64 " replicates, and so many fewer would take "
                       "its place; nothing was written; --force overwrites it, --out DIR goes "
                       "elsewhere",
                       folder, was->replicates_asked);
}

static bool check_manifest(const struct manifest *manifest, const char *folder,
                           const struct run_record *record, uint64_t ours, struct faults *faults)
{
    char text[DIGEST_TEXT_BYTES];
    if (manifest->fingerprint != ours)
        return fault_input(faults, (struct place){0},
                           "%s holds the results of another scenario (fingerprint %s); nothing "
                           "was written; --force overwrites them, --out DIR goes elsewhere",
                           folder, digest_text(text, manifest->fingerprint));
    return check_run(manifest, folder, record, faults) && check_names(folder, faults);
}

static bool check_folder(const char *folder, const struct run_record *record, uint64_t ours,
                         struct faults *faults)
{
    struct manifest manifest;
    if (manifest_find(&manifest, folder)) {
        bool ok = check_manifest(&manifest, folder, record, ours, faults);
        manifest_clear(&manifest);
        return ok;
    }
    if (file_is_in(folder, RECORD_NAME))
        return fault_input(faults, (struct place){0},
                           "%s holds a file %s that no run of neobay left there; nothing was "
                           "written; --force overwrites it, --out DIR goes elsewhere",
                           folder, RECORD_NAME);
    return file_is_in(folder, STORE_NAME) ? refuse_under_way(folder, faults)
                                          : check_names(folder, faults);
}

/* ------------------------------------------------------------------ while the run goes on */

/* Begins a CSV file of the group and writes the names of its fixed columns. */
static bool begin_csv(struct results *results, struct csv *csv, enum csv_id file,
                      struct faults *faults)
{
    csv->stream = file_group_add(&results->files, csv_file_names[file], faults);
    if (csv->stream == NULL)
        return false;
    csv_header(csv, file);
    return true;
}

/* Columns of replicates.csv after the fixed ones: for each target two, then the uncertain numbers.
 * Calls `each` with every one of them, in order. */
static void replicate_columns(const struct scenario *scenario, struct csv *csv,
                              void (*each)(struct csv *csv, struct column column))
{
    struct text name = {0};
    for (size_t t = 0; t < scenario->centre.count[SECTION_TARGETS]; t++) {
        const struct target_params *target = &scenario->centre.targets[t];
        const char *unit = indicators[(size_t)target->indicator].unit;
        const char *called = scenario->name[SECTION_TARGETS][t];
        name.length = 0;
        text_append(&name, "targets.%s.value", called);
        each(csv, (struct column){name.bytes, unit, "Value of the indicator at the date"});
        name.length = 0;
        text_append(&name, "targets.%s.first_reached", called);
        each(csv, (struct column){name.bytes, "month", "Month when first met; empty: never"});
    }
    text_clear(&name);
    for (size_t i = 0; i < scenario->leaf_count; i++) {
        const struct leaf *leaf = &scenario->leaf[i];
        if (leaf->kind == LEAF_DISTRIBUTION)
            each(csv, (struct column){leaf->path, leaf->field->unit, leaf->field->says});
    }
}

static void write_name(struct csv *csv, struct column column)
{
    csv_text(csv, column.name);
}

static bool begin_replicates(struct results *results, struct faults *faults)
{
    struct csv *csv = &results->replicates;
    if (!begin_csv(results, csv, CSV_REPLICATES, faults))
        return false;
    replicate_columns(results->scenario, csv, write_name);
    csv_end_row(csv);
    return true;
}

/* A file of fixed columns that is begun where it is asked for, and else goes. */
static bool begin_or_drop(struct results *results, struct csv *csv, enum csv_id file, bool asked,
                          struct faults *faults)
{
    if (!asked)
        return file_group_drop(&results->files, csv_file_names[file], faults);
    if (!begin_csv(results, csv, file, faults))
        return false;
    csv_end_row(csv);
    return true;
}

bool results_open(struct results *results, const struct scenario *scenario, const char *folder,
                  const struct run_record *record, bool force, struct faults *faults)
{
    bool firms = record->firms > 0;
    *results = (struct results){.scenario = scenario};
    if (!force && !check_folder(folder, record, scenario->fingerprint, faults))
        return false;
    if (!file_group_open(&results->files, folder, faults))
        return false;
    bool ok = record->replicate_rows ? begin_replicates(results, faults)
                                     : file_group_drop(&results->files, "replicates.csv", faults);
    ok = ok && begin_or_drop(results, &results->firms, CSV_FIRMS, firms, faults) &&
         begin_or_drop(results, &results->limits, CSV_LIMITS, record->limits, faults) &&
         watch_open(&results->watch, scenario, firms, &results->files, faults);
    ok = ok && digest_table_open(&results->digests, scenario, &results->watch.yearly.layout,
                                 &results->files, faults);
    if (!ok)
        results_abandon(results);
    return ok;
}

void results_replicate(struct results *results, const struct outcome *outcome)
{
    struct csv *csv = &results->replicates;
    const struct scenario *scenario = results->scenario;
    watch_replicate(&results->watch, outcome);
    digest_table_add(&results->digests, outcome);
    if (csv->stream == NULL)
        return;
    replicates_cells(csv, &(struct replicates_row){.replicate = outcome->replicate});
    int before_first = (int)scenario->centre.clock->start - 1; /* month of the panel's row 0 */
    for (size_t t = 0; t < scenario->centre.count[SECTION_TARGETS]; t++) {
        int reached = outcome->target_reached[t];
        csv_number(csv, outcome->target_value[t]);
        csv_month(csv, reached == TARGET_NEVER ? MONTH_NEVER : before_first + reached);
    }
    size_t drawn = 0;
    for (size_t i = 0; i < scenario->leaf_count; i++)
        if (scenario->leaf[i].kind == LEAF_DISTRIBUTION)
            csv_number(csv, outcome->drawn[drawn++]);
    csv_end_row(csv);
}

struct firms_row results_firms_row(const struct scenario *scenario, size_t replicate,
                                   const struct firm_row *row)
{
    return (struct firms_row){
        .replicate = replicate,
        .month = row->month,
        .firm = row->id,
        .age_months = row->age_months < 0 ? 0 : (uint64_t)row->age_months,
        .zone = scenario->name[SECTION_ZONES][row->zone],
        .sector = scenario->name[SECTION_SECTORS][row->sector],
        .stage = stage_names[row->stage],
        .output_myuan = row->output_myuan,
        .staff_heads = row->staff_heads,
        .quality = row->quality,
        .value_myuan = row->value_myuan,
        .rd_share = row->rd_share,
        .technical_share = row->technical_share,
        .revenue_share = row->revenue_share,
        .ip_count = row->ip_count,
        .certified_until = row->certified_until,
    };
}

void results_firm(struct results *results, const struct firm_row *row)
{
    struct firms_row out = results_firms_row(results->scenario, results->firm_replicate, row);
    firms_cells(&results->firms, &out);
    csv_end_row(&results->firms);
    watch_firm(&results->watch, results->firm_replicate, row);
}

void results_limit(struct results *results, const struct limits_row *row)
{
    limits_cells(&results->limits, row);
    csv_end_row(&results->limits);
}

/* ------------------------------------------------------------------ the rest */

static void write_column(struct csv *csv, enum csv_id file, struct column column)
{
    columns_cells(csv, &(struct columns_row){.file = csv_file_names[file],
                                             .name = column.name,
                                             .unit = column.unit,
                                             .meaning = column.meaning});
    csv_end_row(csv);
}

static void write_replicate_column(struct csv *csv, struct column column)
{
    write_column(csv, CSV_REPLICATES, column);
}

static bool is_written(const struct results *results, enum csv_id file)
{
    if (file == CSV_REPLICATES)
        return results->replicates.stream != NULL;
    if (file == CSV_LIMITS)
        return results->limits.stream != NULL;
    return (file != CSV_FIRMS && file != CSV_FACTS) || results->firms.stream != NULL;
}

static bool write_columns(struct results *results, struct faults *faults)
{
    struct csv csv = {0};
    if (!begin_csv(results, &csv, CSV_COLUMNS, faults))
        return false;
    csv_end_row(&csv);
    for (enum csv_id file = 0; file < CSV_COUNT; file++) {
        size_t count = 0;
        const struct column *column = csv_columns(file, &count);
        for (size_t i = 0; i < count && is_written(results, file); i++)
            write_column(&csv, file, column[i]);
        if (file == CSV_REPLICATES && is_written(results, file))
            replicate_columns(results->scenario, &csv, write_replicate_column);
    }
    return true;
}

static bool write_tables(struct results *results, const struct summary *summary,
                         const struct bands *bands, const struct observed *observed,
                         struct faults *faults)
{
    static const enum csv_id file[] = {CSV_TARGETS, CSV_TRAJECTORIES, CSV_FIRST_REACHED, CSV_SPLIT};
    struct csv csv[sizeof file / sizeof *file] = {{0}};
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        csv[i].stream = file_group_add(&results->files, csv_file_names[file[i]], faults);
        if (csv[i].stream == NULL)
            return false;
    }
    if (!tables_write_targets(&csv[0], summary, observed))
        return fault_memory(faults, "writing targets.csv");
    tables_write_trajectories(&csv[1], summary);
    tables_write_first_reached(&csv[2], summary);
    split_table_write(&csv[3], summary, bands);
    return true;
}

/* Writes a text as a file of its own and frees it. */
static bool write_text(struct results *results, const char *name, struct text *text,
                       struct faults *faults)
{
    FILE *stream = NULL;
    if (text->failed)
        fault_memory(faults, "writing the results");
    else
        stream = file_group_add(&results->files, name, faults);
    if (stream != NULL)
        fwrite(text->bytes, 1, text->length, stream);
    text_clear(text);
    return stream != NULL;
}

/* run.json comes last: it says whose the folder is, and has the digests of the others. */
static bool write_record(struct results *results, const struct run_record *record,
                         struct faults *faults)
{
    struct text text = {0};
    struct json json = {.out = &text};
    json_open_object(&json, NULL, JSON_LINES);
    run_record_write(record, results->scenario, &json);
    bool ok = file_group_digests(&results->files, &json, faults);
    json_close_object(&json);
    text_append(&text, "\n");
    if (ok)
        return write_text(results, RECORD_NAME, &text, faults);
    text_clear(&text);
    return false;
}

static bool write_scenario(struct results *results, struct faults *faults)
{
    struct text yaml = {0};
    if (results->shown != NULL)
        text_append(&yaml, "%s", results->shown->bytes);
    else
        scenario_show(results->scenario, true, &yaml);
    return write_text(results, SCENARIO_NAME, &yaml, faults);
}

bool results_commit(struct results *results, const struct summary *summary,
                    const struct bands *bands, const struct observed *observed,
                    const struct run_record *record, struct faults *faults)
{
    bool ok = write_tables(results, summary, bands, observed, faults);
    ok = ok && watch_write(&results->watch, observed, record, &results->files, faults);
    ok = ok && digest_table_end(&results->digests, faults);
    ok = ok && write_columns(results, faults);
    ok = ok && write_scenario(results, faults);
    ok = ok && guard_drop_stale(&results->files, faults);
    ok = ok && write_record(results, record, faults);
    if (!ok) {
        results_abandon(results);
        return false;
    }
    watch_clear(&results->watch);
    digest_table_clear(&results->digests);
    return file_group_commit(&results->files, faults);
}

void results_abandon(struct results *results)
{
    watch_clear(&results->watch);
    digest_table_clear(&results->digests);
    file_group_abandon(&results->files);
}

/* ------------------------------------------------------------------ going on */

struct growing_file results_growing(const struct results *results, size_t i)
{
    const struct growing_file file[RESULTS_GROWING] = {
        {csv_file_names[CSV_PATHS], results->watch.paths.stream},
        {csv_file_names[CSV_DIGESTS], results->digests.csv.stream},
        {csv_file_names[CSV_REPLICATES], results->replicates.stream},
    };
    return file[i];
}

void results_put(struct text *out, struct results *results)
{
    yearly_put(out, &results->watch.yearly);
    convergence_put(out, &results->watch.convergence);
    imprint_put(out, &results->digests.imprint);
}

void results_take(struct bytes_reader *reader, struct results *results)
{
    yearly_take(reader, &results->watch.yearly);
    convergence_take(reader, &results->watch.convergence);
    imprint_take(reader, &results->digests.imprint);
}
