/* Addresses of chance, and draws from discrete distributions against GSL's. */
#include "random/draw.h"

#include "support/statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

enum { COUNT = 20000, SIDE = 8 };

static const double alone[] = {0.5, 0.0};

/* Uniforms 0 of addresses that differ from a fixed one in a single component. */
struct address {
    struct draw_stream stream;
    struct draw_agent agent;
    uint32_t month, purpose, index;
};

static struct address plain(uint32_t i)
{
    /* i runs through agents, so that a pair of streams is compared over many addresses */
    return (struct address){{4711, 3}, {0x8f3a11c7, draw_born(24252, i)}, 24260, PURPOSE_MONTHS, 0};
}

static struct address neighbour(uint32_t i, int component)
{
    struct address at = plain(i);
    at.stream.seed += component == 0;
    at.stream.seed += component == 1 ? UINT64_C(1) << 32 : 0;
    at.stream.replicate += component == 2;
    at.agent.born += component == 3 ? 1 << 20 : 0;
    at.agent.origin += component == 4;
    at.month += component == 5;
    at.purpose += component == 6;
    at.index += component == 7;
    return at;
}
enum { COMPONENTS = 8 };

static struct draw_uniforms drawn_at(struct address at)
{
    return draw(&at.stream, at.agent, draw_when((int)at.month, at.purpose, at.index));
}

/* Chi-square of the pairs' counts in SIDE x SIDE cells: uniform and independent at once. */
static double fit_pairs(const double *x, const double *y, size_t count)
{
    double observed[SIDE * SIDE] = {0}, expected[SIDE * SIDE];
    for (size_t i = 0; i < count; i++)
        observed[(size_t)(x[i] * SIDE) * SIDE + (size_t)(y[i] * SIDE)]++;
    for (size_t i = 0; i < SIDE * SIDE; i++)
        expected[i] = (double)count / (SIDE * SIDE);
    return fit_counts(observed, expected, SIDE * SIDE);
}

/* The stream of each address is uniform, and independent of that of the next seed (low and high
 * word), replicate, month of birth, origin, step, purpose and index. 8 x 8 cells and correlation:
 * 64 tests at 1e-4. Twin: a generator that ignores the component gives the same stream twice. */
Test(draw, streams_of_neighbouring_addresses_are_independent)
{
    static double here[COUNT], there[COUNT];
    for (int component = 0; component < COMPONENTS; component++)
        for (int k = 0; k < 4; k++) {
            for (uint32_t i = 0; i < COUNT; i++) {
                here[i] = drawn_at(plain(i)).u[k];
                there[i] = drawn_at(neighbour(i, component)).u[(k + 1) % 4];
                if (k == 3)
                    there[i] = drawn_at(neighbour(i, component)).u[k];
            }
            EXPECT_FIT(fit_pairs(here, there, COUNT));
            EXPECT_FIT(fit_correlation(here, there, COUNT, 0.0));
        }
    EXPECT_MISFIT(fit_pairs(here, here, COUNT));
}

/* Serial test of neighbouring ranks, and of the four uniforms of one block. */
Test(draw, neighbouring_ranks_and_uniforms_of_a_block_are_independent)
{
    static double u[5][COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        struct draw_uniforms block = drawn_at(plain(2 * i));
        for (int k = 0; k < 4; k++)
            u[k][i] = block.u[k];
        u[4][i] = drawn_at(plain(2 * i + 1)).u[0];
    }
    for (int a = 0; a < 5; a++)
        for (int b = 0; b < a; b++)
            EXPECT_FIT(fit_pairs(u[a], u[b], COUNT));
    for (size_t i = 0; i < COUNT; i++) /* twin: one bit in ten copied from its neighbour */
        u[1][i] = i % 10 == 0 ? u[0][i] : u[1][i];
    EXPECT_MISFIT(fit_pairs(u[0], u[1], COUNT));
}

/* No two addresses of a run collide: packing is one to one. */
Test(draw, packing_keeps_components_apart)
{
    cr_expect_neq(draw_born(24252, 5), draw_born(24253, 5));
    cr_expect_neq(draw_born(MONTH_NEVER, 5), draw_born(MONTH_FIRST, 5));
    cr_expect_neq(draw_born(24252, DRAW_RANKS - 1), draw_born(24253, 0));
    cr_expect_neq(draw_when(24252, PURPOSE_MACRO, DRAW_INDICES - 1),
                  draw_when(24252, PURPOSE_SHOCK, 0));
    cr_expect_eq(draw_born(MONTH_LAST, 0) >> 20, MONTH_LAST - MONTH_FIRST + 1);
    cr_expect_lt((unsigned)PURPOSE_COUNT, 1u << 8, "purposes fit the bits above the index");
}

/* P(n - 1) < u <= P(n), with room for the last bits of either sum. */
static bool is_poisson_quantile(uint32_t n, double u, double mean)
{
    double slack = 1e-12;
    if (mean == 0.0) /* GSL's takes none */
        return n == 0;
    bool reaches = gsl_cdf_poisson_P(n, mean) >= u - slack;
    return reaches && (n == 0 || gsl_cdf_poisson_P(n - 1, mean) < u + slack);
}

static const double means[] = {0.0,   0.003, 0.4,   1.0,   2.385, 17.3,   88.8,
                               199.9, 200.0, 200.1, 432.1, 1e3,   12345.6};

Test(draw, poisson_inverts_the_distribution_function_of_gsl)
{
    for (size_t m = 0; m < sizeof means / sizeof *means; m++)
        for (int i = 0; i < 400; i++) {
            double u = (i + 0.385) / 400.0;
            cr_expect(is_poisson_quantile(draw_poisson(u, means[m]), u, means[m]), "mean %g, u %g",
                      means[m], u);
        }
    cr_expect(!is_poisson_quantile(draw_poisson(0.5, 17.3) + 1, 0.5, 17.3), "twin");
    cr_expect(!is_poisson_quantile(draw_poisson(0.5, 17.3), 0.5, 19.3), "twin");
}

/* The most extreme uniforms there are, 2^-33 and 1 - 2^-33, end as well. */
Test(draw, poisson_holds_in_the_tails)
{
    for (size_t m = 0; m < sizeof means / sizeof *means; m++) {
        double low = 0x1p-33, high = 1.0 - 0x1p-33;
        cr_expect(is_poisson_quantile(draw_poisson(low, means[m]), low, means[m]));
        cr_expect(is_poisson_quantile(draw_poisson(high, means[m]), high, means[m]), "mean %g: %u",
                  means[m], draw_poisson(high, means[m]));
    }
}

/* More luck or a larger mean never gives fewer: what makes two scenarios comparable draw by draw.
 */
Test(draw, poisson_rises_with_luck_and_mean)
{
    for (size_t m = 0; m + 1 < sizeof means / sizeof *means; m++)
        for (int i = 1; i < 1000; i++) {
            double u = i / 1000.0;
            cr_expect_leq(draw_poisson(u - 0.001 * 0.9, means[m]), draw_poisson(u, means[m]));
            cr_expect_leq(draw_poisson(u, means[m]), draw_poisson(u, means[m + 1]));
        }
}

/* Chi-square of 40,000 draws at mean 2.385; twin: mean 2.485. */
Test(draw, poisson_counts_fit)
{
    enum { MOST = 14 };
    double observed[MOST] = {0}, right[MOST], wrong[MOST];
    for (uint32_t i = 0; i < 2 * COUNT; i++) {
        uint32_t n = draw_poisson(drawn_at(plain(i)).u[2], 2.385);
        observed[n < MOST ? n : MOST - 1]++;
    }
    for (unsigned n = 0; n < MOST; n++) {
        right[n] = 2 * COUNT * gsl_ran_poisson_pdf(n, 2.385);
        wrong[n] = 2 * COUNT * gsl_ran_poisson_pdf(n, 2.485);
    }
    EXPECT_FIT(fit_counts(observed, right, MOST));
    EXPECT_MISFIT(fit_counts(observed, wrong, MOST));
}

static size_t pick(double u, const double *share, size_t count)
{
    double sum[8];
    struct draw_mix mix = {.share = share, .sum = sum, .count = count};
    draw_mix_sum(&mix);
    return draw_mix_pick(&mix, u);
}

/* Shares need not sum to 1, and one of 0 is never drawn, not even at the ends. */
Test(draw, share_falls_where_its_sum_does)
{
    const double share[] = {0.0, 0.3, 0.0, 1.7, 0.0};
    cr_expect_eq(pick(0x1p-33, share, 5), 1);
    cr_expect_eq(pick(0.1499, share, 5), 1);
    cr_expect_eq(pick(0.1501, share, 5), 3);
    cr_expect_eq(pick(1.0 - 0x1p-33, share, 5), 3);
    cr_expect_eq(pick(1.0, share, 5), 3);
    cr_expect_eq(pick(0.9, alone, 2), 0);
}

/* Chi-square of 20,000 draws; twin: shares of two sectors exchanged by 0.02. */
Test(draw, shares_fit)
{
    const double share[] = {0.2, 0.5, 0.05, 0.25};
    double observed[4] = {0}, right[4], wrong[4];
    for (uint32_t i = 0; i < COUNT; i++)
        observed[pick(drawn_at(plain(i)).u[1], share, 4)]++;
    for (size_t i = 0; i < 4; i++) {
        right[i] = COUNT * share[i];
        wrong[i] = COUNT * (share[i] + (i == 0 ? 0.02 : i == 3 ? -0.02 : 0.0));
    }
    EXPECT_FIT(fit_counts(observed, right, 4));
    EXPECT_MISFIT(fit_counts(observed, wrong, 4));
}
