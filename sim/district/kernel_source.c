/* What becomes of the sources' results, in lanes (source.h has the law). Compiled once for each
 * KERNEL_ISA; the bits are the same. */
#include "district/kernel.h"

/* Lists the rows of these bits, each with whether it is a venture. */
static void choose(struct results *results, uint32_t chosen, uint32_t ventures, size_t i)
{
    for (uint32_t bits = chosen; bits != 0; bits &= bits - 1) {
        uint32_t lane = (uint32_t)__builtin_ctz(bits);
        results->chosen[results->chosen_count++] =
            (struct chosen_result){(uint32_t)i + lane, ventures >> lane & 1};
    }
}

void KERNEL(results)(struct results *results, double venture_quality,
                     const struct draw_stream *stream, uint32_t when)
{
    const lanes one = lanes_all(1.0f);
    const float a = (float)venture_quality;
    struct lanes_address at = address_of(results->agent, results->origin, stream, when);
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
}
