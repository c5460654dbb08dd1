/* What a run keeps of every replicate in its store: records like those of a batch (block.h), and
 * beside each the values, replicate by replicate. From the hits any two runs of one seed can be
 * compared in pairs; later questions about values need no replicate again.
 */
#ifndef NEOBAY_STUDY_RUN_LOG_H
#define NEOBAY_STUDY_RUN_LOG_H

#include "engine/summary.h"
#include "study/block.h"

struct run_log {
    const struct scenario *scenario;
    struct store *store;
    struct layout layout;
    struct panel_layout panel;
    struct block block; /* under way; block.key.count are in it */
    struct block_values values;
    double *target_value; /* [replicate of the block * targets + target] */
    int *target_reached;  /* the same: rows when first met, or TARGET_NEVER */
    struct text bytes;
};

/* Opens the log of a run after so many replicates, and drops what the store has beyond them. After
 * a failure too, run_log_clear. */
bool run_log_open(struct run_log *log, const struct scenario *scenario, struct store *store,
                  uint64_t seed, uint32_t strata, uint64_t replicates, struct faults *faults);
void run_log_clear(struct run_log *log);

/* Adds the next replicate; a block that is full goes to the store. */
bool run_log_add(struct run_log *log, const struct outcome *outcome, struct faults *faults);

/* Puts the block under way as it is; it goes on all the same. */
bool run_log_flush(struct run_log *log, struct faults *faults);

#endif
