/* The store of a run while it goes on: what each replicate met, and checkpoints to go on from. */
#ifndef NEOBAY_STUDY_RUN_STORE_H
#define NEOBAY_STUDY_RUN_STORE_H

#include "store/checkpoint.h"
#include "study/run_log.h"

struct run_store {
    struct store *store;
    struct checkpoint_key key;
    struct run_log log;
    uint64_t begun; /* replicates that it had when it was opened */
    double kept_at; /* seconds of a clock, of the last checkpoint */
    bool broken;    /* what it had is damaged, and dropped */
    bool is_part;   /* under the name of a run that has not come to its end */
    bool is_new;    /* nothing of an earlier call is in it */
    bool kept;      /* there is a checkpoint to go on from */
    const char *folder;
};

/* Opens a store in the folder for a run of the record, anew, or with `resume` to go on from what
 * there is; then store->begun are the replicates that are done. Until the run has come to its end a
 * new store has a name of its own, beside that of an earlier run. False with a fault: where there
 * is nothing to go on with, or what there is belongs to something else, or is more than is asked
 * for. */
bool run_store_open(struct run_store *store, const char *folder, const struct scenario *scenario,
                    const struct run_record *record, bool resume, struct faults *faults);

/* Takes what is done into results that are open and a summary that is empty; begins the log. */
bool run_store_take(struct run_store *store, const struct scenario *scenario,
                    struct results *results, struct summary *summary, struct faults *faults);

/* Adds a replicate. */
bool run_store_add(struct run_store *store, const struct outcome *outcome, struct faults *faults);

/* Keeps a checkpoint where the last one is half a minute old, or now. */
bool run_store_keep(struct run_store *store, struct results *results, struct summary *summary,
                    bool now, struct faults *faults);

/* Closes the store of a run that came to its end, and puts it in its place. False with a fault. */
bool run_store_finish(struct run_store *store, struct faults *faults);

/* Closes the store of one that did not; it stays where there is something to go on from. */
void run_store_abandon(struct run_store *store);

/* Whether the folder has the store of a run that has not come to its end. */
bool run_store_is_under_way(const char *folder);

#endif
