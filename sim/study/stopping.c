#include "study/stopping.h"

#include "stats/looks.h"

bool stopping_is_watched(const struct batch *batch)
{
    return batch->options.precision > 0.0;
}

bool stopping_is_adaptive(const struct batch *batch)
{
    return stopping_is_watched(batch) || batch->options.best != NULL;
}

bool stopping_look(struct batch *batch, size_t point, size_t block, struct faults *faults)
{
    if (!stopping_is_watched(batch))
        return true;
    struct block done = {0};
    bool ok = batch_read(batch, point, block, &done, faults);
    for (size_t i = 0; ok && i < done.key.count; i++)
        for (size_t t = 0; t < done.targets; t++)
            batch->met[point * SCENARIO_TARGETS + t] += done.met[i] >> t & 1;
    block_clear(&done);
    return ok;
}

static bool is_precise(const struct batch *batch, size_t point)
{
    const struct layout *layout = roster_layout(&batch->roster, point);
    uint64_t trials = batch_replicates(batch, batch->standing[point].blocks);
    for (size_t t = 0; t < layout->target_count; t++) {
        uint64_t met = batch->met[point * SCENARIO_TARGETS + t];
        struct interval interval = looks_interval(met, trials, LOOKS_ERROR);
        if (0.5 * (interval.high - interval.low) > batch->options.precision)
            return false;
    }
    return true;
}

/* Blocks that a point needs: up to when it was first known so well, and if others are held against
 * it as many as they need. Whatever ran beyond that, while it was not known yet, does not count. */
static void settle_goal(struct batch *batch, size_t point)
{
    const struct seat *seat = batch->roster.seat;
    struct standing *standing = &batch->standing[point];
    size_t goal = standing->precise > 0 ? standing->precise : batch->blocks;
    for (size_t p = 0; seat[point].is_reference && p < batch->plan->points; p++)
        if (seat[p].reference == point && batch->standing[p].reason == NULL &&
            batch->standing[p].goal > goal)
            goal = batch->standing[p].goal;
    if (goal >= standing->goal)
        return;
    standing->goal = goal;
    if (seat[point].reference != PLAN_NO_REFERENCE)
        settle_goal(batch, seat[point].reference);
}

void stopping_settle(struct batch *batch, size_t point)
{
    struct standing *standing = &batch->standing[point];
    if (!stopping_is_watched(batch))
        return;
    if (standing->precise == 0 && looks_is_at(standing->blocks, batch->last_look) &&
        is_precise(batch, point))
        standing->precise = standing->blocks;
    settle_goal(batch, point);
}
