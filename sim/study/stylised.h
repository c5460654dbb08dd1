/* The stylised facts of firms: what is known of firms everywhere, beside what a scenario's do.
 *
 * A table of facts, each with the range in which real firms lie and who found it. Some must hold:
 * a model that misses them is not one of firms. Each is computed from the firms of one replicate,
 * followed from year's end to year's end; the mean and the range over replicates are shown, and the
 * mean tells whether a fact holds (of the youngest at listing, the least of all). Ranges of leaving
 * by age are ours, about the figures of the registry; where there is none a fact is shown alone.
 */
#ifndef NEOBAY_STUDY_STYLISED_H
#define NEOBAY_STUDY_STYLISED_H

#include "scenario/scenario.h"

#include <math.h>

/* F(UPPER, name, low, high, must hold, unit, what it is, source). A row a line, however long. */
/* clang-format off */
#define STYLISED_TABLE(F)                                                                          \
    F(TAIL, "tail_exponent", 0.9, 1.3, true, "1", "Hill's exponent of output, of the largest tenth", "Axtell 2001") \
    F(SHAPE, "growth_shape", 0.65, 0.74, true, "1", "Mean absolute deviation of yearly log growth over its sd; Laplace 0.707, normal 0.798", "Stanley et al. 1996; Zou 2019") \
    F(SLOPE, "volatility_slope", -0.20, -0.10, true, "1", "Slope of ln sd of yearly log growth on ln output", "Stanley et al. 1996") \
    F(AUTOCORRELATION, "growth_autocorrelation", -0.30, -0.05, true, "1", "Of yearly log growth, of firms under 50 heads", "Coad 2007; Coad and Hoelzl 2009") \
    F(FAST_10, "fast_growers_10", 0.11, 0.17, true, "1", "Share of firms of 10 heads and more whose staff grows by 10 % a year or more, over three years", "Eurostat 2017") \
    F(FAST_20, "fast_growers_20", 0.04, 0.08, true, "1", "The same of 20 % a year", "OECD; NESTA 2009, about 6 %") \
    F(BY_SIZE, "growth_by_size", -0.02, 0.02, true, "1", "Slope of yearly log growth on ln output, at given age", "Haltiwanger, Jarmin and Miranda 2013") \
    F(LEAVING_0, "leaving_age_0", 0.005, 0.03, true, "1/year", "Hazard of leaving in the first year of age", "Trade registry of China 2013: 1.6 %") \
    F(LEAVING_1, "leaving_age_1", 0.04, 0.085, true, "1/year", "In the second", "The same: 6.3 %") \
    F(LEAVING_2, "leaving_age_2", 0.07, 0.12, true, "1/year", "In the third", "The same: 9.5 %") \
    F(LEAVING_3, "leaving_age_3", 0.07, 0.12, true, "1/year", "In the fourth", "The same: 8 % and more") \
    F(BIRTH, "size_at_birth", NAN, NAN, false, "1", "Correlation of ln output at birth and four years later: shown, for a large part is known of other countries", "Sterk, Sedlacek and Pugsley 2021") \
    F(LISTING, "youngest_listing", 3.0, 100.0, true, "year", "Age of the youngest firm that lists", "Stock exchanges: three years of accounts")
/* clang-format on */

enum stylised_id {
#define STYLISED_ID(upper, ...) STYLISED_##upper,
    STYLISED_TABLE(STYLISED_ID)
#undef STYLISED_ID
        STYLISED_COUNT
};

struct stylised_fact {
    const char *name;
    double low, high;
    bool must_hold;
    const char *unit, *says, *source;
};
extern const struct stylised_fact stylised_facts[STYLISED_COUNT];

/* Of a fact over replicates: NaN where it could not be told in any. */
struct stylised {
    double mean, low, high; /* 5 and 95 % of the replicates */
    double least;
    bool is_told, inside; /* whether it can be held against a range; and whether it lies in it */
};

/* Follows the firms of replicates 0 … replicates - 1. `stop` (may be NULL) ends it: then *stopped.
 * False with a fault if memory runs out. */
bool stylised_run(struct stylised found[STYLISED_COUNT], const struct scenario *scenario,
                  uint64_t seed, size_t replicates, int threads, bool (*stop)(void), bool *stopped,
                  struct faults *faults);

#endif
