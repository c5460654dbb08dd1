/* The stylised facts of one replicate's firms. */
#ifndef NEOBAY_STUDY_STYLISED_MEASURE_H
#define NEOBAY_STUDY_STYLISED_MEASURE_H

#include "study/firm_history.h"
#include "study/stylised.h"

/* Writes each fact of a history that is closed; NaN where it has too few firms to tell. False with
 * a fault if memory runs out. */
bool stylised_measure(const struct firm_history *history, double fact[STYLISED_COUNT],
                      struct faults *faults);

#endif
