/* Where two tables, or two blocks of replicates, first differ, in words. */
#ifndef NEOBAY_CLI_DIFFERENCE_H
#define NEOBAY_CLI_DIFFERENCE_H

#include "engine/panel.h"
#include "store/columns.h"

/* Appends where the CSV file `name` of folder `is` first differs from that of folder `was`: line,
 * column, both values, and the cells that say which row it is. Nothing if they are the same. */
bool difference_of_files(const char *was, const char *is, const char *name, struct text *out,
                         struct faults *faults);

/* What digests.csv says of a block; text is borrowed. */
struct block_words {
    uint64_t first, count;
    const char *whole, *drawn, *targets, *twins, *by_replicate, *by_month, *by_column;
};

/* Appends how a block differs from what it was: which replicates, from which month, in what. False,
 * with nothing appended, if it does not. */
bool difference_of_blocks(const struct block_words *was, const struct block_words *is,
                          const struct scenario *scenario, const struct panel_layout *layout,
                          struct text *out);

#endif
