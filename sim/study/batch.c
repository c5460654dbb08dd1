#include "study/batch.h"

#include "base/memory.h"
#include "stats/looks.h"
#include "study/request.h"
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

bool batch_wants(const struct batch *batch, size_t point, size_t block)
{
    const struct standing *standing = &batch->standing[point];
    return batch_in_shard(batch, point) && standing->reason == NULL && block < standing->goal &&
           !batch_has_block(batch, point, block);
}

bool batch_needs(const struct batch *batch, size_t reference, size_t block)
{
    bool needed = false;
    for (size_t p = 0; !needed && p < batch->plan->points; p++)
        needed = batch->roster.seat[p].reference == reference && batch_wants(batch, p, block);
    return needed;
}

uint64_t batch_record(const struct batch *batch, size_t point, size_t block)
{
    return batch->address[point * batch->blocks + block];
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

struct record_key batch_key(const struct batch *batch, size_t point, size_t block)
{
    const struct seat *seat = &batch->roster.seat[point];
    return (struct record_key){
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

bool batch_read(const struct batch *batch, size_t point, size_t block, struct block *out,
                struct faults *faults)
{
    struct store_record record;
    uint64_t id = batch_record(batch, point, block);
    ASSERT(id != 0);
    return store_get(batch->store, id, &record, faults) &&
           (block_of(out, &record) || fault_memory(faults, "reading the store"));
}

/* ------------------------------------------------------------------ noting what is done */

/* Notes a block, and moves on what is done in a row. */
static bool note(struct batch *batch, size_t point, size_t block, uint64_t id,
                 struct faults *faults)
{
    struct standing *standing = &batch->standing[point];
    batch->address[point * batch->blocks + block] = id;
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
    struct store_record record;
    uint64_t id = 0;
    return (block_bytes(done, &batch->bytes, &record) || fault_memory(faults, "storing a block")) &&
           store_put(batch->store, &record, &id, faults) && note(batch, point, block, id, faults);
}

static bool note_failure(struct batch *batch, size_t point, const char *reason,
                         struct faults *faults)
{
    struct standing *standing = &batch->standing[point];
    free(standing->reason);
    standing->reason = memory_copy_text(reason);
    return standing->reason != NULL || fault_memory(faults, "noting that a point failed");
}

bool batch_enter_failure(struct batch *batch, size_t point, const char *reason,
                         struct faults *faults)
{
    const struct record_key key = batch_key(batch, point, 0);
    return store_put_failure(batch->store, &key, reason, faults) &&
           note_failure(batch, point, reason, faults);
}

bool batch_enter_values(struct batch *batch, size_t point, size_t block,
                        const struct block_values *values, struct faults *faults)
{
    return block_values_bytes(values, &batch->bytes)
               ? store_put_values(batch->store, batch_record(batch, point, block),
                                  batch->bytes.bytes, batch->bytes.length, faults)
               : fault_memory(faults, "storing a block");
}

/* ------------------------------------------------------------------ what the store has */

struct known_point {
    struct record_key key; /* of its first block */
    size_t point;
};

/* Points by key; several may share one. */
struct known {
    struct batch *batch;
    struct faults *faults;
    struct known_point *point;
    bool copies; /* records come from another store, and are copied to ours */
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
        return fault_memory(faults, "reading the store");
    for (size_t p = 0; p < batch->plan->points; p++)
        known->point[p] = (struct known_point){batch_key(batch, p, 0), p};
    qsort(known->point, batch->plan->points, sizeof *known->point, compare_keys);
    return true;
}

/* The first of the points that have this key, or their number. */
static size_t first_known(const struct known *known, const struct record_key *key)
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
static bool fits(const struct batch *batch, size_t point, const struct record_key *key)
{
    size_t block = key->first / BLOCK_REPLICATES;
    if (key->first % BLOCK_REPLICATES != 0 || block >= batch->blocks)
        return false;
    struct record_key ours = batch_key(batch, point, block);
    return ours.fingerprint == key->fingerprint && ours.reference == key->reference &&
           ours.seed == key->seed && ours.strata == key->strata && ours.count == key->count;
}

static bool take_record(void *context, const struct store_record *record, uint64_t id)
{
    struct known *known = context;
    struct batch *batch = known->batch;
    const struct record_key *key = &record->key;
    bool ours = false, ok = true;
    for (size_t i = first_known(known, key);
         ok && i < batch->plan->points && fits(batch, known->point[i].point, key); i++) {
        size_t point = known->point[i].point, block = key->first / BLOCK_REPLICATES;
        ours = true;
        if (batch_has_block(batch, point, block))
            continue;
        uint64_t at = known->copies ? 0 : id;
        ok = !known->copies || store_put(batch->store, record, &at, known->faults);
        ok = ok && note(batch, point, block, at, known->faults);
    }
    batch->reused += ours;
    batch->foreign += !ours;
    known->failed |= !ok;
    return ok;
}

/* A failure counts where parts are put together; where a batch is resumed the point is tried again.
 */
static bool take_failure(void *context, const struct record_key *key, const char *reason)
{
    struct known *known = context;
    struct batch *batch = known->batch;
    bool ok = true;
    for (size_t i = first_known(known, key); ok && i < batch->plan->points; i++) {
        struct record_key ours = batch_key(batch, known->point[i].point, 0);
        if (ours.fingerprint != key->fingerprint || ours.reference != key->reference)
            break;
        if (ours.seed == key->seed && ours.strata == key->strata)
            ok = batch_enter_failure(batch, known->point[i].point, reason, known->faults);
    }
    known->failed |= !ok;
    return ok;
}

/* Names points and targets for whoever opens the store with other programs. */
static bool describe(struct batch *batch, struct faults *faults)
{
    struct point point = {0};
    bool ok = store_drop_points(batch->store, faults);
    for (size_t i = 0; ok && i < batch->roster.layout_count; i++)
        for (size_t t = 0; ok && t < batch->roster.layout[i].target_count; t++)
            ok = store_put_target(batch->store, i, t, batch->roster.layout[i].target[t], faults);
    for (size_t p = 0; ok && p < batch->plan->points; p++) {
        const struct record_key key = batch_key(batch, p, 0);
        ok = plan_point(batch->plan, p, &point, faults) &&
             store_put_point(batch->store, p, point.name, batch->roster.seat[p].layout,
                             key.fingerprint, key.reference, faults);
    }
    point_clear(&point);
    return ok;
}

static bool open_store(struct batch *batch, const char *folder, bool fresh, struct faults *faults)
{
    struct known known;
    struct store_found found = {0};
    const struct store_visit visit = {.context = &known, .record = take_record};
    bool ok = known_init(&known, batch, faults);
    if (ok) {
        batch->store = store_open(folder, fresh, faults);
        ok = batch->store != NULL &&
             (fresh || (request_expect(batch->store, REQUEST_OF_BATCH, folder, faults) &&
                        store_show(batch->store, &visit, &found, faults)));
    }
    batch->damaged = found.damaged;
    free(known.point);
    return ok && describe(batch, faults);
}

bool batch_import(struct batch *batch, const char *folder, struct faults *faults)
{
    struct known known;
    struct store_found found = {0};
    const struct store_visit visit = {
        .context = &known, .record = take_record, .failure = take_failure};
    bool ok = known_init(&known, batch, faults);
    known.copies = true;
    ok = ok && store_scan(folder, &visit, &found, faults);
    batch->damaged += found.damaged;
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
        stopping_is_watched(batch) ? calloc(points * SCENARIO_TARGETS, sizeof *batch->met) : NULL;
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

struct roster_options batch_checking(const struct batch_options *options)
{
    return (struct roster_options){options->threads, options->stop, options->context};
}

bool batch_init(struct batch *batch, const struct plan *plan, const struct batch_options *options,
                const char *folder, bool fresh, struct faults *faults)
{
    *batch = (struct batch){.plan = plan, .options = *options};
    batch->blocks = (size_t)((options->replicates + BLOCK_REPLICATES - 1) / BLOCK_REPLICATES);
    if (stopping_is_watched(batch))
        batch->last_look = looks_last(batch->options.precision, BLOCK_REPLICATES, batch->blocks);
    const struct roster_options checking = batch_checking(options);
    bool ok = roster_init(&batch->roster, plan, &checking, faults) && check_best(batch, faults) &&
              allocate(batch, faults) && open_store(batch, folder, fresh, faults);
    if (!ok)
        batch_clear(batch);
    return ok;
}

bool batch_close_store(struct batch *batch, struct faults *faults)
{
    struct store *store = batch->store;
    batch->store = NULL;
    return store_close(store, faults);
}

void batch_clear(struct batch *batch)
{
    for (size_t p = 0; batch->standing != NULL && p < batch->plan->points; p++)
        free(batch->standing[p].reason);
    struct faults late = {0};
    batch_close_store(batch, &late); /* what it says was said when the tables were written */
    faults_clear(&late);
    text_clear(&batch->bytes);
    roster_clear(&batch->roster);
    free(batch->address);
    free(batch->standing);
    free(batch->met);
    *batch = (struct batch){0};
}
