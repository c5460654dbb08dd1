/* What the two files of the store share; see store.h. */
#ifndef NEOBAY_STORE_STORE_INNER_H
#define NEOBAY_STORE_STORE_INNER_H

#include "store/store.h"

#include <sqlite3.h>

/* S(NAME, SQL): the statements that are run again and again. */
#define STATEMENTS(S)                                                                              \
    S(REQUEST, "INSERT INTO request (seed, strata, replicates, lines) VALUES (?, ?, ?, ?)")        \
    S(PUT, "INSERT INTO record (fingerprint, reference, seed, strata, first, count, checksum,"     \
           " hits, sums, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")                               \
    S(FAILURE, "INSERT INTO failure (fingerprint, reference, seed, strata, reason)"                \
               " VALUES (?, ?, ?, ?, ?)")                                                          \
    S(POINT, "INSERT INTO point VALUES (?, ?, ?, ?, ?)")                                           \
    S(TARGET, "INSERT INTO target VALUES (?, ?, ?)")                                               \
    S(CHECKPOINT, "INSERT INTO checkpoint (fingerprint, seed, strata, rows, replicates, checksum," \
                  " state) VALUES (?, ?, ?, ?, ?, ?, ?)")                                          \
    S(PIECE, "INSERT INTO piece (file, place, checksum, bytes) VALUES (?, ?, ?, ?)")               \
    S(PUT_VALUES, "INSERT OR REPLACE INTO replicate_values VALUES (?, ?, ?)")                      \
    S(GET_VALUES, "SELECT checksum, bytes FROM replicate_values WHERE record = ?")                 \
    S(FIND, "SELECT id FROM record WHERE fingerprint = ? AND reference = ? AND seed = ?"           \
            " AND strata = ? AND first = ? AND count = ? ORDER BY id DESC LIMIT 1")                \
    S(LAST, "SELECT fingerprint, seed, strata, rows, replicates, checksum, state FROM checkpoint"  \
            " ORDER BY id DESC LIMIT 1")                                                           \
    S(GET, "SELECT fingerprint, reference, seed, strata, first, count, checksum, hits, sums, id"   \
           " FROM record WHERE id = ?")                                                            \
    S(ONE, "SELECT fingerprint, reference, seed, strata, first, count, checksum, hits, sums, id"   \
           " FROM record WHERE id = ?")                                                            \
    S(NEXT, "SELECT fingerprint, reference, seed, strata, first, count, checksum, hits, sums, id"  \
            " FROM record ORDER BY id")

enum statement {
#define STATEMENT_ID(name, sql) STATEMENT_##name,
    STATEMENTS(STATEMENT_ID)
#undef STATEMENT_ID
        STATEMENT_COUNT
};

struct store {
    sqlite3 *db;
    char *path;                               /* as faults name it */
    sqlite3_stmt *statement[STATEMENT_COUNT]; /* NULL until it is first needed */
    bool pending;                             /* a transaction is open */
    size_t pending_bytes;
    double committed; /* seconds of a clock */
};

/* Whether an error says that the file is damaged. */
bool store_is_damage(int code);

/* Adds the fault that SQLite has to tell of; always false. */
bool store_fail(const struct store *store, const char *what, struct faults *faults);

/* Runs statements that give no rows; brings what is put to the disk. */
bool store_run(struct store *store, const char *sql, const char *what, struct faults *faults);
bool store_commit(struct store *store, struct faults *faults);

/* Opens a transaction where none is; runs a statement whose values are bound; and the same of an
 * insertion that stands alone, after which it commits where it is time. */
bool store_begin(struct store *store, struct faults *faults);
bool store_step(struct store *store, sqlite3_stmt *statement, struct faults *faults);
bool store_insert(struct store *store, sqlite3_stmt *statement, size_t bytes,
                  struct faults *faults);

/* NULL where it cannot be prepared; sqlite3_finalize it, but not a prepared one of the table. */
sqlite3_stmt *store_query(struct store *store, const char *sql);
sqlite3_stmt *store_statement(struct store *store, enum statement which);

/* A statement of the table that reads, ready for its values; NULL with a fault. */
sqlite3_stmt *store_ask(struct store *store, enum statement which, struct faults *faults);

/* The record that a statement of the table stands at; false if it is damaged. */
bool store_row(sqlite3_stmt *statement, struct store_record *record, uint64_t *id);

/* To read alone; NULL with a fault. */
struct store *store_open_to_read(const char *folder, struct faults *faults);
bool store_reopen(struct store *store, struct faults *faults);
void store_free(struct store *store);

/* Closes the file and removes it, with what SQLite keeps beside it. */
void store_remove(struct store *store);

#endif
