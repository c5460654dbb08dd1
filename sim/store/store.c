#include "store/store_inner.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STATEMENT_SQL(name, sql) sql,
static const char *const statement_sql[STATEMENT_COUNT] = {STATEMENTS(STATEMENT_SQL)};

enum { MOST_PENDING_BYTES = 64 << 20 };
static const double commit_every_s = 1.0;

/* ------------------------------------------------------------------ trouble */

bool store_is_damage(int code)
{
    return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

bool store_fail(const struct store *store, const char *what, struct faults *faults)
{
    int code = store->db == NULL ? SQLITE_NOMEM : sqlite3_errcode(store->db);
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
        return fault_world(faults, "another batch is writing to %s", store->path);
    if (store_is_damage(code))
        return fault_world(faults,
                           "%s is damaged so that it cannot be read (%s); --force begins it anew",
                           store->path, sqlite3_errmsg(store->db));
    if (code == SQLITE_NOMEM || code == SQLITE_OK) /* a statement could not be prepared */
        return fault_memory(faults, "using the store");
    int why = sqlite3_system_errno(store->db); /* 0 where no call of the system failed */
    return fault_world(faults, "cannot %s %s: %s%s%s", what, store->path, sqlite3_errmsg(store->db),
                       why == 0 ? "" : ": ", why == 0 ? "" : strerror(why));
}

/* ------------------------------------------------------------------ statements */

bool store_run(struct store *store, const char *sql, const char *what, struct faults *faults)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           store_fail(store, what, faults);
}

sqlite3_stmt *store_statement(struct store *store, enum statement which)
{
    sqlite3_stmt **statement = &store->statement[which];
    if (*statement == NULL)
        sqlite3_prepare_v3(store->db, statement_sql[which], -1, SQLITE_PREPARE_PERSISTENT,
                           statement, NULL);
    return *statement;
}

sqlite3_stmt *store_ask(struct store *store, enum statement which, struct faults *faults)
{
    sqlite3_stmt *statement = store_statement(store, which);
    if (statement == NULL)
        store_fail(store, "read", faults);
    else
        sqlite3_reset(statement);
    return statement;
}

static void bind_key(sqlite3_stmt *statement, const struct record_key *key)
{
    const uint64_t word[] = {key->fingerprint, key->reference, key->seed, key->strata};
    for (int i = 0; i < 4; i++)
        sqlite3_bind_int64(statement, i + 1, (sqlite3_int64)word[i]);
}

bool store_begin(struct store *store, struct faults *faults)
{
    if (!store->pending && !store_run(store, "BEGIN", "write to", faults))
        return false;
    store->pending = true;
    return true;
}

bool store_commit(struct store *store, struct faults *faults)
{
    if (store->pending && !store_run(store, "COMMIT", "write to", faults))
        return false;
    store->pending = false;
    store->pending_bytes = 0;
    store->committed = clock_now_s();
    return true;
}

bool store_step(struct store *store, sqlite3_stmt *statement, struct faults *faults)
{
    bool ok = statement != NULL && sqlite3_step(statement) == SQLITE_DONE;
    if (!ok)
        store_fail(store, "write to", faults);
    if (statement != NULL) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
    return ok;
}

bool store_insert(struct store *store, sqlite3_stmt *statement, size_t bytes, struct faults *faults)
{
    bool ok = store_step(store, statement, faults);
    store->pending_bytes += bytes;
    bool due = store->pending_bytes > MOST_PENDING_BYTES ||
               clock_now_s() - store->committed > commit_every_s;
    return ok && (!due || store_commit(store, faults));
}

/* ------------------------------------------------------------------ records */

static uint64_t checksum_of(const struct store_record *record)
{
    const struct record_key *key = &record->key;
    const uint64_t word[] = {key->fingerprint,
                             key->reference,
                             key->seed,
                             key->strata,
                             key->first,
                             key->count,
                             text_hash64(record->hits, record->hits_bytes),
                             text_hash64(record->sums, record->sums_bytes)};
    return text_hash64((const char *)word, sizeof word);
}

/* The row that a statement stands at; false if it is damaged. */
bool store_row(sqlite3_stmt *statement, struct store_record *record, uint64_t *id)
{
    uint64_t word[7];
    for (int i = 0; i < 7; i++)
        word[i] = (uint64_t)sqlite3_column_int64(statement, i);
    record->key = (struct record_key){word[0],           word[1],           word[2],
                                      (uint32_t)word[3], (uint32_t)word[4], (uint32_t)word[5]};
    record->hits = sqlite3_column_blob(statement, 7);
    record->hits_bytes = (size_t)sqlite3_column_bytes(statement, 7);
    record->sums = sqlite3_column_blob(statement, 8);
    record->sums_bytes = (size_t)sqlite3_column_bytes(statement, 8);
    *id = (uint64_t)sqlite3_column_int64(statement, 9);
    return record->hits != NULL && record->hits_bytes == record->key.count * sizeof(uint64_t) &&
           checksum_of(record) == word[6];
}

bool store_put(struct store *store, const struct store_record *record, uint64_t *id,
               struct faults *faults)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_PUT);
    if (!store_begin(store, faults))
        return false;
    if (statement != NULL) {
        bind_key(statement, &record->key);
        sqlite3_bind_int64(statement, 5, record->key.first);
        sqlite3_bind_int64(statement, 6, record->key.count);
        sqlite3_bind_int64(statement, 7, (sqlite3_int64)checksum_of(record));
        sqlite3_bind_blob64(statement, 8, record->hits, record->hits_bytes, SQLITE_STATIC);
        sqlite3_bind_blob64(statement, 9, record->sums, record->sums_bytes, SQLITE_STATIC);
        if (*id != 0)
            sqlite3_bind_int64(statement, 10, (sqlite3_int64)*id);
    }
    if (!store_insert(store, statement, record->hits_bytes + record->sums_bytes, faults))
        return false;
    *id = (uint64_t)sqlite3_last_insert_rowid(store->db);
    return true;
}

bool store_get(struct store *store, uint64_t id, struct store_record *record, struct faults *faults)
{
    sqlite3_stmt *statement = store_ask(store, STATEMENT_GET, faults);
    uint64_t found;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)id);
    if (sqlite3_step(statement) != SQLITE_ROW)
        return store_fail(store, "read", faults);
    return store_row(statement, record, &found) ||
           fault_world(faults, "%s was changed while it was read", store->path);
}

/* ------------------------------------------------------------------ values of replicates */

bool store_put_values(struct store *store, uint64_t id, const void *bytes, size_t length,
                      struct faults *faults)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_PUT_VALUES);
    if (!store_begin(store, faults))
        return false;
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)id);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)text_hash64(bytes, length));
    sqlite3_bind_blob64(statement, 3, bytes, length, SQLITE_STATIC);
    return store_insert(store, statement, length, faults);
}

bool store_get_values(struct store *store, uint64_t id, const void **bytes, size_t *length,
                      struct faults *faults)
{
    sqlite3_stmt *row = store_ask(store, STATEMENT_GET_VALUES, faults);
    if (row == NULL)
        return false;
    sqlite3_bind_int64(row, 1, (sqlite3_int64)id);
    if (sqlite3_step(row) != SQLITE_ROW)
        return store_fail(store, "read", faults);
    *bytes = sqlite3_column_blob(row, 1);
    *length = (size_t)sqlite3_column_bytes(row, 1);
    return (*bytes != NULL &&
            text_hash64(*bytes, *length) == (uint64_t)sqlite3_column_int64(row, 0)) ||
           fault_world(faults, "%s is damaged: values of replicates", store->path);
}

bool store_find(struct store *store, const struct record_key *key, uint64_t *id,
                struct faults *faults)
{
    sqlite3_stmt *row = store_ask(store, STATEMENT_FIND, faults);
    if (row == NULL)
        return false;
    bind_key(row, key);
    sqlite3_bind_int64(row, 5, key->first);
    sqlite3_bind_int64(row, 6, key->count);
    int code = sqlite3_step(row);
    *id = code == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(row, 0) : 0;
    return code == SQLITE_ROW || code == SQLITE_DONE || store_fail(store, "read", faults);
}

bool store_drop_beyond(struct store *store, uint64_t replicates, struct faults *faults)
{
    char sql[256];
    const char drop[] = "DELETE FROM replicate_values WHERE record IN"
                        " (SELECT id FROM record WHERE first + count > %llu);"
                        " DELETE FROM record WHERE first + count > %llu";
    snprintf(sql, sizeof sql, drop, (unsigned long long)replicates, (unsigned long long)replicates);
    return store_begin(store, faults) && store_run(store, sql, "write to", faults);
}

/* ------------------------------------------------------------------ the other tables */

bool store_put_request(struct store *store, const char *lines, uint64_t seed, uint32_t strata,
                       uint64_t replicates, struct faults *faults)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_REQUEST);
    if (!store_begin(store, faults))
        return false;
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)seed);
    sqlite3_bind_int64(statement, 2, strata);
    sqlite3_bind_int64(statement, 3, (sqlite3_int64)replicates);
    sqlite3_bind_text(statement, 4, lines, -1, SQLITE_STATIC);
    return store_insert(store, statement, strlen(lines), faults) && store_commit(store, faults);
}

bool store_put_failure(struct store *store, const struct record_key *key, const char *reason,
                       struct faults *faults)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_FAILURE);
    if (!store_begin(store, faults))
        return false;
    bind_key(statement, key);
    sqlite3_bind_text(statement, 5, reason, -1, SQLITE_STATIC);
    return store_insert(store, statement, strlen(reason), faults);
}

bool store_drop_points(struct store *store, struct faults *faults)
{
    return store_begin(store, faults) &&
           store_run(store, "DELETE FROM point; DELETE FROM target", "write to", faults);
}

bool store_put_point(struct store *store, size_t point, const char *name, size_t layout,
                     uint64_t fingerprint, uint64_t reference, struct faults *faults)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_POINT);
    if (!store_begin(store, faults))
        return false;
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)point);
    sqlite3_bind_text(statement, 2, name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, (sqlite3_int64)layout);
    sqlite3_bind_int64(statement, 4, (sqlite3_int64)fingerprint);
    sqlite3_bind_int64(statement, 5, (sqlite3_int64)reference);
    return store_insert(store, statement, strlen(name), faults);
}

bool store_put_target(struct store *store, size_t layout, size_t target, const char *name,
                      struct faults *faults)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_TARGET);
    if (!store_begin(store, faults))
        return false;
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)layout);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)target);
    sqlite3_bind_text(statement, 3, name, -1, SQLITE_STATIC);
    return store_insert(store, statement, strlen(name), faults);
}

sqlite3_stmt *store_query(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
    return statement;
}
