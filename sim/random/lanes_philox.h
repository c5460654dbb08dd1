/* Philox in lanes: the blocks of many counters at once, as uniforms. Words sit in 64-bit lanes; the
 * bits are those of philox(), and a test holds the two together. */
#ifndef NEOBAY_RANDOM_LANES_PHILOX_H
#define NEOBAY_RANDOM_LANES_PHILOX_H

#include "random/lanes.h"
#include "random/philox.h"

/* Counters of one call: words 0 and 1 have an array each, words 2 and 3 are the same for all. */
struct lanes_address {
    const uint32_t *word0, *word1;
    uint32_t word2, word3, key0, key1;
};

struct lanes_uniforms {
    lanes u[4];
};

/* (word + 1/2) / 2^32, in (0, 1): the word becomes the low bits of 2^52. */
static inline lanes lanes_uniform(lanes_bits word)
{
    lanes_bits bits = (word & UINT64_C(0xffffffff)) | UINT64_C(0x4330000000000000);
    return ((lanes)bits - (0x1p52 - 0.5)) * 0x1p-32;
}

/* Uniforms of items [first, first + LANES). */
static inline struct lanes_uniforms lanes_philox(const struct lanes_address *at, size_t first)
{
    const lanes_bits none = {0};
    const lanes_bits m0 = none + PHILOX_MULTIPLIER_0, m1 = none + PHILOX_MULTIPLIER_1;
    lanes_bits c0 = lanes_from_words(at->word0 + first), c1 = lanes_from_words(at->word1 + first);
    lanes_bits c2 = none + at->word2, c3 = none + at->word3;
    uint32_t key0 = at->key0, key1 = at->key1;
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        lanes_bits p0 = lanes_multiply(c0, m0), p1 = lanes_multiply(c2, m1);
        c0 = (p1 >> 32) ^ c1 ^ key0;
        c2 = (p0 >> 32) ^ c3 ^ key1;
        c1 = p1;
        c3 = p0;
        key0 += PHILOX_WEYL_0;
        key1 += PHILOX_WEYL_1;
    }
    return (struct lanes_uniforms){
        {lanes_uniform(c0), lanes_uniform(c1), lanes_uniform(c2), lanes_uniform(c3)}};
}

#endif
