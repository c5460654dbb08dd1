#include "bench/rivals.h"

#include "bench/light.h"
#include "bench/plain.h"
#include "bench/timing.h"
#include "engine/ensemble.h"
#include "model/district.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

enum { ENGINE_REPLICATES = 300, PLAIN_REPLICATES = 20, LIGHT_STEPS = 20000000 };

/* What a run took: nanoseconds of a core an agent-step, and of the clock on the wall. */
struct cost {
    double core, wall;
};

static struct cost cost_now(void)
{
    return (struct cost){timing_cpu(), timing_wall()};
}

static struct cost cost_since(struct cost begun, uint64_t steps)
{
    struct cost now = cost_now();
    double each = 1e9 / (double)steps;
    return (struct cost){each * (now.core - begun.core), each * (now.wall - begun.wall)};
}

/* A run as `neobay run` does it, but for the files. */
static bool time_engine(const struct scenario *scenario, int threads, struct cost *cost,
                        struct faults *faults)
{
    struct ensemble_options options = {.seed = 1,
                                       .replicates = ENGINE_REPLICATES,
                                       .strata = DRAW_BLOCK,
                                       .twin_every = ENSEMBLE_TWIN_EVERY,
                                       .threads = threads};
    struct summary summary;
    uint64_t steps = 0;
    struct cost begun = cost_now();
    bool ran = summary_init(&summary, scenario, faults) &&
               ensemble_run(scenario, &options, &summary, &steps, NULL, faults);
    *cost = cost_since(begun, steps);
    summary_clear(&summary);
    return ran;
}

static double time_plain(const struct scenario *scenario, int threads)
{
    size_t months = (size_t)scenario_steps(scenario) + 1;
    struct cost begun = cost_now();
    double *seen = malloc(PLAIN_REPLICATES * months * INDICATOR_COUNT * sizeof *seen);
    uint64_t steps = plain_run(scenario, 1, PLAIN_REPLICATES, threads, seen);
    free(seen);
    return cost_since(begun, steps).core;
}

/* A district in the middle of its life. */
static bool live_half(struct district *district, const struct scenario *scenario,
                      struct faults *faults)
{
    const struct draw_replicate which = {.seed = 1};
    bool lives = district_init(district, scenario, kernels_supported(0), faults) &&
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
    struct cost begun = cost_now();
#pragma omp parallel num_threads(threads)
    {
        struct district *own = &district[omp_get_thread_num()];
        volatile double kept = 0.0;
        for (size_t month = 0; month < months; month++)
            kept = kept + light(&own->firms, &own->stream, own->month + (int)(month % 240));
    }
    return cost_since(begun, (uint64_t)threads * months * district[0].firms.count).core;
}

static void print(const struct timing *engine, const struct timing *alone,
                  const struct timing *plain, const struct timing *light)
{
    printf("nanoseconds of a core an agent-step      fastest     median\n");
    timing_print(plain, "ns");
    timing_print(engine, "ns");
    timing_print(alone, "ns");
    timing_print(light, "ns");
    timing_print_ratio("plain program over engine", plain, engine, "at least 40");
    timing_print_ratio("engine over speed of light", engine, light, "at most 1.6");
}

/* A round: all in turn. */
struct round {
    struct timing *engine, *alone, *plain, *light; /* of a core */
    struct timing *wall, *wall_alone;
};

static bool run_round(const struct scenario *scenario, struct district *district, int threads,
                      const struct round *to, size_t round, struct faults *faults)
{
    struct cost all = {0}, one = {0};
    to->plain->at[round] = time_plain(scenario, threads);
    bool ran = time_engine(scenario, threads, &all, faults);
    to->light->at[round] = time_light(district, threads);
    ran = ran && time_engine(scenario, 1, &one, faults);
    to->engine->at[round] = all.core;
    to->alone->at[round] = one.core;
    to->wall->at[round] = all.wall;
    to->wall_alone->at[round] = one.wall;
    return ran;
}

bool bench_rivals(const struct scenario *scenario, struct faults *faults)
{
    int threads = omp_get_num_procs() < 2 ? 1 : 2;
    struct timing engine = {.name = "engine, 2 threads"}, alone = {.name = "engine, 1 thread"};
    struct timing plain = {.name = "plain program, 2 threads"};
    struct timing light = {.name = "speed of light, 2 threads"};
    struct timing wall = {0}, wall_alone = {0};
    struct round to = {&engine, &alone, &plain, &light, &wall, &wall_alone};
    struct district district[2] = {0};
    bool ran = true;
    for (int i = 0; i < threads; i++)
        ran = ran && live_half(&district[i], scenario, faults);
    for (size_t round = 0; ran && round < TIMING_ROUNDS; round++)
        ran = run_round(scenario, district, threads, &to, round, faults);
    if (ran) {
        print(&engine, &alone, &plain, &light);
        timing_print_ratio("1 thread over 2 threads, wall", &wall_alone, &wall, "at least 1.9");
    }
    for (int i = 0; i < threads; i++)
        district_clear(&district[i]);
    return ran;
}
