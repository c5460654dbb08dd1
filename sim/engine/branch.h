/* Branches: replicates of several scenarios, of which the trunk is simulated once.
 *
 * Scenarios stand in an order in which each shares so many rows of the panel with the one before it
 * (engine/trunk.h). The first is simulated from the start, and its state is kept where others leave
 * it; each other goes on from the last state kept that it shares. The bytes are those of each
 * scenario simulated alone.
 */
#ifndef NEOBAY_ENGINE_BRANCH_H
#define NEOBAY_ENGINE_BRANCH_H

#include "engine/workspace.h"

/* Scenarios of one group, and what a worker may keep of states, all together; a state that would
 * need more is not kept, and the rows after the one before it are simulated again. */
enum { BRANCH_MOST = WORKSPACE_STATES, BRANCH_MOST_BYTES = 64 << 20 };

struct branch_group {
    size_t count;
    const struct scenario *scenario[BRANCH_MOST]; /* of one layout; see trunk_shared */
    size_t shared[BRANCH_MOST]; /* rows that each has alike with the one before; of the first: 0 */
};

/* Simulates a replicate of each scenario, in order, and calls `each` with its number once
 * workspace->replicate is its. The workspace is bound to one of the scenarios. False with a fault
 * if memory runs out. */
bool branch_run(struct workspace *workspace, const struct branch_group *group,
                const struct draw_replicate *which, void (*each)(void *context, size_t member),
                void *context, struct faults *faults);

#endif
