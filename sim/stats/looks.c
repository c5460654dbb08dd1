#include "stats/looks.h"

#include "math/cdf.h"

/* Whether the widest interval after so many trials is narrow enough. */
static bool is_enough(uint64_t trials, double half_width)
{
    struct interval widest = looks_interval(trials / 2, trials, LOOKS_ERROR);
    return 0.5 * (widest.high - widest.low) <= half_width;
}

uint64_t looks_last(double half_width, uint64_t block, uint64_t all)
{
    uint64_t low = 0, high = all; /* high is enough, or all that there is */
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (is_enough(middle * block, half_width))
            high = middle;
        else
            low = middle;
    }
    return high;
}

bool looks_is_at(uint64_t done, uint64_t last)
{
    for (int i = 0; i < LOOKS_MOST; i++) {
        uint64_t parts = UINT64_C(1) << i;
        if (done == (last + parts - 1) / parts)
            return done > 0;
    }
    return false;
}

struct interval looks_interval(uint64_t hits, uint64_t trials, double error)
{
    double h = (double)hits, misses = (double)(trials - hits);
    struct interval interval = {0.0, 1.0};
    if (hits > 0)
        interval.low = cdf_beta_quantile(0.5 * error, h, misses + 1.0);
    if (hits < trials) /* in terms of the misses, so that ends near 1 are as fine as those near 0 */
        interval.high = 1.0 - cdf_beta_quantile(0.5 * error, misses, h + 1.0);
    return interval;
}
