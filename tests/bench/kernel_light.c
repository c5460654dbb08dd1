#include "bench/light.h"
#include "model/kernels/kernel.h"

light_month KERNEL(light_month);

static lanes load_sum(const struct firms *firms, size_t i)
{
    lanes_ints months = lanes_load_ints(firms->born + i) + lanes_load_ints(firms->kind + i) +
                        lanes_load_ints(firms->certified_until + i);
    return (lanes_load(firms->quality + i) + lanes_load(firms->raise_factor + i)) +
           (lanes_load(firms->value_myuan + i) + lanes_load(firms->rd_share + i)) +
           lanes_load(firms->fragility + i) + lanes_from_ints(months);
}

double KERNEL(light_month)(struct firms *firms, const struct draw_stream *stream, int month)
{
    struct lanes_address at =
        address_of(firms->agent, firms->origin, stream, draw_when(month, PURPOSE_MONTHS, 0));
    bool draws = month % LIGHT_MONTHS_A_BLOCK == 0;
    lanes sum = lanes_all(0.0f);
    for (size_t i = 0; i < firms->count; i += LANES) {
        lanes_ints x = lanes_load_ints(firms->log_output + i);
        lanes chance = lanes_load(firms->year_volatility + i);
        if (draws) {
            struct lanes_block drawn = lanes_philox(&at, i);
            chance = chance + (lanes)((drawn.word[0] ^ drawn.word[1]) >> 9) +
                     (lanes)((drawn.word[2] ^ drawn.word[3]) >> 9);
        }
        sum = sum + load_sum(firms, i);
        lanes_store_ints(firms->log_output + i, x + 1);
        lanes_store(firms->output_myuan + i, chance);
        lanes_store(firms->youth + i, lanes_load(firms->youth + i) * 0.9999f);
    }
    double total = 0.0;
    for (size_t j = 0; j < LANES; j++)
        total += (double)sum[j];
    return total;
}
