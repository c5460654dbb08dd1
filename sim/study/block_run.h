/* One block of a point of a batch, simulated: which targets its replicates met, and the values of
 * its quantities, replicate by replicate, from which sums are made. */
#ifndef NEOBAY_STUDY_BLOCK_RUN_H
#define NEOBAY_STUDY_BLOCK_RUN_H

#include "study/batch.h"

struct workspace;

/* Zero-initialise the first time; block_run_make uses it again. */
struct block_run {
    struct block block;
    struct block_values values;
    size_t values_capacity;
    double seconds; /* spent in its replicates */
};

/* Simulates a block of a point. False with a fault, or with *ended set if a stop was asked for. */
bool block_run_make(struct block_run *run, const struct batch *batch, size_t point, size_t block,
                    struct workspace *workspace, bool *ended, struct faults *faults);
void block_run_clear(struct block_run *run);

#endif
