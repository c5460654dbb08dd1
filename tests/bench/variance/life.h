/* Lives for bench-variance: replicates of which parts of the luck can be chosen apart. A life whose
 * macro path is its own, with sign 1 and no late luck, is the replicate of that number. */
#ifndef NEOBAY_TESTS_BENCH_LIFE_H
#define NEOBAY_TESTS_BENCH_LIFE_H

#include "engine/summary.h"
#include "model/district.h"

/* A life, and what came of it. */
struct life {
    uint64_t seed;
    uint32_t world, luck, strata;
    uint32_t macro; /* luck of the macro path */
    double sign;    /* of its deviations */
    int late;       /* this many last months have the luck of `late_luck` */
    uint32_t late_luck;
    uint64_t met; /* bits of targets, then joint targets */
};

/* What lives need: a scenario, and a workspace a thread. */
struct living {
    const struct scenario *scenario;
    struct panel_layout layout;
    struct life_worker *worker;
};

bool living_init(struct living *living, const struct scenario *scenario, struct faults *faults);

/* Lives them all; `value`, where given, takes the targets' values of each life. */
void live_all(struct living *living, struct life *life, size_t count, double *value);

#endif
