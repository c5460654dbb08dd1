/* Which point likeliest meets a target: replicates go where that is open (stats/selection.h).
 *
 * Rounds: all points get a first share; then, as long as any rival is open, BEST_ROUND blocks go to
 * the leader and the open rivals. Rounds depend on results alone, never on threads or time. The run
 * stops when every rival is out, or all replicates are spent.
 */
#ifndef NEOBAY_STUDY_BEST_H
#define NEOBAY_STUDY_BEST_H

#include "stats/selection.h"
#include "study/tally.h"

enum { BEST_FIRST_BLOCKS = 2, BEST_ROUND = 8 };

struct best {
    size_t *point;  /* those that have the target and did not fail */
    size_t *target; /* its number in the layout of each */
    size_t count;
    struct rival *rival; /* of each */
    struct selection selection;
    uint64_t *trials; /* of each */
    uint64_t *hits;
};

/* Runs the batch by rounds. Fills `best`, for best_clear. */
bool best_run(struct best *best, struct batch *batch, struct faults *faults);

/* Judges what there is, without running. */
bool best_judge(struct best *best, struct batch *batch, struct faults *faults);
void best_clear(struct best *best);

#endif
