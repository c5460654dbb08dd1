/* Checkpoints of a run in the store. */
#include "store/store_inner.h"

static uint64_t sum_of(const void *bytes, size_t length)
{
    return text_hash64(length == 0 ? "" : bytes, length);
}

static uint64_t checkpoint_sum(const struct store_checkpoint *checkpoint)
{
    const uint64_t word[] = {checkpoint->fingerprint, checkpoint->seed,
                             checkpoint->strata,      checkpoint->rows,
                             checkpoint->replicates,  sum_of(checkpoint->state, checkpoint->bytes)};
    return sum_of(word, sizeof word);
}

static uint64_t piece_sum(const struct store_piece *piece)
{
    const uint64_t word[] = {text_hash32(piece->file), piece->place,
                             sum_of(piece->bytes, piece->length)};
    return sum_of(word, sizeof word);
}

static bool put_piece(struct store *store, const struct store_piece *piece, struct faults *faults)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_PIECE);
    if (statement != NULL) {
        sqlite3_bind_text(statement, 1, piece->file, -1, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 2, (sqlite3_int64)piece->place);
        sqlite3_bind_int64(statement, 3, (sqlite3_int64)piece_sum(piece));
        sqlite3_bind_blob64(statement, 4, piece->bytes, piece->length, SQLITE_STATIC);
    }
    return store_step(store, statement, faults);
}

bool store_put_checkpoint(struct store *store, const struct store_checkpoint *checkpoint,
                          const struct store_piece *piece, size_t pieces, struct faults *faults)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_CHECKPOINT);
    if (!store_commit(store, faults) || !store_begin(store, faults) ||
        !store_run(store, "DELETE FROM checkpoint", "write to", faults))
        return false;
    if (statement != NULL) {
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)checkpoint->fingerprint);
        sqlite3_bind_int64(statement, 2, (sqlite3_int64)checkpoint->seed);
        sqlite3_bind_int64(statement, 3, checkpoint->strata);
        sqlite3_bind_int64(statement, 4, checkpoint->rows);
        sqlite3_bind_int64(statement, 5, (sqlite3_int64)checkpoint->replicates);
        sqlite3_bind_int64(statement, 6, (sqlite3_int64)checkpoint_sum(checkpoint));
        sqlite3_bind_blob64(statement, 7, checkpoint->state, checkpoint->bytes, SQLITE_STATIC);
    }
    bool ok = store_step(store, statement, faults);
    for (size_t i = 0; ok && i < pieces; i++)
        ok = piece[i].length == 0 || put_piece(store, &piece[i], faults);
    return ok && store_commit(store, faults);
}

/* ------------------------------------------------------------------ reading */

static struct store_piece piece_at(sqlite3_stmt *rows)
{
    const char *file = (const char *)sqlite3_column_text(rows, 0);
    return (struct store_piece){
        .file = file == NULL ? "" : file,
        .place = (uint64_t)sqlite3_column_int64(rows, 1),
        .bytes = sqlite3_column_blob(rows, 3),
        .length = (size_t)sqlite3_column_bytes(rows, 3),
    };
}

bool store_show_pieces(struct store *store,
                       bool (*show)(void *context, const struct store_piece *piece), void *context,
                       bool *sound, struct faults *faults)
{
    sqlite3_stmt *rows =
        store_query(store, "SELECT file, place, checksum, bytes FROM piece ORDER BY id");
    bool ok = rows != NULL || store_fail(store, "read", faults);
    int code = SQLITE_DONE;
    *sound = true;
    while (ok && (code = sqlite3_step(rows)) == SQLITE_ROW) {
        const struct store_piece piece = piece_at(rows);
        *sound &= piece_sum(&piece) == (uint64_t)sqlite3_column_int64(rows, 2);
        ok = show == NULL || show(context, &piece);
    }
    *sound &= code == SQLITE_DONE || !store_is_damage(code);
    ok = ok && (code == SQLITE_DONE || store_is_damage(code) || store_fail(store, "read", faults));
    sqlite3_finalize(rows);
    return ok;
}

static bool read_checkpoint(sqlite3_stmt *row, struct store_checkpoint *checkpoint)
{
    *checkpoint = (struct store_checkpoint){
        .fingerprint = (uint64_t)sqlite3_column_int64(row, 0),
        .seed = (uint64_t)sqlite3_column_int64(row, 1),
        .strata = (uint32_t)sqlite3_column_int64(row, 2),
        .rows = sqlite3_column_int(row, 3) != 0,
        .replicates = (uint64_t)sqlite3_column_int64(row, 4),
        .state = sqlite3_column_blob(row, 6),
        .bytes = (size_t)sqlite3_column_bytes(row, 6),
    };
    return checkpoint_sum(checkpoint) == (uint64_t)sqlite3_column_int64(row, 5);
}

bool store_get_checkpoint(struct store *store, struct store_checkpoint *checkpoint, bool *found,
                          bool *sound, struct faults *faults)
{
    sqlite3_stmt *row = store_ask(store, STATEMENT_LAST, faults);
    *found = false;
    *sound = true;
    if (row == NULL)
        return false;
    int code = sqlite3_step(row);
    if (code != SQLITE_ROW && code != SQLITE_DONE && !store_is_damage(code))
        return store_fail(store, "read", faults);
    *found = code != SQLITE_DONE;
    *sound = code == SQLITE_ROW && read_checkpoint(row, checkpoint);
    return true;
}

bool store_last_request(struct store *store, struct text *lines, struct faults *faults)
{
    sqlite3_stmt *row = store_query(store, "SELECT lines FROM request ORDER BY id DESC LIMIT 1");
    int code = row == NULL ? SQLITE_NOMEM : sqlite3_step(row);
    bool ok = code == SQLITE_ROW || code == SQLITE_DONE || store_is_damage(code) ||
              store_fail(store, "read", faults);
    if (code == SQLITE_ROW && sqlite3_column_text(row, 0) != NULL)
        text_append(lines, "%s", (const char *)sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
    return ok && (!lines->failed || fault_memory(faults, "reading the store"));
}
