#include "study/odds_store.h"

#include "base/bytes.h"
#include "base/file.h"
#include "study/request.h"

#include <inttypes.h>
#include <string.h>

/* ------------------------------------------------------------------ opening */

static void write_request(const struct odds_store *store, const char *asked, struct text *out)
{
    text_append(out, REQUEST_ODDS "%016" PRIx64 "\nseed=%" PRIu64 "\n%s", store->fingerprint,
                store->seed, asked);
}

/* Whether what the store was last asked for is what is asked for now, or it is empty. */
static bool is_same(struct odds_store *store, const char *request, struct faults *faults)
{
    struct text last = {0};
    bool ok = store_last_request(store->store, &last, faults);
    if (ok && last.length > 0 && strcmp(last.bytes, request) != 0)
        ok = fault_input(faults, (struct place){0},
                         "%s holds a screening of another scenario or target, of another seed or "
                         "number of replicates; --force without --resume begins anew, --out DIR "
                         "goes elsewhere",
                         store->folder);
    text_clear(&last);
    return ok;
}

bool odds_store_open(struct odds_store *store, const char *folder, const struct scenario *scenario,
                     uint64_t seed, uint64_t replicates, const char *asked, bool resume,
                     struct faults *faults)
{
    struct text request = {0};
    *store = (struct odds_store){.folder = folder,
                                 .fingerprint = scenario->fingerprint,
                                 .seed = seed,
                                 .is_new = !resume,
                                 .is_part = !resume || file_is_in(folder, STORE_PART)};
    if (resume && !store->is_part && !file_is_in(folder, STORE_NAME))
        return fault_input(faults, (struct place){0},
                           "%s holds no %s, so there is no screening to go on with; without "
                           "--resume it begins",
                           folder, STORE_NAME);
    store->store =
        store_open_name(folder, store->is_part ? STORE_PART : STORE_NAME, !resume, faults);
    if (store->store == NULL)
        return false;
    write_request(store, asked, &request);
    bool ok = request.failed
                  ? fault_memory(faults, "storing the request")
                  : request_expect(store->store, REQUEST_OF_ODDS, folder, faults) &&
                        is_same(store, request.bytes, faults) &&
                        store_put_request(store->store, request.bytes, seed, 0, replicates, faults);
    text_clear(&request);
    return ok;
}

/* ------------------------------------------------------------------ rounds */

static struct record_key key_of(const struct odds_store *store, const struct odds_round *round)
{
    return (struct record_key){.fingerprint = store->fingerprint,
                               .seed = store->seed,
                               .first = round->first,
                               .count = (uint32_t)round->count};
}

static void read_numbers(struct bytes_reader *reader, double *number, size_t count)
{
    for (size_t i = 0; i < count; i++)
        number[i] = bytes_take_double(reader);
}

static bool read_round(struct odds_round *round, const struct store_record *record)
{
    struct bytes_reader hits = {record->hits,
                                (const unsigned char *)record->hits + record->hits_bytes};
    struct bytes_reader sums = {record->sums,
                                (const unsigned char *)record->sums + record->sums_bytes};
    for (size_t i = 0; i < round->count; i++)
        round->met[i] = bytes_take_word(&hits) != 0;
    read_numbers(&sums, round->feature, round->count * round->features);
    read_numbers(&sums, round->response, round->count * round->responses);
    return hits.at == hits.end && sums.at == sums.end;
}

bool odds_store_take(struct odds_store *store, struct odds_round *round, bool *found,
                     struct faults *faults)
{
    const struct record_key key = key_of(store, round);
    struct store_record record;
    struct faults unread = {0};
    uint64_t id = 0;
    if (!store_find(store->store, &key, &id, faults))
        return false;
    /* One that is damaged is simulated again. */
    *found = id != 0 && store_get(store->store, id, &record, &unread) && read_round(round, &record);
    faults_clear(&unread);
    store->rounds += *found;
    return true;
}

bool odds_store_put(struct odds_store *store, const struct odds_round *round, struct faults *faults)
{
    struct text hits = {0}, sums = {0};
    uint64_t id = 0;
    for (size_t i = 0; i < round->count; i++)
        bytes_put_word(&hits, round->met[i]);
    for (size_t i = 0; i < round->count * round->features; i++)
        bytes_put_double(&sums, round->feature[i]);
    for (size_t i = 0; i < round->count * round->responses; i++)
        bytes_put_double(&sums, round->response[i]);
    const struct store_record record = {.key = key_of(store, round),
                                        .hits = hits.bytes,
                                        .hits_bytes = hits.length,
                                        .sums = sums.bytes,
                                        .sums_bytes = sums.length};
    bool ok = hits.failed || sums.failed ? fault_memory(faults, "storing a round")
                                         : store_put(store->store, &record, &id, faults);
    store->rounds += ok;
    text_clear(&hits);
    text_clear(&sums);
    return ok;
}

/* ------------------------------------------------------------------ ending */

bool odds_store_finish(struct odds_store *store, struct faults *faults)
{
    struct store *open = store->store;
    store->store = NULL;
    return store_close(open, faults) &&
           (!store->is_part || store_put_in_place(store->folder, faults));
}

void odds_store_abandon(struct odds_store *store)
{
    struct faults late = {0}; /* what went wrong is told already */
    if (store->is_new && store->rounds == 0)
        store_discard(store->store);
    else
        store_close(store->store, &late);
    store->store = NULL;
    faults_clear(&late);
}
