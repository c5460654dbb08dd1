/* The imprint of a block: digests of all that a hundred replicates in a row say, so that whoever
 * lives them again can tell whether they are the same, and if not, where they part.
 *
 * Every cell of every panel, twins included, is stirred with the number of its replicate and
 * column and added up three ways: by replicate, by month and by column. Sums of wrapped 64-bit
 * words; a NaN is a NaN, whatever its bits. What was drawn, what became of the targets and what
 * the twins said have digests of their own.
 */
#ifndef NEOBAY_ENGINE_IMPRINT_H
#define NEOBAY_ENGINE_IMPRINT_H

#include "engine/summary.h"

enum { IMPRINT_REPLICATES = 100 };

struct imprint {
    size_t months, columns;                 /* rows and columns of the panel */
    size_t targets, uncertain;              /* values beside the panel */
    size_t first, count;                    /* replicates first … first + count - 1 */
    uint64_t replicate[IMPRINT_REPLICATES]; /* their own panels and what stands beside them */
    uint64_t *month, *column;               /* [months], [columns] */
    uint64_t drawn, reached, twins;         /* uncertain values; targets; all that twins say */
};

bool imprint_init(struct imprint *imprint, const struct scenario *scenario,
                  const struct panel_layout *layout, struct faults *faults);
void imprint_clear(struct imprint *imprint);

/* Empties it, for the block that this replicate begins. */
void imprint_begin(struct imprint *imprint, size_t first);

/* Adds the next replicate of the block, which is not full. */
void imprint_add(struct imprint *imprint, const struct outcome *outcome);

/* For the store; taken into an imprint that is initialised for the same scenario. */
void imprint_put(struct text *out, const struct imprint *imprint);
void imprint_take(struct bytes_reader *reader, struct imprint *imprint);

/* The digest of the whole block. */
uint64_t imprint_whole(const struct imprint *imprint);

#endif
