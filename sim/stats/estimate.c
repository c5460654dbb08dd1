#include "stats/estimate.h"

#include "math/cdf.h"

#include <math.h>

struct interval estimate_proportion(uint64_t hits, uint64_t trials, double confidence)
{
    if (trials == 0)
        return (struct interval){0.0, 1.0};
    double n = (double)trials, p = (double)hits / n;
    double z = cdf_normal_quantile(0.5 + 0.5 * confidence), zz = z * z / n;
    double centre = (p + 0.5 * zz) / (1.0 + zz);
    double half = z * sqrt(p * (1.0 - p) / n + 0.25 * zz / n) / (1.0 + zz);
    struct interval interval = {centre - half, centre + half};
    if (hits == 0)
        interval.low = 0.0;
    if (hits == trials)
        interval.high = 1.0;
    return interval;
}
