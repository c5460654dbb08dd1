/* Philox4x32-10 against the known answers of Random123 1.14 (kat_vectors), and its twin in lanes
 * against it, bit for bit. */
#include "random/philox.h"

#include "random/draw.h"
#include "random/lanes_philox.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

struct known_answer {
    struct philox_words counter;
    uint32_t key[2];
    struct philox_words answer;
};

static const struct known_answer known[] = {
    {{{0, 0, 0, 0}}, {0, 0}, {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}},
    {{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}},
     {0xffffffff, 0xffffffff},
     {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}},
    {{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}},
     {0xa4093822, 0x299f31d0},
     {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}},
};

static bool same_words(struct philox_words a, struct philox_words b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

Test(philox, gives_the_known_answers_of_random123)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct philox_words block = philox(known[i].counter, known[i].key[0], known[i].key[1]);
        cr_expect(same_words(block, known[i].answer), "vector %zu", i);
    }
}

/* Twin: one round less, written out here, gives other words. */
static struct philox_words one_round(struct philox_words c, uint32_t key0, uint32_t key1)
{
    uint64_t p0 = (uint64_t)PHILOX_MULTIPLIER_0 * c.word[0];
    uint64_t p1 = (uint64_t)PHILOX_MULTIPLIER_1 * c.word[2];
    return (struct philox_words){{(uint32_t)(p1 >> 32) ^ c.word[1] ^ key0, (uint32_t)p1,
                                  (uint32_t)(p0 >> 32) ^ c.word[3] ^ key1, (uint32_t)p0}};
}

static struct philox_words rounds(const struct known_answer *from, int count)
{
    struct philox_words c = from->counter;
    for (uint32_t i = 0; i < (uint32_t)count; i++)
        c = one_round(c, from->key[0] + i * PHILOX_WEYL_0, from->key[1] + i * PHILOX_WEYL_1);
    return c;
}

Test(philox, nine_rounds_do_not_give_them)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        cr_expect(same_words(rounds(&known[i], 10), known[i].answer), "vector %zu", i);
        cr_expect(!same_words(rounds(&known[i], 9), known[i].answer), "vector %zu", i);
    }
}

/* Counters that exercise carries: high bits set, neighbours, all ones. */
static void fill(uint32_t *word0, uint32_t *word1, size_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        word0[i] = i * UINT32_C(0x9E3779B9) ^ 0x80000000;
        word1[i] = i % 3 == 0 ? UINT32_MAX - i : i;
    }
}

Test(philox, in_lanes_gives_the_same_bits)
{
    enum { COUNT = 1024 };
    static uint32_t word0[COUNT], word1[COUNT];
    fill(word0, word1, COUNT);
    struct lanes_address at = {word0, word1, 0xfedcba98, 77, 0x20230613, 0x89abcdef};
    for (size_t i = 0; i < COUNT; i += LANES) {
        struct lanes_block drawn = lanes_philox(&at, i);
        for (size_t j = 0; j < LANES; j++) {
            struct philox_words counter = {{word0[i + j], word1[i + j], at.word2, at.word3}};
            struct philox_words block = philox(counter, at.key0, at.key1);
            for (int k = 0; k < 4; k++)
                cr_expect_eq(drawn.word[k][j], block.word[k]);
        }
    }
}

/* Words over the whole range, both ends included. */
static uint32_t word_at(uint32_t i)
{
    return i < 1000 ? i : i < 2000 ? UINT32_MAX - (i - 1000) : i * UINT32_C(0x9E3779B9);
}

/* The fine uniform of lanes is that of draw(), rounded; the coarse one lies within 2^-24 of it, and
 * never above it by more. */
Test(philox, uniforms_in_lanes_are_those_of_words)
{
    for (uint32_t i = 0; i < 100000; i++) {
        double exact = draw_uniform(word_at(i));
        lanes_words word = (lanes_words){0} + word_at(i);
        double coarse = (double)lanes_uniform_coarse(word)[0];
        cr_assert_eq(lanes_uniform(word)[0], (float)exact, "word %u", word_at(i));
        cr_assert(fabs(coarse - exact) <= 0x1p-24 && coarse > 0.0 && coarse < 1.0);
        cr_assert_leq(coarse - 0x1p-24, exact);
    }
}
