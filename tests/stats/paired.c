/* Tango's interval against published values, the score test inverted by force, and its coverage as
 * an exact sum; p-values, variance ratios, and the ends where nothing differs. */
#include "stats/paired.h"

#include "random/draw.h"

#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

/* Fagerland, Lydersen and Laake 2014, Statistics in Medicine 33, 2850-2875 (airway
 * hyper-responsiveness), and scoreci.mp(25, 28, 618) of R's PropCIs. */
Test(paired, known_intervals)
{
    struct paired_counts airways = {1, 1, 7, 12}, large = {300, 28, 25, 265};
    struct difference found = paired_proportions(&airways, 0.95);
    cr_expect_float_eq(found.estimate, -6.0 / 21.0, 1e-15);
    cr_expect_float_eq(found.low, -0.517, 5.1e-4, "%g", found.low);
    cr_expect_float_eq(found.high, -0.026, 5.1e-4, "%g", found.high);
    found = paired_proportions(&large, 0.9);
    cr_expect_float_eq(found.low, -0.0148, 5.1e-5, "%g", found.low);
    cr_expect_float_eq(found.high, 0.0247, 5.1e-5, "%g", found.high);
}

static double log_likelihood(const struct paired_counts *counts, double q, double d)
{
    double same = (double)(counts->both + counts->neither), total = 0.0;
    if (counts->first_only > 0)
        total += (double)counts->first_only * log(q + d);
    if (counts->second_only > 0)
        total += (double)counts->second_only * log(q);
    return same > 0.0 ? total + same * log(1.0 - d - 2.0 * q) : total;
}

/* The score statistic with the likeliest q found by ternary search, not by its quadratic. */
static double score(const struct paired_counts *counts, double d)
{
    double low = fmax(0.0, -d), high = 0.5 * (1.0 - d), n = (double)paired_total(counts);
    for (int i = 0; i < 200; i++) {
        double a = low + (high - low) / 3.0, b = high - (high - low) / 3.0;
        if (log_likelihood(counts, a, d) < log_likelihood(counts, b, d))
            low = a;
        else
            high = b;
    }
    double off = (double)counts->first_only - (double)counts->second_only - n * d;
    return off / sqrt(n * (low + high + d - d * d));
}

/* At its ends the score test just rejects, and inside it does not. Twin: Wald's ends. */
Test(paired, ends_solve_the_score_equation)
{
    double z = gsl_cdf_ugaussian_Pinv(0.975);
    for (uint64_t first = 0; first < 9; first += 2)
        for (uint64_t second = 0; second < 13; second += 3) {
            struct paired_counts counts = {5, first, second, 17};
            struct difference found = paired_proportions(&counts, 0.95);
            cr_expect_float_eq(score(&counts, found.low), z, 1e-5);
            cr_expect_float_eq(score(&counts, found.high), -z, 1e-5);
            for (double share = 0.05; share < 1.0; share += 0.1)
                cr_expect_lt(fabs(score(&counts, found.low + share * (found.high - found.low))), z);
        }
    struct paired_counts counts = {5, 2, 9, 17};
    double p = 2.0 / 33, q = 9.0 / 33, wald = z * sqrt((p + q - (p - q) * (p - q)) / 33);
    cr_expect_gt(fabs(score(&counts, p - q + wald) + z), 0.01, "twin");
}

/* The first and second scenario exchanged mirror the interval and keep the p-value. */
Test(paired, exchange_mirrors)
{
    struct paired_counts counts = {40, 3, 11, 7}, mirror = {40, 11, 3, 7};
    struct difference a = paired_proportions(&counts, 0.9), b = paired_proportions(&mirror, 0.9);
    cr_expect_float_eq(a.low, -b.high, 1e-14);
    cr_expect_float_eq(a.high, -b.low, 1e-14);
    cr_expect_eq(a.p_value, b.p_value);
    cr_expect_float_eq(a.variance_ratio, b.variance_ratio, 1e-15);
}

/* P(the interval holds the truth), summed over all counts of n pairs. */
static double coverage(double first, double second, unsigned n, bool wald)
{
    double covered = 0.0, z = gsl_cdf_ugaussian_Pinv(0.975);
    const double p[] = {first, second, 1.0 - first - second};
    for (unsigned x = 0; x <= n; x++)
        for (unsigned y = 0; x + y <= n; y++) {
            struct paired_counts counts = {0, x, y, n - x - y};
            struct difference found = paired_proportions(&counts, 0.95);
            double d = found.estimate, half = z * sqrt(((x + y) / (double)n - d * d) / n);
            double low = wald ? d - half : found.low, high = wald ? d + half : found.high;
            if (low <= first - second && first - second <= high)
                covered += gsl_ran_multinomial_pdf(3, p, (unsigned[]){x, y, n - x - y});
        }
    return covered;
}

/* Exact, no chance: at 1 to 6 expected pairs that disagree of 40, the interval covers 93.5 % or
 * more (95 % nominal; the least on a wide grid of n and p was 93.4). Twin: Wald's, under 85 %. */
Test(paired, coverage_at_small_discordant_counts)
{
    const double first[] = {0.005, 0.02, 0.05, 0.1, 0.003},
                 second[] = {0.02, 0.02, 0.1, 0.01, 0.15};
    double least = 1.0, least_wald = 1.0, sum = 0.0;
    for (int i = 0; i < 5; i++) {
        double found = coverage(first[i], second[i], 40, false);
        least = fmin(least, found);
        least_wald = fmin(least_wald, coverage(first[i], second[i], 40, true));
        sum += found;
    }
    cr_expect_gt(least, 0.935, "%g", least);
    cr_expect_lt(sum / 5, 0.985, "not merely wide: %g", sum / 5);
    cr_expect_lt(least_wald, 0.85, "twin: %g", least_wald);
}

Test(paired, p_values_are_exact)
{
    struct paired_counts counts = {100, 1, 7, 3}, even = {10, 4, 4, 10};
    cr_expect_float_eq(paired_proportions(&counts, 0.95).p_value, 2.0 * 9.0 / 256.0, 1e-14);
    cr_expect_float_eq(paired_p_above(&counts), 255.0 / 256.0, 1e-14);
    cr_expect_eq(paired_proportions(&even, 0.95).p_value, 1.0);
    /* where the exact one ends, the normal one goes on; without the correction it would not */
    struct paired_counts below = {0, 470, 530, 0}, above = {0, 470, 531, 0};
    double exact = paired_proportions(&below, 0.95).p_value;
    double binomial = 2.0 * gsl_cdf_binomial_P(470, 0.5, 1001);
    cr_expect_float_eq(paired_proportions(&above, 0.95).p_value / binomial, 1.0, 1e-3);
    cr_expect_gt(fabs(2.0 * gsl_cdf_ugaussian_Q(60.0 / sqrt(1000.0)) / exact - 1.0), 0.02, "twin");
}

Test(paired, nothing_differs)
{
    struct paired_counts none = {0}, alike = {30, 0, 0, 20}, never = {0, 0, 0, 50};
    double z2 = pow(gsl_cdf_ugaussian_Pinv(0.975), 2);
    struct difference found = paired_proportions(&none, 0.95);
    cr_expect(isnan(found.estimate) && found.low == -1.0 && found.high == 1.0);
    cr_expect(found.p_value == 1.0 && isnan(found.variance_ratio));
    found = paired_proportions(&alike, 0.95);
    cr_expect_float_eq(found.high, z2 / (50.0 + z2), 1e-14, "n d^2 = z^2 d (1 - d)");
    cr_expect_float_eq(found.low, -z2 / (50.0 + z2), 1e-14);
    cr_expect(found.estimate == 0.0 && found.p_value == 1.0 && found.variance_ratio == 0.0);
    cr_expect(isnan(paired_proportions(&never, 0.95).variance_ratio), "nothing varies");
    struct paired_counts opposite = {0, 50, 0, 0};
    found = paired_proportions(&opposite, 0.95);
    cr_expect(found.estimate == 1.0 && found.high == 1.0 && found.low < 1.0 && found.low > 0.85);
}

/* Independent scenarios gain nothing, opposite ones lose. */
Test(paired, variance_ratio_of_proportions)
{
    struct paired_counts independent = {12, 18, 28, 42}, opposite = {0, 40, 60, 0};
    cr_expect_float_eq(paired_proportions(&independent, 0.95).variance_ratio, 1.0, 1e-14);
    cr_expect_float_eq(paired_proportions(&opposite, 0.95).variance_ratio, 2.0, 1e-14);
    struct paired_counts close = {398, 7, 2, 593};
    double d = 0.005, p = 0.405, q = 0.4, ratio = (0.009 - d * d) / (p * (1 - p) + q * (1 - q));
    cr_expect_float_eq(paired_proportions(&close, 0.95).variance_ratio, ratio, 1e-14);
}

/* Student's 97.5 % quantile of 4 degrees is 2.776445. */
Test(paired, means)
{
    struct paired_values values = {5, 2.385, 1.3, 4.0, 3.0};
    struct difference found = paired_means(&values, 0.95);
    cr_expect_float_eq(found.high - 2.385, 2.776445 * 1.3 / sqrt(5.0), 1e-6);
    cr_expect_float_eq(found.low + found.high, 2 * 2.385, 1e-14);
    cr_expect_float_eq(found.variance_ratio, 1.69 / 25.0, 1e-15);
    values.mean = 2.776445105 * 1.3 / sqrt(5.0);
    cr_expect_float_eq(paired_means(&values, 0.95).p_value, 0.05, 1e-9);
}

Test(paired, means_of_few_or_of_equal_values)
{
    struct paired_values none = {0, NAN, NAN, NAN, NAN}, one = {1, 3.0, NAN, NAN, NAN};
    struct paired_values same = {9, 0.0, 0.0, 2.0, 2.0}, shifted = {9, 1.5, 0.0, 0.0, 0.0};
    struct difference found = paired_means(&none, 0.95);
    cr_expect(isnan(found.estimate) && found.low == -INFINITY && found.p_value == 1.0);
    found = paired_means(&one, 0.95);
    cr_expect(found.estimate == 3.0 && found.high == INFINITY && found.p_value == 1.0);
    found = paired_means(&same, 0.95);
    cr_expect(found.low == 0.0 && found.high == 0.0 && found.p_value == 1.0);
    cr_expect_eq(found.variance_ratio, 0.0);
    found = paired_means(&shifted, 0.95);
    cr_expect(found.low == 1.5 && found.p_value == 0.0 && isnan(found.variance_ratio));
    none.count = 5;
    cr_expect(isnan(paired_means(&none, 0.95).p_value), "NaN in, NaN out");
}

Test(paired, bits_are_counted_as_one_by_one)
{
    enum { WORDS = 4 };
    uint64_t a[WORDS], b[WORDS];
    struct draw_stream stream = {385, 2};
    for (uint32_t i = 0; i < WORDS; i++) {
        struct draw_uniforms drawn =
            draw(&stream, (struct draw_agent){7, i}, draw_when(MONTH_NEVER, PURPOSE_MACRO, 0));
        a[i] = (uint64_t)(drawn.u[0] * 0x1p32) << 32 | (uint64_t)(drawn.u[1] * 0x1p32);
        b[i] = (uint64_t)(drawn.u[2] * 0x1p32) << 32 | (uint64_t)(drawn.u[3] * 0x1p32);
    }
    for (size_t count = 0; count <= 64 * WORDS; count += 1 + count / 9) {
        struct paired_counts found = paired_count_bits(a, b, count), plain = {0};
        for (size_t i = 0; i < count; i++) {
            bool x = a[i / 64] >> i % 64 & 1, y = b[i / 64] >> i % 64 & 1;
            struct paired_counts one = {x && y, x && !y, y && !x, !x && !y};
            paired_merge(&plain, &one);
        }
        cr_expect(found.both == plain.both && found.first_only == plain.first_only);
        cr_expect(found.second_only == plain.second_only && found.neither == plain.neither);
        cr_expect_eq(paired_total(&found), count);
    }
}
