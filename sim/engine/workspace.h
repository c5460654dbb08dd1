/* A workspace: all that one worker needs to simulate replicates of a scenario.
 *
 * It is bound to one scenario at a time; what it holds of an earlier one goes.
 */
#ifndef NEOBAY_ENGINE_WORKSPACE_H
#define NEOBAY_ENGINE_WORKSPACE_H

#include "engine/replicate.h"
#include "model/district.h"
#include "model/state.h"

/* The state after a row of the panel. */
struct kept_state {
    size_t row;
    struct snapshot snapshot;
};

/* States that branches go on from, at most. */
enum { WORKSPACE_STATES = 16 };

struct workspace {
    const struct scenario *scenario; /* NULL: bound to none */
    struct panel_layout layout;
    struct district district;
    struct replicate replicate;
    struct kept_state kept[WORKSPACE_STATES]; /* see engine/branch.h */
    uint64_t agent_steps;                     /* of scenarios that it was bound to before */
};

/* Binds it to a scenario, which must outlive the binding. False with a fault if memory runs out. */
bool workspace_bind(struct workspace *workspace, const struct scenario *scenario,
                    struct faults *faults);

/* The same, unless it is bound to this scenario already. For a scenario that stays where it is as
 * long as the workspace: another one may be made at the address of one that was freed. */
bool workspace_keep(struct workspace *workspace, const struct scenario *scenario,
                    struct faults *faults);

/* Goes over to another scenario of the same layout in the middle of a replicate; see
 * district_follow. */
void workspace_follow(struct workspace *workspace, const struct scenario *scenario,
                      const struct draw_replicate *which);

void workspace_clear(struct workspace *workspace);

/* Agent-steps (firms and projects, months) since it was zero-initialised. */
uint64_t workspace_agent_steps(const struct workspace *workspace);

#endif
