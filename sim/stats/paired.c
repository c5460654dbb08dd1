#include "stats/paired.h"

#include "math/cdf.h"

#include <math.h>

enum { EXACT_DISCORDANT = 1000, BISECTIONS = 60 };

uint64_t paired_total(const struct paired_counts *counts)
{
    return counts->both + counts->first_only + counts->second_only + counts->neither;
}

void paired_merge(struct paired_counts *counts, const struct paired_counts *other)
{
    counts->both += other->both;
    counts->first_only += other->first_only;
    counts->second_only += other->second_only;
    counts->neither += other->neither;
}

struct paired_counts paired_count_bits(const uint64_t *first, const uint64_t *second, size_t count)
{
    struct paired_counts counts = {0};
    for (size_t word = 0; word * 64 < count; word++) {
        size_t left = count - word * 64;
        uint64_t used = left < 64 ? (UINT64_C(1) << left) - 1 : UINT64_MAX;
        uint64_t a = first[word] & used, b = second[word] & used;
        counts.both += (uint64_t)__builtin_popcountll(a & b);
        counts.first_only += (uint64_t)__builtin_popcountll(a & ~b);
        counts.second_only += (uint64_t)__builtin_popcountll(b & ~a);
    }
    counts.neither = count - counts.both - counts.first_only - counts.second_only;
    return counts;
}

/* Variance of one pair's difference if the true difference is d: 2 q + d (1 - d), with q the
 * likeliest probability of second_only under that d, the larger root of
 * 2 n q^2 + (2 n d - (first + second) - (first - second) d) q - second d (1 - d) = 0. */
static double restricted_variance(const struct paired_counts *counts, double n, double d)
{
    double first = (double)counts->first_only, second = (double)counts->second_only;
    double linear = (2.0 * n - first + second) * d - first - second;
    double constant = -second * d * (1.0 - d);
    double root = sqrt(fmax(0.0, linear * linear - 8.0 * n * constant));
    double q = (root - linear) / (4.0 * n);
    return fmax(0.0, 2.0 * q + d * (1.0 - d));
}

/* The difference between `inside`, where the score test accepts, and `outside`, where it does not
 * (or the end of the range), at which it turns. */
static double tango_limit(const struct paired_counts *counts, double z, double inside,
                          double outside)
{
    double n = (double)paired_total(counts), found = inside;
    for (int i = 0; i < BISECTIONS; i++) {
        double d = 0.5 * (inside + outside), from = found - d;
        if (n * from * from <= z * z * restricted_variance(counts, n, d))
            inside = d;
        else
            outside = d;
    }
    return outside;
}

/* Twice the tail of a fair coin at the count seen, or one tail alone. */
static double fair_tail(uint64_t at_least, uint64_t total)
{
    if (total <= EXACT_DISCORDANT)
        return at_least == 0 ? 1.0 : cdf_binomial_above(at_least - 1, 0.5, total);
    double half = 0.5 * (double)total;
    return cdf_normal_above(((double)at_least - half - 0.5) / sqrt(0.5 * half));
}

double paired_p_above(const struct paired_counts *counts)
{
    return fair_tail(counts->first_only, counts->first_only + counts->second_only);
}

static double paired_p_two_sided(const struct paired_counts *counts)
{
    uint64_t first = counts->first_only, second = counts->second_only;
    return fmin(1.0, 2.0 * fair_tail(first > second ? first : second, first + second));
}

static double ratio_of_variances(double of_difference, double of_first, double of_second)
{
    double independent = of_first + of_second;
    return independent > 0.0 ? of_difference / independent : NAN;
}

static double proportions_variance_ratio(const struct paired_counts *counts, double n)
{
    double first = (double)counts->first_only / n, second = (double)counts->second_only / n;
    double both = (double)counts->both / n, neither = (double)counts->neither / n;
    double of_difference = first + second - (first - second) * (first - second);
    return ratio_of_variances(of_difference, (both + first) * (neither + second),
                              (both + second) * (neither + first));
}

struct difference paired_proportions(const struct paired_counts *counts, double confidence)
{
    if (paired_total(counts) == 0)
        return (struct difference){NAN, -1.0, 1.0, 1.0, NAN};
    double n = (double)paired_total(counts);
    double estimate = ((double)counts->first_only - (double)counts->second_only) / n;
    double z = cdf_normal_quantile(0.5 + 0.5 * confidence);
    return (struct difference){
        .estimate = estimate,
        .low = tango_limit(counts, z, estimate, -1.0),
        .high = tango_limit(counts, z, estimate, 1.0),
        .p_value = paired_p_two_sided(counts),
        .variance_ratio = proportions_variance_ratio(counts, n),
    };
}

/* Two-sided p-value of a mean that is zero. */
static double student_p(double mean, double error, double freedom)
{
    if (error > 0.0)
        return 2.0 * cdf_t_above(fabs(mean) / error, freedom);
    if (isnan(mean) || isnan(error))
        return NAN;
    return mean == 0.0 ? 1.0 : 0.0;
}

struct difference paired_means(const struct paired_values *values, double confidence)
{
    if (values->count < 2)
        return (struct difference){values->count == 0 ? NAN : values->mean, -INFINITY, INFINITY,
                                   1.0, NAN};
    double n = (double)values->count, error = values->sd / sqrt(n);
    double half = error * cdf_t_quantile(0.5 + 0.5 * confidence, n - 1.0);
    return (struct difference){
        .estimate = values->mean,
        .low = values->mean - half,
        .high = values->mean + half,
        .p_value = student_p(values->mean, error, n - 1.0),
        .variance_ratio =
            ratio_of_variances(values->sd * values->sd, values->sd_first * values->sd_first,
                               values->sd_second * values->sd_second),
    };
}
