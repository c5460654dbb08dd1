/* Philox in lanes: the blocks of many counters at once. The rounds are computed on 64-bit numbers,
 * half the lanes at a time, as products need them; the bits are those of philox(), and a test holds
 * the two together. */
#ifndef NEOBAY_RANDOM_LANES_PHILOX_H
#define NEOBAY_RANDOM_LANES_PHILOX_H

#include "math/lanes_math.h"
#include "random/philox.h"

/* Counters of one call: words 0 and 1 have an array each, words 2 and 3 are the same for all. */
struct lanes_address {
    const uint32_t *word0, *word1;
    uint32_t word2, word3, key0, key1;
};

/* The four words of each lane's block. */
struct lanes_block {
    lanes_words word[4];
};

/* Products of the low 32 bits of each. */
static inline lanes_longs lanes_multiply(lanes_longs a, lanes_longs b)
{
#if defined __AVX512F__
    return (lanes_longs)_mm512_mul_epu32((__m512i)a, (__m512i)b);
#elif defined __AVX2__
    return (lanes_longs)_mm256_mul_epu32((__m256i)a, (__m256i)b);
#elif defined __SSE2__
    return (lanes_longs)_mm_mul_epu32((__m128i)a, (__m128i)b);
#elif defined __aarch64__
    return (lanes_longs)vmull_u32(vmovn_u64((uint64x2_t)a), vmovn_u64((uint64x2_t)b));
#else
    return (a & 0xffffffff) * (b & 0xffffffff);
#endif
}

static inline lanes_longs lanes_xor3(lanes_longs a, lanes_longs b, lanes_longs c)
{
#if defined __AVX512F__
    return (lanes_longs)_mm512_ternarylogic_epi64((__m512i)a, (__m512i)b, (__m512i)c, 0x96);
#else
    return a ^ b ^ c;
#endif
}

static inline lanes_longs lanes_load_longs(const uint32_t *from)
{
#if defined __AVX512F__
    return (lanes_longs)_mm512_cvtepu32_epi64(_mm256_loadu_si256((const __m256i *)from));
#elif defined __AVX2__
    return (lanes_longs)_mm256_cvtepu32_epi64(_mm_loadu_si128((const __m128i *)from));
#else
    typedef uint32_t half __attribute__((vector_size(LANES_BYTES / 2)));
    half loaded;
    memcpy(&loaded, from, sizeof loaded);
    return __builtin_convertvector(loaded, lanes_longs);
#endif
}

/* The low words of both halves, in order. */
static inline lanes_words lanes_low_words(lanes_longs first, lanes_longs second)
{
#if defined __AVX512F__
    const __m512i even =
        _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    return (lanes_words)_mm512_permutex2var_epi32((__m512i)first, even, (__m512i)second);
#elif defined __AVX2__
    __m256i mixed = (__m256i)_mm256_shuffle_ps((__m256)first, (__m256)second, 0x88);
    return (lanes_words)_mm256_permute4x64_epi64(mixed, 0xd8);
#elif defined __SSE2__
    return (lanes_words)_mm_shuffle_ps((__m128)first, (__m128)second, 0x88);
#else
    lanes_words low;
    for (size_t i = 0; i < HALF_LANES; i++) {
        low[i] = (uint32_t)first[i];
        low[HALF_LANES + i] = (uint32_t)second[i];
    }
    return low;
#endif
}

struct lanes_counter {
    lanes_longs word[4];
};

static inline struct lanes_counter lanes_philox_start(const struct lanes_address *at, size_t first)
{
    const lanes_longs none = {0};
    return (struct lanes_counter){{lanes_load_longs(at->word0 + first),
                                   lanes_load_longs(at->word1 + first), none + at->word2,
                                   none + at->word3}};
}

static inline void lanes_philox_round(struct lanes_counter *c, uint32_t key0, uint32_t key1)
{
    const lanes_longs none = {0};
    lanes_longs p0 = lanes_multiply(c->word[0], none + PHILOX_MULTIPLIER_0);
    lanes_longs p1 = lanes_multiply(c->word[2], none + PHILOX_MULTIPLIER_1);
    c->word[0] = lanes_xor3(p1 >> 32, c->word[1], none + key0);
    c->word[2] = lanes_xor3(p0 >> 32, c->word[3], none + key1);
    c->word[1] = p1;
    c->word[3] = p0;
}

/* Blocks of items [first, first + LANES). Both halves go round by round side by side: each waits
 * for itself, so that together they take hardly longer than one. */
static inline struct lanes_block lanes_philox(const struct lanes_address *at, size_t first)
{
    struct lanes_counter a = lanes_philox_start(at, first);
    struct lanes_counter b = lanes_philox_start(at, first + HALF_LANES);
    uint32_t key0 = at->key0, key1 = at->key1;
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        lanes_philox_round(&a, key0, key1);
        lanes_philox_round(&b, key0, key1);
        key0 += PHILOX_WEYL_0;
        key1 += PHILOX_WEYL_1;
    }
    struct lanes_block block;
    for (int i = 0; i < 4; i++)
        block.word[i] = lanes_low_words(a.word[i], b.word[i]);
    return block;
}

/* (word + 1/2) / 2^32 as the nearest float, in (0, 1]: fine near 0, where tails are. */
static inline lanes lanes_uniform(lanes_words word)
{
    lanes high = lanes_from_ints((lanes_ints)(word >> 16));
    lanes low = lanes_from_ints((lanes_ints)(word & 0xffff)) + 0.5f;
    return lanes_fma(high, lanes_all(0x1p-16f), low * 0x1p-32f);
}

/* The upper 23 bits over 2^23, in [0, 1): at most the word's own uniform, and less than 2^-23
 * below.
 */
static inline lanes lanes_uniform_low(lanes_words word)
{
    return (lanes)((word >> 9) | 0x3f800000) - 1.0f;
}

/* A uniform from the upper 23 bits, within 2^-24: half as long, for where there is no tail. */
static inline lanes lanes_uniform_coarse(lanes_words word)
{
    return (lanes)((word >> 9) | 0x3f800000) - (1.0f - 0x1p-24f);
}

struct lanes_pair {
    lanes first, second;
};

/* Two independent normals of this variance from two words (Box and Muller 1958). */
static inline struct lanes_pair lanes_normals_of(lanes_words radius, lanes_words angle,
                                                 lanes variance)
{
    lanes size = lanes_sqrt(-2.0f * lanes_log(lanes_uniform(radius)) * variance);
    lanes turns = lanes_uniform_coarse(angle);
    return (struct lanes_pair){size * lanes_cos_turns(turns), size * lanes_sin_turns(turns)};
}

/* A standard normal from two words. */
static inline lanes lanes_normal_of(lanes_words radius, lanes_words angle)
{
    return lanes_normals_of(radius, angle, lanes_all(1.0f)).first;
}

#endif
