/* Runs that are done, read back from their folders: run.json, targets.csv, and which targets each
 * replicate met, from the run's store or, where there is none, from replicates.csv. */
#ifndef NEOBAY_STUDY_RUN_READ_H
#define NEOBAY_STUDY_RUN_READ_H

#include "scenario/scenario.h"

#include <stdint.h>

struct run_target {
    char *name, *all_of;
    double at_least, at_most; /* infinite where there is none */
    uint64_t replicates, met;
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

/* The target of this name, or target_count. */
size_t run_read_target(const struct run_read *run, const char *name);

#endif
