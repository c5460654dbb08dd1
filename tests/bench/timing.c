#include "bench/timing.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double seconds_of(clockid_t which)
{
    struct timespec time;
    clock_gettime(which, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

double timing_wall(void)
{
    return seconds_of(CLOCK_MONOTONIC);
}

double timing_cpu(void)
{
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

double timing_fastest(const struct timing *timing)
{
    return gsl_stats_min(timing->at, 1, TIMING_ROUNDS);
}

static double median(const double *value)
{
    double sorted[TIMING_ROUNDS];
    memcpy(sorted, value, sizeof sorted);
    gsl_sort(sorted, 1, TIMING_ROUNDS);
    return gsl_stats_median_from_sorted_data(sorted, 1, TIMING_ROUNDS);
}

double timing_median(const struct timing *timing)
{
    return median(timing->at);
}

void timing_print(const struct timing *timing, const char *unit)
{
    printf("  %-34s %9.2f  %9.2f  %s\n", timing->name, timing_fastest(timing),
           timing_median(timing), unit);
}

void timing_print_ratio(const char *says, const struct timing *slow, const struct timing *fast,
                        const char *wanted)
{
    double ratio[TIMING_ROUNDS];
    for (size_t i = 0; i < TIMING_ROUNDS; i++)
        ratio[i] = slow->at[i] / fast->at[i];
    printf("  %-34s %9.2f  %9.2f  times; rounds %.2f to %.2f; wanted %s\n", says,
           timing_fastest(slow) / timing_fastest(fast), timing_median(slow) / timing_median(fast),
           gsl_stats_min(ratio, 1, TIMING_ROUNDS), gsl_stats_max(ratio, 1, TIMING_ROUNDS), wanted);
}
