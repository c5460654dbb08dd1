/* Intervals for estimated probabilities. */
#ifndef NEOBAY_STATS_ESTIMATE_H
#define NEOBAY_STATS_ESTIMATE_H

#include <stdint.h>

struct interval {
    double low, high;
};

/* Wilson's score interval (1927) for a proportion of `hits` in `trials`, at the given confidence.
 * Sound for 0 and for all hits; [0, 1] without trials. */
struct interval estimate_proportion(uint64_t hits, uint64_t trials, double confidence);

#endif
