/* The coordinates of sampled designs; see plan_sample. */
#include "base/text.h"
#include "batch/plan.h"
#include "random/draw.h"

#include <gsl/gsl_qrng.h>
#include <stdlib.h>

/* GSL's Sobol' points are multiples of 2^-30. */
enum { SOBOL_BITS = 30 };

/* Points of Sobol's sequence (GSL's directions: Antonov and Saleev 1979, Bratley and Fox 1988),
 * shifted digit by digit: every point stays in its elementary interval, and each is uniform over
 * the seeds. */
static bool sample_sobol(struct plan *plan)
{
    size_t axes = plan->axis_count;
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)axes);
    double *x = calloc(axes, sizeof *x);
    const struct draw_stream stream = {plan->seed, UINT32_MAX};
    for (size_t i = 0; sequence != NULL && x != NULL && i < plan->samples; i++) {
        if (i > 0) /* GSL leaves out the origin, which belongs to the net and is shifted as well */
            gsl_qrng_get(sequence, x);
        for (size_t a = 0; a < axes; a++) {
            struct draw_agent agent = {text_hash32(plan->axis[a].path), 0};
            struct draw_uniforms shift =
                draw(&stream, agent, draw_when(MONTH_NEVER, PURPOSE_STRATUM, 0));
            uint32_t digits = (uint32_t)(x[a] * (UINT32_C(1) << SOBOL_BITS));
            digits ^= (uint32_t)(shift.u[1] * (UINT32_C(1) << SOBOL_BITS));
            plan->unit[i * axes + a] = (digits + 0.5) / (UINT32_C(1) << SOBOL_BITS);
        }
    }
    bool made = sequence != NULL && x != NULL;
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
