/* Bands against a law whose band is known, where it is hardest: rare targets, few rows, much and
 * little chance; and cross-fitted predictions, which hold no noise of their own row. */
#include "stats/band.h"

#include "math/cdf.h"
#include "random/draw.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { FEATURES = 12, MOST_ROWS = 3000, SETS = 60 };

/* Scores s = line of x + what no line tells of x + chance, normal all, and met above a threshold.
 * So p(x) = Phi((f + u - threshold) / chance), whose probit is normal. */
struct law {
    size_t rows;
    double line, rest, chance, threshold; /* standard deviations */
};

struct sample {
    float feature[MOST_ROWS * FEATURES];
    size_t at[MOST_ROWS];
    double score[MOST_ROWS], inner[MOST_ROWS], predicted[MOST_ROWS];
    bool met[MOST_ROWS];
};

static double normal(uint64_t set, size_t row, size_t which)
{
    const struct draw_stream stream = {set, (uint32_t)row};
    const struct draw_agent agent = {(uint32_t)which, 77};
    return cdf_normal_quantile(draw(&stream, agent, draw_when(0, PURPOSE_UNCERTAIN, 0)).u[0]);
}

static struct band band_of_law(const struct law *law, uint64_t set, struct sample *sample)
{
    struct faults faults = {0};
    for (size_t row = 0; row < law->rows; row++) {
        double known = law->rest * normal(set, row, 100);
        for (size_t i = 0; i < FEATURES; i++) {
            double z = normal(set, row, i);
            sample->feature[row * FEATURES + i] = (float)(3.0 + 0.2 * z);
            known += law->line * z / sqrt(FEATURES);
        }
        sample->at[row] = row;
        sample->score[row] = known + law->chance * normal(set, row, 101) - law->threshold;
        sample->inner[row] = row % 9 != 0
                                 ? (double)NAN
                                 : known + law->chance * normal(set, row, 102) - law->threshold;
        sample->met[row] = sample->score[row] >= 0.0;
    }
    const struct cross_fit_rows data = {law->rows,       FEATURES,   1,
                                        sample->feature, sample->at, sample->score};
    cr_assert(cross_fit(&data, sample->predicted, &faults));
    return band_of(&(struct band_rows){law->rows, sample->predicted, sample->score, sample->inner,
                                       sample->met});
}

/* What the law says: quantiles of the probability, and shares below 1 % and above 50 %. */
struct truth {
    double p05, p95, below_1, above_50;
};

static struct truth truth_of(const struct law *law)
{
    double mean = -law->threshold / law->chance;
    double sd = sqrt(law->line * law->line + law->rest * law->rest) / law->chance;
    return (struct truth){cdf_normal_below(mean + sd * cdf_normal_quantile(0.05)),
                          cdf_normal_below(mean + sd * cdf_normal_quantile(0.95)),
                          cdf_normal_below((cdf_normal_quantile(0.01) - mean) / sd),
                          cdf_normal_above(-mean / sd)};
}

static bool holds(struct band_number number, double truth)
{
    return number.low <= truth && truth <= number.high;
}

/* How many intervals of SETS hold the truth, at least, and how many bands are told. */
static void expect_coverage(const struct law *law, size_t fewest)
{
    struct sample *sample = malloc(sizeof *sample);
    struct truth truth = truth_of(law), other = truth_of(&(struct law){0, 0.1, 0.0, 1.0, -2.0});
    size_t held[4] = {0}, told = 0, mistaken = 0;
    cr_assert(sample != NULL);
    for (uint64_t set = 0; set < SETS; set++) {
        struct band band = band_of_law(law, set, sample);
        told += band.told;
        held[0] += holds(band.p05, truth.p05);
        held[1] += holds(band.p95, truth.p95);
        held[2] += holds(band.below_1, truth.below_1);
        held[3] += holds(band.above_50, truth.above_50);
        mistaken += holds(band.p95, other.p95);
    }
    cr_expect_eq(told, (size_t)SETS);
    for (size_t i = 0; i < 4; i++)
        cr_expect_geq(held[i], fewest, "number %zu: %zu of %d", i, held[i], SETS);
    cr_expect_lt(mistaken, (size_t)SETS / 4, "twin: another law");
    free(sample);
}

/* Nominal: 57 of 60. Binomial chance of fewer than 51 where 95 % is right: 0.1 %; each statement is
 * of four numbers. */
Test(band, covers_where_parameters_decide_much)
{
    expect_coverage(&(struct law){2000, 1.0, 0.0, 0.3, 0.4}, 51);
}

Test(band, covers_where_a_line_tells_half)
{
    expect_coverage(&(struct law){3000, 0.5, 0.5, 0.7, 0.2}, 50);
}

Test(band, covers_rare_targets)
{
    expect_coverage(&(struct law){3000, 0.8, 0.2, 0.5, 2.0}, 50);
}

/* Where parameters decide nothing, the band is about the probability, and its ends' intervals reach
 * it. */
Test(band, shrinks_to_a_point)
{
    struct sample *sample = malloc(sizeof *sample);
    const struct law law = {3000, 0.0, 0.0, 1.0, 0.5};
    const double p = cdf_normal_below(-0.5);
    size_t reach = 0;
    cr_assert(sample != NULL);
    for (uint64_t set = 0; set < SETS; set++) {
        struct band band = band_of_law(&law, set, sample);
        cr_expect(band.p05.value < p + 0.035 && band.p95.value > p - 0.035);
        cr_expect_lt(band.p95.value - band.p05.value, 0.55, "set %lu", set);
        reach += band.p05.high > p - 0.03 && band.p95.low < p + 0.03;
    }
    cr_expect_geq(reach, (size_t)45, "%zu of %d", reach, SETS);
    free(sample);
}

Test(band, says_nothing_of_what_hardly_happens)
{
    struct sample *sample = malloc(sizeof *sample);
    cr_assert(sample != NULL);
    struct band band = band_of_law(&(struct law){1000, 0.3, 0.0, 0.5, 4.0}, 1, sample);
    cr_expect(!band.told && isnan(band.p05.value) && isnan(band.above_50.high));
    free(sample);
}

/* Of pure noise no row is predicted by itself: predictions and responses do not go together. Twin:
 * a fit to all rows at once would show a correlation of sqrt(d / n), 0.35. */
Test(cross_fit, predictions_hold_no_noise_of_their_own_row)
{
    struct sample *sample = malloc(sizeof *sample);
    const struct law noise = {100, 0.0, 0.0, 1.0, 0.0};
    double product = 0.0;
    cr_assert(sample != NULL);
    for (uint64_t set = 0; set < 200; set++) {
        band_of_law(&noise, set, sample);
        for (size_t row = 0; row < noise.rows; row++)
            product += sample->predicted[row] * sample->score[row] / (200.0 * 100.0);
    }
    cr_expect_lt(product, 0.01, "%g", product);
    free(sample);
}

Test(cross_fit, finds_the_line)
{
    struct sample *sample = malloc(sizeof *sample);
    const struct law law = {2000, 1.0, 0.0, 0.1, 0.0};
    double misses = 0.0;
    cr_assert(sample != NULL);
    band_of_law(&law, 3, sample);
    for (size_t row = 0; row < law.rows; row++) {
        double miss = sample->predicted[row] - sample->score[row];
        misses += miss * miss / (double)law.rows;
    }
    cr_expect_float_eq(sqrt(misses), 0.1, 0.01, "%g", sqrt(misses));
    free(sample);
}
