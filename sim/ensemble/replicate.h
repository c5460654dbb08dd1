/* One replicate: a district's life from the first month to the last, and what it says. */
#ifndef NEOBAY_ENSEMBLE_REPLICATE_H
#define NEOBAY_ENSEMBLE_REPLICATE_H

#include "district/district.h"
#include "measure/summary.h"

/* Storage of the outcome of one replicate. */
struct replicate {
    double *panel, *target_value, *drawn;
    int *target_reached;
};

bool replicate_init(struct replicate *replicate, const struct scenario *scenario,
                    const struct panel_layout *layout, struct faults *faults);
void replicate_clear(struct replicate *replicate);

/* Lives a replicate in the workspace `district`. */
bool replicate_run(struct replicate *replicate, struct district *district,
                   const struct panel_layout *layout, const struct draw_replicate *which,
                   struct faults *faults);

struct outcome replicate_outcome(const struct replicate *replicate, size_t number);

#endif
