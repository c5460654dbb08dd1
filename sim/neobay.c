#include "neobay.h"

#include "engine/ensemble.h"
#include "store/results.h"
#include "store/tables.h"
#include "store/version.h"

#include <stdlib.h>
#include <string.h>

struct neobay_faults {
    struct faults list;
};

struct neobay_scenario {
    struct scenario *scenario;
};

struct neobay_run {
    struct summary summary;
    struct run_record record;
};

const char *neobay_release(void)
{
    return neobay_version;
}

struct neobay_faults *neobay_faults_create(void)
{
    return calloc(1, sizeof(struct neobay_faults));
}

void neobay_faults_free(struct neobay_faults *faults)
{
    if (faults != NULL)
        faults_clear(&faults->list);
    free(faults);
}

size_t neobay_faults_count(const struct neobay_faults *faults)
{
    return faults->list.count;
}

const char *neobay_faults_message(const struct neobay_faults *faults, size_t i)
{
    return i < faults->list.count ? faults->list.message[i] : NULL;
}

bool neobay_faults_of_world(const struct neobay_faults *faults)
{
    return faults->list.kind == FAULT_WORLD;
}

struct neobay_scenario *neobay_load(const char *file, const char *const *overrides,
                                    size_t override_count, struct neobay_faults *faults)
{
    struct neobay_scenario *loaded = calloc(1, sizeof *loaded);
    if (loaded == NULL) {
        fault_memory(&faults->list, "loading a scenario");
        return NULL;
    }
    loaded->scenario = scenario_load(file, overrides, override_count, &faults->list);
    if (loaded->scenario == NULL) {
        free(loaded);
        return NULL;
    }
    return loaded;
}

void neobay_scenario_free(struct neobay_scenario *scenario)
{
    if (scenario != NULL)
        scenario_free(scenario->scenario);
    free(scenario);
}

char *neobay_show(const struct neobay_scenario *scenario)
{
    struct text text = {0};
    scenario_show(scenario->scenario, false, &text);
    if (text.failed)
        text_clear(&text);
    return text.bytes;
}

uint64_t neobay_fingerprint(const struct neobay_scenario *scenario)
{
    return scenario->scenario->fingerprint;
}

static bool simulate(struct neobay_run *run, const struct scenario *scenario,
                     const struct neobay_options *options, struct faults *faults)
{
    const struct ensemble_options ensemble = {
        .seed = options->seed,
        .first = options->first_replicate,
        .replicates = options->replicates,
        .strata = options->independent ? 0 : DRAW_BLOCK,
        .twin_every = ENSEMBLE_TWIN_EVERY,
        .threads = options->threads,
        .precision = options->precision,
        .progress = options->progress,
        .context = options->context,
    };
    run->record = (struct run_record){
        .scenario_file = scenario->file[0],
        .seed = options->seed,
        .replicates_asked = options->replicates,
        .strata = options->independent ? 0 : DRAW_BLOCK,
        .threads = options->threads,
        .precision = options->precision,
        .started = time(NULL),
    };
    return summary_init(&run->summary, scenario, faults) &&
           ensemble_run(scenario, &ensemble, &run->summary, &run->record.agent_steps, NULL, faults);
}

struct neobay_run *neobay_run(const struct neobay_scenario *scenario,
                              const struct neobay_options *options, struct neobay_faults *faults)
{
    struct neobay_run *run = calloc(1, sizeof *run);
    if (run == NULL) {
        fault_memory(&faults->list, "starting a run");
        return NULL;
    }
    if (!simulate(run, scenario->scenario, options, &faults->list)) {
        neobay_run_free(run);
        return NULL;
    }
    return run;
}

void neobay_run_free(struct neobay_run *run)
{
    if (run != NULL)
        summary_clear(&run->summary);
    free(run);
}

bool neobay_run_merge(struct neobay_run *run, const struct neobay_run *other)
{
    if (run->summary.scenario->fingerprint != other->summary.scenario->fingerprint ||
        run->record.seed != other->record.seed || run->record.strata != other->record.strata)
        return false;
    summary_merge(&run->summary, &other->summary);
    run->record.replicates_asked += other->record.replicates_asked;
    run->record.agent_steps += other->record.agent_steps;
    return true;
}

size_t neobay_run_replicates(const struct neobay_run *run)
{
    return run->summary.replicates;
}

size_t neobay_target_count(const struct neobay_run *run)
{
    return tables_target_count(run->summary.scenario);
}

struct neobay_target neobay_target(const struct neobay_run *run, size_t i)
{
    const struct scenario *scenario = run->summary.scenario;
    size_t single = scenario->centre.count[SECTION_TARGETS];
    struct text all_of = {0};
    const struct observed nothing = {0};
    struct targets_row row = tables_target(&run->summary, &nothing, i, &all_of);
    text_clear(&all_of);
    struct neobay_target answer = {
        .name = row.target,
        .indicator = "",
        .probability = row.probability,
        .low95 = row.low95,
        .high95 = row.high95,
        .mean = row.mean,
        .sd = row.sd,
        .p05 = row.p05,
        .p50 = row.p50,
        .p95 = row.p95,
        .median_shortfall = row.median_shortfall,
    };
    if (i < single) {
        const struct target_params *target = &scenario->centre.targets[i];
        answer.indicator = indicators[(size_t)target->indicator].name;
        answer.year = (int)target->date / 12;
        answer.month = (int)target->date % 12 + 1;
    }
    return answer;
}

/* The part of a row: a zone or two, a sector, or none. */
static const char *part_of(const struct trajectories_row *row)
{
    return row->zone != NULL ? row->zone : row->sector != NULL ? row->sector : "";
}

bool neobay_cell(const struct neobay_run *run, const char *indicator, const char *part, int year,
                 int month, struct neobay_cell *cell)
{
    const struct panel_layout *layout = &run->summary.layout;
    int row = year * 12 + month - 1 - layout->first_month;
    if (row < 0 || (size_t)row >= layout->row_count)
        return false;
    for (size_t column = 0; column < layout->column_count; column++) {
        char zones[TABLES_ZONES_BYTES];
        struct trajectories_row found =
            tables_trajectory(&run->summary, (size_t)row, column, zones);
        if (strcmp(found.indicator, indicator) != 0 || strcmp(part_of(&found), part) != 0)
            continue;
        *cell = (struct neobay_cell){found.mean, found.sd,  found.p05, found.p25,
                                     found.p50,  found.p75, found.p95};
        return true;
    }
    return false;
}

bool neobay_run_save(const struct neobay_run *run, const char *folder, bool force,
                     struct neobay_faults *faults)
{
    struct results results;
    struct run_record record = run->record;
    const struct observed nothing = {0};
    record.replicates = run->summary.replicates;
    record.library = true;
    return results_open(&results, run->summary.scenario, folder, false, false, force,
                        &faults->list) &&
           results_commit(&results, &run->summary, &nothing, &record, &faults->list);
}
