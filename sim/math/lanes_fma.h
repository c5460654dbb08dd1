/* Fused multiply-add in lanes: a b + c, rounded once. A third fewer operations in every elementary
 * function, and the same bits whether the machine has it or not: where it has none, before AVX2,
 * the sum is computed in double, in which the product is exact, and rounded to odd where the sum is
 * not, so that rounding once more to a float is as good as rounding once (Boldo and Melquiond
 * 2008).
 */
#ifndef NEOBAY_MATH_LANES_FMA_H
#define NEOBAY_MATH_LANES_FMA_H

#include "math/lanes.h"

#if !defined __AVX2__ && !defined __aarch64__

typedef float lanes_half_floats __attribute__((vector_size(LANES_BYTES / 2)));
typedef double lanes_half __attribute__((vector_size(LANES_BYTES))); /* as doubles */

/* a b + c, rounded to odd. */
static inline lanes_half lanes_fma_to_odd(lanes_half a, lanes_half b, lanes_half c)
{
    lanes_half product = a * b, sum = product + c, part = sum - product;
    lanes_half lost = (product - (sum - part)) + (c - part);
    lanes_longs bits = (lanes_longs)sum;
    lanes_longs even = (lanes_longs)(lost != 0.0) & ~bits & 1;
    lanes_longs inward = ((lanes_longs)lost ^ bits) >> 63; /* the sum lies too far from 0 */
    return (lanes_half)(bits + even - ((even & inward) << 1));
}

/* Each half of a, b and c, as doubles. */
static inline lanes lanes_fma_emulated(lanes a, lanes b, lanes c)
{
    lanes_half_floats part[3][2];
    lanes fused;
    memcpy(part[0], &a, sizeof a);
    memcpy(part[1], &b, sizeof b);
    memcpy(part[2], &c, sizeof c);
    for (size_t h = 0; h < 2; h++) {
        lanes_half sum = lanes_fma_to_odd(__builtin_convertvector(part[0][h], lanes_half),
                                          __builtin_convertvector(part[1][h], lanes_half),
                                          __builtin_convertvector(part[2][h], lanes_half));
        lanes_half_floats nearest = __builtin_convertvector(sum, lanes_half_floats);
        memcpy((char *)&fused + h * sizeof nearest, &nearest, sizeof nearest);
    }
    return fused;
}

#endif

/* Of finite numbers. */
static inline lanes lanes_fma(lanes a, lanes b, lanes c)
{
#if defined __AVX512F__
    return (lanes)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
#elif defined __AVX2__
    return (lanes)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
#elif defined __aarch64__
    return (lanes)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
#else
    return lanes_fma_emulated(a, b, c);
#endif
}

#endif
