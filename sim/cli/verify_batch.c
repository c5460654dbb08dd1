/* neobay verify of a batch: blocks of its store lived again and held against their records. */
#include "cli/settled.h"
#include "cli/stop.h"
#include "cli/verify.h"
#include "engine/pool.h"
#include "study/block_run.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_WAITING = 64 };

/* A record of the store, and the block as it was lived again. */
struct waiting {
    size_t point;
    struct block was;
    struct block_run run;
    bool ok;
};

/* Blocks under way. */
struct visiting {
    struct verify *verify;
    struct batch batch; /* without a store of its own */
    size_t seen, wanted;
    bool counting; /* the first time through: only the blocks that are ours are counted */
    bool failed;
    size_t waiting_count; /* to be lived again, all at once */
    struct waiting waiting[MOST_WAITING];
};

/* ------------------------------------------------------------------ one block */

/* The point whose block it is, or their number: a block of a scenario that is no longer there. */
static size_t point_of(const struct batch *batch, const struct record_key *key)
{
    size_t point = 0, block = key->first / BLOCK_REPLICATES;
    if (key->first % BLOCK_REPLICATES != 0 || block >= batch->blocks)
        return batch->plan->points;
    for (; point < batch->plan->points; point++) {
        struct record_key ours = batch_key(batch, point, block);
        if (ours.fingerprint == key->fingerprint && ours.reference == key->reference &&
            ours.seed == key->seed && ours.strata == key->strata && ours.count == key->count)
            break;
    }
    return point;
}

/* Simulates a block again, compared with its reference as in the batch. What fails is told when the
 * block's turn comes. */
static bool simulate_again(void *context, size_t index, struct workspace *workspace,
                           struct faults *faults)
{
    struct visiting *visiting = context;
    const struct batch *batch = &visiting->batch;
    struct waiting *waiting = &visiting->waiting[index];
    size_t point = waiting->point, block = waiting->was.key.first / BLOCK_REPLICATES;
    size_t reference = batch->roster.seat[point].reference;
    struct block_run *run = &waiting->run, against = {0};
    bool ended = false, compared = reference != PLAN_NO_REFERENCE;
    waiting->ok =
        block_run_make(run, batch, point, block, workspace, &ended, faults) &&
        (!compared || block_run_make(&against, batch, reference, block, workspace, &ended, faults));
    if (waiting->ok)
        block_sum(&run->block, &run->values, compared ? &against.values : NULL);
    block_run_clear(&against);
    return waiting->ok || ended;
}

/* Says what the first replicate that met other targets met. */
static void say_met(const struct layout *layout, const struct block *was, const struct block *is,
                    struct text *out)
{
    for (uint32_t i = 0; i < is->key.count; i++) {
        uint64_t other = was->met[i] ^ is->met[i];
        if (other == 0)
            continue;
        size_t target = (size_t)__builtin_ctzll(other);
        text_append(out, "; replicate %u is the first that %s %s, as the store does not say",
                    is->key.first + i, is->met[i] >> target & 1 ? "met" : "missed",
                    target < layout->target_count ? layout->target[target] : "a target");
        return;
    }
}

static void say_quantities(const struct layout *layout, const struct block *was,
                           const struct block *is, struct text *out)
{
    char month[TEXT_MONTH_BYTES];
    for (size_t q = 0; q < is->quantities && q < was->quantities; q++)
        if (!block_cell_same(&was->cell[q], &is->cell[q])) {
            text_append(out, "; in %s of %s", indicators[layout->quantity[q].indicator].name,
                        text_month(month, layout->quantity[q].month));
            return;
        }
}

static bool say_block(struct visiting *visiting, size_t point, const struct block *was,
                      const struct block *is)
{
    struct verify *verify = visiting->verify;
    struct point name = {0};
    bool ok = plan_point(visiting->batch.plan, point, &name, verify->faults);
    if (ok) {
        const struct layout *layout = roster_layout(&visiting->batch.roster, point);
        text_append(&verify->said, "%s, replicates %u–%u differ", name.name, is->key.first,
                    is->key.first + is->key.count - 1);
        say_met(layout, was, is, &verify->said);
        say_quantities(layout, was, is, &verify->said);
        text_append(&verify->said, "\n");
    }
    verify->blocks_differ++;
    point_clear(&name);
    return ok;
}

/* Takes what came of a block, in the order of the store. */
static bool settle(struct visiting *visiting, struct waiting *waiting)
{
    struct verify *verify = visiting->verify;
    bool ok = waiting->ok;
    if (ok && !block_same(&waiting->was, &waiting->run.block))
        ok = say_block(visiting, waiting->point, &waiting->was, &waiting->run.block);
    verify->blocks_relived += ok;
    verify->replicates_relived += ok ? waiting->was.key.count : 0;
    block_clear(&waiting->was);
    block_run_clear(&waiting->run);
    return ok;
}

/* Lives all that wait; where something failed, only frees them. */
static bool flush(struct visiting *visiting)
{
    bool ok = stop_signal() == 0 && !visiting->failed;
    size_t count = visiting->waiting_count;
    if (ok)
        ok = pool_map(visiting->batch.options.threads, count, simulate_again, visiting,
                      visiting->verify->faults);
    for (size_t i = 0; i < count; i++) {
        ok = settle(visiting, &visiting->waiting[i]) && ok;
        visiting->waiting[i] = (struct waiting){0};
    }
    visiting->waiting_count = 0;
    return ok;
}

static bool wait_for(struct visiting *visiting, size_t point, const struct store_record *record)
{
    struct waiting *waiting = &visiting->waiting[visiting->waiting_count++];
    *waiting = (struct waiting){.point = point};
    if (!block_of(&waiting->was, record))
        return fault_memory(visiting->verify->faults, "verifying");
    return visiting->waiting_count < MOST_WAITING || flush(visiting);
}

/* ------------------------------------------------------------------ the store */

static bool visit(void *context, const struct store_record *record, uint64_t id)
{
    struct visiting *visiting = context;
    (void)id;
    size_t point = point_of(&visiting->batch, &record->key);
    if (point == visiting->batch.plan->points)
        return true;
    size_t index = visiting->seen++;
    if (visiting->counting || !verify_is_chosen(index, visiting->verify->blocks, visiting->wanted))
        return true;
    visiting->failed = !wait_for(visiting, point, record);
    return !visiting->failed;
}

static bool scan(struct visiting *visiting, bool counting, struct store_found *found)
{
    struct faults mine = {0};
    visiting->counting = counting;
    visiting->seen = 0;
    const struct store_visit every = {.context = visiting, .record = visit};
    bool ok = store_scan(visiting->verify->again.folder, &every, found, &mine);
    if (!ok && !visiting->failed)
        fault_world(visiting->verify->faults, "%s", mine.count > 0 ? mine.fault[0].message : "");
    faults_clear(&mine);
    return flush(visiting) && ok;
}

static bool verify_store(struct visiting *visiting)
{
    struct verify *verify = visiting->verify;
    struct store_found found;
    if (!scan(visiting, true, &found))
        return false;
    verify->blocks = visiting->seen;
    visiting->wanted = verify_wanted(verify, verify->blocks);
    if (found.damaged > 0)
        text_append(&verify->said, STORE_NAME ": %zu damaged %s\n", found.damaged,
                    found.damaged == 1 ? "record" : "records");
    verify->others += found.damaged;
    if (tables_fingerprint(&visiting->batch) != verify->again.manifest.fingerprint) {
        text_append(&verify->said, "the points are not those of then: the batch file or scenario "
                                   "files were changed, or are understood otherwise\n");
        verify->others++;
    }
    return verify->blocks == 0 || scan(visiting, false, &found);
}

/* The batch as its plan is now, without a store of its own. */
static bool verify_plan(struct visiting *visiting, struct job *job)
{
    struct faults *faults = visiting->verify->faults;
    struct batch *batch = &visiting->batch;
    if (!job_plan(job, faults))
        return false;
    *batch = (struct batch){.plan = &job->plan, .options = job_options(job)};
    batch->blocks = (size_t)((job->request.replicates + BLOCK_REPLICATES - 1) / BLOCK_REPLICATES);
    const struct roster_options checking = batch_checking(&batch->options);
    bool ok = roster_init(&batch->roster, &job->plan, &checking, faults) && verify_store(visiting);
    roster_clear(&batch->roster);
    return ok;
}

bool verify_batch(struct verify *verify)
{
    struct settled settled = {0};
    struct visiting *visiting = calloc(1, sizeof *visiting);
    bool ok = visiting != NULL || fault_memory(verify->faults, "verifying");
    if (ok && !settled_read(&settled, verify->call, verify->again.folder, verify->faults)) {
        ok = verify_take_faults(verify); /* the store belongs to the folder */
    } else if (ok) {
        visiting->verify = verify;
        ok = verify_plan(visiting, &settled.job);
        job_clear(&settled.job);
    }
    settled_clear(&settled);
    free(visiting);
    return ok;
}
