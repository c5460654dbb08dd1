#include "bench/phases.h"

#include "bench/timing.h"
#include "engine/observe.h"
#include "engine/replicate.h"

#include <stdio.h>

enum { PHASE_REPLICATES = 200 };

/* Seconds by phase. */
struct times {
    double start, phase[PHASE_COUNT], observe, summary;
};

/* Adds to *spent what has gone by since *since, which moves on to now. */
static void lap(double *since, double *spent)
{
    double now = timing_cpu();
    *spent += now - *since;
    *since = now;
}

static bool time_replicate(struct district *district, struct replicate *replicate,
                           struct summary *summary, uint32_t number, struct times *times,
                           struct faults *faults)
{
    const struct draw_replicate which = {.seed = 1, .luck = number, .world = number};
    double since = timing_cpu();
    if (!district_start(district, &which, faults))
        return false;
    lap(&since, &times->start);
    for (size_t row = 0; row < summary->layout.row_count; row++) {
        for (size_t i = 0; row > 0 && i < PHASE_COUNT; i++) {
            if (!district_phases[i].run(district, faults))
                return false;
            lap(&since, &times->phase[i]);
        }
        observe_row(district, &summary->layout, row, replicate->panel);
        lap(&since, &times->observe);
    }
    struct outcome outcome = replicate_outcome(replicate, number);
    summary_add(summary, &outcome);
    lap(&since, &times->summary);
    return true;
}

static void print_line(const char *name, double seconds, uint64_t steps)
{
    printf("  %-34s %9.2f\n", name, 1e9 * seconds / (double)steps);
}

static void print_times(const struct times *times, uint64_t steps)
{
    printf("a replicate on one core, nanoseconds an agent-step\n");
    print_line("starting a replicate", times->start, steps);
    for (size_t i = 0; i < PHASE_COUNT; i++)
        print_line(district_phases[i].name, times->phase[i], steps);
    print_line("observing", times->observe, steps);
    print_line("summary", times->summary, steps);
}

bool bench_phases(const struct scenario *scenario, struct faults *faults)
{
    struct summary summary;
    struct replicate replicate = {0};
    struct district district = {0};
    struct times times = {0};
    bool ran = summary_init(&summary, scenario, faults) &&
               replicate_init(&replicate, scenario, &summary.layout, faults) &&
               district_init(&district, scenario, kernels_supported(0), faults);
    for (uint32_t i = 0; ran && i < PHASE_REPLICATES; i++)
        ran = time_replicate(&district, &replicate, &summary, i, &times, faults);
    if (ran)
        print_times(&times, district.agent_steps);
    district_clear(&district);
    replicate_clear(&replicate);
    summary_clear(&summary);
    return ran;
}
