/* Elementary functions of one number, the same bits on every machine. The model calls these and
 * never the C library's, whose bits may change with the processor. They use only additions,
 * multiplications, divisions, square roots and moves of bits; tests/math/real.c measures their
 * errors against libm. Their single-precision kin for many numbers is in math/lanes_math.h.
 */
#ifndef NEOBAY_MATH_REAL_H
#define NEOBAY_MATH_REAL_H

#include <stdint.h>
#include <string.h>

/* ln 2 in two parts; the first has trailing zeros, so that its product with a small whole number
 * is exact. */
#define REAL_LN2_HIGH 0x1.62e42fefa3800p-1
#define REAL_LN2_LOW  0x1.ef35793c76730p-45

static inline uint64_t real_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double real_of_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* exp(x), x held to [-700, 700]; relative error under 1e-11. x = k ln 2 + r with |r| < 0.347, then
 * the Taylor series in r to degree 9. */
static inline double real_exp(double x)
{
    x = x > -700.0 ? x : -700.0;
    x = x < 700.0 ? x : 700.0;
    /* Adding 1.5 * 2^52 rounds to a whole number and leaves it in the low bits. */
    double shifted = x * 0x1.71547652b82fep0 + 0x1.8p52;
    double k = shifted - 0x1.8p52;
    double r = (x - k * REAL_LN2_HIGH) - k * REAL_LN2_LOW;
    double r2 = r * r, r4 = r2 * r2;
    double a = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
    double b = 1.0 / 40320.0 + r * (1.0 / 362880.0);
    double p = (1.0 + r) + (r2 * (0.5 + r * (1.0 / 6.0)) + r4 * (a + r4 * b));
    return p * real_of_bits((real_bits(shifted) + 1023) << 52);
}

/* ln x for normal x > 0; absolute error under 2e-13. x = 2^k m with m in [sqrt(1/2), sqrt 2);
 * ln m = 2 atanh s with s = (m - 1)/(m + 1), |s| < 0.172, to degree 15. */
static inline double real_log(double x)
{
    const uint64_t one = UINT64_C(0x3ff0000000000000), root_half = UINT64_C(0x3fe6a09e667f3bcd);
    uint64_t bits = real_bits(x) + (one - root_half);
    double k = (double)(int)(bits >> 52) - 1023.0;
    double m = real_of_bits((bits & UINT64_C(0x000fffffffffffff)) + root_half);
    double s = (m - 1.0) / (m + 1.0);
    double t = s * s, t2 = t * t;
    double a = (2.0 / 3.0 + t * (2.0 / 5.0)) + t2 * (2.0 / 7.0 + t * (2.0 / 9.0));
    double b = (2.0 / 11.0 + t * (2.0 / 13.0)) + t2 * (2.0 / 15.0);
    double p = a + (t2 * t2) * b;
    return k * REAL_LN2_HIGH + (s * 2.0 + (s * t * p + k * REAL_LN2_LOW));
}

/* cos(2 pi u) for u in [0, 1]; absolute error under 1e-11. Counted from the quarter turns, where
 * it is an odd function, the angle is at most a quarter turn: Taylor series to degree 15. */
static inline double real_cos_turns(double u)
{
    double turn = u > 0.5 ? u - 0.75 : 0.25 - u;
    double x = turn * 0x1.921fb54442d18p2;
    double t = x * x, t2 = t * t;
    double a = (-1.0 / 6.0 + t * (1.0 / 120.0)) + t2 * (-1.0 / 5040.0 + t * (1.0 / 362880.0));
    double b = (-1.0 / 39916800.0 + t * (1.0 / 6227020800.0)) + t2 * (-1.0 / 1307674368000.0);
    return x + x * t * (a + (t2 * t2) * b);
}

/* A standard normal from two uniforms (Box and Muller 1958). */
static inline double real_normal(double u0, double u1)
{
    return __builtin_sqrt(-2.0 * real_log(u0)) * real_cos_turns(u1);
}

/* Of two numbers; b if one is not a number, as the machine's own do. */
static inline double real_max(double a, double b)
{
    return a > b ? a : b;
}

static inline double real_min(double a, double b)
{
    return a < b ? a : b;
}

/* Probability 1 - exp(-hazard) that an event of this hazard a step happens in the step. */
static inline double real_chance(double hazard)
{
    return 1.0 - real_exp(-hazard);
}

#endif
