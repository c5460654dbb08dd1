#include "study/best.h"

#include <stdlib.h>
#include <string.h>

void best_clear(struct best *best)
{
    free(best->point);
    free(best->target);
    free(best->rival);
    free(best->trials);
    free(best->hits);
    *best = (struct best){0};
}

static bool best_init(struct best *best, const struct batch *batch, struct faults *faults)
{
    size_t points = batch->plan->points;
    *best = (struct best){
        .point = calloc(points, sizeof *best->point),
        .target = calloc(points, sizeof *best->target),
        .rival = calloc(points, sizeof *best->rival),
        .trials = calloc(points, sizeof *best->trials),
        .hits = calloc(points, sizeof *best->hits),
    };
    if (!best->point || !best->target || !best->rival || !best->trials || !best->hits)
        return fault_memory(faults, "looking for the best point");
    for (size_t p = 0; p < points; p++) {
        const struct layout *layout = roster_layout(&batch->roster, p);
        size_t target = layout_target(layout, batch->options.best);
        if (target == layout->target_count || batch->standing[p].reason != NULL)
            continue;
        best->point[best->count] = p;
        best->target[best->count++] = target;
    }
    return true;
}

/* Yes or no of a point's replicates, one bit each. */
static bool read_bits(struct ledger *ledger, size_t point, size_t target, uint64_t *met,
                      uint64_t *bit, struct faults *faults)
{
    const struct batch *batch = ledger->batch;
    uint64_t replicates = batch_replicates(batch, ledger_blocks(batch, point));
    memset(bit, 0, ((size_t)batch->options.replicates / 64 + 1) * sizeof *bit);
    if (!ledger_bits(ledger, point, met, faults))
        return false;
    for (size_t r = 0; r < replicates; r++)
        bit[r / 64] |= (met[r] >> target & 1) << r % 64;
    return true;
}

/* What judging needs, for all replicates of one point. */
struct scratch {
    struct ledger ledger;
    uint64_t *met, *leader, *rival;
    struct paired_counts *against;
};

static bool scratch_init(struct scratch *scratch, const struct best *best,
                         const struct batch *batch, struct faults *faults)
{
    size_t replicates = (size_t)batch->options.replicates;
    *scratch = (struct scratch){
        .ledger = {.batch = batch}, /* no references: only bits are read */
        .met = calloc(replicates + 1, sizeof *scratch->met),
        .leader = calloc(replicates / 64 + 1, sizeof *scratch->leader),
        .rival = calloc(replicates / 64 + 1, sizeof *scratch->rival),
        .against = calloc(best->count + 1, sizeof *scratch->against),
    };
    return (scratch->met && scratch->leader && scratch->rival && scratch->against) ||
           fault_memory(faults, "looking for the best point");
}

static void scratch_clear(struct scratch *scratch)
{
    ledger_clear(&scratch->ledger);
    free(scratch->met);
    free(scratch->leader);
    free(scratch->rival);
    free(scratch->against);
}

static bool count_hits(struct best *best, struct scratch *scratch, struct faults *faults)
{
    const struct batch *batch = scratch->ledger.batch;
    bool ok = true;
    for (size_t i = 0; ok && i < best->count; i++) {
        best->trials[i] = batch_replicates(batch, ledger_blocks(batch, best->point[i]));
        best->hits[i] = 0;
        ok = ledger_bits(&scratch->ledger, best->point[i], scratch->met, faults);
        for (size_t r = 0; ok && r < best->trials[i]; r++)
            best->hits[i] += scratch->met[r] >> best->target[i] & 1;
    }
    return ok;
}

static bool judge(struct best *best, struct scratch *scratch, struct faults *faults)
{
    const struct batch *batch = scratch->ledger.batch;
    const struct selection_rule rule = {1.0 - batch->options.confidence,
                                        batch->options.indifference};
    if (!count_hits(best, scratch, faults))
        return false;
    size_t leader = selection_leader(best->hits, best->trials, best->count);
    bool ok = read_bits(&scratch->ledger, best->point[leader], best->target[leader], scratch->met,
                        scratch->leader, faults);
    for (size_t i = 0; ok && i < best->count; i++) {
        uint64_t shared =
            best->trials[i] < best->trials[leader] ? best->trials[i] : best->trials[leader];
        ok = read_bits(&scratch->ledger, best->point[i], best->target[i], scratch->met,
                       scratch->rival, faults);
        scratch->against[i] = paired_count_bits(scratch->rival, scratch->leader, (size_t)shared);
    }
    if (ok)
        best->selection =
            selection_judge(scratch->against, best->count, leader, &rule, best->rival);
    return ok;
}

bool best_judge(struct best *best, struct batch *batch, struct faults *faults)
{
    struct scratch scratch = {0};
    if (!best_init(best, batch, faults))
        return false;
    bool ok = best->count > 0 ||
              fault_world(faults, "all points with target %s failed", batch->options.best);
    ok = ok && scratch_init(&scratch, best, batch, faults) && judge(best, &scratch, faults);
    scratch_clear(&scratch);
    return ok;
}

static void set_first_goals(struct batch *batch)
{
    for (size_t p = 0; p < batch->plan->points; p++)
        if (batch->blocks > BEST_FIRST_BLOCKS)
            batch->standing[p].goal = BEST_FIRST_BLOCKS;
}

/* Raises the goals by one round; false where no rival that is open, nor the leader, may have more.
 */
static bool raise_goals(struct best *best, struct batch *batch, uint64_t *given)
{
    bool raised = false;
    selection_allocate(best->rival, best->count, best->selection.leader, BEST_ROUND,
                       BLOCK_REPLICATES, best->trials, given);
    for (size_t i = 0; i < best->count; i++) {
        struct standing *standing = &batch->standing[best->point[i]];
        size_t goal = standing->goal + (size_t)given[i];
        goal = goal < batch->blocks ? goal : batch->blocks;
        raised |= goal > standing->goal;
        standing->goal = goal;
    }
    return raised;
}

bool best_run(struct best *best, struct batch *batch, struct faults *faults)
{
    uint64_t *given = calloc(batch->plan->points + 1, sizeof *given);
    bool ok = given != NULL || fault_memory(faults, "looking for the best point"), more = ok;
    *best = (struct best){0};
    set_first_goals(batch);
    while (ok && more && !batch->ended) {
        best_clear(best);
        ok = batch_run(batch, faults) && (batch->ended || best_judge(best, batch, faults));
        more = ok && !batch->ended && best->selection.open > 0 && raise_goals(best, batch, given);
    }
    free(given);
    return ok;
}
