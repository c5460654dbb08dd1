/* What holds a plan back: what each target gains when one limit is lifted.
 *
 * The first replicates of a run are simulated again, as the scenario stands and with each limit
 * lifted from the first step on; the district as it is at the start, certificates included, stays.
 * Replicates share their random draws, so gains are differences of paired outcomes. Months in which
 * a market was short say less: what is short most of the time may hold back nothing.
 *
 *   drags of growth by talent and crowding   0
 *   money of early and of growth funds       1000 times as much
 *   floor area of all zones                  1000 times as much
 *   conditions of the certificate, in turn   met by every firm; of applying: every firm does
 */
#ifndef NEOBAY_STUDY_LIMITS_H
#define NEOBAY_STUDY_LIMITS_H

#include "stats/paired.h"
#include "store/results.h"

enum { LIMITS_MOST = 11 };

/* A limit. */
struct limit {
    const char *name;
    const char *says;        /* in a report */
    enum indicator_id bound; /* months in which it was short, or INDICATOR_COUNT */
};
extern const struct limit limits_table[LIMITS_MOST];

struct limits_options {
    uint64_t seed;
    uint32_t strata;
    size_t replicates; /* 0 … replicates - 1 are simulated: see limits_replicates */
    int threads;
    bool (*progress)(void *context, size_t done, size_t total); /* false ends it; may be NULL */
    void *context;
};

struct limits {
    size_t replicates, targets;
    bool there[LIMITS_MOST]; /* the scenario has what is lifted */

    /* [limit * targets + target] first: lifted; second: as it stands. */
    struct paired_counts *pairs;
};

/* How many of a run's replicates tell of limits: three in a hundred, in whole blocks, but at least
 * a block, or a third of a short run. */
size_t limits_replicates(size_t replicates);

/* Simulates. False with a fault if memory runs out; *stopped where `progress` ended it. Zeroed
 * limits, which limits_clear clears either way. */
bool limits_run(struct limits *limits, const struct scenario *scenario,
                const struct limits_options *options, bool *stopped, struct faults *faults);
void limits_clear(struct limits *limits);

/* What a limit's lifting adds to the probability of a target, 95 %. */
struct difference limits_gain(const struct limits *limits, size_t limit, size_t target);

/* p-values of no gain, [limit * targets + target], corrected by Holm over all that are there; NaN
 * for limits that are not. False if memory runs out. */
bool limits_adjust(const struct limits *limits, double *p);

/* Writes limits.csv, which results were opened with. False with a fault if memory runs out. */
bool limits_write(const struct limits *limits, const struct summary *summary,
                  struct results *results, struct faults *faults);

/* Mean share of the months after the first state in which a limit was short; NaN where no indicator
 * says so. */
double limits_months_short(const struct summary *summary, size_t limit);

#endif
