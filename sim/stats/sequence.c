#include "stats/sequence.h"

#include "math/cdf.h"
#include "math/fine.h"

#include <math.h>

enum { BISECTIONS = 200, TRIALS_LARGEST_LOG2 = 50 };

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

/* As sequence_interval, for counts that need not be whole. */
static struct interval interval_of(double hits, double trials, double alpha)
{
    double misses = trials - hits, share = trials > 0.0 ? hits / trials : 0.5;
    struct interval interval = {0.0, 1.0};
    if (hits > 0.0)
        interval.low = limit(share, 0.0, hits, misses, alpha);
    if (misses > 0.0) /* in terms of the misses, so that ends near 1 are as fine as those near 0 */
        interval.high = 1.0 - limit(1.0 - share, 0.0, misses, hits, alpha);
    return interval;
}

struct interval sequence_interval(uint64_t hits, uint64_t trials, double alpha)
{
    return interval_of((double)hits, (double)trials, alpha);
}

bool sequence_narrow(struct interval *running, struct interval latest)
{
    struct interval cut = {fmax(running->low, latest.low), fmin(running->high, latest.high)};
    if (cut.low > cut.high)
        return false;
    *running = cut;
    return true;
}

static bool is_enough(uint64_t trials, double p, double half_width, double alpha)
{
    double n = (double)trials;
    struct interval interval = interval_of(n * p, n, alpha);
    return 0.5 * (interval.high - interval.low) <= half_width;
}

uint64_t sequence_trials(double p, double half_width, double alpha)
{
    const uint64_t largest = UINT64_C(1) << TRIALS_LARGEST_LOG2;
    uint64_t enough = 1, short_of = 0;
    if (is_enough(0, p, half_width, alpha))
        return 0;
    while (!is_enough(enough, p, half_width, alpha)) {
        if (enough >= largest)
            return UINT64_MAX;
        short_of = enough;
        enough *= 2;
    }
    while (enough - short_of > 1) {
        uint64_t middle = short_of + (enough - short_of) / 2;
        if (is_enough(middle, p, half_width, alpha))
            enough = middle;
        else
            short_of = middle;
    }
    return enough;
}
