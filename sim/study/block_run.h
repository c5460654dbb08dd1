/* A block of some points of a batch, simulated: which targets its replicates met, and the values of
 * its quantities, replicate by replicate, from which sums are made. Points of a group share a
 * trunk, which is simulated once (engine/branch.h). */
#ifndef NEOBAY_STUDY_BLOCK_RUN_H
#define NEOBAY_STUDY_BLOCK_RUN_H

#include "engine/branch.h"
#include "study/batch.h"

/* Zero-initialise the first time; block_run_make uses it again. */
struct block_run {
    struct block block;
    struct block_values values;
    size_t values_capacity;
    double seconds; /* spent in its replicates */
};

/* Points in the order of the roster, and the rows of the panel that each shares with the one before
 * it (of the first: 0). */
struct block_group {
    size_t count, point[BRANCH_MOST], shared[BRANCH_MOST];
};

/* Simulates a block of a point. False with a fault, or with *ended set if a stop was asked for. */
bool block_run_make(struct block_run *run, const struct batch *batch, size_t point, size_t block,
                    struct workspace *workspace, bool *ended, struct faults *faults);

/* The same of all points of a group, to run[0], run[1], … False also where the scenario of a point
 * cannot be had: then *at is its number in the group; else it is the group's count. */
bool block_run_group(struct block_run *run, const struct batch *batch,
                     const struct block_group *group, size_t block, struct workspace *workspace,
                     bool *ended, size_t *at, struct faults *faults);

/* Takes member number `at` out of a group. */
void block_group_drop(struct block_group *group, size_t at);

/* Takes the values of a block of a reference from the store, which has the block; *found says
 * whether it has them undamaged. False with a fault. */
bool block_run_recall(struct block_run *run, const struct batch *batch, size_t point, size_t block,
                      bool *found, struct faults *faults);

void block_run_clear(struct block_run *run);

#endif
