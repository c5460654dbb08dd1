/* Exact moments against GSL's, and against themselves in parts. */
#include "stats/moments.h"

#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

enum { COUNT = 10000 };

static double value[COUNT];

static void fill(double centre, double spread)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    gsl_rng_set(rng, 17);
    for (size_t i = 0; i < COUNT; i++)
        value[i] = centre + spread * gsl_ran_ugaussian(rng);
    gsl_rng_free(rng);
}

static struct moments of(const double *from, size_t count)
{
    struct moments moments = {0};
    for (size_t i = 0; i < count; i++)
        moments_add(&moments, from[i]);
    return moments;
}

/* To the rounding of values, 2^-25 each; far less where they cancel. GSL's own error comes on top
 * for large centres with small spreads, where ours has none. */
Test(moments, agree_with_gsl)
{
    const double centres[] = {0.0, 2.385, -700.0, 1e5, 9e7}, spreads[] = {0.0, 0.31, 55.0, 1e6};
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 4; j++) {
            fill(centres[i], spreads[j]);
            struct moments moments = of(value, COUNT);
            double mean = gsl_stats_mean(value, 1, COUNT), sd = gsl_stats_sd(value, 1, COUNT);
            double slack = 0x1p-25 + 1e-13 * fabs(mean);
            cr_expect_float_eq(moments_mean(&moments), mean, slack);
            cr_expect_float_eq(moments_sd(&moments), sd, slack + 1e-12 * sd);
            cr_expect(spreads[j] == 0.0 || fabs(moments_sd(&moments) - 1.001 * sd) > slack, "twin");
        }
}

/* The same values twice over: equal sd but for n - 1; nothing cancels away at the largest value. */
Test(moments, are_exact_at_the_largest_values)
{
    const double pair[] = {MOMENTS_LARGEST, MOMENTS_LARGEST - 0x1p-20};
    struct moments moments = of(pair, 2);
    cr_expect_eq(moments_mean(&moments), MOMENTS_LARGEST - 0x1p-21);
    cr_expect_float_eq(moments_sd(&moments), 0x1p-20 / sqrt(2.0), 1e-20);
}

static bool same(const struct moments *a, const struct moments *b)
{
    return a->count == b->count && a->sum == b->sum && a->squares == b->squares &&
           a->overflow == b->overflow;
}

Test(moments, parts_merge_to_the_whole_in_any_order)
{
    const size_t cuts[] = {0, 1, 77, COUNT - 1, COUNT};
    fill(2.385, 1e4);
    struct moments whole = of(value, COUNT);
    for (size_t i = 0; i < 5; i++) {
        struct moments left = of(value, cuts[i]), again = left;
        struct moments right = of(value + cuts[i], COUNT - cuts[i]);
        moments_merge(&left, &right);
        moments_merge(&right, &again);
        cr_expect(same(&whole, &left) && same(&whole, &right), "cut %zu", cuts[i]);
    }
    value[COUNT / 3] += 0x1p-23;
    struct moments moved = of(value, COUNT);
    cr_expect(!same(&whole, &moved), "twin");
}

/* At once or one by one: the same sums, with a value that does not fit as well. */
Test(moments, many_at_once_are_the_same_as_one_by_one)
{
    const double last[] = {2.385, MOMENTS_LARGEST, -MOMENTS_LARGEST, 1e9, NAN};
    for (size_t i = 0; i < sizeof last / sizeof *last; i++) {
        fill(-2.385, 1e4);
        value[COUNT - 1] = last[i];
        struct moments single = of(value, COUNT), many = of(value, 3), fewer = of(value, 3);
        moments_add_many(&many, value + 3, 0);
        moments_add_many(&many, value + 3, COUNT - 3);
        moments_add_many(&fewer, value + 4, COUNT - 4);
        cr_expect(same(&single, &many), "%g", last[i]);
        cr_expect(!same(&single, &fewer), "twin, %g", last[i]);
    }
}

/* One value that does not fit makes all NaN, and stays through a merge. */
Test(moments, overflow_is_nan)
{
    const double wrong[] = {nextafter(MOMENTS_LARGEST, INFINITY), -1e30, INFINITY, NAN};
    for (size_t i = 0; i < 4; i++) {
        struct moments moments = of(value, 5), other = of(value, 5);
        moments_add(&moments, wrong[i]);
        moments_merge(&other, &moments);
        cr_expect(isnan(moments_mean(&moments)) && isnan(moments_sd(&moments)), "%g", wrong[i]);
        cr_expect(isnan(moments_mean(&other)) && isnan(moments_sd(&other)), "%g", wrong[i]);
    }
    struct moments fits = of(&(double){-MOMENTS_LARGEST}, 1);
    cr_expect_eq(moments_mean(&fits), -MOMENTS_LARGEST);
}

Test(moments, of_few_values)
{
    struct moments none = {0}, one = of(&(double){2.5}, 1);
    cr_expect(isnan(moments_mean(&none)) && isnan(moments_sd(&none)));
    cr_expect(moments_mean(&one) == 2.5 && isnan(moments_sd(&one)));
}
