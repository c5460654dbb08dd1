/* Scenarios of points, made when they are needed and kept while there is room.
 *
 * A file is read once, and points are compiled from copies of its tree. The first STOCK_SCENARIOS
 * points to come stay compiled: blocks go round all points, so that any other choice would be
 * thrown out before it is asked for again. Memory does not grow with the number of points.
 */
#ifndef NEOBAY_STUDY_STOCK_H
#define NEOBAY_STUDY_STOCK_H

#include "scenario/scenario.h"
#include "study/plan.h"

enum { STOCK_SCENARIOS = 500, STOCK_TREES = 50 };

struct stock;

/* NULL with a fault if memory runs out. */
struct stock *stock_new(const struct plan *plan, struct faults *faults);
void stock_free(struct stock *stock);

/* The scenario of a point, for stock_return. `fingerprint` is what it had when it was first made,
 * or 0: then it has its own; a file that has changed since is a fault. NULL with faults at their
 * places in the batch file. Any thread may. */
const struct scenario *stock_get(struct stock *stock, size_t point, uint64_t fingerprint,
                                 struct faults *faults);
void stock_return(struct stock *stock, size_t point, const struct scenario *scenario);

/* A file of the plan with what it sets, and some changes, laid over it, for scenario_free; without
 * a fingerprint if the file had been read before. */
struct scenario *stock_make(struct stock *stock, const char *file, const struct change *change,
                            size_t count, struct faults *faults);

#endif
