/* The coordinates of sampled designs; see plan_sample. */
#include "base/text.h"
#include "random/draw.h"
#include "study/plan.h"

#include <gsl/gsl_qrng.h>
#include <stdlib.h>

/* GSL's Sobol' points are multiples of 2^-30. Its axes beyond the eighth hang together: of 256
 * points in forty dimensions two pairs of axes are correlated by 0.76. */
enum { SOBOL_BITS = 30, SOBOL_GROUP = 8 };

/* Digits that shift an axis. */
static uint32_t shift_of(const struct plan *plan, size_t axis)
{
    const struct draw_stream stream = {plan->seed, UINT32_MAX};
    struct draw_agent agent = {text_hash32(plan->axis[axis].path), 0};
    struct draw_uniforms shift = draw(&stream, agent, draw_when(MONTH_NEVER, PURPOSE_STRATUM, 0));
    return (uint32_t)(shift.u[1] * (UINT32_C(1) << SOBOL_BITS));
}

/* Which point of the sequence sample i takes on the axes from `first` on: the first group goes in
 * order, each other one in an order of its own. */
static size_t place_of(const struct plan *plan, size_t first, size_t i)
{
    const struct draw_replicate which = {plan->seed, UINT32_MAX, (uint32_t)i,
                                         (uint32_t)plan->samples};
    if (first == 0)
        return i;
    double place = draw_stratified(&which, text_hash32(plan->axis[first].path));
    return (size_t)(place * (double)plan->samples);
}

/* Points of Sobol's sequence (GSL's directions: Antonov and Saleev 1979, Bratley and Fox 1988),
 * eight axes at a time, each eight in an order of their own (Latin supercube sampling, Owen 1998),
 * shifted digit by digit: every point stays in its elementary interval of its eight axes, and each
 * is uniform over the seeds. */
static bool sample_sobol(struct plan *plan)
{
    size_t axes = plan->axis_count, group = axes < SOBOL_GROUP ? axes : SOBOL_GROUP;
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)group);
    double *x = calloc(plan->samples * group + 1, sizeof *x);
    bool made = sequence != NULL && x != NULL;
    for (size_t i = 1; made && i < plan->samples; i++) /* GSL leaves out the origin; it belongs */
        gsl_qrng_get(sequence, x + i * group);
    for (size_t a = 0; made && a < axes; a++) {
        uint32_t shift = shift_of(plan, a);
        for (size_t i = 0; i < plan->samples; i++) {
            size_t place = place_of(plan, a - a % group, i);
            uint32_t digits =
                (uint32_t)(x[place * group + a % group] * (UINT32_C(1) << SOBOL_BITS)) ^ shift;
            plan->unit[i * axes + a] = (digits + 0.5) / (UINT32_C(1) << SOBOL_BITS);
        }
    }
    if (sequence != NULL)
        gsl_qrng_free(sequence);
    free(x);
    return made;
}

/* One stratum a point on every axis, in an order of the axis's own. */
static void sample_latin(struct plan *plan)
{
    for (size_t i = 0; i < plan->samples; i++) {
        struct draw_replicate which = {plan->seed, (uint32_t)i, (uint32_t)i,
                                       (uint32_t)plan->samples};
        for (size_t a = 0; a < plan->axis_count; a++)
            plan->unit[i * plan->axis_count + a] =
                draw_stratified(&which, text_hash32(plan->axis[a].path));
    }
}

bool plan_sample(struct plan *plan, struct faults *faults)
{
    plan->unit = calloc(plan->samples * plan->axis_count + 1, sizeof *plan->unit);
    bool made = plan->unit != NULL;
    if (made && plan->design == DESIGN_SOBOL)
        made = sample_sobol(plan);
    else if (made)
        sample_latin(plan);
    return made || fault_memory(faults, "sampling the points of the batch");
}
