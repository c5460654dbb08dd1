#include "stats/sequence.h"

#include "math/cdf.h"
#include "math/fine.h"

#include <math.h>
#include <stdbool.h>

enum { BISECTIONS = 200 };

#define PRIOR     0.5
#define TOLERANCE 1e-12

/* x log(p) with 0 log(0) = 0; `log_p` is log(p). */
static double times_log(double x, double log_p)
{
    return x > 0.0 ? x * log_p : 0.0;
}

/* Whether the likelihood of p is so much below the averaged one that p is out: log M >= bound. */
static bool is_out(double p, double hits, double misses, double log_average, double bound)
{
    return log_average - times_log(hits, fine_log(p)) - times_log(misses, fine_log1p(-p)) >= bound;
}

/* Where p goes out between the share of hits, which is in, and an end, which is out. The outer end
 * of the last bracket, so that rounding widens the interval. */
static double limit(double inside, double outside, double hits, double misses, double alpha)
{
    double log_average = cdf_log_beta(PRIOR + hits, PRIOR + misses) - cdf_log_beta(PRIOR, PRIOR);
    double bound = -fine_log(alpha);
    for (int i = 0; i < BISECTIONS && fabs(outside - inside) > TOLERANCE * inside; i++) {
        double p = 0.5 * (inside + outside);
        if (is_out(p, hits, misses, log_average, bound))
            outside = p;
        else
            inside = p;
    }
    return outside;
}

struct interval sequence_interval(uint64_t hits, uint64_t trials, double alpha)
{
    double h = (double)hits, misses = (double)(trials - hits);
    double share = trials > 0 ? h / (double)trials : 0.5;
    struct interval interval = {0.0, 1.0};
    if (hits > 0)
        interval.low = limit(share, 0.0, h, misses, alpha);
    if (misses > 0.0) /* in terms of the misses, so that ends near 1 are as fine as those near 0 */
        interval.high = 1.0 - limit(1.0 - share, 0.0, misses, h, alpha);
    return interval;
}

double sequence_mean_half(uint64_t values, double alpha)
{
    double n = (double)values, twice = -2.0 * fine_log(alpha);
    double r = (twice + fine_log(twice) + 1.0) / SEQUENCE_NARROWEST, grown = n * r + 1.0;
    return sqrt(2.0 * grown / (n * n * r) * (0.5 * fine_log(grown) - fine_log(alpha)));
}
