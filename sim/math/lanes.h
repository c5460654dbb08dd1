/* Lanes: as many floats as the machine's vectors hold, computed at once.
 *
 * Files named kernel_*.c are compiled once for each width (the Makefile's KERNEL_ISA) and chosen
 * when the program starts. The bits of a result do not depend on the width: every function here
 * works on each lane alone, with operations that IEEE 754 rounds correctly (the build contracts
 * none to fma: lanes_fma.h says where), and sums are kept in SUM_LANES parts whatever LANES is.
 *
 * Single precision: what a month makes anew (shocks, hazards, output) errs by 1e-7 of itself, far
 * below what chance does; what adds up over months is exact or double (docs/decisions/0011).
 *
 * gcc 12 vectorises neither loops with these functions nor 32x32->64 multiplications, hence GCC's
 * vector types, which clang has as well, and the intrinsics below. Where there are none, a loop
 * over the lanes says what they do.
 */
#ifndef NEOBAY_MATH_LANES_H
#define NEOBAY_MATH_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined __AVX512F__
#include <immintrin.h>
#define LANES_BYTES 64
#elif defined __AVX2__
#include <immintrin.h>
#define LANES_BYTES 32
#else
#if defined __SSE2__
#include <emmintrin.h>
#elif defined __aarch64__
#include <arm_neon.h>
#endif
#define LANES_BYTES 16
#endif

typedef float lanes __attribute__((vector_size(LANES_BYTES)));
typedef int32_t lanes_ints __attribute__((vector_size(LANES_BYTES)));
typedef uint32_t lanes_words __attribute__((vector_size(LANES_BYTES)));
typedef double lanes_half __attribute__((vector_size(LANES_BYTES))); /* half the lanes, double */
typedef uint64_t lanes_longs __attribute__((vector_size(LANES_BYTES)));

enum { LANES = LANES_BYTES / 4, HALF_LANES = LANES / 2, SUM_LANES = 16 };

/* ------------------------------------------------------------------ loads and stores */

static inline lanes lanes_all(float value)
{
    return (lanes){0} + value;
}

static inline lanes lanes_load(const float *from)
{
    lanes loaded;
    memcpy(&loaded, from, sizeof loaded);
    return loaded;
}

static inline void lanes_store(float *to, lanes value)
{
    memcpy(to, &value, sizeof value);
}

static inline lanes_ints lanes_load_ints(const int32_t *from)
{
    lanes_ints loaded;
    memcpy(&loaded, from, sizeof loaded);
    return loaded;
}

static inline void lanes_store_ints(int32_t *to, lanes_ints value)
{
    memcpy(to, &value, sizeof value);
}

static inline lanes_words lanes_load_words(const uint32_t *from)
{
    lanes_words loaded;
    memcpy(&loaded, from, sizeof loaded);
    return loaded;
}

static inline void lanes_store_words(uint32_t *to, lanes_words value)
{
    memcpy(to, &value, sizeof value);
}

static inline lanes lanes_from_ints(lanes_ints value)
{
    return __builtin_convertvector(value, lanes);
}

/* ------------------------------------------------------------------ whole numbers */

/* The nearest whole numbers, of halves the even one; |x| < 2^31. */
static inline lanes_ints lanes_to_ints(lanes x)
{
#if defined __AVX512F__
    return (lanes_ints)_mm512_cvtps_epi32((__m512)x);
#elif defined __AVX2__
    return (lanes_ints)_mm256_cvtps_epi32((__m256)x);
#elif defined __SSE2__
    return (lanes_ints)_mm_cvtps_epi32((__m128)x);
#elif defined __aarch64__
    return (lanes_ints)vcvtnq_s32_f32((float32x4_t)x);
#else
    lanes_ints nearest;
    for (size_t i = 0; i < LANES; i++)
        nearest[i] = (int32_t)__builtin_lrintf(x[i]);
    return nearest;
#endif
}

/* ------------------------------------------------------------------ masks */

/* Which lanes: a bit each where the machine has registers for that, else all bits of each. Masks
 * are joined by & | ~. */
#if defined __AVX512F__
typedef __mmask16 lanes_mask;
#else
typedef lanes_ints lanes_mask;
#endif

static inline lanes_mask lanes_less(lanes a, lanes b)
{
#if defined __AVX512F__
    return _mm512_cmp_ps_mask((__m512)a, (__m512)b, _CMP_LT_OQ);
#else
    return a < b;
#endif
}

static inline lanes_mask lanes_at_most(lanes a, lanes b)
{
#if defined __AVX512F__
    return _mm512_cmp_ps_mask((__m512)a, (__m512)b, _CMP_LE_OQ);
#else
    return a <= b;
#endif
}

static inline lanes_mask lanes_equal(lanes a, lanes b)
{
#if defined __AVX512F__
    return _mm512_cmp_ps_mask((__m512)a, (__m512)b, _CMP_EQ_OQ);
#else
    return a == b;
#endif
}

static inline lanes_mask lanes_same(lanes_ints a, lanes_ints b)
{
#if defined __AVX512F__
    return _mm512_cmpeq_epi32_mask((__m512i)a, (__m512i)b);
#else
    return a == b;
#endif
}

/* Lanes above a number. */
static inline lanes_mask lanes_above(lanes_ints a, int32_t b)
{
#if defined __AVX512F__
    return _mm512_cmpgt_epi32_mask((__m512i)a, _mm512_set1_epi32(b));
#else
    return a > b;
#endif
}

/* The first `count` lanes. */
static inline lanes_mask lanes_first(size_t count)
{
#if defined __AVX512F__
    return (lanes_mask)(count >= LANES ? 0xffff : (1U << count) - 1);
#else
    static const int32_t rank[] = {0, 1, 2, 3, 4, 5, 6, 7};
    return lanes_load_ints(rank) < (int32_t)(count < LANES ? count : LANES);
#endif
}

/* A bit a lane, lane 0 the lowest. */
static inline uint32_t lanes_bits(lanes_mask mask)
{
#if defined __AVX512F__
    return mask;
#elif defined __AVX2__
    return (uint32_t)_mm256_movemask_ps((__m256)mask);
#elif defined __SSE2__
    return (uint32_t)_mm_movemask_ps((__m128)mask);
#else
    uint32_t bits = 0;
    for (size_t i = 0; i < LANES; i++)
        bits |= (uint32_t)(mask[i] & 1) << i;
    return bits;
#endif
}

static inline size_t lanes_count(lanes_mask mask)
{
    return (size_t)__builtin_popcount(lanes_bits(mask));
}

/* Writes first, first + 1, ... for the lanes of the mask alone, side by side, and returns how many;
 * `to` has room for all lanes. Where the machine can, without a branch, which would be guessed
 * wrong whenever a lane is found. */
static inline size_t lanes_list(uint32_t *to, lanes_mask mask, uint32_t first)
{
#if defined __AVX512F__
    const __m512i rank = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __m512i number = _mm512_add_epi32(rank, _mm512_set1_epi32((int)first));
    _mm512_storeu_si512(to, _mm512_maskz_compress_epi32(mask, number));
    return lanes_count(mask);
#else
    size_t listed = 0;
    for (uint32_t bits = lanes_bits(mask); bits != 0; bits &= bits - 1)
        to[listed++] = first + (uint32_t)__builtin_ctz(bits);
    return listed;
#endif
}

/* a where the mask is set, else b. */
static inline lanes lanes_select(lanes_mask mask, lanes a, lanes b)
{
#if defined __AVX512F__
    return (lanes)_mm512_mask_blend_ps(mask, (__m512)b, (__m512)a);
#else
    return (lanes)(((lanes_ints)a & mask) | ((lanes_ints)b & ~mask));
#endif
}

/* a where the mask is set, else 0. */
static inline lanes lanes_where(lanes_mask mask, lanes a)
{
#if defined __AVX512F__
    return (lanes)_mm512_maskz_mov_ps(mask, (__m512)a);
#else
    return (lanes)((lanes_ints)a & mask);
#endif
}

/* a + b where the mask is set, else a. */
static inline lanes lanes_add_where(lanes_mask mask, lanes a, lanes b)
{
#if defined __AVX512F__
    return (lanes)_mm512_mask_add_ps((__m512)a, mask, (__m512)a, (__m512)b);
#else
    return a + lanes_where(mask, b);
#endif
}

/* ------------------------------------------------------------------ arithmetic */

static inline lanes lanes_sqrt(lanes x)
{
#if defined __AVX512F__
    return (lanes)_mm512_sqrt_ps((__m512)x);
#elif defined __AVX2__
    return (lanes)_mm256_sqrt_ps((__m256)x);
#elif defined __SSE2__
    return (lanes)_mm_sqrt_ps((__m128)x);
#else
    for (size_t i = 0; i < LANES; i++)
        x[i] = __builtin_sqrtf(x[i]);
    return x;
#endif
}

/* a > b ? a : b, and a < b ? a : b, which is what the machine's own do. */
static inline lanes lanes_max(lanes a, lanes b)
{
#if defined __AVX512F__
    return (lanes)_mm512_max_ps((__m512)a, (__m512)b);
#elif defined __AVX2__
    return (lanes)_mm256_max_ps((__m256)a, (__m256)b);
#elif defined __SSE2__
    return (lanes)_mm_max_ps((__m128)a, (__m128)b);
#else
    return lanes_select(a > b, a, b);
#endif
}

static inline lanes lanes_min(lanes a, lanes b)
{
#if defined __AVX512F__
    return (lanes)_mm512_min_ps((__m512)a, (__m512)b);
#elif defined __AVX2__
    return (lanes)_mm256_min_ps((__m256)a, (__m256)b);
#elif defined __SSE2__
    return (lanes)_mm_min_ps((__m128)a, (__m128)b);
#else
    return lanes_select(a < b, a, b);
#endif
}

/* x held to [-most, most]. */
static inline lanes_ints lanes_hold_ints(lanes_ints x, int32_t most)
{
#if defined __AVX512F__
    __m512i low = _mm512_max_epi32((__m512i)x, _mm512_set1_epi32(-most));
    return (lanes_ints)_mm512_min_epi32(low, _mm512_set1_epi32(most));
#elif defined __AVX2__
    __m256i low = _mm256_max_epi32((__m256i)x, _mm256_set1_epi32(-most));
    return (lanes_ints)_mm256_min_epi32(low, _mm256_set1_epi32(most));
#else
    lanes_ints over = x > most, under = x < -most;
    return (x & ~over & ~under) | (most & over) | (-most & under);
#endif
}

/* ------------------------------------------------------------------ tables */

/* Tables have a multiple of this many entries, so that they fill registers. */
enum { LANES_TABLE = 16 };

/* Entries of a table of LANES_TABLE floats; index in [0, LANES_TABLE). */
static inline lanes lanes_look_up_short(const float *table, lanes_ints index)
{
#if defined __AVX512F__
    return (lanes)_mm512_permutexvar_ps((__m512i)index, _mm512_loadu_ps(table));
#elif defined __AVX2__
    __m256 low = _mm256_permutevar8x32_ps(_mm256_loadu_ps(table), (__m256i)index);
    __m256 high = _mm256_permutevar8x32_ps(_mm256_loadu_ps(table + 8), (__m256i)index);
    return (lanes)_mm256_blendv_ps(low, high, (__m256)(index << 28));
#else
    lanes found;
    for (size_t i = 0; i < LANES; i++)
        found[i] = table[index[i]];
    return found;
#endif
}

/* Entries of a table of `size` floats, a multiple of LANES_TABLE. Two registers hold a table of 32;
 * larger ones are gathered from memory, which takes several times as long. */
static inline lanes lanes_look_up(const float *table, size_t size, lanes_ints index)
{
    if (size <= LANES_TABLE)
        return lanes_look_up_short(table, index);
#if defined __AVX512F__
    if (size <= 2 * LANES_TABLE)
        return (lanes)_mm512_permutex2var_ps(_mm512_loadu_ps(table), (__m512i)index,
                                             _mm512_loadu_ps(table + LANES_TABLE));
    return (lanes)_mm512_i32gather_ps((__m512i)index, table, 4);
#elif defined __AVX2__
    if (size <= 2 * LANES_TABLE) {
        lanes low = lanes_look_up_short(table, index);
        lanes high = lanes_look_up_short(table + LANES_TABLE, index);
        return (lanes)_mm256_blendv_ps((__m256)low, (__m256)high, (__m256)(index << 27));
    }
    return (lanes)_mm256_i32gather_ps(table, (__m256i)index, 4);
#else
    lanes found;
    for (size_t i = 0; i < LANES; i++)
        found[i] = table[index[i]];
    return found;
#endif
}

#endif
