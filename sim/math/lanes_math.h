/* Elementary functions in lanes, the same bits on every machine.
 *
 * A C library's exp may differ between machines, and from its own vectorised twin. These use only
 * additions, multiplications, both at once, divisions, square roots and moves of bits, with neither
 * branch nor table. The coefficients interpolate each function at Chebyshev's nodes of the interval
 * stated, so that errors are those of rounding; tests/math/lanes_math.c measures them against
 * libm.
 */
#ifndef NEOBAY_MATH_LANES_MATH_H
#define NEOBAY_MATH_LANES_MATH_H

#include "math/lanes_fma.h"

#define LANES_LN2 0x1.62e430p-1f

/* exp(x), x in [-86, 87]; relative error under 4e-7, and 3e-9 |x| beside that. x = k ln 2 + r with
 * |r| < 0.347, then 1 + r times a quartic, times 2^k. */
static inline lanes lanes_exp_held(lanes x)
{
    /* Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits. */
    const lanes whole = lanes_all(0x1.8p23f);
    lanes shifted = lanes_fma(x, lanes_all(0x1.715476p0f), whole);
    lanes r = lanes_fma(shifted - whole, lanes_all(-LANES_LN2), x);
    lanes q = lanes_fma(r, lanes_all(0x1.120b64p-7f), lanes_all(0x1.570b9cp-5f));
    q = lanes_fma(r, q, lanes_all(0x1.5554dep-3f));
    q = lanes_fma(r, q, lanes_all(0x1.fffe5ap-2f));
    q = lanes_fma(r, q, lanes_all(1.0f));
    q = lanes_fma(r, q, lanes_all(1.0f));
    return (lanes)((lanes_words)q + ((lanes_words)shifted << 23));
}

/* The same for any x, held to [-86, 87]. */
static inline lanes lanes_exp(lanes x)
{
    return lanes_exp_held(lanes_min(lanes_max(x, lanes_all(-86.0f)), lanes_all(87.0f)));
}

/* 1 - exp(-x), the chance of an event of hazard x; x in [0, 86]; relative error under 1e-6. */
static inline lanes lanes_chance(lanes x)
{
    lanes series = 1.0f - x * (1.0f / 6.0f);
    series = 1.0f - x * (1.0f / 5.0f) * series;
    series = 1.0f - x * (1.0f / 4.0f) * series;
    series = 1.0f - x * (1.0f / 3.0f) * series;
    series = 1.0f - x * (1.0f / 2.0f) * series;
    return lanes_select(lanes_less(x, lanes_all(0.25f)), x * series, 1.0f - lanes_exp(-x));
}

/* At least exp(x), and at most 1.0615 times it, x in [-86, 87]: the bits of x / ln 2 read as those
 * of a float, which joins the powers of 2 by straight lines (Schraudolph 1999). For bounds. */
static inline lanes lanes_exp_above(lanes x)
{
    lanes bits = lanes_fma(x, lanes_all(0x1.715478p23f), lanes_all(127.0f * 0x1p23f + 64.0f));
    return (lanes)lanes_to_ints(bits);
}

/* ln x for normal x > 0; error under 3e-7 of |ln x| + 1e-7. x = 2^k m with m in [sqrt(1/2),
 * sqrt 2); ln m = 2 atanh s with s = (m - 1)/(m + 1), |s| < 0.172. */
static inline lanes lanes_log(lanes x)
{
    const uint32_t one = 0x3f800000, root_half = 0x3f3504f3;
    lanes_words bits = (lanes_words)x + (one - root_half);
    lanes k = lanes_from_ints((lanes_ints)(bits >> 23) - 127);
    lanes m = (lanes)((bits & 0x007fffff) + root_half);
    lanes s = (m - 1.0f) / (m + 1.0f);
    lanes t = s * s;
    lanes p = lanes_fma(t, lanes_all(0x1.2ee610p-2f), lanes_all(0x1.997c30p-2f));
    p = lanes_fma(t, p, lanes_all(0x1.55555cp-1f));
    return lanes_fma(k, lanes_all(LANES_LN2), lanes_fma(s * t, p, s + s));
}

/* cos(2 pi u) for u in [0, 1]; absolute error under 3e-7. Counted from the quarter turns, where it
 * is an odd function, the angle is at most a quarter turn. */
static inline lanes lanes_cos_turns(lanes u)
{
    lanes turn = lanes_select(lanes_less(lanes_all(0.5f), u), u - 0.75f, 0.25f - u);
    lanes x = turn * 0x1.921fb6p2f;
    lanes t = x * x;
    lanes q = lanes_fma(t, lanes_all(0x1.61a18ap-19f), lanes_all(-0x1.9fb686p-13f));
    q = lanes_fma(t, q, lanes_all(0x1.11104ep-7f));
    q = lanes_fma(t, q, lanes_all(-0x1.555554p-3f));
    return lanes_fma(x * t, q, x);
}

/* sin(2 pi u) for u in [0, 1]: a quarter turn behind the cosine. */
static inline lanes lanes_sin_turns(lanes u)
{
    return lanes_cos_turns(lanes_select(lanes_less(u, lanes_all(0.25f)), u + 0.75f, u - 0.25f));
}

#endif
