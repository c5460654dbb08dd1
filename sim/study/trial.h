/* How long a batch will take, from a short trial. */
#ifndef NEOBAY_STUDY_TRIAL_H
#define NEOBAY_STUDY_TRIAL_H

#include "study/roster.h"

/* Lives a few replicates of the first and the last point; writes the seconds that one replicate
 * takes on one thread. */
bool trial_run(const struct roster *roster, uint64_t seed, double *seconds, struct faults *faults);

#endif
