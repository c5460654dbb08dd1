/* How the odds settle as replicates come in: at looks that stand at 1, 2, 3 … 20 replicates and
 * then 5 % apart, how many replicates so far met each target. The interval written beside the
 * share holds at all looks at once (see stats/sequence.h), for it is there to be watched.
 */
#ifndef NEOBAY_STORE_CONVERGENCE_H
#define NEOBAY_STORE_CONVERGENCE_H

#include "base/csv.h"
#include "engine/summary.h"

struct convergence {
    const struct scenario *scenario;
    size_t targets; /* joint ones after the others */
    size_t looks;
    uint64_t replicates, next; /* so far; at the next look */
    uint64_t *met;             /* [target] so far */
    uint64_t *at_look;         /* [look * (1 + targets)] replicates, then met by each target */
};

bool convergence_init(struct convergence *convergence, const struct scenario *scenario,
                      struct faults *faults);
void convergence_clear(struct convergence *convergence);

/* Adds one replicate. Replicates come in their order. */
void convergence_add(struct convergence *convergence, const struct outcome *outcome);

/* For the store; taken into one that is initialised for the same scenario. */
void convergence_put(struct text *out, const struct convergence *convergence);
void convergence_take(struct bytes_reader *reader, struct convergence *convergence);

/* Writes the whole file, header included; its last look is at all replicates. */
void convergence_write(const struct convergence *convergence, struct csv *csv);

#endif
