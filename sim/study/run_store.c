#include "study/run_store.h"

#include "base/clock.h"
#include "base/file.h"
#include "study/request.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

static const double keep_every_s = 30.0;

/* ------------------------------------------------------------------ opening */

bool run_store_is_under_way(const char *folder)
{
    return file_is_in(folder, STORE_PART);
}

/* Whether there is a store to go on with. */
static bool is_there(const char *folder, struct faults *faults)
{
    return file_is_in(folder, STORE_PART) || file_is_in(folder, STORE_NAME) ||
           fault_input(
               faults, (struct place){0},
               "%s holds no %s, so there is no run to go on with; without --resume it begins",
               folder, STORE_NAME);
}

static bool begin_anew(struct run_store *store, const char *folder, struct faults *faults)
{
    store_discard(store->store);
    store->is_part = store->is_new = true;
    store->store = store_open_name(folder, STORE_PART, true, faults);
    return store->store != NULL;
}

/* Finds out how far the run is that the store has. */
static bool look(struct run_store *store, const char *folder, const struct run_record *record,
                 struct faults *faults)
{
    enum checkpoint_found found = checkpoint_look(store->store, &store->key, &store->begun, faults);
    if (found == CHECKPOINT_OTHER)
        return fault_input(
            faults, (struct place){0},
            "%s holds a run of another scenario, seed or design, or without the "
            "replicate rows that are asked for; --force without --resume begins anew, "
            "--out DIR goes elsewhere",
            folder);
    store->broken = found == CHECKPOINT_BROKEN;
    store->kept = found == CHECKPOINT_SOUND;
    if (found != CHECKPOINT_SOUND)
        store->begun = 0;
    if (store->begun > record->replicates_asked)
        return fault_input(faults, (struct place){0},
                           "%s has %" PRIu64 " replicates, more than the %" PRIu64
                           " that are asked for; --force without --resume begins anew",
                           folder, store->begun, record->replicates_asked);
    return faults->count == 0 && (!store->broken || begin_anew(store, folder, faults));
}

static bool describe(struct run_store *store, const struct scenario *scenario,
                     const struct run_record *record, struct faults *faults)
{
    struct text lines = {0};
    text_append(&lines, REQUEST_RUN "%s\nreplicates=%" PRIu64 "\n", record->scenario_file,
                record->replicates_asked);
    bool ok = lines.failed ? fault_memory(faults, "storing the request")
                           : store_put_request(store->store, lines.bytes, record->seed,
                                               record->strata, record->replicates_asked, faults);
    text_clear(&lines);
    ok = ok && store_drop_points(store->store, faults) &&
         store_put_point(store->store, 0, "run", 0, scenario->fingerprint, 0, faults);
    for (size_t t = 0; ok && t < panel_targets(&scenario->centre); t++)
        ok = store_put_target(store->store, 0, t, panel_target_name(scenario, t), faults);
    return ok;
}

bool run_store_open(struct run_store *store, const char *folder, const struct scenario *scenario,
                    const struct run_record *record, bool resume, struct faults *faults)
{
    *store = (struct run_store){.folder = folder,
                                .is_new = !resume,
                                .is_part = !resume || file_is_in(folder, STORE_PART),
                                .kept_at = clock_now_s(),
                                .key = {.fingerprint = scenario->fingerprint,
                                        .seed = record->seed,
                                        .strata = record->strata,
                                        .replicate_rows = record->replicate_rows}};
    if (resume && !is_there(folder, faults))
        return false;
    store->store =
        store_open_name(folder, store->is_part ? STORE_PART : STORE_NAME, !resume, faults);
    return store->store != NULL &&
           (!resume || (request_expect(store->store, REQUEST_OF_RUN, folder, faults) &&
                        look(store, folder, record, faults))) &&
           describe(store, scenario, record, faults);
}

bool run_store_take(struct run_store *store, const struct scenario *scenario,
                    struct results *results, struct summary *summary, struct faults *faults)
{
    if (store->begun > 0 && !checkpoint_take(store->store, &store->key, results, summary, faults))
        return false;
    return run_log_open(&store->log, scenario, store->store, store->key.seed, store->key.strata,
                        store->begun, faults);
}

/* ------------------------------------------------------------------ going on */

bool run_store_add(struct run_store *store, const struct outcome *outcome, struct faults *faults)
{
    return run_log_add(&store->log, outcome, faults);
}

bool run_store_keep(struct run_store *store, struct results *results, struct summary *summary,
                    bool now, struct faults *faults)
{
    if (!now && clock_now_s() - store->kept_at < keep_every_s)
        return true;
    store->kept_at = clock_now_s();
    bool kept = run_log_flush(&store->log, faults) &&
                checkpoint_put(store->store, &store->key, results, summary, faults);
    store->kept |= kept;
    return kept;
}

bool run_store_finish(struct run_store *store, struct faults *faults)
{
    struct store *open = store->store;
    run_log_clear(&store->log);
    store->store = NULL;
    return store_close(open, faults) &&
           (!store->is_part || store_put_in_place(store->folder, faults));
}

void run_store_abandon(struct run_store *store)
{
    struct faults late = {0}; /* what went wrong is told already */
    run_log_clear(&store->log);
    if (store->is_new && !store->kept)
        store_discard(store->store);
    else
        store_close(store->store, &late);
    store->store = NULL;
    faults_clear(&late);
}
