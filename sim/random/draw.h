/* Draws are addressed, not consumed: each is a pure function of where it is used.
 *
 * Address: (seed; replicate, agent, step, purpose, index). An agent is where it was born: the hash
 * of its origin's path (a source, a cohort), the month and its rank there. The scenario is not part
 * of the address, so two scenarios share their luck agent by agent, and differences between them
 * are due to policy. Each address has one Philox block of four uniforms in (0, 1).
 */
#ifndef NEOBAY_RANDOM_DRAW_H
#define NEOBAY_RANDOM_DRAW_H

#include "base/text.h"
#include "random/philox.h"

#include <stddef.h>
#include <stdint.h>

/* P(upper, sentence): everything that chance decides. New purposes go to the end, so that old
 * draws stay what they were. */
#define PURPOSE_TABLE(P)                                                                           \
    P(UNCERTAIN, "the value of a leaf that is not known, once a replicate")                        \
    P(MACRO, "innovations of macro growth and of sentiment")                                       \
    P(SHOCK, "whether a shock happens")                                                            \
    P(DISCOVERY_COUNT, "results of a source in a month")                                           \
    P(DISCOVERY, "sector, quality and fate of one result; work of its project")                    \
    P(START_PROJECT, "sector, quality and work left of a project present at the start")            \
    P(PROJECT_MONTH, "abandoning and leaking")                                                     \
    P(ARRIVAL_COUNT, "arrivals of a group in a month")                                             \
    P(BIRTH, "what a firm is born with")                                                           \
    P(YEAR, "a firm's volatility of the year")                                                     \
    P(MONTHS, "growth (0, 1) and events (2, 3) of a firm in two months, by the even one")          \
    P(ROUND_VALUE, "post-money value at a closing")                                                \
    P(CERTIFICATE, "IP gained (0) and applying (1) in a window")                                   \
    P(LICENSEE, "the firm that licenses a result")                                                 \
    P(STRATUM, "the order of a Latin hypercube's strata")                                          \
    P(SCREEN, "whether a candidate is lived, where odds are estimated by screening")

enum purpose {
#define PURPOSE_ID(upper, says) PURPOSE_##upper,
    PURPOSE_TABLE(PURPOSE_ID)
#undef PURPOSE_ID
        PURPOSE_COUNT
};

/* Replicates in a row that are simulated, stored and counted together: a block. */
enum { DRAW_BLOCK = 100 };

/* U(upper, first, sentence): what numbers of replicates are used for, and where each use begins, so
 * that no two uses share a number. */
#define NUMBER_TABLE(U)                                                                            \
    U(PLAIN, 0, "the replicates of a run, of a batch's points, and candidates of screening")       \
    U(PILOT, UINT32_C(1) << 30, "replicates from which screening learns before it screens")        \
    U(INNER, UINT32_C(1) << 31, "inner replicates: the random draws beside those of a plain one")

enum draw_number {
#define NUMBER_FIRST(upper, first, says) NUMBER_##upper = first,
    NUMBER_TABLE(NUMBER_FIRST)
#undef NUMBER_FIRST
};

/* Which replicate: its luck, and the world it happens in, that is what is not known. Replicates of
 * one world and different luck tell chance from ignorance. */
struct draw_replicate {
    uint64_t seed;
    uint32_t luck, world;
    uint32_t strata; /* of so many worlds in a row each is a Latin hypercube; 0: independent */
};

/* One replicate's stream of addresses. */
struct draw_stream {
    uint64_t seed;
    uint32_t replicate;
};

/* An agent's identity. */
struct draw_agent {
    uint32_t origin; /* text_hash32 of "sources.sjtu", "incumbents.parks", a leaf's path, … */
    uint32_t born;   /* draw_born(month, rank) */
};

struct draw_uniforms {
    double u[4];
};

enum { DRAW_RANKS = 1 << 20, DRAW_INDICES = 1 << 12 };

/* Packs a month (or MONTH_NEVER, for what was there before the clock) and a rank. */
static inline uint32_t draw_born(int month, uint32_t rank)
{
    uint32_t since = month == MONTH_NEVER ? 0 : (uint32_t)(month - MONTH_FIRST + 1);
    return since << 20 | rank;
}

/* Packs the step (a month, or MONTH_NEVER where time plays no part), purpose and index. */
static inline uint32_t draw_when(int month, enum purpose purpose, uint32_t index)
{
    return draw_born(month, (uint32_t)purpose << 12 | index);
}

/* (word + 1/2) / 2^32, in (0, 1). */
static inline double draw_uniform(uint32_t word)
{
    return ((double)word + 0.5) * 0x1p-32;
}

/* The four words of an address. */
static inline struct philox_words draw_words(const struct draw_stream *stream,
                                             struct draw_agent agent, uint32_t when)
{
    struct philox_words counter = {{agent.born, agent.origin, when, stream->replicate}};
    return philox(counter, (uint32_t)stream->seed, (uint32_t)(stream->seed >> 32));
}

/* The four uniforms of an address. */
static inline struct draw_uniforms draw(const struct draw_stream *stream, struct draw_agent agent,
                                        uint32_t when)
{
    struct philox_words block = draw_words(stream, agent, when);
    struct draw_uniforms drawn;
    for (int i = 0; i < 4; i++)
        drawn.u[i] = draw_uniform(block.word[i]);
    return drawn;
}

/* A uniform with 53 bits from the first two of an address, for inverses that reach into the tails.
 */
static inline double draw_fine(const struct draw_uniforms *drawn)
{
    return drawn->u[0] + (drawn->u[1] - 0.5) * 0x1p-32;
}

/* A Latin hypercube's draw (McKay, Beckman and Conover 1979). Worlds 0 to strata - 1 are the first
 * hypercube, the next `strata` worlds the second, and so on, each shuffled on its own. Within one,
 * each of `strata` equal parts of (0, 1) has one world, in an order shuffled for each dimension
 * (`hash`), and the draw is uniform in its part. With strata 0 it is a plain uniform. 53 bits, for
 * inverses that reach into the tails. */
double draw_stratified(const struct draw_replicate *replicate, uint32_t hash);

/* Smallest n with P(N <= n) >= u for N ~ Poisson(mean): inversion, so that n rises with u and with
 * the mean. mean >= 0. */
uint32_t draw_poisson(double u, double mean);

/* Shares of a whole, to pick from by chance: >= 0, not all zero, of any sum. `share` and `sum`,
 * [count], are borrowed. */
struct draw_mix {
    const double *share;
    double *sum;        /* of the shares up to each */
    size_t count, last; /* last: the last share above 0 */
};

/* Sums the shares as they are now. */
void draw_mix_sum(struct draw_mix *mix);

/* Index of the share in which u * (sum of shares) falls, u in (0, 1]. */
size_t draw_mix_pick(const struct draw_mix *mix, double u);

#endif
