/* Firms: a struct of arrays, one column a state variable, one row a firm.
 *
 * Rows [0, count) are the living; a firm that leaves is overwritten by the last one, so a row is
 * not an identity: agent and origin are (random/draw.h). Columns are padded to whole vectors, and
 * the padding holds numbers that no computation trips over.
 */
#ifndef NEOBAY_MODEL_FIRMS_H
#define NEOBAY_MODEL_FIRMS_H

#include "base/fault.h"
#include "math/lanes.h"
#include "scenario/params.h"

#include <stddef.h>
#include <stdint.h>

/* C(type, name): the state of a firm. */
#define FIRM_COLUMNS(C)                                                                            \
    C(int32_t, log_output)      /* ln of annual output in myuan, in grains: firms_log_output */    \
    C(float, output_myuan)      /* its exponential, kept in step */                                \
    C(float, quality)           /* z, standard normal at birth */                                  \
    C(float, year_volatility)   /* v, Exp(1), redrawn each January */                              \
    C(float, raise_factor)      /* exp(b z - b^2 / 2), b = finance.quality */                      \
    C(float, youth)             /* exp(-age / growth.young_years), kept in step */                 \
    C(float, fragility)         /* bound of a failure hazard's part by age and quality */          \
    C(float, value_myuan)       /* last post-money value; 0 without a round and once listed */     \
    C(float, rd_share)          /* R&D spending over output */                                     \
    C(float, technical_share)   /* technical staff over staff */                                   \
    C(float, revenue_share)     /* high-tech products over revenue */                              \
    C(float, score_noise)       /* the firm's own part of its score, standard normal */            \
    C(float, ip_count)          /* intellectual property owned */                                  \
    C(float, later_shock)       /* drawn for the next month: a block of chance serves two */       \
    C(uint32_t, later_word)     /* the same, of events */                                          \
    C(int32_t, born)            /* month of birth; before the clock for incumbents */              \
    C(int32_t, kind)            /* zone, sector and stage: see kind_of */                          \
    C(int32_t, certified_until) /* first month without it, or MONTH_NEVER */                       \
    C(uint32_t, agent)          /* identity: month and rank of birth */                            \
    C(uint32_t, origin)         /* identity: hash of the source's or cohort's path */

/* S(type, name): per-row results of the advance kernel, read by the events of the same step. */
#define FIRM_SCRATCH(S)                                                                            \
    S(float, shock)         /* sqrt(v) e: the step's chance in growth */                           \
    S(uint32_t, event_word) /* the step's chance of events: see firms_event_word */

/* S(type, name): of those to which something may happen this step, [candidate_count]. */
#define FIRM_CANDIDATES(S)                                                                         \
    S(uint32_t, candidate) /* its row */                                                           \
    S(float, fail_hazard)  /* a step */                                                            \
    S(float, leave_hazard) /* the same, of failing and relocating together */                      \
    S(float, leave_chance) /* that it does */

struct firms {
    size_t count, capacity; /* capacity is a multiple of SUM_LANES */
#define FIRM_MEMBER(type, name) type *name;
    FIRM_COLUMNS(FIRM_MEMBER)
    FIRM_SCRATCH(FIRM_MEMBER)
    FIRM_CANDIDATES(FIRM_MEMBER)
#undef FIRM_MEMBER
    size_t candidate_count;
    size_t known; /* rows [0, known) were there when all last grew, and have what was worked out for
                   * months to come: later_shock, later_word, youth and fragility */
    struct firms_basis {
        float young_years, exit_floor, hump_years, exit_quality;
    } basis; /* the numbers that youth and fragility were worked out from */
};

/* Log output is a whole number of grains: sums of whole numbers are exact, so growth adds up over
 * any number of months, each month's rounded once, in half the space of a double. */
#define LOG_OUTPUT_GRAIN 0x1p-26
#define LOG_OUTPUT_MOST  24.0 /* held to [-24, 24]: 1e-10 to 3e10 myuan */

static inline double firms_log_output(const struct firms *firms, size_t row)
{
    return firms->log_output[row] * LOG_OUTPUT_GRAIN;
}

/* Grains of a log output. */
static inline int32_t firms_grains(double log_output)
{
    double held = log_output > LOG_OUTPUT_MOST    ? LOG_OUTPUT_MOST
                  : log_output < -LOG_OUTPUT_MOST ? -LOG_OUTPUT_MOST
                                                  : log_output;
    return (int32_t)__builtin_llrint(held * (1.0 / LOG_OUTPUT_GRAIN));
}

/* Months of chance come in pairs, of which the first is even. */
static inline bool firms_first_of_pair(int month)
{
    return month % 2 == 0;
}

/* The word that decides what happens to a firm in a month: low ones that it leaves, high ones that
 * it rises. */
static inline uint32_t firms_event_word(const struct firms *firms, size_t row, int month)
{
    return firms_first_of_pair(month) ? firms->event_word[row] : firms->later_word[row];
}

/* Zone, sector and stage as one index, the kind; zone and sector are a firm's place. Stages take
 * STAGE_STRIDE numbers, of which the last ones stand for nothing: so place and stage of a kind are
 * its upper and its lower bits. */
enum { STAGE_BITS = 3, STAGE_STRIDE = 1 << STAGE_BITS };

struct kinds {
    size_t zones, sectors, places, count;
};

static inline struct kinds kinds_of(const struct params *params)
{
    size_t zones = params->count[SECTION_ZONES], sectors = params->count[SECTION_SECTORS];
    return (struct kinds){zones, sectors, zones * sectors, zones * sectors * STAGE_STRIDE};
}

static inline int32_t kind_of(const struct kinds *kinds, size_t zone, size_t sector, size_t stage)
{
    return (int32_t)((zone * kinds->sectors + sector) * STAGE_STRIDE + stage);
}

static inline size_t kind_stage(int32_t kind)
{
    return (size_t)kind % STAGE_STRIDE;
}

static inline size_t kind_place(int32_t kind)
{
    return (size_t)kind / STAGE_STRIDE;
}

static inline size_t kind_sector(const struct kinds *kinds, int32_t kind)
{
    return kind_place(kind) % kinds->sectors;
}

static inline size_t kind_zone(const struct kinds *kinds, int32_t kind)
{
    return kind_place(kind) / kinds->sectors;
}

/* Makes room for `wanted` rows; false, with the firms as they were, if memory cannot be had. */
bool firms_reserve(struct firms *firms, size_t wanted);

/* Copies the state of one row over another. */
void firms_copy(struct firms *firms, size_t from, size_t to);

/* Overwrites row `row` with the last row, which is no more. */
void firms_remove(struct firms *firms, size_t row);

void firms_clear(struct firms *firms);

/* Rows rounded up to whole vectors. */
static inline size_t firms_padded(size_t rows)
{
    return (rows + SUM_LANES - 1) / SUM_LANES * SUM_LANES;
}

#endif
