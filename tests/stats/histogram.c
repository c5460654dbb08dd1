/* Dyadic histograms against exact sorted quantiles. */
#include "stats/histogram.h"

#include "support/same.h"

#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 5000 };

static double value[COUNT];

static void clear(struct histogram *histogram)
{
    free(histogram->bin);
    *histogram = (struct histogram){.bin = calloc(HISTOGRAM_BINS, sizeof *histogram->bin)};
    cr_assert_not_null(histogram->bin);
}

static struct histogram of(const double *from, size_t count)
{
    struct histogram histogram = {0};
    clear(&histogram);
    for (size_t i = 0; i < count; i++)
        histogram_add(&histogram, from[i]);
    return histogram;
}

/* Values of several shapes: kind 0 to 4. */
static void fill(int kind, unsigned long seed)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    gsl_rng_set(rng, seed);
    for (size_t i = 0; i < COUNT; i++) {
        double normal = gsl_ran_ugaussian(rng);
        const double kinds[] = {2.385 + normal, 1e5 * exp(2.0 * normal), -3.0 * exp(normal),
                                floor(700.0 + 90.0 * normal), 1e-7 * normal};
        value[i] = kinds[kind];
    }
    gsl_rng_free(rng);
}
enum { KINDS = 5 };

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void shuffle(unsigned long seed)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    gsl_rng_set(rng, seed);
    gsl_ran_shuffle(rng, value, COUNT, sizeof *value);
    gsl_rng_free(rng);
}

static const double shares[] = {0.0, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1.0};
enum { SHARES = sizeof shares / sizeof *shares };

/* The p-quantile lies within a bin of a value of rank p n; a bin is under 2/1000 of the range.
 * Twin: the quantile 2 % of ranks further does not. */
Test(histogram, quantiles_are_a_bin_from_exact_ones)
{
    for (int kind = 0; kind < KINDS; kind++) {
        fill(kind, 11);
        struct histogram histogram = of(value, COUNT);
        qsort(value, COUNT, sizeof *value, by_size);
        double range = value[COUNT - 1] - value[0], bin = ldexp(1.0, histogram.exponent);
        cr_expect(bin <= fmax(2.0 * range / HISTOGRAM_BINS, 0x1p-40), "kind %d", kind);
        for (size_t i = 0; i < SHARES; i++) {
            size_t rank = (size_t)fmax(ceil(shares[i] * COUNT) - 1.0, 0.0);
            double found = histogram_quantile(&histogram, shares[i], false);
            cr_expect(fabs(found - value[rank]) <= bin, "kind %d, p %g", kind, shares[i]);
            cr_expect(found >= value[0] && found <= value[COUNT - 1], "p %g", shares[i]);
        }
        double off = histogram_quantile(&histogram, 0.92, false);
        cr_expect(kind > 0 || fabs(off - value[(size_t)(0.95 * COUNT)]) > 2.0 * bin, "twin");
        free(histogram.bin);
    }
}

/* Whole numbers that span less than the bins have exact quantiles: those of the sorted values. */
Test(histogram, whole_numbers_are_exact)
{
    fill(3, 12);
    struct histogram histogram = of(value, COUNT);
    qsort(value, COUNT, sizeof *value, by_size);
    cr_assert_lt(value[COUNT - 1] - value[0], HISTOGRAM_BINS - 1);
    for (int i = 1; i <= 1000; i++) {
        size_t rank = (size_t)(ceil(i / 1000.0 * COUNT) - 1.0);
        cr_expect_eq(histogram_quantile(&histogram, i / 1000.0, true), value[rank], "%d", i);
    }
    free(histogram.bin);
}

Test(histogram, few_whole_numbers_are_exact)
{
    const double few[] = {7, 3, 3, 8};
    struct histogram histogram = of(few, 4);
    cr_expect_eq(histogram_quantile(&histogram, 0.0, true), 3);
    cr_expect_eq(histogram_quantile(&histogram, 0.5, true), 3);
    cr_expect_eq(histogram_quantile(&histogram, 0.51, true), 7);
    cr_expect_eq(histogram_quantile(&histogram, 0.75, true), 7);
    cr_expect_eq(histogram_quantile(&histogram, 0.76, true), 8);
    cr_expect_eq(histogram_quantile(&histogram, 1.0, true), 8);
    free(histogram.bin);
}

/* Bit for bit: sorted, reversed and shuffled. Twin: one value moved. */
Test(histogram, order_does_not_matter)
{
    for (int kind = 0; kind < KINDS; kind++) {
        fill(kind, 13);
        struct histogram drawn = of(value, COUNT);
        qsort(value, COUNT, sizeof *value, by_size);
        struct histogram rising = of(value, COUNT);
        shuffle(14);
        struct histogram shuffled = of(value, COUNT);
        value[0] += ldexp(3.0, drawn.exponent);
        struct histogram moved = of(value, COUNT);
        cr_expect(same_histogram(&drawn, &rising), "kind %d", kind);
        cr_expect(same_histogram(&drawn, &shuffled), "kind %d", kind);
        cr_expect(!same_histogram(&drawn, &moved), "twin, kind %d", kind);
        free(drawn.bin);
        free(rising.bin);
        free(shuffled.bin);
        free(moved.bin);
    }
}

/* Bit for bit, wherever cut, either part first, empty parts too. */
Test(histogram, parts_merge_to_the_whole)
{
    const size_t cuts[] = {0, 1, 7, COUNT / 2, COUNT - 1, COUNT};
    for (int kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
            fill(kind, 15);
            struct histogram whole = of(value, COUNT), left = of(value, cuts[i]);
            struct histogram right = of(value + cuts[i], COUNT - cuts[i]);
            struct histogram other = of(value, cuts[i]);
            histogram_merge(&left, &right);
            histogram_merge(&right, &other);
            cr_expect(same_histogram(&whole, &left), "kind %d, cut %zu", kind, cuts[i]);
            cr_expect(same_histogram(&whole, &right), "kind %d, cut %zu", kind, cuts[i]);
            free(whole.bin);
            free(left.bin);
            free(right.bin);
            free(other.bin);
        }
}

/* Bit for bit, as many at once as may be: nothing, one value, some, all. Twin: one left out. */
Test(histogram, many_at_once_are_the_same_as_one_by_one)
{
    const size_t sizes[] = {1, 2, 64, 999, COUNT};
    for (int kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            fill(kind, 16);
            struct histogram single = of(value, COUNT), many = {0}, fewer = {0};
            clear(&many);
            clear(&fewer);
            histogram_add_many(&many, value, 0);
            cr_expect_eq(many.count, 0);
            for (size_t at = 0; at < COUNT; at += sizes[i]) {
                size_t count = at + sizes[i] < COUNT ? sizes[i] : COUNT - at;
                histogram_add_many(&many, value + at, count);
                histogram_add_many(&fewer, value + at, at == 0 ? count - 1 : count);
            }
            cr_expect(same_histogram(&single, &many), "kind %d, %zu at once", kind, sizes[i]);
            cr_expect(!same_histogram(&single, &fewer), "twin, kind %d, %zu at once", kind,
                      sizes[i]);
            free(single.bin);
            free(many.bin);
            free(fewer.bin);
        }
}

/* Values so far apart that the small ones' bins shrink by any power of two: counts are kept, and
 * the order does not matter. */
Test(histogram, holds_wide_spans)
{
    const double wide[] = {1.25, 0.0, -3e-9, 7e5, 2e18, 1e22, -1e25, 1e60, 1e200};
    enum { WIDE = sizeof wide / sizeof *wide };
    for (size_t n = 2; n <= WIDE; n++) {
        double turned[WIDE];
        for (size_t i = 0; i < n; i++)
            turned[i] = wide[n - 1 - i];
        struct histogram rising = of(wide, n), falling = of(turned, n), at_once = {0};
        clear(&at_once);
        histogram_add_many(&at_once, wide, n);
        cr_expect(same_histogram(&rising, &falling) && same_histogram(&rising, &at_once),
                  "%zu values", n);
        size_t kept = 0;
        for (size_t i = 0; i < HISTOGRAM_BINS; i++)
            kept += rising.bin[i];
        cr_expect_eq(kept, n);
        cr_expect_lt(rising.last - rising.first, HISTOGRAM_BINS);
        qsort(turned, n, sizeof *turned, by_size);
        cr_expect_eq(histogram_quantile(&rising, 0.0, false), turned[0]);
        cr_expect_eq(histogram_quantile(&rising, 1.0, false), turned[n - 1]);
        free(rising.bin);
        free(falling.bin);
        free(at_once.bin);
    }
}

Test(histogram, of_nothing_or_of_one_value)
{
    struct histogram none = of(NULL, 0), one = of(&(double){-2.385}, 1);
    cr_expect(isnan(histogram_quantile(&none, 0.5, false)));
    cr_expect_eq(histogram_quantile(&one, 0.0, false), -2.385);
    cr_expect_eq(histogram_quantile(&one, 0.5, false), -2.385);
    cr_expect_eq(histogram_quantile(&one, 1.0, false), -2.385);
    free(none.bin);
    free(one.bin);
}

Test(histogram, refuses_what_is_not_finite, .signal = SIGABRT)
{
    struct histogram histogram = of(&(double){NAN}, 1);
    free(histogram.bin);
}

Test(histogram, refuses_what_is_not_finite_among_others, .signal = SIGABRT)
{
    struct histogram histogram = of((const double[]){1.0, 3.0}, 2);
    histogram_add_many(&histogram, (const double[]){1.5, NAN, 2.5}, 3);
    free(histogram.bin);
}

Test(histogram, refuses_the_infinite, .signal = SIGABRT)
{
    struct histogram histogram = of((const double[]){1.0, 3.0}, 2);
    histogram_add_many(&histogram, (const double[]){1.5, -INFINITY}, 2);
    free(histogram.bin);
}

/* A mass at 0 beside values that share its bin: 65 of 100 at 0 have a median of 0, in parts too. */
Test(histogram, quantiles_at_a_mass_at_zero)
{
    uint32_t bins[3][HISTOGRAM_BINS] = {{0}};
    struct histogram all = {.bin = bins[0]}, part = {.bin = bins[1]}, merged = {.bin = bins[2]};
    for (int i = 0; i < 100; i++) {
        double value = i < 65 ? 0.0 : 0.7 + 900.0 * (i - 65) / 34.0;
        histogram_add(&all, value);
        histogram_add(i % 2 == 0 ? &part : &merged, value);
    }
    histogram_merge(&merged, &part);
    const struct histogram *each[] = {&all, &merged};
    for (size_t i = 0; i < 2; i++) {
        cr_expect_eq(histogram_quantile(each[i], 0.05, false), 0.0);
        cr_expect_eq(histogram_quantile(each[i], 0.5, false), 0.0);
        cr_expect_eq(histogram_quantile(each[i], 0.65, false), 0.0);
        cr_expect_gt(histogram_quantile(each[i], 0.66, false), 0.0);
        cr_expect_gt(histogram_quantile(each[i], 0.95, false), 700.0);
    }
    cr_expect_eq(all.zeros, 65u);
}
