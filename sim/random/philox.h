/* Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011): four random words as a pure function of a
 * 128-bit counter and a 64-bit key. Checked against the known answers of Random123. */
#ifndef NEOBAY_RANDOM_PHILOX_H
#define NEOBAY_RANDOM_PHILOX_H

#include <stdint.h>

#define PHILOX_MULTIPLIER_0 UINT32_C(0xD2511F53)
#define PHILOX_MULTIPLIER_1 UINT32_C(0xCD9E8D57)
#define PHILOX_WEYL_0       UINT32_C(0x9E3779B9)
#define PHILOX_WEYL_1       UINT32_C(0xBB67AE85)
enum { PHILOX_ROUNDS = 10 };

struct philox_words {
    uint32_t word[4];
};

/* One block. Its twin in lanes is in random/lanes_philox.h. */
static inline struct philox_words philox(struct philox_words c, uint32_t key0, uint32_t key1)
{
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        uint64_t p0 = (uint64_t)PHILOX_MULTIPLIER_0 * c.word[0];
        uint64_t p1 = (uint64_t)PHILOX_MULTIPLIER_1 * c.word[2];
        c = (struct philox_words){{(uint32_t)(p1 >> 32) ^ c.word[1] ^ key0, (uint32_t)p1,
                                   (uint32_t)(p0 >> 32) ^ c.word[3] ^ key1, (uint32_t)p0}};
        key0 += PHILOX_WEYL_0;
        key1 += PHILOX_WEYL_1;
    }
    return c;
}

#endif
