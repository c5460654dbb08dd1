#include "store/watch.h"

#include "store/columns.h"

#include <stdlib.h>

enum { PATHS = 5 };

static bool begin(struct csv *csv, struct file_group *files, enum csv_id file,
                  struct faults *faults)
{
    *csv = (struct csv){.stream = file_group_add(files, csv_file_names[file], faults)};
    return csv->stream != NULL;
}

static bool begin_paths(struct watch *watch, struct file_group *files, struct faults *faults)
{
    if (!begin(&watch->paths, files, CSV_PATHS, faults))
        return false;
    csv_header(&watch->paths, CSV_PATHS);
    csv_end_row(&watch->paths);
    return true;
}

static bool begin_facts(struct watch *watch, struct faults *faults)
{
    watch->facts = malloc(sizeof *watch->facts);
    if (watch->facts == NULL)
        return fault_memory(faults, "following firms for facts.csv");
    facts_init(watch->facts, watch->scenario);
    return true;
}

bool watch_open(struct watch *watch, const struct scenario *scenario, bool firms,
                struct file_group *files, struct faults *faults)
{
    *watch = (struct watch){.scenario = scenario};
    return convergence_init(&watch->convergence, scenario, faults) &&
           yearly_init(&watch->yearly, scenario, faults) && begin_paths(watch, files, faults) &&
           (firms ? begin_facts(watch, faults)
                  : file_group_drop(files, csv_file_names[CSV_FACTS], faults));
}

void watch_clear(struct watch *watch)
{
    convergence_clear(&watch->convergence);
    yearly_clear(&watch->yearly);
    if (watch->facts != NULL)
        facts_clear(watch->facts);
    free(watch->facts);
    *watch = (struct watch){0};
}

/* ------------------------------------------------------------------ while the run goes on */

static void write_path(struct watch *watch, const struct outcome *outcome)
{
    const struct panel_layout *layout = &watch->yearly.layout;
    for (size_t row = 0; row < layout->row_count; row++)
        for (size_t column = 0; column < layout->column_count; column++) {
            const struct indicator *indicator = &indicators[layout->column[column].indicator];
            if (indicator->dimension != INDICATOR_NONE)
                continue;
            paths_cells(
                &watch->paths,
                &(struct paths_row){.replicate = outcome->replicate,
                                    .month = layout->first_month + (int)row,
                                    .indicator = indicator->name,
                                    .unit = indicator->unit,
                                    .value = outcome->panel[row * layout->column_count + column]});
            csv_end_row(&watch->paths);
        }
}

void watch_replicate(struct watch *watch, const struct outcome *outcome)
{
    if (watch->yearly.replicates < PATHS)
        write_path(watch, outcome);
    convergence_add(&watch->convergence, outcome);
    yearly_add(&watch->yearly, outcome);
}

void watch_firm(struct watch *watch, size_t replicate, const struct firm_row *row)
{
    if (watch->facts != NULL)
        facts_add(watch->facts, replicate, row);
}

/* ------------------------------------------------------------------ at its end */

static const char *about(const struct scenario *scenario, const char *name)
{
    const struct field *field = section_field(&schema()[SECTION_ABOUT], name);
    return field == NULL ? "" : scenario->text[SECTION_ABOUT][field_slot(field)];
}

void watch_write_about(const struct scenario *scenario, const struct run_record *record,
                       struct csv *csv)
{
    csv_header(csv, CSV_ABOUT);
    csv_end_row(csv);
    about_cells(csv, &(struct about_row){.title = about(scenario, "title"),
                                         .question = about(scenario, "question"),
                                         .scenario = record->scenario_file,
                                         .first_month = (int)scenario->centre.clock->start,
                                         .last_month = (int)scenario->centre.clock->end,
                                         .replicates = record->replicates,
                                         .seed = record->seed});
    csv_end_row(csv);
}

static void write_observed(const struct scenario *scenario, const struct observed *observed,
                           struct csv *csv)
{
    csv_header(csv, CSV_OBSERVED);
    csv_end_row(csv);
    for (size_t i = 0; i < observed->count; i++) {
        const struct observation *seen = &observed->observation[i];
        observed_cells(csv, &(struct observed_row){
                                .month = seen->month,
                                .indicator = indicators[seen->indicator].name,
                                .zone = panel_name(scenario, SECTION_ZONES, seen->zone),
                                .sector = panel_name(scenario, SECTION_SECTORS, seen->sector),
                                .unit = indicators[seen->indicator].unit,
                                .value = seen->value,
                                .kind = observed_kind_names[seen->kind],
                                .to = seen->to,
                                .error = seen->error,
                                .discrepancy = seen->discrepancy,
                                .assumed = seen->assumed ? "yes" : "no",
                                .source = seen->source,
                                .grade = seen->grade,
                                .use = observed_use_names[seen->use]});
        csv_end_row(csv);
    }
}

bool watch_write(struct watch *watch, const struct observed *observed,
                 const struct run_record *record, struct file_group *files, struct faults *faults)
{
    struct csv csv;
    yearly_settle(&watch->yearly);
    if (!begin(&csv, files, CSV_OBSERVED, faults))
        return false;
    write_observed(watch->scenario, observed, &csv);
    if (!begin(&csv, files, CSV_ABOUT, faults))
        return false;
    watch_write_about(watch->scenario, record, &csv);
    if (!begin(&csv, files, CSV_CONVERGENCE, faults))
        return false;
    convergence_write(&watch->convergence, &csv);
    if (!begin(&csv, files, CSV_PIPELINE, faults))
        return false;
    yearly_write_pipeline(&watch->yearly, &csv);
    if (!begin(&csv, files, CSV_BOTTLENECKS, faults))
        return false;
    yearly_write_bottlenecks(&watch->yearly, &csv);
    return watch->facts == NULL ||
           (begin(&csv, files, CSV_FACTS, faults) && facts_write(watch->facts, &csv, faults));
}
