/* neobay verify of a batch: blocks of its journal lived again and held against their records. */
#include "batch/luck.h"
#include "cli/settled.h"
#include "cli/stop.h"
#include "cli/verify.h"

#include <stdlib.h>
#include <string.h>

/* Blocks under way. */
struct visiting {
    struct verify *verify;
    struct batch batch; /* without a journal of its own */
    size_t seen, wanted;
    bool counting; /* the first time through: only the blocks that are ours are counted */
    bool failed;
};

/* ------------------------------------------------------------------ one block */

/* The point whose block it is, or their number: a block of a scenario that is no longer there. */
static size_t point_of(const struct batch *batch, const struct block_key *key)
{
    size_t point = 0, block = key->first / BLOCK_REPLICATES;
    if (key->first % BLOCK_REPLICATES != 0 || block >= batch->blocks)
        return batch->plan->points;
    for (; point < batch->plan->points; point++) {
        struct block_key ours = batch_key(batch, point, block);
        if (ours.fingerprint == key->fingerprint && ours.reference == key->reference &&
            ours.seed == key->seed && ours.strata == key->strata && ours.count == key->count)
            break;
    }
    return point;
}

/* Lives the block of a point, held against its reference as in the batch. */
static bool live_again(struct visiting *visiting, size_t point, size_t block, struct lived *lived)
{
    const struct batch *batch = &visiting->batch;
    struct faults *faults = visiting->verify->faults;
    size_t reference = batch->roster.seat[point].reference;
    struct lived against = {0};
    bool ended = false, held = reference != PLAN_NO_REFERENCE;
    bool ok = lived_make(lived, batch, point, block, &ended, faults) &&
              (!held || lived_make(&against, batch, reference, block, &ended, faults));
    if (ok)
        block_sum(&lived->block, &lived->luck, held ? &against.luck : NULL);
    lived_clear(&against);
    return ok;
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
        text_append(out, "; replicate %u is the first that %s %s, as the journal does not say",
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
        if (memcmp(&was->cell[q], &is->cell[q], sizeof was->cell[q]) != 0) {
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

static bool check_block(struct visiting *visiting, size_t point, const char *bytes, size_t length)
{
    struct lived lived = {0};
    struct block was = {0};
    struct text now = {0};
    bool ok =
        block_read(&was, bytes, length) || fault_memory(visiting->verify->faults, "verifying");
    ok = ok && live_again(visiting, point, was.key.first / BLOCK_REPLICATES, &lived);
    if (ok)
        block_write(&lived.block, &now);
    if (ok && now.failed)
        ok = fault_memory(visiting->verify->faults, "verifying");
    if (ok && (now.length != length || memcmp(now.bytes, bytes, length) != 0))
        ok = say_block(visiting, point, &was, &lived.block);
    if (ok) {
        visiting->verify->blocks_relived++;
        visiting->verify->replicates_relived += was.key.count;
    }
    text_clear(&now);
    block_clear(&was);
    lived_clear(&lived);
    return ok;
}

/* ------------------------------------------------------------------ the journal */

static bool visit(void *context, enum journal_kind kind, uint64_t at, const char *bytes,
                  size_t length)
{
    struct visiting *visiting = context;
    struct block_key key;
    (void)at;
    if (kind != JOURNAL_BLOCK || !block_read_key(&key, bytes, length))
        return true;
    size_t point = point_of(&visiting->batch, &key);
    if (point == visiting->batch.plan->points)
        return true;
    size_t index = visiting->seen++;
    if (visiting->counting || !verify_is_chosen(index, visiting->verify->blocks, visiting->wanted))
        return true;
    visiting->failed = stop_signal() != 0 || !check_block(visiting, point, bytes, length);
    return !visiting->failed;
}

static bool scan(struct visiting *visiting, bool counting, struct journal_state *state)
{
    struct faults mine = {0};
    visiting->counting = counting;
    visiting->seen = 0;
    bool ok = journal_scan(visiting->verify->again.folder, visit, visiting, state, &mine);
    if (!ok && !visiting->failed)
        fault_world(visiting->verify->faults, "%s", mine.count > 0 ? mine.message[0] : "");
    faults_clear(&mine);
    return ok;
}

static bool verify_journal(struct visiting *visiting)
{
    struct verify *verify = visiting->verify;
    struct journal_state state;
    if (!scan(visiting, true, &state))
        return false;
    verify->blocks = visiting->seen;
    visiting->wanted = verify_wanted(verify, verify->blocks);
    if (state.damaged > 0)
        text_append(&verify->said, JOURNAL_NAME ": %zu damaged %s\n", state.damaged,
                    state.damaged == 1 ? "record" : "records");
    verify->others += state.damaged;
    if (tables_fingerprint(&visiting->batch) != verify->again.manifest.fingerprint) {
        text_append(&verify->said, "the points are not those of then: the batch file or scenario "
                                   "files were changed, or are understood otherwise\n");
        verify->others++;
    }
    return verify->blocks == 0 || scan(visiting, false, &state);
}

bool verify_batch(struct verify *verify)
{
    struct settled settled;
    struct call own = *verify->call;
    own.words[OPTION_ID_SHARD] = NULL;
    struct visiting visiting = {.verify = verify};
    if (!settled_read(&settled, &own, verify->again.folder, verify->faults)) {
        settled_clear(&settled);
        return verify_take_faults(verify);
    }
    bool ok = job_plan(&settled.job, verify->faults);
    if (ok) {
        visiting.batch = (struct batch){.plan = &settled.job.plan,
                                        .options = job_options(&settled.job),
                                        .journal = {.descriptor = -1}};
        visiting.batch.blocks =
            (size_t)((settled.job.request.replicates + BLOCK_REPLICATES - 1) / BLOCK_REPLICATES);
        ok = roster_init(&visiting.batch.roster, &settled.job.plan, visiting.batch.options.threads,
                         verify->faults) &&
             verify_journal(&visiting);
        roster_clear(&visiting.batch.roster);
    }
    job_clear(&settled.job);
    settled_clear(&settled);
    return ok;
}
