/* What becomes of the sources' results, in lanes (source.h has the law). Compiled once for each
 * KERNEL_ISA; the bits are the same. */
#include "model/kernels/kernel.h"

/* Lists the rows of these bits, each with whether it is a venture. */
static void choose(struct discoveries *results, uint32_t chosen, uint32_t ventures, size_t i)
{
    for (uint32_t bits = chosen; bits != 0; bits &= bits - 1) {
        uint32_t lane = (uint32_t)__builtin_ctz(bits);
        results->chosen[results->chosen_count++] =
            (struct chosen_result){.result = (uint32_t)i + lane, .venture = ventures >> lane & 1};
    }
}

/* Both blocks of up to LANES results that are chosen; each keeps the one it needs. */
static void draw_chosen(struct discoveries *results, const struct draw_stream *stream, int month,
                        size_t first)
{
    size_t left = results->chosen_count - first, count = left < LANES ? left : LANES;
    struct chosen_result *chosen = results->chosen + first;
    uint32_t agent[LANES] = {0}, origin[LANES] = {0}, word[LANES];
    for (size_t j = 0; j < count; j++) {
        agent[j] = results->agent[chosen[j].result];
        origin[j] = results->origin[chosen[j].result];
    }
    struct lanes_address work =
        address_of(agent, origin, stream, draw_when(month, PURPOSE_DISCOVERY, 1));
    struct lanes_address licensee =
        address_of(agent, origin, stream, draw_when(month, PURPOSE_LICENSEE, 0));
    struct lanes_block of_venture = lanes_philox(&work, 0);
    struct lanes_block of_licence = lanes_philox(&licensee, 0);
    for (size_t k = 0; k < 4; k++)
        for (int venture = 0; venture < 2; venture++) {
            lanes_store_words(word, (venture ? of_venture : of_licence).word[k]);
            for (size_t j = 0; j < count; j++)
                chosen[j].word[k] = chosen[j].venture == venture ? word[j] : chosen[j].word[k];
        }
}

void KERNEL(results)(struct discoveries *results, double venture_quality,
                     const struct draw_stream *stream, int month)
{
    const lanes one = lanes_all(1.0f);
    const float a = (float)venture_quality;
    struct lanes_address at =
        address_of(results->agent, results->origin, stream, draw_when(month, PURPOSE_DISCOVERY, 0));
    results->chosen_count = 0;
    for (size_t i = 0; i < results->count; i += LANES) {
        struct lanes_block drawn = lanes_philox(&at, i);
        lanes z = lanes_normal_of(drawn.word[1], drawn.word[2]), u = lanes_uniform(drawn.word[3]);
        lanes chance = lanes_min(one, lanes_load(results->venture_share + i) *
                                          lanes_exp(a * z - 0.5f * a * a));
        lanes_mask venture = lanes_less(u, chance);
        /* Given that it is no venture, what is left of u is uniform again. */
        lanes_mask licence =
            lanes_less(u - chance, lanes_load(results->licence_share + i) * (one - chance));
        lanes_store(results->sector_draw + i, lanes_uniform(drawn.word[0]));
        lanes_store(results->quality + i, z);
        choose(results, lanes_bits((venture | licence) & lanes_first(results->count - i)),
               lanes_bits(venture), i);
    }
    for (size_t i = 0; i < results->chosen_count; i += LANES)
        draw_chosen(results, stream, month, i);
}
