/* Reading the axes of a design: lists of values and ranges. */
#ifndef NEOBAY_STUDY_AXES_H
#define NEOBAY_STUDY_AXES_H

#include "scenario/node.h"
#include "study/plan.h"

#define AXES_UNCERTAIN "uncertain" /* in place of a range: as the base has it */

/* Reads `vary`, a mapping, into the plan's axes. False with faults if anything is wrong. */
bool axes_read(struct plan *plan, const struct node *vary, struct faults *faults);

/* Sets what axes are called in names of points: the end of the path, or all of it where another
 * axis ends alike. */
void axes_set_labels(struct plan *plan);

#endif
