#include "store/checkpoint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ------------------------------------------------------------------ putting */

/* Reads what a growing file has beyond `from`; the bytes are the caller's. */
static bool read_new(const struct growing_file *file, uint64_t from, struct store_piece *piece,
                     struct faults *faults)
{
    *piece = (struct store_piece){.file = file->name, .place = from};
    if (file->stream == NULL)
        return true;
    off_t end = fflush(file->stream) == 0 ? ftello(file->stream) : -1;
    size_t length = end < 0 ? 0 : (size_t)end - from;
    char *bytes = malloc(length + 1);
    if (bytes == NULL)
        return fault_memory(faults, "keeping what a run has written");
    size_t done = 0;
    for (ssize_t got = 1; end >= 0 && done < length && got > 0; done += (size_t)(got > 0 ? got : 0))
        got = pread(fileno(file->stream), bytes + done, length - done, (off_t)(from + done));
    piece->bytes = bytes;
    piece->length = done;
    return (end >= 0 && done == length) ||
           fault_world(faults, "cannot read %s back: %s", file->name, strerror(errno));
}

static bool put(struct store *store, const struct checkpoint_key *key, struct results *results,
                const struct text *state, uint64_t replicates, struct faults *faults)
{
    struct store_piece piece[RESULTS_GROWING] = {{0}};
    const struct store_checkpoint checkpoint = {.fingerprint = key->fingerprint,
                                                .seed = key->seed,
                                                .strata = key->strata,
                                                .rows = key->replicate_rows,
                                                .replicates = replicates,
                                                .state = state->bytes,
                                                .bytes = state->length};
    bool ok = true;
    for (size_t i = 0; ok && i < RESULTS_GROWING; i++) {
        const struct growing_file file = results_growing(results, i);
        ok = read_new(&file, results->kept[i], &piece[i], faults);
    }
    ok = ok && store_put_checkpoint(store, &checkpoint, piece, RESULTS_GROWING, faults);
    for (size_t i = 0; i < RESULTS_GROWING; i++) {
        results->kept[i] += piece[i].length;
        free((void *)piece[i].bytes);
    }
    return ok;
}

bool checkpoint_put(struct store *store, const struct checkpoint_key *key, struct results *results,
                    struct summary *summary, struct faults *faults)
{
    struct text state = {0};
    summary_put(&state, summary);
    results_put(&state, results);
    bool ok = state.failed ? fault_memory(faults, "keeping the state of a run")
                           : put(store, key, results, &state, summary->replicates, faults);
    text_clear(&state);
    return ok;
}

/* ------------------------------------------------------------------ taking */

enum checkpoint_found checkpoint_look(struct store *store, const struct checkpoint_key *key,
                                      uint64_t *replicates, struct faults *faults)
{
    struct store_checkpoint last;
    bool found = false, sound = false;
    if (!store_get_checkpoint(store, &last, &found, &sound, faults))
        return CHECKPOINT_NONE;
    if (!found)
        return CHECKPOINT_NONE;
    if (sound && !store_show_pieces(store, NULL, NULL, &sound, faults))
        return CHECKPOINT_NONE;
    if (!sound)
        return CHECKPOINT_BROKEN;
    bool ours = last.fingerprint == key->fingerprint && last.seed == key->seed &&
                last.strata == key->strata && (last.rows || !key->replicate_rows);
    *replicates = last.replicates;
    return ours ? CHECKPOINT_SOUND : CHECKPOINT_OTHER;
}

/* Files under way, emptied of their headers: the first pieces have them. */
static bool empty_files(struct results *results)
{
    bool ok = true;
    for (size_t i = 0; i < RESULTS_GROWING; i++) {
        FILE *stream = results_growing(results, i).stream;
        results->kept[i] = 0;
        ok = ok && (stream == NULL || (fflush(stream) == 0 && ftruncate(fileno(stream), 0) == 0 &&
                                       fseeko(stream, 0, SEEK_SET) == 0));
    }
    return ok;
}

/* Adds a piece to its file; one that is not wanted this time is left out. */
static bool add_piece(void *context, const struct store_piece *piece)
{
    struct results *results = context;
    for (size_t i = 0; i < RESULTS_GROWING; i++) {
        const struct growing_file file = results_growing(results, i);
        if (strcmp(file.name, piece->file) != 0)
            continue;
        if (file.stream == NULL)
            return true;
        if (piece->place != results->kept[i])
            return false;
        if (piece->length > 0) /* an empty blob is no address */
            fwrite(piece->bytes, 1, piece->length, file.stream);
        results->kept[i] += piece->length;
        return true;
    }
    return false;
}

static bool is_whole(const struct bytes_reader *reader, const struct results *results,
                     const struct summary *summary, uint64_t replicates)
{
    return reader->at == reader->end && summary->replicates == replicates &&
           results->watch.yearly.replicates == replicates &&
           results->watch.convergence.replicates == replicates;
}

bool checkpoint_take(struct store *store, const struct checkpoint_key *key, struct results *results,
                     struct summary *summary, struct faults *faults)
{
    struct store_checkpoint last;
    bool found = false, sound = false;
    if (!store_get_checkpoint(store, &last, &found, &sound, faults))
        return false;
    ASSERT(found && sound && last.fingerprint == key->fingerprint);
    struct bytes_reader reader = {last.state, (const unsigned char *)last.state + last.bytes};
    summary_take(&reader, summary);
    results_take(&reader, results);
    if (!is_whole(&reader, results, summary, last.replicates))
        return fault_world(faults, "the state of the run in its store is none of this version of "
                                   "neobay; --force begins it anew");
    if (!empty_files(results))
        return fault_world(faults, "cannot write what the run had written: %s", strerror(errno));
    return store_show_pieces(store, add_piece, results, &sound, faults);
}
