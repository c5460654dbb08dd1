/* The store's file: its schema, opening and closing. */
#include "base/memory.h"
#include "store/store_inner.h"
#include "store/version.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE_BYTES = 16384 };

/* The schema is the text that SQLite keeps, statement by statement. */
static const char *const schema[] = {
    "CREATE TABLE request (id INTEGER PRIMARY KEY, seed INTEGER, strata INTEGER,"
    " replicates INTEGER, lines TEXT)",
    "CREATE TABLE record (id INTEGER PRIMARY KEY, fingerprint INTEGER, reference INTEGER,"
    " seed INTEGER, strata INTEGER, first INTEGER, count INTEGER, checksum INTEGER, hits BLOB,"
    " sums BLOB)",
    "CREATE TABLE failure (id INTEGER PRIMARY KEY, fingerprint INTEGER, reference INTEGER,"
    " seed INTEGER, strata INTEGER, reason TEXT)",
    "CREATE TABLE replicate_values (record INTEGER PRIMARY KEY, checksum INTEGER, bytes BLOB)",
    "CREATE TABLE checkpoint (id INTEGER PRIMARY KEY, fingerprint INTEGER, seed INTEGER,"
    " strata INTEGER, rows INTEGER, replicates INTEGER, checksum INTEGER, state BLOB)",
    "CREATE TABLE piece (id INTEGER PRIMARY KEY, file TEXT, place INTEGER, checksum INTEGER,"
    " bytes BLOB)",
    "CREATE TABLE point (number INTEGER PRIMARY KEY, name TEXT, layout INTEGER,"
    " fingerprint INTEGER, reference INTEGER)",
    "CREATE TABLE target (layout INTEGER, number INTEGER, name TEXT)",
    /* Records of the last request, point by point. A batch that grew may have a block twice, as the
     * short last one and whole: the longer one counts, up to the replicates of the request. Bare
     * columns are those of the row that has the maximum, https://sqlite.org/lang_select.html. */
    "CREATE VIEW block AS SELECT p.number AS number, p.name AS point, p.layout AS layout,"
    " r.first AS first, min(max(r.count), q.replicates - r.first) AS count, r.hits AS hits"
    " FROM point p JOIN record r ON r.fingerprint = p.fingerprint AND r.reference = p.reference"
    " JOIN (SELECT seed, strata, replicates FROM request ORDER BY id DESC LIMIT 1) q"
    " ON r.seed = q.seed AND r.strata = q.strata AND r.first < q.replicates"
    " GROUP BY p.number, r.first",
    /* Bit t of the word of a replicate: the hexadecimal digit that it is in, then the bit of it. */
    "CREATE VIEW hit AS WITH RECURSIVE place(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM place"
    " WHERE i < 99) SELECT b.point AS point, t.name AS target, b.first + place.i AS replicate,"
    " (instr('0123456789ABCDEF', substr(hex(substr(b.hits, place.i * 8 + t.number / 8 + 1, 1)),"
    " 2 - t.number % 8 / 4, 1)) - 1 >> t.number % 4) & 1 AS met FROM block b JOIN target t"
    " ON t.layout = b.layout JOIN place ON place.i < b.count",
};
enum { SCHEMA_STATEMENTS = sizeof schema / sizeof *schema };

static bool make_schema(struct store *store, struct faults *faults)
{
    bool ok = store_run(store, "BEGIN", "write to", faults);
    for (size_t i = 0; ok && i < SCHEMA_STATEMENTS; i++)
        ok = store_run(store, schema[i], "write to", faults);
    char version[64];
    snprintf(version, sizeof version, "PRAGMA user_version = %d; COMMIT", NEOBAY_NUMBERS);
    return ok && store_run(store, version, "write to", faults);
}

/* Whether the replicates in it are of this version of the model's numbers. */
static bool check_numbers(struct store *store, struct faults *faults)
{
    sqlite3_stmt *row = store_query(store, "PRAGMA user_version");
    bool read = row != NULL && sqlite3_step(row) == SQLITE_ROW;
    int version = read ? sqlite3_column_int(row, 0) : 0;
    sqlite3_finalize(row);
    if (!read)
        return store_fail(store, "open", faults);
    return version == NEOBAY_NUMBERS ||
           fault_input(faults, (struct place){.file = store->path},
                       "holds replicates of another version of the model (%d, this is %d); --force "
                       "begins it anew, --out DIR goes elsewhere",
                       version, NEOBAY_NUMBERS);
}

/* Whether the schema is ours, word by word; where there is none it is made if `make` says so. */
static bool check_schema(struct store *store, bool make, struct faults *faults)
{
    sqlite3_stmt *rows = store_query(store, "SELECT sql FROM sqlite_schema ORDER BY rowid");
    size_t count = 0;
    bool ours = true;
    int code = SQLITE_ROW;
    if (rows == NULL)
        return store_fail(store, "open", faults);
    for (; (code = sqlite3_step(rows)) == SQLITE_ROW; count++) {
        const char *sql = (const char *)sqlite3_column_text(rows, 0);
        ours &= count < SCHEMA_STATEMENTS && sql != NULL && strcmp(sql, schema[count]) == 0;
    }
    bool read = code == SQLITE_DONE || store_fail(store, "open", faults);
    sqlite3_finalize(rows);
    if (!read)
        return false;
    if (count == 0 && make)
        return make_schema(store, faults);
    if (ours && count == SCHEMA_STATEMENTS)
        return check_numbers(store, faults);
    return fault_input(faults, (struct place){.file = store->path},
                       "is no store of this version of neobay; --force begins it anew, --out DIR "
                       "goes elsewhere");
}

/* Makes the folder where it is missing, with all above it. What cannot be made is told when the
 * store is opened. */
static void make_folders(char *path)
{
    for (size_t i = 1; path[i] != '\0'; i++) {
        if (path[i] != '/')
            continue;
        path[i] = '\0';
        mkdir(path, 0777);
        path[i] = '/';
    }
}

static void close_file(struct store *store)
{
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_finalize(store->statement[i]);
        store->statement[i] = NULL;
    }
    sqlite3_close(store->db);
    store->db = NULL;
}

void store_free(struct store *store)
{
    close_file(store);
    free(store->path);
    free(store);
}

static struct store *store_new(const char *folder, const char *name, struct faults *faults)
{
    struct store *store = calloc(1, sizeof *store);
    struct text path = {0};
    text_append(&path, "%s/%s", folder, name);
    if (store == NULL || path.failed) {
        text_clear(&path);
        free(store);
        fault_memory(faults, "opening the store");
        return NULL;
    }
    store->path = path.bytes;
    return store;
}

/* The path with the links of its folders resolved: SQLite is told to follow none, and a results
 * folder may well be one. NULL without memory or where there is no such folder. */
static char *resolved(const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    char *folder = memory_copy_text(path), *real = NULL;
    struct text whole = {0};
    if (folder != NULL) {
        folder[name - path] = '\0';
        real = realpath(folder, NULL);
    }
    if (real != NULL)
        text_append(&whole, "%s/%s", real, name);
    free(folder);
    free(real);
    if (whole.failed)
        text_clear(&whole);
    return whole.bytes;
}

static bool open_file(struct store *store, int flags, struct faults *faults)
{
    const int common = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX;
    char *path = resolved(store->path);
    int code =
        path == NULL ? SQLITE_CANTOPEN : sqlite3_open_v2(path, &store->db, flags | common, NULL);
    free(path);
    if (path == NULL)
        return fault_world(faults, "cannot open %s: %s", store->path, strerror(errno));
    if (code != SQLITE_OK)
        return store_fail(store, "open", faults);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return true;
}

void store_remove(struct store *store)
{
    close_file(store);
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char path[PATH_MAX]; /* not on the heap: there may be no memory */
        int length = snprintf(path, sizeof path, "%s%s", store->path, endings[i]);
        if (length > 0 && (size_t)length < sizeof path)
            unlink(path);
    }
}

/* Takes the store for this process alone, with the settings that it is written with. */
static bool set_up(struct store *store, struct faults *faults)
{
    struct text pragmas = {0};
    text_append(&pragmas,
                "PRAGMA page_size = %d; PRAGMA locking_mode = EXCLUSIVE;"
                " PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                " BEGIN IMMEDIATE; COMMIT",
                PAGE_BYTES);
    bool ok = pragmas.failed ? fault_memory(faults, "opening the store")
                             : store_run(store, pragmas.bytes, "open", faults);
    text_clear(&pragmas);
    return ok;
}

/* Fills up a file that was cut off to the length that its head tells: SQLite reads nothing of one
 * that is shorter, but for pages of zeros it says that they are damaged. Offsets are those of the
 * database header, https://sqlite.org/fileformat.html. */
static void fill_up(const char *path)
{
    unsigned char head[32];
    struct stat file;
    int descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return;
    if (read(descriptor, head, sizeof head) == (ssize_t)sizeof head &&
        memcmp(head, "SQLite format 3", 16) == 0 && fstat(descriptor, &file) == 0) {
        off_t page = head[16] << 8 | head[17];
        off_t pages =
            (off_t)head[28] << 24 | (off_t)head[29] << 16 | (off_t)head[30] << 8 | (off_t)head[31];
        if (file.st_size < page * pages && ftruncate(descriptor, page * pages) != 0)
            errno = 0; /* SQLite will say that the file is damaged */
    }
    close(descriptor);
}

bool store_reopen(struct store *store, struct faults *faults)
{
    close_file(store);
    fill_up(store->path);
    return open_file(store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, faults) &&
           set_up(store, faults) && check_schema(store, true, faults);
}

struct store *store_open_name(const char *folder, const char *name, bool fresh,
                              struct faults *faults)
{
    struct store *store = store_new(folder, name, faults);
    if (store == NULL)
        return NULL;
    make_folders(store->path);
    bool was_there = access(store->path, F_OK) == 0;
    bool ok = open_file(store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, faults);
    if (ok && fresh) { /* only once it is known that nobody writes to it */
        struct faults unread = {0};
        bool taken = set_up(store, &unread) || store_is_damage(sqlite3_errcode(store->db));
        if (!taken)
            faults_take(faults, &unread);
        faults_clear(&unread);
        if (taken)
            store_remove(store);
        ok = taken;
    }
    if (ok && store_reopen(store, faults))
        return store;
    if (!was_there || (ok && fresh)) /* what could be made of it is none */
        store_remove(store);
    store_free(store);
    return NULL;
}

struct store *store_open_to_read(const char *folder, struct faults *faults)
{
    struct store *store = store_new(folder, STORE_NAME, faults);
    if (store == NULL)
        return NULL;
    bool ok =
        access(store->path, R_OK) == 0 || fault_input(faults, (struct place){.file = store->path},
                                                      "cannot be read: %s", strerror(errno));
    if (ok && open_file(store, SQLITE_OPEN_READONLY, faults) && check_schema(store, false, faults))
        return store;
    store_free(store);
    return NULL;
}

struct store *store_open(const char *folder, bool fresh, struct faults *faults)
{
    return store_open_name(folder, STORE_NAME, fresh, faults);
}

void store_discard(struct store *store)
{
    if (store == NULL)
        return;
    store_remove(store);
    store_free(store);
}

bool store_close(struct store *store, struct faults *faults)
{
    if (store == NULL)
        return true;
    bool ok = store_commit(store, faults);
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_finalize(store->statement[i]);
        store->statement[i] = NULL;
    }
    ok = ok && store_run(store, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE",
                         "write to", faults);
    store_free(store);
    return ok;
}

bool store_put_in_place(const char *folder, struct faults *faults)
{
    struct text part = {0}, whole = {0};
    text_append(&part, "%s/%s", folder, STORE_PART);
    text_append(&whole, "%s/%s", folder, STORE_NAME);
    bool ok = part.failed || whole.failed ? fault_memory(faults, "putting the store in place")
                                          : rename(part.bytes, whole.bytes) == 0 ||
                                                fault_world(faults, "cannot put %s in place: %s",
                                                            whole.bytes, strerror(errno));
    text_clear(&part);
    text_clear(&whole);
    return ok;
}
