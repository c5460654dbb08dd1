/* First-order shares: closed forms of a linear function and of Ishigami's, errors, and the F test.
 */
#include "stats/sensitivity.h"

#include "random/draw.h"
#include "support/statistics.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { POINTS = 1000, INPUTS = 4, SAMPLES = 300, BINS = 10 };

static double u[POINTS][INPUTS], y[POINTS];

/* Ishigami and Homma (1990): sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, x uniform on (-pi, pi). The
 * fourth input has no part in it. */
static void draw_ishigami(uint32_t sample)
{
    for (uint32_t i = 0; i < POINTS; i++) {
        struct draw_stream stream = {2385, sample};
        struct draw_uniforms drawn = draw(&stream, (struct draw_agent){17, i}, 0);
        double x[INPUTS];
        for (int k = 0; k < INPUTS; k++) {
            u[i][k] = drawn.u[k];
            x[k] = M_PI * (2.0 * drawn.u[k] - 1.0);
        }
        y[i] = sin(x[0]) + 7.0 * pow(sin(x[1]), 2) + 0.1 * pow(x[2], 4) * sin(x[0]);
    }
}

static double mean_sin(double a, double b)
{
    return (cos(a) - cos(b)) / (b - a);
}

static double mean_sin_squared(double a, double b)
{
    return 0.5 - (sin(2.0 * b) - sin(2.0 * a)) / (4.0 * (b - a));
}

/* What bins can see of an input: the variance of the means of bins over that of y, exactly. */
static double true_share(int input)
{
    double total = 0.5 + 0.1 * pow(M_PI, 4) / 5 + 0.01 * pow(M_PI, 8) / 18 + 49.0 / 8;
    double squares = 0.0;
    for (int b = 0; b < BINS; b++) {
        double from = M_PI * (2.0 * b / BINS - 1.0), to = M_PI * (2.0 * (b + 1) / BINS - 1.0);
        double mean = input == 0   ? (1.0 + 0.1 * pow(M_PI, 4) / 5) * mean_sin(from, to)
                      : input == 1 ? 7.0 * (mean_sin_squared(from, to) - 0.5)
                                   : 0.0;
        squares += mean * mean / BINS;
    }
    return squares / total;
}

static struct sensitivity of_input(int input)
{
    return sensitivity_of(&u[0][input], INPUTS, y, POINTS, BINS);
}

/* Student's test of the mean of a sample. */
static double fit_sample_mean(const double *sample, double mean)
{
    double sum = 0.0, squares = 0.0;
    for (int i = 0; i < SAMPLES; i++)
        sum += sample[i];
    for (int i = 0; i < SAMPLES; i++)
        squares += pow(sample[i] - sum / SAMPLES, 2);
    double error = sqrt(squares / (SAMPLES - 1) / SAMPLES);
    return 2.0 * gsl_cdf_tdist_Q(fabs(sum / SAMPLES - mean) / error, SAMPLES - 1);
}

/* Twin: without what any bins show by chance taken off, inputs without a part seem to have one. */
Test(sensitivity, shares_of_ishigamis_function_are_its_closed_form)
{
    static double share[INPUTS][SAMPLES], plain[INPUTS][SAMPLES];
    for (uint32_t s = 0; s < SAMPLES; s++) {
        draw_ishigami(s);
        for (int k = 0; k < INPUTS; k++) {
            share[k][s] = of_input(k).share;
            plain[k][s] = 1.0 - (1.0 - share[k][s]) * (POINTS - BINS) / (POINTS - 1.0);
        }
    }
    for (int k = 0; k < INPUTS; k++)
        EXPECT_FIT(fit_sample_mean(share[k], true_share(k)));
    EXPECT_MISFIT(fit_sample_mean(plain[2], 0.0));
    EXPECT_MISFIT(fit_sample_mean(plain[3], 0.0));
    cr_expect_float_eq(true_share(0), 0.3139, 0.02);
    cr_expect_float_eq(true_share(1), 0.4424, 0.06);
}

/* Twin: half of the error. */
Test(sensitivity, errors_are_as_large_as_shares_vary)
{
    static double share[SAMPLES];
    double squares = 0.0;
    for (uint32_t s = 0; s < SAMPLES; s++) {
        draw_ishigami(1000 + s);
        struct sensitivity of = of_input(0);
        share[s] = of.share;
        squares += of.standard_error * of.standard_error / SAMPLES;
    }
    EXPECT_FIT(fit_variance(share, SAMPLES, true_share(0), squares, 3.0));
    EXPECT_MISFIT(fit_variance(share, SAMPLES, true_share(0), squares / 4.0, 3.0));
}

/* Twin: an input that has a part. */
Test(sensitivity, p_values_of_no_influence_are_uniform)
{
    static double p[SAMPLES], twin[SAMPLES];
    for (uint32_t s = 0; s < SAMPLES; s++) {
        draw_ishigami(2000 + s);
        p[s] = of_input(3).p_value;
        twin[s] = of_input(0).p_value;
    }
    EXPECT_FIT(fit_distribution(p, SAMPLES, cdf_uniform, NULL));
    EXPECT_MISFIT(fit_distribution(twin, SAMPLES, cdf_uniform, NULL));
}

/* y = 3 a + b on a grid: shares 0.9 and 0.1, less 1 / bins^2 of each within the bins. */
Test(sensitivity, a_grid_of_a_linear_function_by_hand)
{
    enum { SIDE = 40, TEN = 10 };
    static double x[SIDE * SIDE][2], value[SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
        x[i][0] = (i / SIDE + 0.5) / SIDE;
        x[i][1] = (i % SIDE + 0.5) / SIDE;
        value[i] = 3.0 * x[i][0] + x[i][1];
    }
    struct sensitivity first = sensitivity_of(x[0], 2, value, SIDE * SIDE, TEN);
    struct sensitivity second = sensitivity_of(x[0] + 1, 2, value, SIDE * SIDE, TEN);
    cr_expect_float_eq(first.share, 0.9 * (1 - 1.0 / (TEN * TEN)), 1e-3);
    cr_expect_float_eq(second.share, 0.1 * (1 - 1.0 / (TEN * TEN)), 6e-3);
    cr_expect_float_eq(first.highest - first.lowest, 2.7, 1e-12);
    cr_expect_float_eq(second.lowest, 1.55, 1e-12);
    cr_expect_eq(first.points, SIDE * SIDE);
}

/* The jackknife by leaving each point out in turn, a gap and a bin of one point among them. */
Test(sensitivity, the_error_is_that_of_points_left_out)
{
    enum { FEW = 31, THREE = 3 };
    double x[FEW], value[FEW], squares = 0.0, mean = 0.0, left[FEW];
    for (int i = 0; i < FEW; i++) {
        x[i] = i == 0 ? 0.1 : 0.35 + 0.02 * i;
        value[i] = i == 7 ? NAN : sin(2.385 * i) + x[i];
    }
    struct sensitivity all = sensitivity_of(x, 1, value, FEW, THREE);
    cr_expect_eq(all.points, FEW - 1);
    int n = 0;
    for (int i = 0; i < FEW; i++) {
        double kept = value[i];
        if (isnan(kept))
            continue;
        value[i] = NAN;
        left[n] = sensitivity_of(x, 1, value, FEW, THREE).share;
        mean += left[n++] / (FEW - 1);
        value[i] = kept;
    }
    for (int i = 0; i < n; i++)
        squares += pow(left[i] - mean, 2);
    cr_expect_float_eq(all.standard_error, sqrt(squares * (n - 1.0) / n), 1e-12);
}

Test(sensitivity, little_or_constant_data_says_nothing)
{
    double x[40], value[40];
    for (int i = 0; i < 40; i++) {
        x[i] = (i + 0.5) / 40;
        value[i] = 0.0;
    }
    cr_expect(isnan(sensitivity_of(x, 1, value, 40, 3).share));
    value[3] = 1.0;
    cr_expect(!isnan(sensitivity_of(x, 1, value, 40, 3).share));
    cr_expect(isnan(sensitivity_of(x, 1, value, SENSITIVITY_FEWEST_POINTS - 1, 3).share));
    for (int i = 0; i < 40; i++)
        value[i] = x[i] < 0.5 ? 1.0 : 0.0;
    cr_expect_eq(sensitivity_of(x, 1, value, 40, 2).share, 1.0);
    cr_expect_eq(sensitivity_of(x, 1, value, 40, 2).p_value, 0.0);
    cr_expect_eq(sensitivity_bins(1), 2);
    cr_expect_eq(sensitivity_bins(1000), 10);
    cr_expect_eq(sensitivity_bins(1000000), SENSITIVITY_MOST_BINS);
}
