/* How the probability of each target is spread over the parameter draws: stats/band.h, of the rows
 * of a summary. */
#ifndef NEOBAY_ENGINE_BANDS_H
#define NEOBAY_ENGINE_BANDS_H

#include "engine/summary.h"
#include "stats/band.h"

/* [target, then joint target]; NULL where nothing is uncertain or there are too few replicates. */
struct bands {
    size_t count;
    struct band *band;
};

/* False with a fault if memory runs out. */
bool bands_make(struct bands *bands, const struct summary *summary, struct faults *faults);
void bands_clear(struct bands *bands);

#endif
