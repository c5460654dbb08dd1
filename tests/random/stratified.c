/* Draws of a Latin hypercube: one world in every stratum, uniform within, and each dimension in an
 * order of its own. */
#include "random/draw.h"

#include "support/statistics.h"

#include <stdlib.h>
#include <string.h>

enum { WORLDS = 20000 };

static double x[WORLDS], y[WORLDS];

static void draw_worlds(double *out, uint32_t hash, uint32_t worlds, uint32_t strata)
{
    for (uint32_t world = 0; world < worlds; world++) {
        const struct draw_replicate replicate = {20230613, 7, world, strata};
        out[world] = draw_stratified(&replicate, hash);
        cr_assert(out[world] > 0.0 && out[world] < 1.0);
    }
}

/* Strata hit once each. */
static size_t strata_hit(const double *u, uint32_t strata)
{
    static char hit[WORLDS];
    size_t once = 0;
    memset(hit, 0, sizeof hit);
    for (uint32_t i = 0; i < strata; i++)
        hit[(size_t)(u[i] * strata)]++;
    for (uint32_t i = 0; i < strata; i++)
        once += hit[i] == 1;
    return once;
}

/* Exactly, for numbers of worlds around the powers of four at which the bijection widens. Twin:
 * independent draws leave about a third of the strata empty. */
Test(stratified, every_stratum_has_one_world)
{
    const uint32_t sizes[] = {1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 1000, 1024, 1025, WORLDS};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        draw_worlds(x, 0x8f3a11c7, sizes[i], sizes[i]);
        cr_expect_eq(strata_hit(x, sizes[i]), sizes[i], "%u worlds", sizes[i]);
    }
    draw_worlds(x, 0x8f3a11c7, WORLDS, 0);
    cr_expect_lt(strata_hit(x, WORLDS), WORLDS / 2);
}

/* A run of many hypercubes: every block of 100 worlds has each stratum once, whatever block it is,
 * and two blocks have orders of their own (chi-square of the distance between their first worlds).
 * Negative control: one hypercube of all worlds leaves strata of a block empty. */
Test(stratified, every_block_is_a_hypercube_of_its_own)
{
    enum { BLOCK = 100 };
    double apart[BLOCK] = {0}, even[BLOCK];
    draw_worlds(x, 0x8f3a11c7, WORLDS, BLOCK);
    draw_worlds(y, 0x8f3a11c7, WORLDS, WORLDS);
    for (size_t first = 0; first < WORLDS; first += BLOCK)
        cr_expect_eq(strata_hit(x + first, BLOCK), BLOCK, "block at %zu", first);
    cr_expect_lt(strata_hit(y, BLOCK), BLOCK);
    for (uint32_t hash = 0; hash < WORLDS; hash++) {
        const struct draw_replicate one = {77, 0, 0, BLOCK}, other = {77, 0, BLOCK, BLOCK};
        size_t a = (size_t)(draw_stratified(&one, hash) * BLOCK);
        size_t b = (size_t)(draw_stratified(&other, hash) * BLOCK);
        apart[(a + BLOCK - b) % BLOCK]++;
    }
    for (size_t i = 0; i < BLOCK; i++)
        even[i] = (double)WORLDS / BLOCK;
    EXPECT_FIT(fit_counts(apart, even, BLOCK));
}

/* KS of the place within a stratum; twin: middles of strata. */
Test(stratified, draws_are_uniform_within_their_strata)
{
    draw_worlds(x, 0x8f3a11c7, WORLDS, WORLDS);
    for (size_t i = 0; i < WORLDS; i++) {
        double place = x[i] * WORLDS;
        x[i] = place - (double)(size_t)place;
        y[i] = 0.25 + 0.5 * x[i];
    }
    EXPECT_FIT(fit_distribution(x, WORLDS, cdf_uniform, NULL));
    EXPECT_MISFIT(fit_distribution(y, WORLDS, cdf_uniform, NULL));
}

/* Two worlds of a hundred lie at every distance from each other in as many of 20,000 dimensions, as
 * shuffled strata do, chi-square; twin: independent draws, which may lie in the same stratum. */
Test(stratified, every_dimension_has_its_own_order)
{
    enum { STRATA = 100 };
    double apart[STRATA] = {0}, shuffled[STRATA], independent[STRATA];
    const struct draw_replicate one = {77, 0, 0, STRATA}, other = {77, 0, 1, STRATA};
    for (uint32_t hash = 0; hash < WORLDS; hash++) {
        size_t a = (size_t)(draw_stratified(&one, hash) * STRATA);
        size_t b = (size_t)(draw_stratified(&other, hash) * STRATA);
        apart[(a + STRATA - b) % STRATA]++;
    }
    for (size_t i = 0; i < STRATA; i++) {
        shuffled[i] = i > 0 ? (double)WORLDS / (STRATA - 1) : 0.0;
        independent[i] = (double)WORLDS / STRATA;
    }
    EXPECT_FIT(fit_counts(apart, shuffled, STRATA));
    EXPECT_MISFIT(fit_counts(apart, independent, STRATA));
}

/* Two dimensions are uncorrelated, and so are a dimension and the world's number; any block of
 * worlds is a fair sample (KS). Twin: the unshuffled hypercube. */
Test(stratified, order_is_shuffled_in_every_dimension)
{
    static double number[WORLDS];
    draw_worlds(x, 0x8f3a11c7, WORLDS, WORLDS);
    draw_worlds(y, 0x8f3a11c8, WORLDS, WORLDS);
    for (size_t i = 0; i < WORLDS; i++)
        number[i] = ((double)i + 0.5) / WORLDS;
    EXPECT_FIT(fit_correlation(x, y, WORLDS, 0.0));
    EXPECT_FIT(fit_correlation(x, number, WORLDS, 0.0));
    EXPECT_FIT(fit_correlation(x, x + 1, WORLDS - 1, 0.0));
    EXPECT_FIT(fit_distribution(x, WORLDS / 20, cdf_uniform, NULL));
    EXPECT_MISFIT(fit_correlation(number, number + 1, WORLDS - 1, 0.0));
    EXPECT_MISFIT(fit_distribution(number, WORLDS / 20, cdf_uniform, NULL));
}

/* Without strata: KS of 20,000; twin: 2 % too wide. The luck is no part of it. */
Test(stratified, plain_draws_are_uniform)
{
    const struct draw_replicate one = {4711, 1, 9, 0}, other = {4711, 2, 9, 0};
    cr_expect_eq(draw_stratified(&one, 5), draw_stratified(&other, 5));
    draw_worlds(x, 0x8f3a11c7, WORLDS, 0);
    for (size_t i = 0; i < WORLDS; i++)
        y[i] = 1.03 * x[i];
    EXPECT_FIT(fit_distribution(x, WORLDS, cdf_uniform, NULL));
    EXPECT_MISFIT(fit_distribution(y, WORLDS, cdf_uniform, NULL));
}
