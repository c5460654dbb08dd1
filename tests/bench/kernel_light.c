#include "bench/light.h"
#include "random/lanes_philox.h"

#define NAME_JOINED(stem, isa) stem##_##isa
#define NAME_WITH(stem, isa)   NAME_JOINED(stem, isa)
#define KERNEL(stem)           NAME_WITH(stem, KERNEL_ISA)

light_month KERNEL(light_month);

static lanes months_of(const struct firms *firms, size_t i)
{
    return lanes_from_int(firms->born + i) + lanes_from_int(firms->kind + i) +
           lanes_from_int(firms->certified_until + i);
}

double KERNEL(light_month)(struct firms *firms, const struct draw_stream *stream, int month)
{
    struct lanes_address at = {
        firms->agent,      firms->origin,          draw_when(month, PURPOSE_MONTH, 0),
        stream->replicate, (uint32_t)stream->seed, (uint32_t)(stream->seed >> 32)};
    bool draws = month % LIGHT_MONTHS_A_BLOCK == 0;
    lanes sum = lanes_all(0.0);
    for (size_t i = 0; i < firms->count; i += LANES) {
        lanes x = lanes_load(firms->log_output + i);
        lanes chance = lanes_load(firms->year_volatility + i);
        if (draws) {
            struct lanes_uniforms drawn = lanes_philox(&at, i);
            chance = chance + (drawn.u[0] + drawn.u[1]) + (drawn.u[2] + drawn.u[3]);
        }
        sum = sum + (lanes_load(firms->quality + i) + lanes_load(firms->raise_factor + i)) +
              (lanes_load(firms->value_myuan + i) + lanes_load(firms->rd_share + i)) +
              months_of(firms, i);
        x = x + chance * 0x1p-40; /* stays what it was, near enough */
        lanes_store(firms->log_output + i, x);
        lanes_store(firms->output_myuan + i, x);
    }
    double total = 0.0;
    for (size_t j = 0; j < LANES; j++)
        total += sum[j];
    return total;
}
