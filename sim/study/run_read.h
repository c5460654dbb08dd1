/* Runs that are done, read back from their folders: run.json, targets.csv, and which targets each
 * replicate met, from the run's store or, where there is none, from replicates.csv. */
#ifndef NEOBAY_STUDY_RUN_READ_H
#define NEOBAY_STUDY_RUN_READ_H

#include "scenario/scenario.h"
#include "stats/estimate.h"

#include <stdint.h>

struct run_target {
    char *name, *all_of;
    char *definition;         /* what has to be met, in words: firms in 2022-12 of at least 110 */
    double at_least, at_most; /* infinite where there is none */
    uint64_t replicates, met;
    struct interval odds; /* 95 %, the one that holds: see `looked` */
    bool looked;          /* the run may have been stopped by looking at it */
};

struct run_read {
    const char *folder;
    uint64_t seed, strata, fingerprint;
    struct run_target target[SCENARIO_TARGETS];
    size_t target_count;
    uint64_t *met; /* [replicate] bit i: target i was met; NULL where neither is there */
    size_t replicates;
};

/* Reads a run; on failure all faults are told, and there is nothing to clear. */
bool run_read(struct run_read *run, const char *folder, struct faults *faults);
void run_read_clear(struct run_read *run);

/* Whether a target is met by the same in two runs; a joint one by the same members. */
bool run_read_same(const struct run_read *run, size_t target, const struct run_read *other,
                   size_t of_other);

/* The target of this name, or target_count. */
size_t run_read_target(const struct run_read *run, const char *name);

#endif
