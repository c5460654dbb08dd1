/* Checkpoints of a run: all that its replicates so far have come to, in one transaction, so that it
 * can stop at any moment, go on, and grow, to the bytes of an unbroken run.
 *
 * What is kept: the summary, the years, the convergence and the digests under way, as they are
 * after so many replicates; and what was written since the checkpoint before to the files that grow
 * as replicates come in.
 */
#ifndef NEOBAY_STORE_CHECKPOINT_H
#define NEOBAY_STORE_CHECKPOINT_H

#include "store/results.h"
#include "store/store.h"

/* Whose run it is. */
struct checkpoint_key {
    uint64_t fingerprint, seed;
    uint32_t strata;
    bool replicate_rows;
};

/* Puts a checkpoint after the one before it. False with a fault. */
bool checkpoint_put(struct store *store, const struct checkpoint_key *key, struct results *results,
                    struct summary *summary, struct faults *faults);

/* What a store has of a run. */
enum checkpoint_found {
    CHECKPOINT_NONE,   /* nothing yet */
    CHECKPOINT_OTHER,  /* of another scenario, seed or design, or without rows that are asked for */
    CHECKPOINT_BROKEN, /* something, but damaged */
    CHECKPOINT_SOUND
};

/* Looks at the last checkpoint; *replicates is how far it is, where it is sound. */
enum checkpoint_found checkpoint_look(struct store *store, const struct checkpoint_key *key,
                                      uint64_t *replicates, struct faults *faults);

/* Takes the last one, which is sound, into results that are open and a summary that is empty. False
 * with a fault. */
bool checkpoint_take(struct store *store, const struct checkpoint_key *key, struct results *results,
                     struct summary *summary, struct faults *faults);

#endif
