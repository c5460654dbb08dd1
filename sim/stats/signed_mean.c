#include "stats/signed_mean.h"

#include "math/cdf.h"

#include <math.h>

enum { MANY_EVENTS = 20 };

static void add_event(struct events *events, double size)
{
    events->count++;
    events->sum += size;
    events->squares += size * size;
    events->largest = fmax(events->largest, size);
}

void signed_mean_add(struct signed_mean *sums, double value)
{
    sums->count++;
    if (value > 0.0)
        add_event(&sums->above, value);
    else if (value < 0.0)
        add_event(&sums->below, -value);
}

/* Limits of a share of n, by so many events, which need not be whole. For the upper one they hold
 * the event that may come on top. */
static double lower_share(double events, double n, double tail)
{
    return events > 0.0 ? cdf_beta_quantile(tail, events, n - events + 1.0) : 0.0;
}

static double upper_share(double events, double n, double tail)
{
    return n > events ? cdf_beta_quantile(1.0 - tail, events, n - events + 1.0) : 1.0;
}

static double root_of_squares(double a, double b)
{
    return sqrt(a * a + b * b);
}

/* The mean of one sign and its limits. */
static struct signed_limits limits_of(const struct events *events, double n, double tail)
{
    double y = events->sum, v = events->squares;
    double largest = events->count < MANY_EVENTS ? 1.0 : events->largest;
    double more = y + largest, squares = v + largest * largest, size = squares / more;
    struct signed_limits limits = {.mean = y / n};
    if (y > 0.0)
        limits.low = v / y * lower_share(y * y / v, n, tail);
    limits.high = fmin(1.0, size * upper_share(more / size, n, tail));
    return limits;
}

struct signed_limits signed_mean_limits(const struct signed_mean *sums, double confidence)
{
    double n = (double)sums->count, tail = 0.5 - 0.5 * confidence;
    if (sums->count == 0)
        return (struct signed_limits){NAN, -1.0, 1.0};
    struct signed_limits above = limits_of(&sums->above, n, tail);
    struct signed_limits below = limits_of(&sums->below, n, tail);
    double mean = above.mean - below.mean;
    return (struct signed_limits){
        mean,
        fmax(-1.0, mean - root_of_squares(above.mean - above.low, below.high - below.mean)),
        fmin(1.0, mean + root_of_squares(above.high - above.mean, below.mean - below.low)),
    };
}
