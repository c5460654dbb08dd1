#include "neobay.h"

#include "base/memory.h"
#include "engine/ensemble.h"
#include "store/results.h"
#include "store/tables.h"
#include "store/version.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct neobay_faults {
    struct faults list;
};

struct neobay_scenario {
    struct scenario *scenario;
};

/* Replicate numbers first … end - 1. */
struct span {
    size_t first, end;
};

struct neobay_run {
    struct summary summary;
    struct run_record record;
    struct span *span; /* what it holds */
    size_t span_count, span_capacity;
};

/* Numbers are read and written as in the C locale, whatever the caller's: set for the calling
 * thread alone (the pool hands it on to its workers), and put back by whoever enters. */
static locale_t locale_enter(void)
{
    /* The C locale is static in every C library known: not freed, and it cannot fail. */
    return uselocale(newlocale(LC_ALL_MASK, "C", (locale_t)0));
}

static void locale_leave(locale_t callers)
{
    uselocale(callers);
}

static bool fault_argument(struct neobay_faults *faults, const char *words)
{
    const struct place nowhere = {0};
    return faults != NULL && fault_input(&faults->list, nowhere, "%s", words);
}

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
    return faults == NULL ? 0 : faults->list.count;
}

const char *neobay_faults_message(const struct neobay_faults *faults, size_t i)
{
    return i < neobay_faults_count(faults) ? faults->list.fault[i].message : NULL;
}

bool neobay_faults_of_world(const struct neobay_faults *faults)
{
    return faults != NULL && faults->list.kind == FAULT_WORLD;
}

static bool load_is_sound(const char *file, const char *const *overrides, size_t override_count,
                          struct neobay_faults *faults)
{
    if (file == NULL)
        return fault_argument(faults, "neobay_load: no file");
    if (overrides == NULL && override_count > 0)
        return fault_argument(faults, "neobay_load: overrides are counted, but none are there");
    for (size_t i = 0; i < override_count; i++)
        if (overrides[i] == NULL)
            return fault_argument(faults, "neobay_load: an override is NULL");
    return faults != NULL;
}

struct neobay_scenario *neobay_load(const char *file, const char *const *overrides,
                                    size_t override_count, struct neobay_faults *faults)
{
    if (!load_is_sound(file, overrides, override_count, faults))
        return NULL;
    struct neobay_scenario *loaded = calloc(1, sizeof *loaded);
    if (loaded == NULL) {
        fault_memory(&faults->list, "loading a scenario");
        return NULL;
    }
    locale_t callers = locale_enter();
    loaded->scenario = scenario_load(file, overrides, override_count, &faults->list);
    locale_leave(callers);
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
    if (scenario == NULL)
        return NULL;
    struct text text = {0};
    locale_t callers = locale_enter();
    scenario_show(scenario->scenario, false, &text);
    locale_leave(callers);
    if (text.failed)
        text_clear(&text);
    return text.bytes;
}

uint64_t neobay_fingerprint(const struct neobay_scenario *scenario)
{
    return scenario == NULL ? 0 : scenario->scenario->fingerprint;
}

/* A caller's progress function is called in the caller's locale. */
struct progress {
    const struct neobay_options *options;
    locale_t callers;
};

static bool progress_call(void *context, size_t done, size_t total)
{
    const struct progress *progress = context;
    locale_t ours = uselocale(progress->callers);
    bool goes_on = progress->options->progress(progress->options->context, done, total);
    uselocale(ours);
    return goes_on;
}

static bool simulate(struct neobay_run *run, locale_t callers, const struct scenario *scenario,
                     const struct neobay_options *options, struct faults *faults)
{
    struct progress progress = {options, callers};
    const struct ensemble_options ensemble = {
        .seed = options->seed,
        .first = options->first_replicate,
        .replicates = options->replicates,
        .strata = options->independent ? 0 : DRAW_BLOCK,
        .twin_every = ENSEMBLE_TWIN_EVERY,
        .threads = options->threads,
        .precision = options->precision,
        .progress = options->progress == NULL ? NULL : progress_call,
        .context = &progress,
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

static bool options_are_sound(const struct neobay_scenario *scenario,
                              const struct neobay_options *options, struct neobay_faults *faults)
{
    /* Numbers from there on belong to other uses of chance. */
    const size_t numbers_end = (size_t)1 << 30;
    if (scenario == NULL || options == NULL)
        return fault_argument(faults, "neobay_run: no scenario, or no options");
    if (options->replicates < 1 || options->replicates > ENSEMBLE_MOST_REPLICATES)
        return fault_argument(faults, "neobay_run: replicates is outside [1, 10000000]");
    if (options->first_replicate > numbers_end - options->replicates)
        return fault_argument(faults, "neobay_run: first_replicate + replicates is above 2^30");
    if (options->threads < 0)
        return fault_argument(faults, "neobay_run: threads is below 0");
    if (!(options->precision >= 0.0 && options->precision <= 1.0))
        return fault_argument(faults, "neobay_run: precision is outside [0, 1]");
    return faults != NULL;
}

static bool add_spans(struct neobay_run *run, const struct span *span, size_t count)
{
    size_t all = run->span_count + count;
    if (!memory_reserve((void **)&run->span, &run->span_capacity, all, sizeof *span))
        return false;
    memcpy(run->span + run->span_count, span, count * sizeof *span);
    run->span_count = all;
    return true;
}

struct neobay_run *neobay_run(const struct neobay_scenario *scenario,
                              const struct neobay_options *options, struct neobay_faults *faults)
{
    if (!options_are_sound(scenario, options, faults))
        return NULL;
    struct neobay_run *run = calloc(1, sizeof *run);
    if (run == NULL) {
        fault_memory(&faults->list, "starting a run");
        return NULL;
    }
    locale_t callers = locale_enter();
    bool ok = simulate(run, callers, scenario->scenario, options, &faults->list);
    locale_leave(callers);
    size_t first = options->first_replicate;
    const struct span span = {first, first + run->summary.replicates};
    if (ok && !add_spans(run, &span, 1))
        ok = fault_memory(&faults->list, "a run");
    if (ok)
        return run;
    neobay_run_free(run);
    return NULL;
}

void neobay_run_free(struct neobay_run *run)
{
    if (run == NULL)
        return;
    summary_clear(&run->summary);
    free(run->span);
    free(run);
}

static bool overlap(const struct neobay_run *run, const struct neobay_run *other)
{
    for (size_t i = 0; i < run->span_count; i++)
        for (size_t j = 0; j < other->span_count; j++)
            if (run->span[i].first < other->span[j].end && other->span[j].first < run->span[i].end)
                return true;
    return false;
}

bool neobay_run_merge(struct neobay_run *run, const struct neobay_run *other)
{
    if (run == NULL || other == NULL || run == other || overlap(run, other))
        return false;
    if (run->summary.scenario->fingerprint != other->summary.scenario->fingerprint ||
        run->record.seed != other->record.seed || run->record.strata != other->record.strata)
        return false;
    if (!add_spans(run, other->span, other->span_count))
        return false;
    summary_merge(&run->summary, &other->summary);
    run->record.replicates_asked += other->record.replicates_asked;
    run->record.agent_steps += other->record.agent_steps;
    return true;
}

size_t neobay_run_replicates(const struct neobay_run *run)
{
    return run == NULL ? 0 : run->summary.replicates;
}

size_t neobay_target_count(const struct neobay_run *run)
{
    return run == NULL ? 0 : tables_target_count(run->summary.scenario);
}

struct neobay_target neobay_target(const struct neobay_run *run, size_t i)
{
    if (i >= neobay_target_count(run))
        return (struct neobay_target){"", "", 0, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
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
    if (run == NULL || indicator == NULL || part == NULL || cell == NULL || month < 1 ||
        month > 12 || year < MONTH_FIRST / 12 || year > MONTH_LAST / 12)
        return false;
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
    if (run == NULL || folder == NULL || *folder == '\0')
        return fault_argument(faults, "neobay_run_save: no run, or no folder");
    if (faults == NULL)
        return false;
    struct results results;
    struct run_record record = run->record;
    const struct observed nothing = {0};
    record.replicates = run->summary.replicates;
    record.library = true;
    struct bands bands = {0};
    locale_t callers = locale_enter();
    bool ok =
        bands_make(&bands, &run->summary, &faults->list) &&
        results_open(&results, run->summary.scenario, folder, &record, force, &faults->list) &&
        results_commit(&results, &run->summary, &bands, &nothing, &record, &faults->list);
    bands_clear(&bands);
    locale_leave(callers);
    return ok;
}
