/* Draws of agents that are no firms, in lanes; and the table of all kernels of this KERNEL_ISA. */
#include "model/kernels/kernel.h"

static void uniforms(const uint32_t *agent, const uint32_t *origin, size_t count,
                     const struct draw_stream *stream, uint32_t when, float *out)
{
    struct lanes_address at = address_of(agent, origin, stream, when);
    for (size_t i = 0; i < count; i += LANES)
        lanes_store(out + i, lanes_uniform(lanes_philox(&at, i).word[0]));
}

#define ISA_TEXT_OF(isa) #isa
#define ISA_TEXT(isa)    ISA_TEXT_OF(isa)

extern const struct kernels KERNEL(table);
const struct kernels KERNEL(table) = {ISA_TEXT(KERNEL_ISA), KERNEL(year),    KERNEL(advance),
                                      KERNEL(leave),        KERNEL(certify), KERNEL(birth),
                                      KERNEL(measure),      KERNEL(results), uniforms};
