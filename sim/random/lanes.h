/* Lanes: as many doubles as the machine's vectors hold, computed at once.
 *
 * Files named kernel_*.c are compiled once for each width (the Makefile's KERNEL_ISA) and chosen
 * when the program starts. The bits of a result do not depend on the width: every function here
 * works on each lane alone, with operations that IEEE 754 makes exact (the build forbids
 * contraction to fma), and sums are kept in SUM_LANES parts whatever LANES is.
 *
 * gcc 12 vectorises neither loops with these functions nor 32x32->64 multiplications, hence GCC's
 * vector types, which clang has as well, and the few intrinsics below.
 */
#ifndef NEOBAY_RANDOM_LANES_H
#define NEOBAY_RANDOM_LANES_H

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
#endif
#define LANES_BYTES 16
#endif

typedef uint64_t lanes_bits __attribute__((vector_size(LANES_BYTES)));
typedef double lanes __attribute__((vector_size(LANES_BYTES)));

enum { LANES = LANES_BYTES / 8, SUM_LANES = 8 };

/* Products of the low 32 bits of each lane. */
static inline lanes_bits lanes_multiply(lanes_bits a, lanes_bits b)
{
#if defined __AVX512F__
    return (lanes_bits)_mm512_mul_epu32((__m512i)a, (__m512i)b);
#elif defined __AVX2__
    return (lanes_bits)_mm256_mul_epu32((__m256i)a, (__m256i)b);
#elif defined __SSE2__
    return (lanes_bits)_mm_mul_epu32((__m128i)a, (__m128i)b);
#else
    return (a & 0xffffffff) * (b & 0xffffffff);
#endif
}

static inline lanes lanes_sqrt(lanes x)
{
#if defined __AVX512F__
    return (lanes)_mm512_sqrt_pd((__m512d)x);
#elif defined __AVX2__
    return (lanes)_mm256_sqrt_pd((__m256d)x);
#elif defined __SSE2__
    return (lanes)_mm_sqrt_pd((__m128d)x);
#else
    for (size_t i = 0; i < LANES; i++)
        x[i] = __builtin_sqrt(x[i]);
    return x;
#endif
}

static inline lanes lanes_all(double value)
{
    return (lanes){0} + value;
}

static inline lanes lanes_load(const double *from)
{
    lanes loaded;
    memcpy(&loaded, from, sizeof loaded);
    return loaded;
}

static inline void lanes_store(double *to, lanes value)
{
    memcpy(to, &value, sizeof value);
}

static inline lanes lanes_from_int(const int32_t *from)
{
    typedef int32_t ints __attribute__((vector_size(LANES_BYTES / 2)));
    ints loaded;
    memcpy(&loaded, from, sizeof loaded);
    return __builtin_convertvector(loaded, lanes);
}

static inline lanes_bits lanes_from_words(const uint32_t *from)
{
    typedef uint32_t words __attribute__((vector_size(LANES_BYTES / 2)));
    words loaded;
    memcpy(&loaded, from, sizeof loaded);
    return __builtin_convertvector(loaded, lanes_bits);
}

/* Entries of a table of doubles. */
static inline lanes lanes_gather(const double *table, const int32_t *index)
{
#if defined __AVX512F__
    return (lanes)_mm512_i32gather_pd(_mm256_loadu_si256((const __m256i_u *)index), table, 8);
#elif defined __AVX2__
    return (lanes)_mm256_i32gather_pd(table, _mm_loadu_si128((const __m128i_u *)index), 8);
#else
    lanes gathered;
    for (size_t i = 0; i < LANES; i++)
        gathered[i] = table[index[i]];
    return gathered;
#endif
}

/* Two numbers a lane. */
struct lanes_pair {
    lanes a, b;
};

/* Entries of a table of pairs: one load a lane fetches both numbers, where a gather takes as long
 * for each. */
static inline struct lanes_pair lanes_gather_pairs(const double (*table)[2], const int32_t *index)
{
    typedef double two __attribute__((vector_size(16)));
    two pair[LANES];
    for (size_t i = 0; i < LANES; i++)
        memcpy(&pair[i], table[index[i]], sizeof pair[i]);
#if defined __AVX512F__
    __m512d even = _mm512_castpd128_pd512((__m128d)pair[0]);
    __m512d odd = _mm512_castpd128_pd512((__m128d)pair[1]);
    even = _mm512_insertf64x2(even, (__m128d)pair[2], 1);
    odd = _mm512_insertf64x2(odd, (__m128d)pair[3], 1);
    even = _mm512_insertf64x2(even, (__m128d)pair[4], 2);
    odd = _mm512_insertf64x2(odd, (__m128d)pair[5], 2);
    even = _mm512_insertf64x2(even, (__m128d)pair[6], 3);
    odd = _mm512_insertf64x2(odd, (__m128d)pair[7], 3);
    return (struct lanes_pair){(lanes)_mm512_unpacklo_pd(even, odd),
                               (lanes)_mm512_unpackhi_pd(even, odd)};
#elif defined __AVX2__
    __m256d even = _mm256_set_m128d((__m128d)pair[2], (__m128d)pair[0]);
    __m256d odd = _mm256_set_m128d((__m128d)pair[3], (__m128d)pair[1]);
    return (struct lanes_pair){(lanes)_mm256_unpacklo_pd(even, odd),
                               (lanes)_mm256_unpackhi_pd(even, odd)};
#else
    struct lanes_pair gathered;
    for (size_t i = 0; i < LANES; i++) {
        gathered.a[i] = pair[i][0];
        gathered.b[i] = pair[i][1];
    }
    return gathered;
#endif
}

/* a where the mask (a comparison's result) is set, else b. */
static inline lanes lanes_select(lanes_bits mask, lanes a, lanes b)
{
    return (lanes)(((lanes_bits)a & mask) | ((lanes_bits)b & ~mask));
}

/* Whether any lane of a mask is set. */
static inline bool lanes_any(lanes_bits mask)
{
#if defined __AVX512F__
    return _mm512_test_epi64_mask((__m512i)mask, (__m512i)mask) != 0;
#elif defined __AVX2__
    return _mm256_movemask_pd((__m256d)mask) != 0;
#else
    uint64_t any = 0;
    for (size_t i = 0; i < LANES; i++)
        any |= mask[i];
    return any != 0;
#endif
}

/* a > b ? a : b, and a < b ? a : b, which is what the machine's own do. */
static inline lanes lanes_max(lanes a, lanes b)
{
#if defined __AVX512F__
    return (lanes)_mm512_max_pd((__m512d)a, (__m512d)b);
#elif defined __AVX2__
    return (lanes)_mm256_max_pd((__m256d)a, (__m256d)b);
#else
    return lanes_select((lanes_bits)(a > b), a, b);
#endif
}

static inline lanes lanes_min(lanes a, lanes b)
{
#if defined __AVX512F__
    return (lanes)_mm512_min_pd((__m512d)a, (__m512d)b);
#elif defined __AVX2__
    return (lanes)_mm256_min_pd((__m256d)a, (__m256d)b);
#else
    return lanes_select((lanes_bits)(a < b), a, b);
#endif
}

#endif
