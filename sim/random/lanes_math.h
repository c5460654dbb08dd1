/* Elementary functions in lanes, the same bits on every machine.
 *
 * A C library's exp may differ between machines, and from its own vectorised twin. These use only
 * additions, multiplications, divisions, square roots and moves of bits, with neither branch nor
 * table; polynomials are summed by Estrin's scheme, whose short chains keep a processor busy.
 * Errors stay far below 2^-32, the grain of the uniforms; tests/random/lanes_math.c measures them
 * against libm.
 */
#ifndef NEOBAY_RANDOM_LANES_MATH_H
#define NEOBAY_RANDOM_LANES_MATH_H

#include "random/lanes.h"

/* ln 2 in two parts; the first has trailing zeros, so that its product with a small whole number
 * is exact. */
#define LANES_LN2_HIGH 0x1.62e42fefa3800p-1
#define LANES_LN2_LOW  0x1.ef35793c76730p-45

/* exp(x), x held to [-700, 700]; relative error under 1e-11. x = k ln 2 + r with |r| < 0.347, then
 * the Taylor series in r to degree 9. */
static inline lanes lanes_exp(lanes x)
{
    x = lanes_min(lanes_max(x, lanes_all(-700.0)), lanes_all(700.0));
    /* Adding 1.5 * 2^52 rounds to a whole number and leaves it in the low bits. */
    lanes shifted = x * 0x1.71547652b82fep0 + 0x1.8p52;
    lanes k = shifted - 0x1.8p52;
    lanes r = (x - k * LANES_LN2_HIGH) - k * LANES_LN2_LOW;
    lanes r2 = r * r, r4 = r2 * r2;
    lanes a = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
    lanes b = 1.0 / 40320.0 + r * (1.0 / 362880.0);
    lanes p = (1.0 + r) + (r2 * (0.5 + r * (1.0 / 6.0)) + r4 * (a + r4 * b));
    return p * (lanes)(((lanes_bits)shifted + 1023) << 52);
}

/* ln x for normal x > 0; absolute error under 2e-13. x = 2^k m with m in [sqrt(1/2), sqrt 2);
 * ln m = 2 atanh s with s = (m - 1)/(m + 1), |s| < 0.172, to degree 15. */
static inline lanes lanes_log(lanes x)
{
    const uint64_t one = UINT64_C(0x3ff0000000000000), root_half = UINT64_C(0x3fe6a09e667f3bcd);
    lanes_bits bits = (lanes_bits)x + (one - root_half);
    lanes k = (lanes)((bits >> 52) | UINT64_C(0x4330000000000000)) - (0x1p52 + 1023.0);
    lanes m = (lanes)((bits & UINT64_C(0x000fffffffffffff)) + root_half);
    lanes s = (m - 1.0) / (m + 1.0);
    lanes t = s * s, t2 = t * t;
    lanes a = (2.0 / 3.0 + t * (2.0 / 5.0)) + t2 * (2.0 / 7.0 + t * (2.0 / 9.0));
    lanes b = (2.0 / 11.0 + t * (2.0 / 13.0)) + t2 * (2.0 / 15.0);
    lanes p = a + (t2 * t2) * b;
    return k * LANES_LN2_HIGH + (s * 2.0 + (s * t * p + k * LANES_LN2_LOW));
}

/* cos(2 pi u) for u in [0, 1]; absolute error under 1e-11. Counted from the quarter turns, where
 * it is an odd function, the angle is at most a quarter turn: Taylor series to degree 15. */
static inline lanes lanes_cos_turns(lanes u)
{
    lanes turn = lanes_select((lanes_bits)(u > 0.5), u - 0.75, 0.25 - u);
    lanes x = turn * 0x1.921fb54442d18p2;
    lanes t = x * x, t2 = t * t;
    lanes a = (-1.0 / 6.0 + t * (1.0 / 120.0)) + t2 * (-1.0 / 5040.0 + t * (1.0 / 362880.0));
    lanes b = (-1.0 / 39916800.0 + t * (1.0 / 6227020800.0)) + t2 * (-1.0 / 1307674368000.0);
    return x + x * t * (a + (t2 * t2) * b);
}

/* A standard normal from two uniforms (Box and Muller 1958). */
static inline lanes lanes_normal(lanes u0, lanes u1)
{
    return lanes_sqrt(-2.0 * lanes_log(u0)) * lanes_cos_turns(u1);
}

#endif
