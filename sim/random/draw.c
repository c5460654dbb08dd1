#include "random/draw.h"

#include "math/cdf.h"
#include "math/real.h"

#include <math.h>

/* Above this mean exp(-mean) nears the smallest doubles, and searching from 0 takes long. */
#define POISSON_SEARCH_MEAN 200.0

/* Steps from a normal guess, by the distribution function. */
static uint32_t poisson_large(double u, double mean)
{
    double guess = floor(mean + sqrt(mean) * cdf_normal_quantile(u));
    uint32_t n = guess > 0.0 ? (uint32_t)guess : 0;
    while (cdf_poisson_at_most(n, mean) < u)
        n++;
    while (n > 0 && cdf_poisson_at_most(n - 1, mean) >= u)
        n--;
    return n;
}

uint32_t draw_poisson(double u, double mean)
{
    if (mean > POISSON_SEARCH_MEAN)
        return poisson_large(u, mean);
    double term = real_exp(-mean), below = term;
    uint32_t n = 0;
    while (below < u && term > 0.0) {
        n++;
        term *= mean / n;
        below += term;
    }
    return n;
}

void draw_mix_sum(struct draw_mix *mix)
{
    double sum = 0.0;
    mix->last = 0;
    for (size_t i = 0; i < mix->count; i++) {
        sum += mix->share[i];
        mix->sum[i] = sum;
        if (mix->share[i] > 0.0)
            mix->last = i;
    }
}

size_t draw_mix_pick(const struct draw_mix *mix, double u)
{
    double at = u * mix->sum[mix->last];
    size_t passed = 0;
    for (size_t i = 0; i < mix->last; i++)
        passed += mix->sum[i] <= at;
    return passed;
}

/* Every bit of x bears on every bit of the result (Wellons's lowbias32, 2018). */
static uint32_t mixed(uint32_t x)
{
    x = (x ^ x >> 16) * UINT32_C(0x7feb352d);
    x = (x ^ x >> 15) * UINT32_C(0x846ca68b);
    return x ^ x >> 16;
}

/* A keyed bijection of [0, 2^(2 * half)): four Feistel rounds (Luby and Rackoff 1988), whose keys
 * are one block of chance. */
static uint32_t shuffled(const uint32_t key[4], uint32_t value, unsigned half)
{
    uint32_t mask = (UINT32_C(1) << half) - 1, left = value >> half, right = value & mask;
    for (int round = 0; round < 4; round++) {
        uint32_t next = left ^ (mixed(right ^ key[round]) & mask);
        left = right;
        right = next;
    }
    return left << half | right;
}

/* The stratum of a world in its hypercube, whose number is part of the address of the shuffle: the
 * bijection is walked until it falls below the number of strata. */
static uint32_t stratum(const struct draw_replicate *replicate, uint32_t hash)
{
    const struct philox_words counter = {{replicate->world / replicate->strata, hash,
                                          draw_when(MONTH_NEVER, PURPOSE_STRATUM, 0), UINT32_MAX}};
    const struct philox_words key =
        philox(counter, (uint32_t)replicate->seed, (uint32_t)(replicate->seed >> 32));
    unsigned half = 1;
    while (half < 16 && UINT64_C(1) << 2 * half < replicate->strata)
        half++;
    uint32_t value = replicate->world % replicate->strata;
    do
        value = shuffled(key.word, value, half);
    while (value >= replicate->strata);
    return value;
}

double draw_stratified(const struct draw_replicate *replicate, uint32_t hash)
{
    const struct draw_stream stream = {replicate->seed, replicate->world};
    struct draw_uniforms drawn =
        draw(&stream, (struct draw_agent){hash, 0}, draw_when(MONTH_NEVER, PURPOSE_UNCERTAIN, 0));
    double fine = draw_fine(&drawn);
    if (replicate->strata == 0)
        return fine;
    return (stratum(replicate, hash) + fine) / replicate->strata;
}
