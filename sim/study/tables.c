#include "study/tables.h"

#include "base/digest.h"
#include "base/json.h"
#include "store/guard.h"
#include "store/run_record.h"
#include "store/version.h"
#include "study/family.h"
#include "study/stopping.h"

#include <math.h>
#include <stdlib.h>

/* Under way in one writing of all files. */
struct tables {
    const struct batch *batch;
    struct ledger ledger;
    struct file_group files;
    struct csv points, targets, indicators;
    struct point point; /* the one that is written */
    char **name;        /* [point] of references; else NULL */
    struct home *home;  /* [axis] */
    struct family family;
    size_t next; /* row of targets.csv */
    struct faults *faults;
};

bool tables_begin(struct csv *csv, enum csv_id file, struct file_group *files,
                  struct faults *faults)
{
    *csv = (struct csv){.stream = file_group_add(files, csv_file_names[file], faults)};
    if (csv->stream == NULL)
        return false;
    csv_header(csv, file);
    return true;
}

const char *tables_status(const struct batch *batch, size_t point)
{
    const struct standing *standing = &batch->standing[point];
    if (standing->reason != NULL)
        return "failed";
    if (!batch_in_shard(batch, point) && standing->blocks < standing->goal)
        return "elsewhere";
    return standing->blocks < standing->goal ? "under way" : "done";
}

/* ------------------------------------------------------------------ rows */

static const char *reference_name(const struct tables *tables, size_t point)
{
    size_t reference = tables->batch->roster.seat[point].reference;
    return reference == PLAN_NO_REFERENCE ? NULL : tables->name[reference];
}

static void write_point(struct tables *tables, const struct tally *tally)
{
    const struct batch *batch = tables->batch;
    char fingerprint[DIGEST_TEXT_BYTES];
    size_t p = tally->point;
    batch_points_cells(&tables->points, &(struct batch_points_row){
                                            .point = tables->point.name,
                                            .fingerprint = digest_text(
                                                fingerprint, batch->roster.seat[p].fingerprint),
                                            .reference = reference_name(tables, p),
                                            .replicates = tally->replicates,
                                            .status = tables_status(batch, p),
                                            .reason = batch->standing[p].reason,
                                        });
    for (size_t a = 0; a < batch->plan->axis_count; a++)
        if (p == 0 && tables->home[a].words != NULL)
            csv_text(&tables->points, tables->home[a].words);
        else if (p == 0)
            csv_number(&tables->points, tables->home[a].value);
        else
            csv_text(&tables->points, tables->point.label[a]);
    csv_end_row(&tables->points);
}

static void write_target(struct tables *tables, const struct tally *tally, size_t target)
{
    const struct layout *layout = roster_layout(&tables->batch->roster, tally->point);
    struct interval odds = tally_odds(&tables->ledger, tally, target);
    struct difference difference = tally_target(&tables->ledger, tally, target);
    double n = (double)tally->replicates;
    batch_targets_cells(
        &tables->targets,
        &(struct batch_targets_row){
            .point = tables->point.name,
            .target = layout->target[target],
            .replicates = tally->replicates,
            .met = tally->met[target],
            .probability = tally->replicates == 0 ? NAN : (double)tally->met[target] / n,
            .low95 = odds.low,
            .high95 = odds.high,
            .interval = tally_interval_kind(&tables->ledger, tally),
            .reference = reference_name(tables, tally->point),
            .difference = difference.estimate,
            .diff_low95 = difference.low,
            .diff_high95 = difference.high,
            .p_value = difference.p_value,
            .p_holm = tables->family.p_holm[tables->next++],
            .variance_ratio = difference.variance_ratio,
        });
    csv_end_row(&tables->targets);
}

static void write_indicator(struct tables *tables, const struct tally *tally, size_t quantity)
{
    const struct layout *layout = roster_layout(&tables->batch->roster, tally->point);
    const struct quantity *what = &layout->quantity[quantity];
    const struct block_cell *cell = &tally->cell[quantity];
    const struct moments *value = &cell->value;
    bool compared = cell->difference.count > 0;
    struct difference difference = tally_quantity(&tables->ledger, tally, quantity);
    struct difference mean = tally_mean(&tables->ledger, tally, quantity);
    batch_indicators_cells(&tables->indicators,
                           &(struct batch_indicators_row){
                               .point = tables->point.name,
                               .indicator = indicators[what->indicator].name,
                               .date = what->month,
                               .unit = indicators[what->indicator].unit,
                               .replicates = value->count,
                               .mean = mean.estimate,
                               .sd = moments_sd(value),
                               .low95 = mean.low,
                               .high95 = mean.high,
                               .interval = tally_interval_kind(&tables->ledger, tally),
                               .reference = reference_name(tables, tally->point),
                               .difference = difference.estimate,
                               .diff_low95 = difference.low,
                               .diff_high95 = difference.high,
                               .changed = compared ? (double)cell->changed : NAN,
                               .largest_change = compared ? cell->largest_change : NAN,
                               .variance_ratio = difference.variance_ratio,
                           });
    csv_end_row(&tables->indicators);
}

static bool write_rows(struct tables *tables)
{
    struct tally tally = {0};
    bool ok = true;
    for (size_t p = 0; ok && p < tables->batch->plan->points; p++) {
        const struct layout *layout = roster_layout(&tables->batch->roster, p);
        ok = plan_point(tables->batch->plan, p, &tables->point, tables->faults) &&
             tally_make(&tally, &tables->ledger, p, tables->faults);
        if (!ok)
            break;
        write_point(tables, &tally);
        for (size_t t = 0; t < layout->target_count; t++)
            write_target(tables, &tally, t);
        for (size_t q = 0; q < layout->quantity_count && tally.replicates > 0; q++)
            write_indicator(tables, &tally, q);
    }
    tally_clear(&tally);
    return ok;
}

/* ------------------------------------------------------------------ headers and columns */

static bool write_headers(struct tables *tables)
{
    const struct plan *plan = tables->batch->plan;
    bool ok =
        tables_begin(&tables->points, CSV_BATCH_POINTS, &tables->files, tables->faults) &&
        tables_begin(&tables->targets, CSV_BATCH_TARGETS, &tables->files, tables->faults) &&
        tables_begin(&tables->indicators, CSV_BATCH_INDICATORS, &tables->files, tables->faults);
    if (!ok)
        return false;
    for (size_t a = 0; a < plan->axis_count; a++)
        csv_text(&tables->points, plan->axis[a].path);
    csv_end_row(&tables->points);
    csv_end_row(&tables->targets);
    csv_end_row(&tables->indicators);
    return true;
}

static void write_column(struct csv *csv, enum csv_id file, const struct column *column)
{
    batch_columns_cells(csv, &(struct batch_columns_row){.file = csv_file_names[file],
                                                         .name = column->name,
                                                         .unit = column->unit,
                                                         .meaning = column->meaning});
    csv_end_row(csv);
}

static void write_columns_of(struct csv *csv, enum csv_id file)
{
    size_t count = 0;
    const struct column *column = csv_columns(file, &count);
    for (size_t i = 0; i < count; i++)
        write_column(csv, file, &column[i]);
}

static const char *axis_meaning(const struct axis *axis)
{
    return axis->unknown_count > 1
               ? "Share of each one's distribution that lies below it, of the uncertain values of "
                 "this path; empty: they are drawn"
               : "Value of this axis of the batch; empty: as the base has it; of the base itself "
                 "its number, median or value at the clock's end";
}

bool tables_columns(const enum csv_id *file, const struct plan *plan, const struct home *home,
                    struct file_group *files, struct faults *faults)
{
    struct csv csv;
    if (!tables_begin(&csv, CSV_BATCH_COLUMNS, files, faults))
        return false;
    csv_end_row(&csv);
    for (size_t i = 0; file[i] != CSV_ALL; i++) {
        write_columns_of(&csv, file[i]);
        for (size_t a = 0; plan != NULL && file[i] == CSV_BATCH_POINTS && a < plan->axis_count; a++)
            write_column(
                &csv, CSV_BATCH_POINTS,
                &(struct column){plan->axis[a].path, home[a].unit, axis_meaning(&plan->axis[a])});
    }
    return true;
}

static bool write_columns(struct tables *tables, const struct batch_extra *extra)
{
    enum csv_id file[8] = {CSV_BATCH_POINTS, CSV_BATCH_TARGETS, CSV_BATCH_INDICATORS};
    size_t count = 3;
    for (size_t i = 0; extra != NULL && extra->file[i] != CSV_ALL; i++)
        file[count++] = extra->file[i];
    file[count++] = CSV_BATCH_COLUMNS;
    file[count] = CSV_ALL;
    return tables_columns(file, tables->batch->plan, tables->home, &tables->files, tables->faults);
}

/* ------------------------------------------------------------------ run.json */

uint64_t tables_fingerprint(const struct batch *batch)
{
    uint64_t hash = 0;
    for (size_t p = 0; p < batch->plan->points; p++) {
        uint64_t pair[2] = {hash, batch->roster.seat[p].fingerprint};
        hash = text_hash64((const char *)pair, sizeof pair);
    }
    return hash;
}

static void write_record(const struct batch *batch, const struct batch_record *record,
                         struct json *json)
{
    char fingerprint[DIGEST_TEXT_BYTES], shard[64];
    struct batch_count count = batch_count(batch);
    snprintf(shard, sizeof shard, "%zu/%zu", batch->options.shard + 1, batch->options.shards);
    json_text(json, "program", "neobay");
    json_text(json, "version", neobay_version);
    json_text(json, "commit", neobay_commit);
    json_text(json, "command", record->command);
    json_text(json, record->command, record->source);
    json_text(json, "title", batch->plan->title);
    json_text(json, "question", batch->plan->question);
    json_text(json, "design", design_names[batch->plan->design]);
    json_text(json, "fingerprint", digest_text(fingerprint, tables_fingerprint(batch)));
    json_whole(json, "points", batch->plan->points);
    json_whole(json, "points_done", count.points);
    json_whole(json, "seed", batch->options.seed);
    json_whole(json, "replicates_asked", batch->options.replicates);
    json_whole(json, "replicates_done", count.replicates);
    json_whole(json, "strata", batch->options.strata);
    json_number(json, "precision", batch->options.precision);
    json_text(json, "shard", shard);
    json_number(json, "seconds", record->seconds);
}

static bool write_text(struct tables *tables, const char *name, const struct text *text)
{
    if (text->failed)
        return fault_memory(tables->faults, "writing the tables");
    FILE *stream = file_group_add(&tables->files, name, tables->faults);
    if (stream != NULL)
        fwrite(text->bytes, 1, text->length, stream);
    return stream != NULL;
}

/* ------------------------------------------------------------------ the whole */

static bool name_references(struct tables *tables)
{
    size_t points = tables->batch->plan->points;
    tables->name = calloc(points, sizeof *tables->name);
    if (tables->name == NULL)
        return fault_memory(tables->faults, "writing the tables");
    for (size_t p = 0; p < points; p++) {
        if (!tables->batch->roster.seat[p].is_reference)
            continue;
        if (!plan_point(tables->batch->plan, p, &tables->point, tables->faults))
            return false;
        tables->name[p] = tables->point.name;
        tables->point.name = NULL;
    }
    return true;
}

static bool write_all(struct tables *tables, const struct batch_record *record,
                      const struct batch_extra *extra)
{
    struct text text = {0};
    struct json json = {.out = &text};
    tables->home = home_find(&tables->batch->roster, tables->faults);
    bool ok = tables->home != NULL && name_references(tables) &&
              family_init(&tables->family, &tables->ledger, tables->faults) &&
              write_headers(tables) && write_rows(tables) && write_columns(tables, extra);
    if (ok && extra != NULL)
        ok = extra->write(extra->context, &tables->ledger, &tables->files, tables->faults);
    if (ok && record->source_text != NULL)
        ok = write_text(tables, BATCH_NAME, record->source_text);
    ok = ok && guard_drop_stale(&tables->files, tables->faults);
    json_open_object(&json, NULL, JSON_LINES);
    write_record(tables->batch, record, &json);
    ok = ok && file_group_digests(&tables->files, &json, tables->faults);
    json_close_object(&json);
    text_append(&text, "\n");
    ok = ok && write_text(tables, RECORD_NAME, &text);
    text_clear(&text);
    return ok;
}

static void clear(struct tables *tables)
{
    for (size_t p = 0; tables->name != NULL && p < tables->batch->plan->points; p++)
        free(tables->name[p]);
    free(tables->name);
    home_free(tables->home, tables->batch->plan);
    family_clear(&tables->family);
    point_clear(&tables->point);
    ledger_clear(&tables->ledger);
}

bool tables_write_batch(const struct batch *batch, const char *folder,
                        const struct batch_record *record, const struct batch_extra *extra,
                        struct faults *faults)
{
    struct tables tables = {.batch = batch, .faults = faults};
    if (!ledger_init(&tables.ledger, batch, faults))
        return false;
    bool ok = file_group_open(&tables.files, folder, faults);
    if (ok) {
        ok = write_all(&tables, record, extra);
        if (ok)
            ok = file_group_commit(&tables.files, faults);
        else
            file_group_abandon(&tables.files);
    }
    clear(&tables);
    return ok;
}
