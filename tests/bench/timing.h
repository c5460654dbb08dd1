/* Times of rivals that run in turn, and how they compare.
 *
 * Timings wander with whatever else the machine does; within a round all rivals meet the same
 * weather. So they run interleaved, round by round, and only ratios of one run say something: of
 * the fastest rounds, of the medians, and from round to round, which tells how far to trust them.
 */
#ifndef NEOBAY_TESTS_BENCH_TIMING_H
#define NEOBAY_TESTS_BENCH_TIMING_H

#include <stddef.h>

enum { TIMING_ROUNDS = 9 };

/* One rival's times, a value a round; lower is faster. */
struct timing {
    const char *name;
    double at[TIMING_ROUNDS];
};

/* Seconds of the clock on the wall, and seconds that the process has computed. */
double timing_wall(void);
double timing_cpu(void);

double timing_fastest(const struct timing *timing);
double timing_median(const struct timing *timing);

/* Prints "name  fastest  median". */
void timing_print(const struct timing *timing, const char *unit);

/* Prints how many times slower `slow` is than `fast`, beside what is wanted. */
void timing_print_ratio(const char *says, const struct timing *slow, const struct timing *fast,
                        const char *wanted);

#endif
