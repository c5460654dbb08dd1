/* What the files kernel_*.c share. Each is compiled once for each KERNEL_ISA, which is part of the
 * names of its functions; kernel_draws.c has them all in a table. Only these files include this. */
#ifndef NEOBAY_MODEL_KERNELS_KERNEL_H
#define NEOBAY_MODEL_KERNELS_KERNEL_H

#include "model/kernels/kernels.h"
#include "random/lanes_philox.h"

#define KERNEL_JOINED(stem, isa) stem##_##isa
#define KERNEL_WITH(stem, isa)   KERNEL_JOINED(stem, isa)
#define KERNEL(stem)             KERNEL_WITH(kernel_##stem, KERNEL_ISA)

static inline struct lanes_address address_of(const uint32_t *agent, const uint32_t *origin,
                                              const struct draw_stream *stream, uint32_t when)
{
    return (struct lanes_address){agent,
                                  origin,
                                  when,
                                  stream->replicate,
                                  (uint32_t)stream->seed,
                                  (uint32_t)(stream->seed >> 32)};
}

/* What falls with size: exp(-power (x - ln 10)) = exp(size_level + size_slope * grains of x). */
static inline float size_level(double power)
{
    return (float)(power * 2.302585092994045684);
}

static inline float size_slope(double power)
{
    return (float)(-power * LOG_OUTPUT_GRAIN);
}

/* The part of the failure hazard that age has, by age over the peak's (exit.h). */
static inline lanes hump_lanes(float floor, lanes ratio)
{
    return floor + ratio * lanes_exp(1.0f - ratio);
}

/* Staff of firms of these kinds and outputs. */
static inline lanes staff_lanes(const struct step_tables *tables, lanes_ints kind, lanes y)
{
    return lanes_max(y * lanes_look_up(tables->heads, tables->places, kind >> STAGE_BITS),
                     lanes_all((float)tables->fewest_heads));
}

/* See struct kernels. */
void KERNEL(year)(struct firms *firms, const struct draw_stream *stream, int month);
void KERNEL(advance)(struct firms *firms, const struct step_tables *tables,
                     const struct draw_stream *stream, int month);
void KERNEL(leave)(struct firms *firms, const struct step_tables *tables, int month);
void KERNEL(certify)(struct firms *firms, size_t first, const struct step_tables *tables,
                     const struct certificate_rule *rule, const struct draw_stream *stream);
void KERNEL(birth)(struct firms *firms, size_t first, const struct birth_shape *shape,
                   const struct draw_stream *stream);
void KERNEL(results)(struct discoveries *results, double venture_quality,
                     const struct draw_stream *stream, int month);
void KERNEL(measure)(const struct firms *firms, const struct step_tables *tables,
                     const struct kinds *kinds, int month, struct firm_sums *sums);

#endif
