/* Showing what a store holds, and mending one whose pages cannot all be read. */
#include "base/memory.h"
#include "store/store_inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool show_requests(struct store *store, const struct store_visit *visit,
                          struct faults *faults)
{
    sqlite3_stmt *rows = store_query(store, "SELECT lines FROM request ORDER BY id");
    int code = SQLITE_ROW;
    bool ok = rows != NULL;
    while (ok && (code = sqlite3_step(rows)) == SQLITE_ROW)
        ok = visit->request(visit->context, (const char *)sqlite3_column_text(rows, 0)) ||
             fault_memory(faults, "reading the store");
    if (rows == NULL || (ok && code != SQLITE_DONE))
        ok = store_fail(store, "read", faults);
    sqlite3_finalize(rows);
    return ok;
}

static bool show_failures(struct store *store, const struct store_visit *visit,
                          struct faults *faults)
{
    sqlite3_stmt *rows = store_query(store, "SELECT fingerprint, reference, seed, strata, reason"
                                            " FROM failure ORDER BY id");
    int code = SQLITE_ROW;
    bool ok = rows != NULL;
    while (ok && (code = sqlite3_step(rows)) == SQLITE_ROW) {
        const struct record_key key = {.fingerprint = (uint64_t)sqlite3_column_int64(rows, 0),
                                       .reference = (uint64_t)sqlite3_column_int64(rows, 1),
                                       .seed = (uint64_t)sqlite3_column_int64(rows, 2),
                                       .strata = (uint32_t)sqlite3_column_int64(rows, 3)};
        ok = visit->failure(visit->context, &key, (const char *)sqlite3_column_text(rows, 4)) ||
             fault_memory(faults, "reading the store");
    }
    if (rows == NULL || (ok && code != SQLITE_DONE))
        ok = store_fail(store, "read", faults);
    sqlite3_finalize(rows);
    return ok;
}

/* Shows the row that a statement stands at. */
static bool show_row(sqlite3_stmt *row, const struct store_visit *visit, struct store_found *found,
                     uint64_t *id, struct faults *faults)
{
    struct store_record record;
    bool sound = store_row(row, &record, id);
    found->records += sound;
    found->damaged += !sound;
    return !sound || visit->record(visit->context, &record, *id) ||
           fault_memory(faults, "reading the store");
}

/* The largest id that there may be: as many rows as the file could hold. */
static uint64_t most_records(const struct store *store)
{
    struct stat file;
    return stat(store->path, &file) == 0 ? (uint64_t)file.st_size / 100 + 1 : 0;
}

/* Shows records one by one from an id on: those on pages that cannot be read are passed over. */
static bool show_singly(struct store *store, uint64_t id, const struct store_visit *visit,
                        struct store_found *found, struct faults *faults)
{
    sqlite3_stmt *row = store_statement(store, STATEMENT_ONE);
    uint64_t most = most_records(store), at;
    bool ok = row != NULL;
    for (; ok && id <= most; id++) {
        sqlite3_reset(row);
        sqlite3_bind_int64(row, 1, (sqlite3_int64)id);
        int code = sqlite3_step(row);
        if (code == SQLITE_ROW)
            ok = show_row(row, visit, found, &at, faults);
        else if (code != SQLITE_DONE)
            ok = store_is_damage(code) || store_fail(store, "read", faults);
    }
    if (row != NULL)
        sqlite3_reset(row);
    return ok;
}

/* Shows all records; *torn where pages could not be read. */
static bool show_records(struct store *store, const struct store_visit *visit,
                         struct store_found *found, bool *torn, struct faults *faults)
{
    sqlite3_stmt *rows = store_statement(store, STATEMENT_NEXT);
    int code = SQLITE_ROW;
    bool ok = rows != NULL || store_fail(store, "read", faults);
    uint64_t last = 0;
    if (!ok)
        return false;
    while (ok && (code = sqlite3_step(rows)) == SQLITE_ROW)
        ok = show_row(rows, visit, found, &last, faults);
    sqlite3_reset(rows);
    if (!ok || code == SQLITE_DONE)
        return ok;
    if (!store_is_damage(code))
        return store_fail(store, "read", faults);
    *torn = true;
    found->damaged++;
    return show_singly(store, last + 1, visit, found, faults);
}

static bool show(struct store *store, const struct store_visit *visit, struct store_found *found,
                 bool *torn, struct faults *faults)
{
    return (visit->request == NULL || show_requests(store, visit, faults)) &&
           (visit->record == NULL || show_records(store, visit, found, torn, faults)) &&
           (visit->failure == NULL || show_failures(store, visit, faults));
}

/* ------------------------------------------------------------------ mending */

#define MENDED_NAME "store.mended.db"

static bool copy_record(void *context, const struct store_record *record, uint64_t id)
{
    struct faults faults = {0};
    bool ok = store_put(context, record, &id, &faults);
    faults_clear(&faults);
    return ok;
}

/* Whether a table beside the records lies on pages that cannot be read. */
static bool is_torn_beside(struct store *store)
{
    static const char *const sums[] = {
        "SELECT sum(length(lines)) FROM request", "SELECT sum(length(reason)) FROM failure",
        "SELECT sum(length(name)) FROM point", "SELECT sum(length(name)) FROM target"};
    bool torn = false;
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        sqlite3_stmt *sum = store_query(store, sums[i]);
        torn |= sum != NULL && store_is_damage(sqlite3_step(sum));
        sqlite3_finalize(sum);
    }
    return torn;
}

/* Puts the records that can be read of a store with unreadable pages in its place; they keep their
 * ids. What else a store holds is put anew by whoever opens it to write. */
static bool mend(struct store *store, const char *folder, struct faults *faults)
{
    struct store *mended = store_open_name(folder, MENDED_NAME, true, faults);
    const struct store_visit copy = {.context = mended, .record = copy_record};
    struct store_found found = {0};
    bool torn = false, ok = mended != NULL && show(store, &copy, &found, &torn, faults);
    char *path = mended == NULL ? NULL : memory_copy_text(mended->path);
    ok = (mended == NULL || store_close(mended, faults)) && ok && path != NULL;
    if (ok) {
        store_remove(store);
        ok = rename(path, store->path) == 0 ||
             fault_world(faults, "cannot rename %s to %s", path, store->path);
    }
    free(path);
    return ok && store_reopen(store, faults);
}

/* The folder of a store's file; on the heap. */
static char *folder_of(const struct store *store)
{
    char *folder = memory_copy_text(store->path);
    if (folder != NULL)
        *strrchr(folder, '/') = '\0';
    return folder;
}

bool store_show(struct store *store, const struct store_visit *visit, struct store_found *found,
                struct faults *faults)
{
    bool torn = false;
    *found = (struct store_found){0};
    if (!show(store, visit, found, &torn, faults))
        return false;
    if (!torn && !is_torn_beside(store))
        return true;
    char *folder = folder_of(store);
    bool ok =
        folder != NULL ? mend(store, folder, faults) : fault_memory(faults, "mending the store");
    free(folder);
    return ok;
}

bool store_scan(const char *folder, const struct store_visit *visit, struct store_found *found,
                struct faults *faults)
{
    struct store *store = store_open_to_read(folder, faults);
    bool torn = false;
    *found = (struct store_found){0};
    if (store == NULL)
        return false;
    bool ok = show(store, visit, found, &torn, faults);
    store_free(store);
    return ok;
}
