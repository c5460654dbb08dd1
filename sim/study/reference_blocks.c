#include "study/reference_blocks.h"

#include <stdlib.h>

struct reference_block *reference_blocks_find(struct reference_block *first, size_t point,
                                              size_t block)
{
    while (first != NULL && (first->point != point || first->block != block))
        first = first->next;
    return first;
}

bool reference_blocks_add(struct reference_block **first, size_t point, size_t block,
                          struct block_run *run, bool stored)
{
    struct reference_block *added = calloc(1, sizeof *added);
    if (added == NULL)
        return false;
    *added = (struct reference_block){*first, point, block, *run, stored};
    *run = (struct block_run){0};
    *first = added;
    return true;
}

void reference_blocks_drop(struct reference_block **first, size_t block)
{
    while (*first != NULL) {
        struct reference_block *kept = *first;
        if (kept->block >= block) {
            first = &kept->next;
            continue;
        }
        *first = kept->next;
        block_run_clear(&kept->run);
        free(kept);
    }
}
