#include "bench/scaling.h"

#include "bench/timing.h"
#include "engine/ensemble.h"

#include <gsl/gsl_fit.h>
#include <math.h>
#include <stdio.h>

enum { POINTS = 4, SCALING_ROUNDS = 5, AGENT_STEPS = 9000000, FEWEST_REPLICATES = 1 };

/* A size of the district, and what a replicate of it costs. */
struct point {
    int firms, months;
    double agent_steps, seconds; /* a replicate */
};

static struct scenario *scenario_of(const char *file, const struct point *point,
                                    struct faults *faults)
{
    char text[3][64];
    const char *overrides[3] = {text[0], text[1], text[2]};
    int last = point->months - 1;
    snprintf(text[0], sizeof text[0], "incumbents.settled.count=%d", point->firms);
    snprintf(text[1], sizeof text[1], "arrivals.movers.rate_per_year=%g", 0.08 * point->firms);
    snprintf(text[2], sizeof text[2], "clock.end=%d-%02d", 2021 + last / 12, last % 12 + 1);
    return scenario_load(file, overrides, 3, faults);
}

/* Lives replicates on one thread and keeps the least cost of one. A few that are not timed come
 * first: what a run costs once (the summary's memory, bins that find their width) is not theirs. */
static bool live(const struct scenario *scenario, struct point *point, size_t replicates,
                 struct faults *faults)
{
    struct ensemble_options first = {.seed = 1, .replicates = replicates / 4 + 1, .threads = 1};
    struct ensemble_options options = {
        .seed = 1, .first = first.replicates, .replicates = replicates, .threads = 1};
    struct summary summary;
    uint64_t steps = 0;
    bool ran = summary_init(&summary, scenario, faults) &&
               ensemble_run(scenario, &first, &summary, NULL, NULL, faults);
    double begun = timing_cpu();
    ran = ran && ensemble_run(scenario, &options, &summary, &steps, NULL, faults);
    double seconds = (timing_cpu() - begun) / (double)replicates;
    summary_clear(&summary);
    point->agent_steps = (double)steps / (double)replicates;
    point->seconds = fmin(point->seconds, seconds);
    return ran;
}

/* All points in turn, round by round. */
static bool time_points(const char *file, struct point *point, struct faults *faults)
{
    bool ran = true;
    for (size_t i = 0; i < POINTS; i++)
        point[i].seconds = INFINITY;
    for (size_t round = 0; ran && round < SCALING_ROUNDS; round++)
        for (size_t i = 0; ran && i < POINTS; i++) {
            size_t replicates = AGENT_STEPS / ((size_t)point[i].firms * (size_t)point[i].months);
            struct scenario *scenario = scenario_of(file, &point[i], faults);
            ran = scenario != NULL &&
                  live(scenario, &point[i],
                       replicates > FEWEST_REPLICATES ? replicates : FEWEST_REPLICATES, faults);
            scenario_free(scenario);
        }
    return ran;
}

/* The exponent b of cost = a * steps^b, by least squares of the logarithms, with its error. */
static void print_exponent(const char *says, const struct point *point)
{
    double x[POINTS], y[POINTS], a, b, c00, c01, c11, squares;
    for (size_t i = 0; i < POINTS; i++) {
        x[i] = log(point[i].agent_steps);
        y[i] = log(point[i].seconds);
    }
    gsl_fit_linear(x, 1, y, 1, POINTS, &a, &b, &c00, &c01, &c11, &squares);
    printf("  exponent by %-22s %9.3f  ± %.3f; wanted 1 ± 0.05\n", says, b, sqrt(c11));
}

static void print_points(const struct point *point)
{
    for (size_t i = 0; i < POINTS; i++)
        printf("  %7d firms, %3d months %21.4g ms a replicate, %.2f ns an agent-step\n",
               point[i].firms, point[i].months, 1e3 * point[i].seconds,
               1e9 * point[i].seconds / point[i].agent_steps);
}

bool bench_scaling(const char *file, struct faults *faults)
{
    struct point firms[POINTS] = {{.firms = 100, .months = 60},
                                  {.firms = 1000, .months = 60},
                                  {.firms = 10000, .months = 60},
                                  {.firms = 100000, .months = 60}};
    struct point months[POINTS] = {{.firms = 1000, .months = 24},
                                   {.firms = 1000, .months = 60},
                                   {.firms = 1000, .months = 150},
                                   {.firms = 1000, .months = 375}};
    bool ran = time_points(file, firms, faults) && time_points(file, months, faults);
    if (ran) {
        printf("cost by size, one thread (%s)\n", file);
        print_points(firms);
        print_exponent("firms", firms);
        print_points(months);
        print_exponent("months", months);
    }
    return ran;
}
