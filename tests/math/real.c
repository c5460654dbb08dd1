/* Elementary functions against libm's in long double, within the errors that math/real.h states;
 * and the normal that is made of them. */
#include "math/real.h"

#include "random/draw.h"
#include "support/statistics.h"

#include <math.h>

enum { POINTS = 200000 };

/* Point i of POINTS + 1 from low to high, moved a little off round numbers. */
static double point(int i, double low, double high)
{
    return low + (high - low) * ((double)i + 0.2385 * (i < POINTS)) / POINTS;
}

static double worst_exp(double low, double high)
{
    double worst = 0.0;
    for (int i = 0; i <= POINTS; i++) {
        double x = point(i, low, high);
        long double exact = expl((long double)x);
        worst = fmax(worst, (double)fabsl(((long double)real_exp(x) - exact) / exact));
    }
    return worst;
}

/* The stated bounds hold, and bounds of a unit in the last place would not: the checks can tell. */
Test(real, exp_is_within_its_relative_error)
{
    double wide = worst_exp(-700.0, 700.0), near = worst_exp(-3.0, 3.0);
    cr_expect_lt(wide, 1e-11, "%g", wide);
    cr_expect_lt(near, 1e-11, "%g", near);
    cr_expect_gt(wide, 2.3e-16);
    cr_expect_eq(real_exp(0.0), 1.0);
    cr_expect_eq(real_exp(-1e6), real_exp(-700.0));
    cr_expect_eq(real_exp(1e6), real_exp(700.0));
}

static double error_of_log(double x)
{
    long double exact = logl((long double)x);
    return (double)fabsl((long double)real_log(x) - exact);
}

Test(real, log_is_within_its_error)
{
    double worst = error_of_log(0x1p-1022);
    for (int i = 0; i <= POINTS; i++) {
        worst = fmax(worst, error_of_log(exp(point(i, -700.0, 700.0))));
        worst = fmax(worst, error_of_log(point(i, 0x1p-33, 1.0)));
        worst = fmax(worst, error_of_log(point(i, 0.5, 2.5)));
    }
    cr_expect_lt(worst, 2e-13, "%g", worst);
    cr_expect_gt(worst, 1.2e-16);
    cr_expect_eq(real_log(1.0), 0.0);
}

Test(real, cos_is_within_its_absolute_error)
{
    const long double turn = 2.0L * acosl(-1.0L);
    double worst = 0.0;
    for (int i = 0; i <= POINTS; i++) {
        double u = point(i, 0.0, 1.0);
        worst = fmax(worst,
                     (double)fabsl((long double)real_cos_turns(u) - cosl(turn * (long double)u)));
    }
    cr_expect_lt(worst, 1e-11, "%g", worst);
    cr_expect_gt(worst, 1.2e-16);
    cr_expect_eq(real_cos_turns(0.25), 0.0);
    cr_expect_eq(real_cos_turns(0.75), 0.0);
}

static void normals(double *sample, size_t count)
{
    const struct draw_stream stream = {99, 0};
    for (uint32_t i = 0; i < count; i++) {
        struct draw_uniforms drawn = draw(&stream, (struct draw_agent){1, i}, 0);
        sample[i] = real_normal(drawn.u[0], drawn.u[1]);
    }
}

Test(real, normals_are_normal)
{
    enum { COUNT = 100000 };
    static double sample[COUNT];
    normals(sample, COUNT);
    expect_standard_normals(sample, COUNT);
}

/* The tails that 32-bit uniforms reach: 6.6 standard deviations, and finite. */
Test(real, normals_end_at_the_least_uniform)
{
    cr_expect_float_eq(real_normal(0x1p-33, 0x1p-33), sqrt(66.0 * log(2.0)), 1e-10);
    cr_expect(isfinite(real_normal(1.0 - 0x1p-33, 0.3)));
}
