/* The store: what a study computed, block by block, in one SQLite file, so that it can end at any
 * moment and go on.
 *
 * One writer at a time. What is put is on the disk a second later at most; a process that is killed
 * loses no more. Each record carries a checksum of ours: one that is damaged is left out and told,
 * and so is what lies on pages that SQLite cannot read. The order of records is that of arrival and
 * no promise. Tables and views are declared in store.c, and described in out/README.md.
 */
#ifndef NEOBAY_STORE_STORE_H
#define NEOBAY_STORE_STORE_H

#include "base/fault.h"
#include "base/text.h"

#include <stdint.h>

#define STORE_NAME "store.db"
#define STORE_PART "." STORE_NAME ".part" /* of a run that has not come to its end */

/* Whose block it is. What was computed under one key is the same for ever. */
struct record_key {
    uint64_t fingerprint, reference; /* of the scenarios; reference 0: compared with nothing */
    uint64_t seed;
    uint32_t strata, first, count; /* replicates first … first + count - 1 */
};

/* A record by value of borrowed bytes. */
struct store_record {
    struct record_key key;
    const void *hits; /* [count] words, little endian: bit t of a replicate's is whether it met
                         target t */
    size_t hits_bytes;
    const void *sums; /* of quantities; see block.h */
    size_t sums_bytes;
};

/* What shows what a store holds; members may be NULL, and false ends it with a fault. */
struct store_visit {
    void *context;
    bool (*request)(void *context, const char *lines);
    bool (*record)(void *context, const struct store_record *record, uint64_t id);
    bool (*failure)(void *context, const struct record_key *key, const char *reason);
};

struct store_found {
    size_t records, damaged;
};

struct store;

/* Opens folder/store.db for writing, makes it where it is missing, and locks it against others;
 * with `fresh` what it held is dropped. NULL with a fault. */
struct store *store_open(const char *folder, bool fresh, struct faults *faults);

/* The same of another name in the folder. */
struct store *store_open_name(const char *folder, const char *name, bool fresh,
                              struct faults *faults);

/* Shows what the store holds. Where some of it cannot be read, what can is put in its place. */
bool store_show(struct store *store, const struct store_visit *visit, struct store_found *found,
                struct faults *faults);

/* Shows what a store in a folder holds and leaves it as it is. */
bool store_scan(const char *folder, const struct store_visit *visit, struct store_found *found,
                struct faults *faults);

/* Each adds a row. A record gets the id that *id says, or the next one where that is 0, for
 * store_get. */
bool store_put_request(struct store *store, const char *lines, uint64_t seed, uint32_t strata,
                       uint64_t replicates, struct faults *faults);
bool store_put(struct store *store, const struct store_record *record, uint64_t *id,
               struct faults *faults);
/* Values of a record's replicates, in a form of whoever puts them; read back they are borrowed
 * until the next call, and a fault where there are none or they are damaged. */
bool store_put_values(struct store *store, uint64_t id, const void *bytes, size_t length,
                      struct faults *faults);
bool store_get_values(struct store *store, uint64_t id, const void **bytes, size_t *length,
                      struct faults *faults);

/* The record of this key; *id is 0 where there is none. */
bool store_find(struct store *store, const struct record_key *key, uint64_t *id,
                struct faults *faults);

/* Drops the records that end after so many replicates. */
bool store_drop_beyond(struct store *store, uint64_t replicates, struct faults *faults);

bool store_put_failure(struct store *store, const struct record_key *key, const char *reason,
                       struct faults *faults);

/* The points that records are of, for whoever opens the store with other programs. Drops those that
 * it had; then each is named with its targets, in the order of bits. */
bool store_drop_points(struct store *store, struct faults *faults);
bool store_put_point(struct store *store, size_t point, const char *name, size_t layout,
                     uint64_t fingerprint, uint64_t reference, struct faults *faults);
bool store_put_target(struct store *store, size_t layout, size_t target, const char *name,
                      struct faults *faults);

/* How far a run is: its state after so many replicates, which takes the place of the one before;
 * and pieces of files that grow as replicates come in, which are added. All that is put is on the
 * disk together. */
struct store_checkpoint {
    uint64_t fingerprint, seed;
    uint32_t strata;
    bool rows; /* with pieces of replicates.csv */
    uint64_t replicates;
    const void *state;
    size_t bytes;
};
struct store_piece {
    const char *file;
    uint64_t place; /* in the file */
    const void *bytes;
    size_t length;
};
bool store_put_checkpoint(struct store *store, const struct store_checkpoint *checkpoint,
                          const struct store_piece *piece, size_t pieces, struct faults *faults);

/* Shows the checkpoint, and whether it is undamaged; `found` says whether there is one. Its bytes
 * are borrowed until the next call. False with a fault. */
bool store_get_checkpoint(struct store *store, struct store_checkpoint *checkpoint, bool *found,
                          bool *sound, struct faults *faults);

/* Shows all pieces, in the order in which they were put, and whether they are undamaged; `show` may
 * be NULL, and ends it with false. */
bool store_show_pieces(struct store *store,
                       bool (*show)(void *context, const struct store_piece *piece), void *context,
                       bool *sound, struct faults *faults);

/* Appends the lines of the last request, if there is one that can be read. */
bool store_last_request(struct store *store, struct text *lines, struct faults *faults);

/* Reads a record; its bytes are borrowed until the next call. */
bool store_get(struct store *store, uint64_t id, struct store_record *record,
               struct faults *faults);

/* Closes the store and removes it. */
void store_discard(struct store *store);

/* Brings all to the disk and back to one file. False with a fault; closed in any case. */
bool store_close(struct store *store, struct faults *faults);

/* Gives a part in the folder, which is closed, the name of a whole. */
bool store_put_in_place(const char *folder, struct faults *faults);

#endif
