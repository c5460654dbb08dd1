/* Which axes of a sampled design decide the odds: sensitivity.csv and its table.
 *
 * Of each target and axis: the part of the variance of the odds between points that is due to the
 * axis alone (stats/sensitivity.h). What the odds vary for want of replicates counts as the rest.
 */
#ifndef NEOBAY_STUDY_RANKING_H
#define NEOBAY_STUDY_RANKING_H

#include "stats/sensitivity.h"
#include "study/tables.h"

struct ranking_cell {
    struct sensitivity sensitivity;
    double p_holm;
    size_t rank; /* of the axis for its target, from 1; 0: none */
};

struct ranking {
    size_t targets, axes;
    struct ranking_cell *cell; /* [target * axes + axis]; targets of the base */
};

/* Whether a plan is of a design whose axes can be ranked. */
bool ranking_is_due(const struct plan *plan);

bool ranking_make(struct ranking *ranking, struct ledger *ledger, struct faults *faults);
void ranking_clear(struct ranking *ranking);

extern const enum csv_id ranking_files[];
/* As batch_extra asks; no context. */
bool ranking_write(void *context, struct ledger *ledger, struct file_group *files,
                   struct faults *faults);

#endif
