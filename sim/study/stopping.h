/* When a point has run enough.
 *
 * With a precision asked for, a point stops at the first look, of a few that double
 * (stats/looks.h), at which every target is known that well. A reference goes on as long as any
 * point is held against it.
 */
#ifndef NEOBAY_STUDY_STOPPING_H
#define NEOBAY_STUDY_STOPPING_H

#include "study/batch.h"

#define STOPPING_ALPHA 0.05

/* With a precision, hits are counted as they come. */
bool stopping_is_watched(const struct batch *batch);

/* Whether the number of replicates depends on what they showed, so that intervals must hold at all
 * times. */
bool stopping_is_adaptive(const struct batch *batch);

/* Takes account of the next block in a row of a point, which is in the store. */
bool stopping_look(struct batch *batch, size_t point, size_t block, struct faults *faults);

/* After it: lowers the point's goal, and that of its reference, if all is known that is wanted. */
void stopping_settle(struct batch *batch, size_t point);

#endif
