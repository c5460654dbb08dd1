/* Elementary functions in lanes against libm's, within the errors that math/lanes_math.h states;
 * and the normal that is made of them. */
#include "random/lanes_philox.h"

#include "random/draw.h"
#include "support/statistics.h"

#include <math.h>

enum { POINTS = 200000 };

/* Point i of POINTS + 1 from low to high, moved a little off round numbers. */
static float point(int i, double low, double high)
{
    return (float)(low + (high - low) * ((double)i + 0.2385 * (i < POINTS)) / POINTS);
}

static float one(lanes (*function)(lanes x), float x)
{
    return function(lanes_all(x))[0];
}

static double worst_exp(double low, double high)
{
    double worst = 0.0;
    for (int i = 0; i <= POINTS; i++) {
        float x = point(i, low, high);
        double exact = exp((double)x);
        worst = fmax(worst, fabs((double)one(lanes_exp, x) - exact) / exact);
    }
    return worst;
}

/* The stated bounds hold, and bounds of half a unit in the last place would not: the checks can
 * tell. */
Test(lanes_math, exp_is_within_its_relative_error)
{
    double wide = worst_exp(-86.0, 87.0), near = worst_exp(-3.0, 3.0);
    cr_expect_lt(wide, 4e-7 + 3e-9 * 87.0, "%g", wide);
    cr_expect_lt(near, 4e-7 + 3e-9 * 3.0, "%g", near);
    cr_expect_gt(near, 0x1p-24);
    cr_expect_eq(one(lanes_exp, 0.0f), 1.0f);
    cr_expect_eq(one(lanes_exp, -1e6f), one(lanes_exp, -86.0f));
    cr_expect_eq(one(lanes_exp, 1e6f), one(lanes_exp, 87.0f));
}

/* Never below exp, nor above it by more than the straight lines are: 1.0615 = 1 / (e ln 2 / 2). */
Test(lanes_math, exp_above_is_a_bound)
{
    double most = 0.0;
    for (int i = 0; i <= POINTS; i++) {
        float x = point(i, -87.0, 87.0);
        double ratio = (double)one(lanes_exp_above, x) / exp((double)x);
        cr_assert_geq(ratio, 1.0, "%g", (double)x);
        most = fmax(most, ratio);
    }
    cr_expect_lt(most, 1.0616, "%g", most);
    cr_expect_gt(most, 1.06);
}

static double error_of_log(float x)
{
    double exact = log((double)x);
    return fabs((double)one(lanes_log, x) - exact) / (fabs(exact) + 1.0 / 3.0);
}

Test(lanes_math, log_is_within_its_error)
{
    double worst = error_of_log(0x1p-126f);
    for (int i = 0; i <= POINTS; i++) {
        worst = fmax(worst, error_of_log((float)exp((double)point(i, -80.0, 80.0))));
        worst = fmax(worst, error_of_log(point(i, 0x1p-33, 1.0)));
        worst = fmax(worst, error_of_log(point(i, 0.5, 2.5)));
    }
    cr_expect_lt(worst, 3e-7, "%g", worst);
    cr_expect_gt(worst, 0x1p-25);
    cr_expect_eq(one(lanes_log, 1.0f), 0.0f);
}

Test(lanes_math, cos_is_within_its_absolute_error)
{
    double worst = 0.0;
    for (int i = 0; i <= POINTS; i++) {
        float u = point(i, 0.0, 1.0);
        worst = fmax(worst, fabs((double)one(lanes_cos_turns, u) - cos(2.0 * M_PI * (double)u)));
    }
    cr_expect_lt(worst, 3e-7, "%g", worst);
    cr_expect_gt(worst, 0x1p-25);
    cr_expect_eq(one(lanes_cos_turns, 0.25f), 0.0f);
    cr_expect_eq(one(lanes_cos_turns, 0.75f), 0.0f);
}

/* A float of these bits, but for its exponent: held near 1, so that sums cancel and halves are met.
 */
static float near_one(uint32_t word)
{
    uint32_t bits = (word & 0x80ffffff) + 0x3f000000;
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The twin: twice rounded, which is what many programs take for a fused multiply-add. */
Test(lanes_math, fma_rounds_once)
{
    size_t twice_rounded = 0;
    for (uint32_t i = 0; i < POINTS; i++) {
        struct philox_words word = philox((struct philox_words){{i, 2, 0, 0}}, 99, 0);
        float a = near_one(word.word[0]), b = near_one(word.word[1] & (i % 2 ? ~0U : 0xffff0000));
        float c = near_one(word.word[2]) * (i % 3 ? 1.0f : 0x1p-24f);
        if (i % 5 == 0)
            c = -a * b;
        if (i % 7 == 0) { /* about half a unit of the last place of 1 */
            c = 1.0f;
            b = 1.0f / a * 0x1p-24f;
        }
        if (i % 11 == 0) { /* a float so small that it has fewer digits */
            a *= 0x1p-100f;
            b *= 0x1p-30f;
            c *= 0x1p-130f;
        }
        float fused = lanes_fma(lanes_all(a), lanes_all(b), lanes_all(c))[0];
        cr_assert_eq(fused, fmaf(a, b, c), "%a * %a + %a", (double)a, (double)b, (double)c);
        twice_rounded += (float)((double)a * (double)b + (double)c) != fused;
    }
    cr_expect_gt(twice_rounded, 0);
}

Test(lanes_math, whole_numbers_are_the_nearest)
{
    for (int i = -POINTS; i <= POINTS; i++) {
        float x = (float)i * 0.2385f;
        cr_assert_eq(lanes_to_ints(lanes_all(x))[0], (int32_t)lrintf(x), "%g", (double)x);
        int32_t held = i < -12345 ? -12345 : i > 12345 ? 12345 : i;
        cr_assert_eq(lanes_hold_ints((lanes_ints){0} + i, 12345)[0], held);
    }
    cr_expect_eq(lanes_to_ints(lanes_all(2.5f))[0], 2);
    cr_expect_eq(lanes_to_ints(lanes_all(-3.5f))[0], -4);
}

/* Every lane is alone: a vector of different numbers gives what each gives by itself. */
Test(lanes_math, lanes_do_not_mix)
{
    const lanes_words none = {0};
    lanes x;
    for (size_t j = 0; j < LANES; j++)
        x[j] = 0.1f + 0.11f * (float)j / LANES;
    lanes_words word = (lanes_words)x * 2654435769U;
    lanes e = lanes_exp(x), l = lanes_log(x), n = lanes_normal_of(word, ~word);
    for (size_t j = 0; j < LANES; j++) {
        cr_expect_eq(e[j], one(lanes_exp, x[j]));
        cr_expect_eq(l[j], one(lanes_log, x[j]));
        cr_expect_eq(n[j], lanes_normal_of(none + word[j], none + ~word[j])[0]);
    }
}

static void normals(double *sample, size_t count)
{
    const struct draw_stream stream = {99, 0};
    for (uint32_t i = 0; i < count; i++) {
        struct philox_words counter = {{i, 1, 0, 0}};
        struct philox_words drawn = philox(counter, (uint32_t)stream.seed, 0);
        lanes_words radius = (lanes_words){0} + drawn.word[0];
        lanes_words angle = (lanes_words){0} + drawn.word[1];
        sample[i] = (double)lanes_normal_of(radius, angle)[0];
    }
}

Test(lanes_math, normals_are_normal)
{
    enum { COUNT = 100000 };
    static double sample[COUNT];
    normals(sample, COUNT);
    expect_standard_normals(sample, COUNT);
}

/* The tails that 32-bit words reach: 6.6 standard deviations, and finite. */
Test(lanes_math, normals_end_at_the_least_word)
{
    lanes_words none = {0}, all = ~none;
    cr_expect_float_eq((double)lanes_normal_of(none, none)[0], sqrt(66.0 * log(2.0)), 1e-5);
    cr_expect_eq(lanes_normal_of(all, none)[0], 0.0f);
}

/* Tables of every size that lanes look up in another way. */
Test(lanes_math, tables_are_looked_up)
{
    static float table[64];
    int32_t index[LANES];
    for (size_t i = 0; i < 64; i++)
        table[i] = 2.385f + (float)i;
    for (size_t size = LANES_TABLE; size <= 64; size += LANES_TABLE)
        for (int32_t first = 0; first < (int32_t)size; first++) {
            for (int32_t j = 0; j < LANES; j++)
                index[j] = (first + 5 * j) % (int32_t)size;
            lanes found = lanes_look_up(table, size, lanes_load_ints(index));
            for (size_t j = 0; j < LANES; j++)
                cr_assert_eq(found[j], table[index[j]]);
        }
}
