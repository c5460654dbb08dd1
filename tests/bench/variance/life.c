#include "bench/variance/life.h"

#include "engine/observe.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

struct life_worker {
    struct district district;
    double *panel, *value;
};

bool living_init(struct living *living, const struct scenario *scenario, struct faults *faults)
{
    int threads = omp_get_max_threads();
    *living = (struct living){.scenario = scenario};
    bool ready = panel_layout_init(&living->layout, scenario, faults);
    living->worker = calloc((size_t)threads, sizeof *living->worker);
    for (int i = 0; ready && i < threads; i++) {
        struct life_worker *worker = &living->worker[i];
        ready = district_init(&worker->district, scenario, kernels_supported(0), faults);
        worker->panel =
            calloc(living->layout.row_count * living->layout.column_count, sizeof(double));
        worker->value = calloc(scenario->centre.count[SECTION_TARGETS], sizeof(double));
    }
    return ready;
}

static void set_macro(struct district *district, const struct macro *path, double sign)
{
    struct macro *macro = &district->macro;
    macro->growth_deviation = sign * path->growth_deviation;
    macro->sentiment_deviation = sign * path->sentiment_deviation;
    macro->growth_per_year = district->now.macro->growth_mean_per_year + macro->growth_deviation;
    macro->sentiment = district->now.macro->sentiment_mean + macro->sentiment_deviation;
}

static bool step(struct district *district, struct macro *path, const struct life *life,
                 uint32_t macro_luck, struct faults *faults)
{
    const struct draw_stream stream = {life->seed, macro_luck};
    for (size_t i = 0; i < PHASE_COUNT; i++) {
        if (i == PHASE_MACRO) {
            macro_step(path, &district->now, &stream, district->month);
            set_macro(district, path, life->sign);
        } else if (!district_phases[i].run(district, faults)) {
            return false;
        }
    }
    return true;
}

/* What replicate_run does at a month's end, for targets that are stocks. */
static void look(const struct living *living, struct life_worker *worker, size_t row)
{
    struct district *district = &worker->district;
    const struct params *params = &living->scenario->centre;
    const struct panel_layout *layout = &living->layout;
    observe_row(district, layout, row, worker->panel);
    const double *cell = worker->panel + row * layout->column_count;
    for (size_t i = 0; i < params->count[SECTION_TARGETS]; i++)
        if ((int)params->targets[i].date == layout->first_month + (int)row)
            worker->value[i] = cell[layout->first[(size_t)params->targets[i].indicator]];
    for (size_t i = 0; i < district->now.count[SECTION_REVIEWS]; i++) {
        size_t target = (size_t)district->now.reviews[i].target;
        size_t indicator = (size_t)district->now.targets[target].indicator;
        policy_review(&district->policy, living->scenario, &district->now, i, district->month,
                      cell[layout->first[indicator]]);
    }
}

static bool live(const struct living *living, struct life_worker *worker, struct life *life,
                 struct faults *faults)
{
    struct district *district = &worker->district;
    const struct draw_replicate which = {life->seed, life->luck, life->world, life->strata};
    const struct draw_stream stream = {life->seed, life->macro};
    struct macro path;
    size_t rows = living->layout.row_count;
    if (!district_start(district, &which, faults))
        return false;
    macro_start(&path, &district->now, &stream, district->month);
    set_macro(district, &path, life->sign);
    look(living, worker, 0);
    for (size_t row = 1; row < rows; row++) {
        bool late = row + (size_t)life->late >= rows;
        if (late)
            district->stream.replicate = life->late_luck;
        if (!step(district, &path, life, late ? life->late_luck : life->macro, faults))
            return false;
        look(living, worker, row);
    }
    life->met = targets_met(&living->scenario->centre, worker->value);
    return true;
}

void live_all(struct living *living, struct life *life, size_t count, double *value)
{
    size_t targets = living->scenario->centre.count[SECTION_TARGETS];
#pragma omp parallel for schedule(dynamic, 1)
    for (size_t i = 0; i < count; i++) {
        struct life_worker *worker = &living->worker[omp_get_thread_num()];
        struct faults faults = {0};
        if (!live(living, worker, &life[i], &faults))
            abort();
        if (value != NULL)
            memcpy(value + i * targets, worker->value, targets * sizeof *value);
    }
}
