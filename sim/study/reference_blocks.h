/* Blocks of references whose values others are compared with, kept until no task needs them. */
#ifndef NEOBAY_STUDY_REFERENCE_BLOCKS_H
#define NEOBAY_STUDY_REFERENCE_BLOCKS_H

#include "study/block_run.h"

/* On the heap, so that tasks may keep the address of its values. */
struct reference_block {
    struct reference_block *next;
    size_t point, block;
    struct block_run run;
    bool entered; /* its record is in the store */
};

/* NULL where it is not kept. */
struct reference_block *reference_blocks_find(struct reference_block *first, size_t point,
                                              size_t block);

/* Takes over a run, which is empty afterwards, and may come from the store; false if memory runs
 * out.
 */
bool reference_blocks_add(struct reference_block **first, size_t point, size_t block,
                          struct block_run *run, bool stored);

/* Frees those before this block. */
void reference_blocks_drop(struct reference_block **first, size_t block);

#endif
