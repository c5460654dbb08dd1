#include "math/cdf.h"

#include "math/fine.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

enum { MOST_TERMS = 1000000, NEWTON_STEPS = 20 };

#define HALF_LOG_2PI 0.91893853320467274178
#define SMALLEST     1e-300

/* ------------------------------------------------------------------ the gamma function */

/* ln Gamma(x) less Stirling's (x - 1/2) ln x - x + ln(2 pi) / 2. */
static double stirling_rest(double x)
{
    double rest = 0.0;
    for (; x < 12.0; x += 1.0)
        rest += (x + 0.5) * fine_log1p(1.0 / x) - 1.0;
    double t = 1.0 / (x * x);
    double series =
        1.0 / 12 -
        t * (1.0 / 360 -
             t * (1.0 / 1260 - t * (1.0 / 1680 - t * (1.0 / 1188 - t * (691.0 / 360360)))));
    return rest + series / x;
}

double cdf_log_beta(double a, double b)
{
    double small = fmin(a, b), large = fmax(a, b), sum = a + b;
    return HALF_LOG_2PI + (small - 0.5) * fine_log(small / sum) +
           (large - 0.5) * fine_log1p(-small / sum) - 0.5 * fine_log(sum) + stirling_rest(small) +
           (stirling_rest(large) - stirling_rest(sum));
}

/* x^a exp(-x) / Gamma(a). */
static double gamma_front(double a, double x)
{
    double off = x - a;
    double log_ratio = fabs(off) < 0.5 * a ? fine_log1p(off / a) : fine_log(x / a);
    return fine_exp(a * log_ratio - off + 0.5 * fine_log(a) - HALF_LOG_2PI - stirling_rest(a));
}

/* Moves on by a term of a continued fraction, Lentz's way: c and d, and what the value is times. */
static double lentz(double numerator, double denominator, double *c, double *d)
{
    *d = denominator + numerator * *d;
    *c = denominator + numerator / *c;
    *d = 1.0 / (fabs(*d) < SMALLEST ? SMALLEST : *d);
    *c = fabs(*c) < SMALLEST ? SMALLEST : *c;
    return *c * *d;
}

static bool has_settled(double factor)
{
    return fabs(factor - 1.0) <= 2.0 * DBL_EPSILON;
}

/* Gamma(a, x) / Gamma(a): a series for what is below where that is less, else a fraction. */
static double gamma_above(double a, double x)
{
    if (isnan(a) || isnan(x))
        return NAN;
    if (!(x > 0.0 && x < INFINITY))
        return x > 0.0 ? 0.0 : 1.0;
    if (x < a + 1.0) {
        double term = 1.0 / a, sum = term;
        for (int n = 1; n < MOST_TERMS && term > sum * DBL_EPSILON; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return 1.0 - sum * gamma_front(a, x);
    }
    double at = x + 1.0 - a, c = 1.0 / SMALLEST, d = 1.0 / at, value = d;
    for (int n = 1; n < MOST_TERMS; n++) {
        at += 2.0;
        double factor = lentz(-n * (n - a), at, &c, &d);
        value *= factor;
        if (has_settled(factor))
            break;
    }
    return value * gamma_front(a, x);
}

double cdf_poisson_at_most(uint64_t n, double mean)
{
    return gamma_above((double)n + 1.0, mean);
}

/* ------------------------------------------------------------------ the normal */

double cdf_normal_above(double x)
{
    double tail = 0.5 * gamma_above(0.5, 0.5 * x * x);
    return x >= 0.0 ? tail : 1.0 - tail;
}

double cdf_normal_below(double x)
{
    return cdf_normal_above(-x);
}

/* Numerator and denominator of one of AS 241's three quotients, the lowest power first. */
struct quotient {
    double above[8], below[8];
};

static double quotient_at(const struct quotient *quotient, double x)
{
    double above = 0.0, below = 0.0;
    for (int i = 7; i >= 0; i--) {
        above = above * x + quotient->above[i];
        below = below * x + quotient->below[i];
    }
    return above / below;
}

static const struct quotient middle_quotient = {
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
     1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
     3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
     5.2264952788528545610e3}};
static const struct quotient near_quotient = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
     3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9}};
static const struct quotient far_quotient = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};

double cdf_normal_quantile(double p)
{
    double off = p - 0.5, tail = off < 0.0 ? p : 1.0 - p;
    if (isnan(p))
        return p;
    if (fabs(off) <= 0.425)
        return off * quotient_at(&middle_quotient, 0.180625 - off * off);
    if (tail <= 0.0)
        return off < 0.0 ? -INFINITY : INFINITY;
    double r = sqrt(-fine_log(tail));
    double size =
        r <= 5.0 ? quotient_at(&near_quotient, r - 1.6) : quotient_at(&far_quotient, r - 5.0);
    return off < 0.0 ? -size : size;
}

/* ------------------------------------------------------------------ the beta */

/* The incomplete beta as a continued fraction, which settles soon for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double x, double a, double b)
{
    double c = 1.0, d = 1.0 / (1.0 - (a + b) * x / (a + 1.0)), value = d;
    for (int m = 1; m < MOST_TERMS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0));
        value *= lentz(even, 1.0, &c, &d);
        double factor = lentz(odd, 1.0, &c, &d);
        value *= factor;
        if (has_settled(factor))
            break;
    }
    return value;
}

/* Of x and y = 1 - x, as fine near 1 as near 0. */
static double beta_below(double x, double y, double a, double b)
{
    if (isnan(x) || isnan(y) || isnan(a) || isnan(b))
        return NAN;
    if (!(x > 0.0 && y > 0.0))
        return x > 0.0;
    double front = fine_exp(a * fine_log(x) + b * fine_log(y) - cdf_log_beta(a, b));
    return x < (a + 1.0) / (a + b + 2.0) ? front * beta_fraction(x, a, b) / a
                                         : 1.0 - front * beta_fraction(y, b, a) / b;
}

double cdf_beta_below(double x, double a, double b)
{
    return beta_below(x, 1.0 - x, a, b);
}

/* Newton's steps, and halving where they leave the bracket or do not end. */
double cdf_beta_quantile(double p, double a, double b)
{
    double low = 0.0, high = 1.0, x = a / (a + b), log_beta = cdf_log_beta(a, b);
    if (isnan(p) || isnan(a) || isnan(b))
        return NAN;
    if (!(p > 0.0 && p < 1.0))
        return p > 0.0;
    for (int step = 0; low < x && x < high; step++) {
        double off = cdf_beta_below(x, a, b) - p;
        *(off < 0.0 ? &low : &high) = x;
        double density = fine_exp((a - 1.0) * fine_log(x) + (b - 1.0) * fine_log1p(-x) - log_beta);
        double next = x - off / density;
        if (fabs(next - x) <= 2.0 * DBL_EPSILON * x)
            return next;
        x = step < NEWTON_STEPS && low < next && next < high ? next : 0.5 * (low + high);
    }
    return high;
}

/* ------------------------------------------------------------------ what follows from the beta */

double cdf_t_above(double t, double freedom)
{
    double sum = freedom + t * t;
    double far = isinf(sum) ? 1.0 : t * t / sum; /* the part of t in the sum */
    double tail = isnan(t) ? NAN : 0.5 * beta_below(freedom / sum, far, 0.5 * freedom, 0.5);
    return t >= 0.0 ? tail : 1.0 - tail;
}

/* The square of t over itself and the degrees of freedom follows a beta distribution. */
double cdf_t_quantile(double p, double freedom)
{
    double x = cdf_beta_quantile(fabs(2.0 * p - 1.0), 0.5, 0.5 * freedom);
    double size = sqrt(freedom * x / (1.0 - x));
    return p < 0.5 ? -size : size;
}

double cdf_f_above(double f, double freedom_above, double freedom_below)
{
    double above = freedom_above * f, sum = above + freedom_below;
    double far = isinf(sum) ? 1.0 : above / sum;
    return beta_below(freedom_below / sum, far, 0.5 * freedom_below, 0.5 * freedom_above);
}

double cdf_binomial_above(uint64_t k, double p, uint64_t n)
{
    return k >= n ? 0.0 : cdf_beta_below(p, (double)k + 1.0, (double)(n - k));
}
