/* Cohorts: named groups of firms that do not come from sources.
 *
 * Incumbents are there before the clock starts, and have lived through three past windows of the
 * certificate by the same rule. Arrivals: a month's number is Poisson(rate * D); they ask for room
 * in their zone, in order of rank, and go away if there is none. The n-th member is the same firm
 * in every scenario.
 */
#ifndef NEOBAY_MODEL_COHORT_H
#define NEOBAY_MODEL_COHORT_H

#include "base/fault.h"

struct district;

bool cohort_start(struct district *district, struct faults *faults);
bool cohort_step(struct district *district, struct faults *faults);

#endif
