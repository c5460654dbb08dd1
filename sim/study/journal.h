/* The journal of a batch: an append-only file of records, so that a batch can end at any moment.
 *
 * A record is four words, little endian: what it is, how long, a checksum of what follows, and one
 * of these three; then that many bytes. What was torn at the end when the machine stopped is cut
 * off when the journal is opened again; a record that is damaged in the midst is passed over. It is
 * synced to the disk once a second, and when it is closed.
 */
#ifndef NEOBAY_STUDY_JOURNAL_H
#define NEOBAY_STUDY_JOURNAL_H

#include "base/fault.h"
#include "base/text.h"

#include <stdint.h>

#define JOURNAL_NAME "journal.bin"

enum journal_kind {
    JOURNAL_HEADER = 1, /* how the batch was called */
    JOURNAL_BLOCK,      /* a finished block; see block.h */
    JOURNAL_FAILURE     /* a point that failed, and why */
};

struct journal {
    int descriptor;
    char *path;
    uint64_t size;
    double synced; /* seconds of a clock */
    bool dirty;
};

/* What was found on opening. */
struct journal_state {
    uint64_t torn_bytes; /* cut off at the end */
    size_t records, damaged;
};

/* Called for each sound record, `at` being its address for journal_read. False ends with a fault.
 */
typedef bool journal_visit(void *context, enum journal_kind kind, uint64_t at, const char *bytes,
                           size_t length);

/* Opens folder/journal.bin, which is made where it is missing, and locks it against other batches;
 * with `fresh` what it held is dropped, else every record is visited. On failure it needs no close.
 */
bool journal_open(struct journal *journal, const char *folder, bool fresh, journal_visit *visit,
                  void *context, struct journal_state *state, struct faults *faults);

/* Visits the records of a journal that is left as it is, torn or not. */
bool journal_scan(const char *folder, journal_visit *visit, void *context,
                  struct journal_state *state, struct faults *faults);

/* Appends a record; its address to *at. Not for two threads at once. */
bool journal_append(struct journal *journal, enum journal_kind kind, const struct text *bytes,
                    uint64_t *at, struct faults *faults);

/* Reads a record into `out`, whose former content goes. Any thread may. */
bool journal_read(const struct journal *journal, uint64_t at, struct text *out,
                  struct faults *faults);

void journal_close(struct journal *journal);

#endif
