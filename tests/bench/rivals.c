#include "bench/rivals.h"

#include "bench/light.h"
#include "bench/plain.h"
#include "bench/timing.h"
#include "district/district.h"
#include "ensemble/ensemble.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

enum { ENGINE_REPLICATES = 400, PLAIN_REPLICATES = 40, LIGHT_STEPS = 40000000 };

/* Seconds that all threads have computed since `begun`, an agent-step, in nanoseconds: what else
 * the machine does counts less than on the wall. */
static double per_step(double begun, uint64_t steps)
{
    return 1e9 * (timing_cpu() - begun) / (double)steps;
}

/* A run as `neobay run` does it, but for the files. */
static bool time_engine(const struct scenario *scenario, int threads, double *ns, double *wall_s,
                        struct faults *faults)
{
    struct ensemble_options options = {.seed = 1,
                                       .replicates = ENGINE_REPLICATES,
                                       .strata = ENGINE_REPLICATES,
                                       .twin_every = ENSEMBLE_TWIN_EVERY,
                                       .threads = threads};
    struct summary summary;
    uint64_t steps = 0;
    double begun = timing_cpu(), begun_wall = timing_wall();
    bool ran = summary_init(&summary, scenario, faults) &&
               ensemble_run(scenario, &options, &summary, &steps, NULL, faults);
    *ns = per_step(begun, steps);
    *wall_s = timing_wall() - begun_wall;
    summary_clear(&summary);
    return ran;
}

static double time_plain(const struct scenario *scenario, int threads)
{
    size_t months = (size_t)scenario_steps(scenario) + 1;
    double begun = timing_cpu();
    double *seen = malloc(PLAIN_REPLICATES * months * INDICATOR_COUNT * sizeof *seen);
    uint64_t steps = plain_run(scenario, 1, PLAIN_REPLICATES, threads, seen);
    free(seen);
    return per_step(begun, steps);
}

/* A district in the middle of its life. */
static bool live_half(struct district *district, const struct scenario *scenario,
                      struct faults *faults)
{
    const struct draw_replicate which = {.seed = 1};
    bool lives = district_init(district, scenario, kernels_best(), faults) &&
                 district_start(district, &which, faults);
    for (int month = 0; lives && month < scenario_steps(scenario) / 2; month++)
        lives = district_step(district, faults);
    return lives;
}

/* Each thread has its own firms. */
static double time_light(struct district *district, int threads)
{
    light_month *light = light_best();
    size_t months = LIGHT_STEPS / district[0].firms.count;
    double begun = timing_cpu();
#pragma omp parallel num_threads(threads)
    {
        struct district *own = &district[omp_get_thread_num()];
        volatile double kept = 0.0;
        for (size_t month = 0; month < months; month++)
            kept = kept + light(&own->firms, &own->stream, own->month + (int)(month % 240));
    }
    return per_step(begun, (uint64_t)threads * (uint64_t)months * district[0].firms.count);
}

static void print(const struct timing *engine, const struct timing *alone,
                  const struct timing *plain, const struct timing *light)
{
    printf("nanoseconds an agent-step a core   fastest     median\n");
    timing_print(plain, "ns");
    timing_print(engine, "ns");
    timing_print(alone, "ns");
    timing_print(light, "ns");
    timing_print_ratio("plain program over engine", plain, engine, "at least 40");
    timing_print_ratio("engine over speed of light", engine, light, "at most 1.6");
}

bool bench_rivals(const struct scenario *scenario, struct faults *faults)
{
    int threads = omp_get_num_procs() < 2 ? 1 : 2;
    struct timing engine = {.name = "engine, all cores used"}, alone = {.name = "engine, 1 thread"};
    struct timing engine_wall = {0}, alone_wall = {0};
    struct timing plain = {.name = "plain program"}, light = {.name = "speed of light"};
    struct district district[2] = {0};
    bool ran = true;
    for (int i = 0; i < threads; i++)
        ran = ran && live_half(&district[i], scenario, faults);
    for (size_t round = 0; ran && round < TIMING_ROUNDS; round++) {
        plain.at[round] = time_plain(scenario, threads);
        ran = time_engine(scenario, threads, &engine.at[round], &engine_wall.at[round], faults);
        light.at[round] = time_light(district, threads);
        ran = ran && time_engine(scenario, 1, &alone.at[round], &alone_wall.at[round], faults);
    }
    if (ran) {
        print(&engine, &alone, &plain, &light);
        timing_print_ratio("1 thread over all cores, wall", &alone_wall, &engine_wall,
                           "at least 1.9 for 2");
    }
    for (int i = 0; i < threads; i++)
        district_clear(&district[i]);
    return ran;
}
