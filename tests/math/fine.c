/* exp, log and log1p against libm's in long double. */
#include "math/fine.h"

#include "support/statistics.h"

#include <float.h>
#include <math.h>

/* Two units in the last place; a half is what rounding alone takes, and is missed: the checks can
 * tell. */
#define BOUND (2.0 * DBL_EPSILON)
#define HALF  (0.5 * DBL_EPSILON)

static double error_of(double got, long double exact)
{
    return (double)fabsl(((long double)got - exact) / exact);
}

Test(fine, exp_is_right_to_the_last_digits)
{
    double worst = 0.0;
    for (double x = -707.385; x < 709.7; x += 0.02385)
        worst = fmax(worst, error_of(fine_exp(x), expl((long double)x)));
    cr_expect_lt(worst, BOUND, "%g", worst);
    cr_expect_gt(worst, HALF);
}

Test(fine, log_is_right_to_the_last_digits)
{
    double worst = 0.0;
    for (double x = 2.385e-310; x < 1e307; x *= 1.02385)
        worst = fmax(worst, error_of(fine_log(x), logl((long double)x)));
    for (double x = 0.52385; x < 2.0; x += 1e-4)
        worst = fmax(worst, error_of(fine_log(x), logl((long double)x)));
    cr_expect_lt(worst, BOUND, "%g", worst);
    cr_expect_gt(worst, HALF);
}

Test(fine, log1p_is_right_to_the_last_digits)
{
    double worst = 0.0;
    for (double x = 2.385e-30; x < 1.0; x *= 1.02385) {
        worst = fmax(worst, error_of(fine_log1p(x), log1pl((long double)x)));
        worst = fmax(worst, error_of(fine_log1p(-x), log1pl(-(long double)x)));
    }
    cr_expect_lt(worst, BOUND, "%g", worst);
    cr_expect_gt(worst, HALF);
}

Test(fine, the_ends_are_those_of_libm)
{
    const double ends[] = {0.0, -0.0, 1.0, -1.0, INFINITY, -INFINITY, 800.0, -800.0, NAN, -2.385};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        double got[] = {fine_exp(ends[i]), fine_log(ends[i]), fine_log1p(ends[i])};
        double want[] = {exp(ends[i]), log(ends[i]), log1p(ends[i])};
        for (int f = 0; f < 3; f++)
            cr_expect(isnan(want[f])
                          ? isnan(got[f])
                          : fabs(got[f] - want[f]) <= 1e-15 * fabs(want[f]) || got[f] == want[f],
                      "function %d at %g: %g, not %g", f, ends[i], got[f], want[f]);
    }
    cr_expect_float_eq(fine_exp(-740.0) / exp(-740.0), 1.0, 0.1); /* among the subnormal */
}
