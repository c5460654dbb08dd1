/* Reading the axes of a design: lists of values and ranges. */
#ifndef NEOBAY_BATCH_AXES_H
#define NEOBAY_BATCH_AXES_H

#include "batch/plan.h"
#include "scenario/node.h"
#include "scenario/report.h"

/* Reads `vary`, a mapping, into the plan's axes. False with reports if anything is wrong. */
bool axes_read(struct plan *plan, const struct node *vary, struct reports *reports);

#endif
