/* Nanoseconds an agent-step: the whole run, and each phase of a step on one core.
 *
 * Usage: bench SCENARIO [REPLICATES]. An agent-step is one firm or project in one month. Timings
 * are of this machine in this run; compare them with each other, not with other runs.
 */
#include "bench/batch.h"
#include "ensemble/ensemble.h"
#include "ensemble/replicate.h"
#include "measure/observe.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_PHASES = 16, PHASE_REPLICATES = 100 };

static double now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int fail(struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        fprintf(stderr, "%s\n", faults->message[i]);
    faults_clear(faults);
    return EXIT_FAILURE;
}

/* The whole run, all its overhead included, per core. */
static bool time_run(const struct scenario *scenario, size_t replicates, int threads,
                     struct faults *faults)
{
    struct ensemble_options options = {.seed = 1, .replicates = replicates, .threads = threads};
    struct summary summary;
    uint64_t steps = 0;
    if (!summary_init(&summary, scenario, faults))
        return false;
    double start = now_ns();
    bool ran = ensemble_run(scenario, &options, &summary, &steps, NULL, faults);
    double spent = (now_ns() - start) * threads;
    printf("%-24s %8.2f ns an agent-step a core (%zu replicates, %.3g agent-steps)\n",
           threads == 1 ? "run, 1 thread" : "run, 2 threads", spent / (double)steps, replicates,
           (double)steps);
    summary_clear(&summary);
    return ran;
}

/* Drawing alone: the random block of each firm. */
static double time_drawing(struct district *district, double *out)
{
    double start = now_ns();
    district->kernels->uniforms(district->firms.agent, district->firms.origin,
                                district->firms.count, &district->stream,
                                draw_when(district->month, PURPOSE_MONTH, 1), out);
    return now_ns() - start;
}

struct times {
    double start, drawing, observing, phase[MOST_PHASES];
};

static bool time_replicate(struct district *district, const struct panel_layout *layout,
                           uint32_t number, double *panel, double **scratch, struct times *times,
                           struct faults *faults)
{
    double before = now_ns();
    const struct draw_replicate which = {.seed = 1, .luck = number, .world = number};
    if (!district_start(district, &which, faults))
        return false;
    times->start += now_ns() - before;
    for (size_t row = 1; row < layout->row_count; row++) {
        for (size_t i = 0; district_phases[i].name != NULL; i++) {
            before = now_ns();
            if (!district_phases[i].run(district, faults))
                return false;
            times->phase[i] += now_ns() - before;
        }
        *scratch = realloc(*scratch, district->firms.capacity * sizeof **scratch);
        times->drawing += time_drawing(district, *scratch);
        before = now_ns();
        observe_row(district, layout, row, panel);
        times->observing += now_ns() - before;
    }
    return true;
}

static void print_times(const struct times *times, double steps)
{
    printf("%-24s %8.2f\n", "starting a replicate", times->start / steps);
    for (size_t i = 0; district_phases[i].name != NULL; i++)
        printf("%-24s %8.2f\n", district_phases[i].name, times->phase[i] / steps);
    printf("%-24s %8.2f\n", "observing", times->observing / steps);
    printf("%-24s %8.2f  (part of growth; timed alone)\n", "drawing", times->drawing / steps);
}

static bool time_phases(const struct scenario *scenario, struct faults *faults)
{
    struct panel_layout layout;
    struct district district;
    struct times times = {0};
    double *scratch = NULL, *panel = NULL;
    bool ran = panel_layout_init(&layout, scenario, faults) &&
               district_init(&district, scenario, kernels_best(), faults);
    panel = ran ? calloc(layout.row_count * layout.column_count, sizeof *panel) : NULL;
    for (uint32_t i = 0; ran && panel != NULL && i < PHASE_REPLICATES; i++)
        ran = time_replicate(&district, &layout, i, panel, &scratch, &times, faults);
    if (ran)
        print_times(&times, (double)district.agent_steps);
    free(scratch);
    free(panel);
    district_clear(&district);
    panel_layout_clear(&layout);
    return ran;
}

int main(int count, char **argument)
{
    struct faults faults = {0};
    if (count < 2) {
        fprintf(stderr, "usage: bench SCENARIO [REPLICATES]\n");
        return EXIT_FAILURE;
    }
    size_t replicates = count > 2 ? strtoul(argument[2], NULL, 10) : 2000;
    struct scenario *scenario = scenario_load(argument[1], NULL, 0, &faults);
    if (scenario == NULL)
        return fail(&faults);
    printf("%s, kernels for %s\n", argument[1], kernels_best()->name);
    bool ran = time_run(scenario, replicates, 1, &faults) &&
               time_run(scenario, replicates, 2, &faults) && time_phases(scenario, &faults) &&
               bench_batch(argument[1], &faults);
    scenario_free(scenario);
    return ran ? EXIT_SUCCESS : fail(&faults);
}
