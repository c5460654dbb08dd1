/* Firms: a struct of arrays, one column a state variable, one row a firm.
 *
 * Rows [0, count) are the living; a firm that leaves is overwritten by the last one, so a row is
 * not an identity: agent and origin are (random/draw.h). Columns are padded to whole vectors, and
 * the padding holds numbers that no computation trips over.
 */
#ifndef NEOBAY_DISTRICT_FIRMS_H
#define NEOBAY_DISTRICT_FIRMS_H

#include "base/fault.h"
#include "random/lanes.h"
#include "scenario/params.h"

#include <stddef.h>
#include <stdint.h>

/* C(type, name): the state of a firm. */
#define FIRM_COLUMNS(C)                                                                            \
    C(double, log_output)       /* ln of annual output in myuan */                                 \
    C(double, output_myuan)     /* its exponential, kept in step */                                \
    C(double, quality)          /* z, standard normal at birth */                                  \
    C(double, year_volatility)  /* v, Exp(1), redrawn each January */                              \
    C(double, raise_factor)     /* exp(b z - b^2 / 2), b = finance.quality */                      \
    C(double, value_myuan)      /* last post-money value; 0 without a round and once listed */     \
    C(double, rd_share)         /* R&D spending over output */                                     \
    C(double, technical_share)  /* technical staff over staff */                                   \
    C(double, revenue_share)    /* high-tech products over revenue */                              \
    C(double, score_noise)      /* the firm's own part of its score, standard normal */            \
    C(double, ip_count)         /* intellectual property owned */                                  \
    C(int32_t, born)            /* month of birth; before the clock for incumbents */              \
    C(int32_t, kind)            /* zone, sector and stage: see kind_of */                          \
    C(int32_t, certified_until) /* first month without it, or MONTH_NEVER */                       \
    C(uint32_t, agent)          /* identity: month and rank of birth */                            \
    C(uint32_t, origin)         /* identity: hash of the source's or cohort's path */

/* S(name): per-row results of the advance kernel, read by the events of the same step. */
#define FIRM_SCRATCH(S)                                                                            \
    S(shock)       /* sqrt(v) e: the step's chance in growth */                                    \
    S(leave_draw)  /* uniform */                                                                   \
    S(rise_draw)   /* uniform */                                                                   \
    S(frailty)     /* failure hazard over that of the firm's kind */                               \
    S(staff_heads) /* as of the last sums */                                                       \
    S(rise_hazard) /* bound of the hazard of a round or of listing */

struct firms {
    size_t count, capacity; /* capacity is a multiple of SUM_LANES */
#define FIRM_MEMBER(type, name)   type *name;
#define FIRM_SCRATCH_MEMBER(name) double *name;
    FIRM_COLUMNS(FIRM_MEMBER)
    FIRM_SCRATCH(FIRM_SCRATCH_MEMBER)
#undef FIRM_MEMBER
#undef FIRM_SCRATCH_MEMBER
    uint32_t *candidate; /* rows to which something may happen this step */
    size_t candidate_count;
};

/* Zone, sector and stage as one index, so that a kernel looks each number up once. */
struct kinds {
    size_t zones, sectors, count;
};

static inline struct kinds kinds_of(const struct params *params)
{
    size_t zones = params->count[SECTION_ZONES], sectors = params->count[SECTION_SECTORS];
    return (struct kinds){zones, sectors, zones * sectors * STAGE_COUNT};
}

static inline int32_t kind_of(const struct kinds *kinds, size_t zone, size_t sector, size_t stage)
{
    return (int32_t)((zone * kinds->sectors + sector) * STAGE_COUNT + stage);
}

static inline size_t kind_stage(int32_t kind)
{
    return (size_t)kind % STAGE_COUNT;
}

static inline size_t kind_sector(const struct kinds *kinds, int32_t kind)
{
    return (size_t)kind / STAGE_COUNT % kinds->sectors;
}

static inline size_t kind_zone(const struct kinds *kinds, int32_t kind)
{
    return (size_t)kind / STAGE_COUNT / kinds->sectors;
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
