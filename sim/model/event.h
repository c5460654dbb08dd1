/* Events of firms in a step: leaving, financing, moving. The advance kernel names the candidates,
 * by a bound of every hazard; here it is decided what happens to each. */
#ifndef NEOBAY_MODEL_EVENT_H
#define NEOBAY_MODEL_EVENT_H

#include "base/fault.h"

struct district;

/* Decides all candidates and removes those that leave. */
bool event_step(struct district *district, struct faults *faults);

/* True with probability 1 - exp(-hazard) of a uniform *u, which is then made uniform again, given
 * the answer, and independent of it. */
bool event_happens(double hazard, double *u);

#endif
