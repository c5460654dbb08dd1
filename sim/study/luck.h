/* Blocks of references, kept as long as other points are held against them.
 *
 * Whoever needs one first lives it, the others wait. After a batch is resumed the values of a block
 * that the journal has are lived again if they are needed: they are the same.
 */
#ifndef NEOBAY_STUDY_LUCK_H
#define NEOBAY_STUDY_LUCK_H

#include "study/batch.h"

#include <pthread.h>

/* A block with its values, before it is summed. */
struct lived {
    struct block block;
    struct luck luck;
    double seconds; /* spent in its replicates */
};

/* Lives a block of a point. False with a fault, or with *ended set if a stop was asked for. */
bool lived_make(struct lived *lived, const struct batch *batch, size_t point, size_t block,
                bool *ended, struct faults *faults);
void lived_clear(struct lived *lived);

struct shelf {
    const struct batch *batch;
    struct shelf_item *item;
    pthread_mutex_t lock;
    pthread_cond_t ready;
};

void shelf_init(struct shelf *shelf, const struct batch *batch);
void shelf_clear(struct shelf *shelf);

/* The block of a reference, borrowed until shelf_drop; NULL with a fault or *ended. */
const struct lived *shelf_get(struct shelf *shelf, size_t point, size_t block, bool *ended,
                              struct faults *faults);

/* Frees what lies before this block. */
void shelf_drop(struct shelf *shelf, size_t block);

#endif
