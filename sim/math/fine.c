#include "math/fine.h"

#include "math/real.h"

#include <float.h>
#include <math.h>

/* Beyond these exp is INFINITY, or less than half the smallest double. */
#define EXP_HIGHEST 709.782712893384
#define EXP_LOWEST  (-745.1332191019412)

enum { EXP_DEGREE = 14, LOG_TERMS = 11, MANTISSA = 52, BIAS = 1023 };

static const double inverse_factorial[EXP_DEGREE + 1] = {1.0,
                                                         1.0,
                                                         1.0 / 2,
                                                         1.0 / 6,
                                                         1.0 / 24,
                                                         1.0 / 120,
                                                         1.0 / 720,
                                                         1.0 / 5040,
                                                         1.0 / 40320,
                                                         1.0 / 362880,
                                                         1.0 / 3628800,
                                                         1.0 / 39916800,
                                                         1.0 / 479001600,
                                                         1.0 / 6227020800,
                                                         1.0 / 87178291200};

static double power_of_two(int k)
{
    return real_of_bits((uint64_t)(k + BIAS) << MANTISSA);
}

/* x = k ln 2 + r with |r| < 0.347, then Taylor's series in r. Scaled in two steps, as 2^k alone may
 * be out of range. */
double fine_exp(double x)
{
    if (!(x <= EXP_HIGHEST))
        return isnan(x) ? x : INFINITY;
    if (x < EXP_LOWEST)
        return 0.0;
    double k = rint(x * 0x1.71547652b82fep0);
    double r = (x - k * REAL_LN2_HIGH) - k * REAL_LN2_LOW;
    double p = 0.0;
    for (int n = EXP_DEGREE; n > 0; n--)
        p = r * (p + inverse_factorial[n]);
    int half = (int)k / 2;
    return (1.0 + p) * power_of_two(half) * power_of_two((int)k - half);
}

/* x = 2^k m with m in [sqrt(1/2), sqrt 2); ln m = 2 atanh s with s = (m - 1)/(m + 1), |s| < 0.172.
 */
static double log_normal(double x)
{
    const uint64_t one = UINT64_C(0x3ff0000000000000), root_half = UINT64_C(0x3fe6a09e667f3bcd);
    uint64_t bits = real_bits(x) + (one - root_half);
    double k = (double)(int)(bits >> MANTISSA) - BIAS;
    double m = real_of_bits((bits & UINT64_C(0x000fffffffffffff)) + root_half);
    double s = (m - 1.0) / (m + 1.0), t = s * s, p = 0.0;
    for (int n = LOG_TERMS; n > 0; n--)
        p = t * (p + 2.0 / (2 * n + 1));
    return k * REAL_LN2_HIGH + (s * 2.0 + (s * p + k * REAL_LN2_LOW));
}

double fine_log(double x)
{
    if (!(x > 0.0))
        return x == 0.0 ? -INFINITY : NAN;
    if (x == INFINITY)
        return x;
    return x < DBL_MIN ? log_normal(x * 0x1p54) - 54.0 * 0x1.62e42fefa39efp-1 : log_normal(x);
}

/* The rounding of 1 + x is made good by the last factor (Kahan). */
double fine_log1p(double x)
{
    double sum = 1.0 + x, kept = sum - 1.0;
    if (kept == 0.0)
        return x;
    return x == INFINITY ? x : fine_log(sum) * (x / kept);
}
