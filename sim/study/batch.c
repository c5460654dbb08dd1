#include "study/batch.h"

#include "base/memory.h"
#include "study/stopping.h"

#include <stdlib.h>
#include <string.h>

uint32_t batch_block_count(const struct batch *batch, size_t block)
{
    uint64_t first = (uint64_t)block * BLOCK_REPLICATES, all = batch->options.replicates;
    return (uint32_t)(all - first < BLOCK_REPLICATES ? all - first : BLOCK_REPLICATES);
}

uint64_t batch_replicates(const struct batch *batch, size_t blocks)
{
    uint64_t replicates = (uint64_t)blocks * BLOCK_REPLICATES;
    return replicates < batch->options.replicates ? replicates : batch->options.replicates;
}

bool batch_has_block(const struct batch *batch, size_t point, size_t block)
{
    return batch->address[point * batch->blocks + block] != 0;
}

bool batch_in_shard(const struct batch *batch, size_t point)
{
    return point % batch->options.shards == batch->options.shard ||
           batch->roster.seat[point].is_reference;
}

struct batch_count batch_count(const struct batch *batch)
{
    struct batch_count count = {0};
    for (size_t p = 0; p < batch->plan->points; p++) {
        const struct standing *standing = &batch->standing[p];
        if (!batch_in_shard(batch, p))
            continue;
        size_t goal = standing->reason == NULL ? standing->goal : standing->blocks;
        count.all_points++;
        count.points += standing->blocks >= goal;
        count.all_replicates += batch_replicates(batch, goal);
        for (size_t b = 0; b < goal; b++)
            if (batch_has_block(batch, p, b))
                count.replicates += batch_block_count(batch, b);
    }
    return count;
}

struct block_key batch_key(const struct batch *batch, size_t point, size_t block)
{
    const struct seat *seat = &batch->roster.seat[point];
    return (struct block_key){
        .fingerprint = seat->fingerprint,
        .reference = seat->reference == PLAN_NO_REFERENCE
                         ? 0
                         : batch->roster.seat[seat->reference].fingerprint,
        .seed = batch->options.seed,
        .strata = batch->options.strata,
        .first = (uint32_t)block * BLOCK_REPLICATES,
        .count = batch_block_count(batch, block),
    };
}

bool batch_read(const struct batch *batch, size_t point, size_t block, struct text *bytes,
                struct block *out, struct faults *faults)
{
    uint64_t address = batch->address[point * batch->blocks + block];
    ASSERT(address != 0);
    if (!journal_read(&batch->journal, address - 1, bytes, faults))
        return false;
    return block_read(out, bytes->bytes, bytes->length) ||
           fault_memory(faults, "reading the journal");
}

/* ------------------------------------------------------------------ noting what is done */

/* Notes a block, and moves on what is done in a row. */
static bool note(struct batch *batch, size_t point, size_t block, uint64_t at,
                 struct faults *faults)
{
    struct standing *standing = &batch->standing[point];
    batch->address[point * batch->blocks + block] = at + 1;
    while (standing->blocks < batch->blocks && batch_has_block(batch, point, standing->blocks)) {
        if (!stopping_look(batch, point, standing->blocks, faults))
            return false;
        standing->blocks++;
        stopping_settle(batch, point);
    }
    return true;
}

bool batch_enter(struct batch *batch, size_t point, size_t block, const struct block *done,
                 struct faults *faults)
{
    struct text bytes = {0};
    uint64_t at = 0;
    block_write(done, &bytes);
    bool ok = journal_append(&batch->journal, JOURNAL_BLOCK, &bytes, &at, faults) &&
              note(batch, point, block, at, faults);
    text_clear(&bytes);
    return ok;
}

static bool note_failure(struct batch *batch, size_t point, const char *reason,
                         struct faults *faults)
{
    struct standing *standing = &batch->standing[point];
    free(standing->reason);
    standing->reason = memory_copy_text(reason);
    return standing->reason != NULL || fault_memory(faults, "noting that a point failed");
}

/* A failure's record: the key of the point's first block as a block writes it, then the reason. */
bool batch_enter_failure(struct batch *batch, size_t point, const char *reason,
                         struct faults *faults)
{
    struct text bytes = {0};
    const struct block none = {.key = batch_key(batch, point, 0)};
    block_write_key(&none, &bytes);
    text_append(&bytes, "%s", reason);
    bool ok = journal_append(&batch->journal, JOURNAL_FAILURE, &bytes, NULL, faults) &&
              note_failure(batch, point, reason, faults);
    text_clear(&bytes);
    return ok;
}

/* ------------------------------------------------------------------ what the journal has */

struct known_point {
    struct block_key key; /* of its first block */
    size_t point;
};

/* Points by key; several may share one. */
struct known {
    struct batch *batch;
    struct faults *faults;
    struct known_point *point;
    bool copies; /* records come from another journal, and are copied to ours */
    bool failed;
};

static int compare_keys(const void *left, const void *right)
{
    const struct known_point *a = left, *b = right;
    int order =
        (a->key.fingerprint > b->key.fingerprint) - (a->key.fingerprint < b->key.fingerprint);
    if (order == 0)
        order = (a->key.reference > b->key.reference) - (a->key.reference < b->key.reference);
    return order == 0 ? (a->point > b->point) - (a->point < b->point) : order;
}

static bool known_init(struct known *known, struct batch *batch, struct faults *faults)
{
    *known = (struct known){.batch = batch, .faults = faults};
    known->point = calloc(batch->plan->points, sizeof *known->point);
    if (known->point == NULL)
        return fault_memory(faults, "reading the journal");
    for (size_t p = 0; p < batch->plan->points; p++)
        known->point[p] = (struct known_point){batch_key(batch, p, 0), p};
    qsort(known->point, batch->plan->points, sizeof *known->point, compare_keys);
    return true;
}

/* The first of the points that have this key, or their number. */
static size_t first_known(const struct known *known, const struct block_key *key)
{
    const struct known_point wanted = {*key, 0};
    size_t low = 0, high = known->batch->plan->points;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(&known->point[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether a block of this key is one that the point asks for. */
static bool fits(const struct batch *batch, size_t point, const struct block_key *key)
{
    size_t block = key->first / BLOCK_REPLICATES;
    if (key->first % BLOCK_REPLICATES != 0 || block >= batch->blocks)
        return false;
    struct block_key ours = batch_key(batch, point, block);
    return ours.fingerprint == key->fingerprint && ours.reference == key->reference &&
           ours.seed == key->seed && ours.strata == key->strata && ours.count == key->count;
}

static bool take_block(struct known *known, uint64_t at, const char *bytes, size_t length)
{
    struct batch *batch = known->batch;
    struct block_key key;
    if (!block_read_key(&key, bytes, length))
        return true;
    bool ours = false, ok = true;
    for (size_t i = first_known(known, &key);
         ok && i < batch->plan->points && fits(batch, known->point[i].point, &key); i++) {
        size_t point = known->point[i].point, block = key.first / BLOCK_REPLICATES;
        ours = true;
        if (batch_has_block(batch, point, block))
            continue;
        const struct text record = {.bytes = (char *)bytes, .length = length};
        if (known->copies)
            ok = journal_append(&batch->journal, JOURNAL_BLOCK, &record, &at, known->faults);
        ok = ok && note(batch, point, block, at, known->faults);
    }
    batch->reused += ours;
    batch->foreign += !ours;
    known->failed |= !ok;
    return ok;
}

/* A failure counts where parts are put together; where a batch is resumed the point is tried again.
 */
static bool take_failure(struct known *known, const char *bytes, size_t length)
{
    struct batch *batch = known->batch;
    struct block_key key;
    bool ok = true;
    if (!known->copies || !block_read_key(&key, bytes, length))
        return true;
    for (size_t i = first_known(known, &key);
         ok && i < batch->plan->points && fits(batch, known->point[i].point, &key); i++)
        ok = batch_enter_failure(batch, known->point[i].point, bytes + BLOCK_KEY_BYTES,
                                 known->faults);
    known->failed |= !ok;
    return ok;
}

static bool visit(void *context, enum journal_kind kind, uint64_t at, const char *bytes,
                  size_t length)
{
    if (kind == JOURNAL_FAILURE)
        return take_failure(context, bytes, length);
    return kind != JOURNAL_BLOCK || take_block(context, at, bytes, length);
}

static bool open_journal(struct batch *batch, const char *folder, bool fresh, struct faults *faults)
{
    struct known known;
    struct journal_state state = {0};
    bool ok = known_init(&known, batch, faults) &&
              journal_open(&batch->journal, folder, fresh, visit, &known, &state, faults);
    batch->damaged = state.damaged;
    batch->torn_bytes = state.torn_bytes;
    free(known.point);
    return ok;
}

bool batch_import(struct batch *batch, const char *folder, struct faults *faults)
{
    struct known known;
    struct journal_state state = {0};
    bool ok = known_init(&known, batch, faults);
    known.copies = true;
    ok = ok && journal_scan(folder, visit, &known, &state, faults);
    batch->damaged += state.damaged;
    batch->torn_bytes += state.torn_bytes;
    free(known.point);
    return ok && !known.failed;
}

/* ------------------------------------------------------------------ beginning and end */

static bool allocate(struct batch *batch, struct faults *faults)
{
    size_t points = batch->plan->points;
    batch->address = calloc(points * batch->blocks, sizeof *batch->address);
    batch->standing = calloc(points, sizeof *batch->standing);
    batch->met =
        stopping_is_watched(batch) ? calloc(points * LAYOUT_TARGETS, sizeof *batch->met) : NULL;
    if (batch->address == NULL || batch->standing == NULL ||
        (stopping_is_watched(batch) && batch->met == NULL))
        return fault_memory(faults, "setting up the batch");
    for (size_t p = 0; p < points; p++)
        batch->standing[p].goal = batch->blocks;
    return true;
}

static bool check_best(const struct batch *batch, struct faults *faults)
{
    const char *best = batch->options.best;
    for (size_t i = 0; best != NULL && i < batch->roster.layout_count; i++)
        if (layout_target(&batch->roster.layout[i], best) < batch->roster.layout[i].target_count)
            return true;
    return best == NULL ||
           fault_input(faults, (struct place){0}, "--best = %s is no target of any point", best);
}

bool batch_init(struct batch *batch, const struct plan *plan, const struct batch_options *options,
                const char *folder, bool fresh, struct faults *faults)
{
    *batch = (struct batch){.plan = plan, .options = *options, .journal = {.descriptor = -1}};
    batch->blocks = (size_t)((options->replicates + BLOCK_REPLICATES - 1) / BLOCK_REPLICATES);
    bool ok = roster_init(&batch->roster, plan, options->threads, faults) &&
              check_best(batch, faults) && allocate(batch, faults) &&
              open_journal(batch, folder, fresh, faults);
    if (!ok)
        batch_clear(batch);
    return ok;
}

void batch_clear(struct batch *batch)
{
    for (size_t p = 0; batch->standing != NULL && p < batch->plan->points; p++)
        free(batch->standing[p].reason);
    journal_close(&batch->journal);
    roster_clear(&batch->roster);
    free(batch->address);
    free(batch->standing);
    free(batch->met);
    *batch = (struct batch){.journal = {.descriptor = -1}};
}
