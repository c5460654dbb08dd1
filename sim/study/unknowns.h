/* What is not known in the base of a batch, as axes: `vary: {growth.quality: uncertain}`.
 *
 * Such an axis has no range of its own. It sets every uncertain value that its path covers, a star
 * standing for any step and a short path for all below it, to the same quantile of each one's
 * distribution. `vary: uncertain` is an axis for each uncertain value.
 */
#ifndef NEOBAY_STUDY_UNKNOWNS_H
#define NEOBAY_STUDY_UNKNOWNS_H

#include "study/plan.h"

/* Reads the base where the plan asks for it, finds what its axes cover, and checks that Sobol'
 * points have enough dimensions. All faults at their places in the batch file. */
bool unknowns_find(struct plan *plan, struct faults *faults);

#endif
