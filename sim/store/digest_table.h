/* digests.csv: the imprint of every block of a run's replicates, by which the run can be verified
 * and each replicate known again. */
#ifndef NEOBAY_STORE_DIGEST_TABLE_H
#define NEOBAY_STORE_DIGEST_TABLE_H

#include "base/digest.h"
#include "engine/imprint.h"
#include "store/columns.h"
#include "store/file.h"

/* An imprint as text. The lists have DIGEST_LISTED digits for each of theirs, with blanks between.
 * Zero-initialise; free with digest_words_clear. */
enum { DIGEST_LISTED = 8 };
struct digest_words {
    char whole[DIGEST_TEXT_BYTES], drawn[DIGEST_TEXT_BYTES], reached[DIGEST_TEXT_BYTES],
        twins[DIGEST_TEXT_BYTES];
    struct text by_replicate, by_month, by_column;
};

/* The row of an imprint, which borrows the words. False if memory ran out. */
bool digest_words_fill(struct digest_words *words, const struct imprint *imprint,
                       struct digests_row *row);
void digest_words_clear(struct digest_words *words);

struct digest_table {
    struct csv csv;
    struct imprint imprint; /* of the block under way */
    struct digest_words words;
    bool failed; /* memory ran out */
};

/* Begins the file. After a failure too, digest_table_clear. */
bool digest_table_open(struct digest_table *table, const struct scenario *scenario,
                       const struct panel_layout *layout, struct file_group *files,
                       struct faults *faults);
void digest_table_clear(struct digest_table *table);

/* Adds the next replicate; writes a row where a block is full. */
void digest_table_add(struct digest_table *table, const struct outcome *outcome);

/* Writes the last block. */
bool digest_table_end(struct digest_table *table, struct faults *faults);

#endif
