#include "store/replay.h"

#include "engine/panel.h"
#include "store/results.h"
#include "store/tables.h"
#include "store/watch.h"

#include <math.h>
#include <string.h>

static bool begin(struct replay *replay, struct csv *csv, enum csv_id file, struct faults *faults)
{
    *csv = (struct csv){.stream = file_group_add(&replay->files, csv_file_names[file], faults)};
    if (csv->stream == NULL)
        return false;
    csv_header(csv, file);
    csv_end_row(csv);
    return true;
}

bool replay_open(struct replay *replay, const struct scenario *scenario, size_t number,
                 const char *firm, const char *folder, struct faults *faults)
{
    *replay = (struct replay){.scenario = scenario, .number = number, .firm = firm};
    if (!file_group_open(&replay->files, folder, faults))
        return false;
    bool ok = begin(replay, &replay->events, CSV_REPLAY_EVENTS, faults);
    ok = ok &&
         (firm != NULL ? begin(replay, &replay->months, CSV_REPLAY_FIRM, faults)
                       : file_group_drop(&replay->files, csv_file_names[CSV_REPLAY_FIRM], faults));
    if (!ok)
        replay_abandon(replay);
    return ok;
}

void replay_event(struct replay *replay, const struct life_event *event)
{
    const struct scenario *scenario = replay->scenario;
    const struct firms_row firm = results_firms_row(scenario, replay->number, &event->firm);
    bool moved = event->kind == LIFE_MOVED;
    replay_events_cells(
        &replay->events,
        &(struct replay_events_row){
            .month = firm.month,
            .firm = firm.firm,
            .event = life_names[event->kind],
            .zone = firm.zone,
            .zone_left = moved ? scenario->name[SECTION_ZONES][event->zone_left] : NULL,
            .sector = firm.sector,
            .stage = firm.stage,
            .age_months = firm.age_months,
            .output_myuan = firm.output_myuan,
            .staff_heads = firm.staff_heads,
            .value_myuan = firm.value_myuan,
            .raised_myuan = event->kind == LIFE_FUNDED ? event->raised_myuan : NAN,
            .certified_until = firm.certified_until,
        });
    csv_end_row(&replay->events);
}

bool replay_month(struct replay *replay, const struct firm_row *row)
{
    if (replay->firm == NULL || strcmp(replay->firm, row->id) != 0)
        return false;
    const struct firms_row firm = results_firms_row(replay->scenario, replay->number, row);
    firms_cells(&replay->months, &firm);
    csv_end_row(&replay->months);
    return true;
}

/* ------------------------------------------------------------------ the rest */

static void write_indicators(const struct replay *replay, const struct panel_layout *layout,
                             const double *panel, struct csv *csv)
{
    char zones[TABLES_ZONES_BYTES];
    const struct scenario *scenario = replay->scenario;
    for (size_t row = 0; row < layout->row_count; row++)
        for (size_t i = 0; i < layout->column_count; i++) {
            const struct panel_column *column = &layout->column[i];
            replay_indicators_cells(
                csv, &(struct replay_indicators_row){
                         .month = layout->first_month + (int)row,
                         .indicator = indicators[column->indicator].name,
                         .zone = tables_zones(zones, scenario, column),
                         .sector = panel_name(scenario, SECTION_SECTORS, column->sector),
                         .unit = indicators[column->indicator].unit,
                         .value = *panel++,
                     });
            csv_end_row(csv);
        }
}

static void write_columns_of(struct csv *csv, enum csv_id file)
{
    size_t count = 0;
    const struct column *column = csv_columns(file, &count);
    for (size_t i = 0; i < count; i++) {
        columns_cells(csv, &(struct columns_row){.file = csv_file_names[file],
                                                 .name = column[i].name,
                                                 .unit = column[i].unit,
                                                 .meaning = column[i].meaning});
        csv_end_row(csv);
    }
}

static bool write_columns(struct replay *replay, struct faults *faults)
{
    struct csv csv;
    if (!begin(replay, &csv, CSV_COLUMNS, faults))
        return false;
    write_columns_of(&csv, CSV_REPLAY_INDICATORS);
    write_columns_of(&csv, CSV_REPLAY_EVENTS);
    if (replay->firm != NULL)
        write_columns_of(&csv, CSV_REPLAY_FIRM);
    write_columns_of(&csv, CSV_ABOUT);
    write_columns_of(&csv, CSV_COLUMNS);
    return true;
}

static bool write_rest(struct replay *replay, const double *panel, const struct run_record *record,
                       struct faults *faults)
{
    struct panel_layout layout = {0};
    struct csv csv, about = {0};
    bool ok = panel_layout_init(&layout, replay->scenario, faults) &&
              begin(replay, &csv, CSV_REPLAY_INDICATORS, faults);
    if (ok)
        write_indicators(replay, &layout, panel, &csv);
    panel_layout_clear(&layout);
    if (ok)
        about.stream = file_group_add(&replay->files, csv_file_names[CSV_ABOUT], faults);
    ok = ok && about.stream != NULL;
    if (ok)
        watch_write_about(replay->scenario, record, &about);
    return ok && write_columns(replay, faults);
}

bool replay_commit(struct replay *replay, const double *panel, const struct run_record *record,
                   struct faults *faults)
{
    if (!write_rest(replay, panel, record, faults)) {
        replay_abandon(replay);
        return false;
    }
    return file_group_commit(&replay->files, faults);
}

void replay_abandon(struct replay *replay)
{
    file_group_abandon(&replay->files);
}
