#include "study/journal.h"

#include "base/memory.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_WORDS = 4, HEAD_BYTES = 32, LONGEST_RECORD = 16 << 20, NO_FILE = -1 };
static const uint64_t magic = UINT64_C(0x4a594142454f4e00); /* the lowest byte is the kind */
static const double sync_every_s = 1.0;

struct head {
    enum journal_kind kind;
    uint64_t length, checksum;
};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ------------------------------------------------------------------ heads */

static void write_head(uint64_t word[HEAD_WORDS], const struct head *head)
{
    word[0] = htole64(magic | (uint64_t)head->kind);
    word[1] = htole64(head->length);
    word[2] = htole64(head->checksum);
    word[3] = htole64(text_hash64((const char *)word, 3 * sizeof *word));
}

static bool read_head(const uint64_t word[HEAD_WORDS], struct head *head)
{
    uint64_t first = le64toh(word[0]);
    *head = (struct head){(enum journal_kind)(first & 0xff), le64toh(word[1]), le64toh(word[2])};
    return (first & ~UINT64_C(0xff)) == magic && head->length <= LONGEST_RECORD &&
           le64toh(word[3]) == text_hash64((const char *)word, 3 * sizeof *word);
}

static bool read_fully(int descriptor, void *out, size_t length, uint64_t at)
{
    char *to = out;
    while (length > 0) {
        ssize_t got = pread(descriptor, to, length, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        at += (uint64_t)got;
        length -= (size_t)got;
    }
    return true;
}

static bool reserve(struct text *text, size_t length)
{
    return memory_reserve((void **)&text->bytes, &text->capacity, length + 1, 1);
}

enum record_state { RECORD_SOUND, RECORD_DAMAGED, RECORD_TORN };

/* Reads the record at an address into `out`. */
static enum record_state read_record(int descriptor, uint64_t at, struct head *head,
                                     struct text *out)
{
    uint64_t word[HEAD_WORDS];
    if (!read_fully(descriptor, word, HEAD_BYTES, at) || !read_head(word, head) ||
        !reserve(out, (size_t)head->length) ||
        !read_fully(descriptor, out->bytes, (size_t)head->length, at + HEAD_BYTES))
        return RECORD_TORN;
    out->length = (size_t)head->length;
    out->bytes[out->length] = '\0';
    return text_hash64(out->bytes, out->length) == head->checksum ? RECORD_SOUND : RECORD_DAMAGED;
}

/* ------------------------------------------------------------------ opening */

/* Visits the records; *end is where the first torn one begins. */
static bool scan(int descriptor, journal_visit *visit, void *context, struct journal_state *state,
                 uint64_t *end)
{
    struct text bytes = {0};
    struct head head;
    bool ok = true;
    enum record_state record;
    while (ok && (record = read_record(descriptor, *end, &head, &bytes)) != RECORD_TORN) {
        state->records += record == RECORD_SOUND;
        state->damaged += record == RECORD_DAMAGED;
        if (record == RECORD_SOUND)
            ok = visit(context, head.kind, *end, bytes.bytes, bytes.length);
        *end += HEAD_BYTES + head.length;
    }
    text_clear(&bytes);
    return ok;
}

static char *path_in(const char *folder)
{
    struct text path = {0};
    text_append(&path, "%s/%s", folder, JOURNAL_NAME);
    if (path.failed)
        text_clear(&path);
    return path.bytes;
}

static uint64_t size_of(int descriptor)
{
    struct stat file;
    return fstat(descriptor, &file) == 0 ? (uint64_t)file.st_size : 0;
}

static bool fail(const struct journal *journal, const char *what, struct faults *faults)
{
    return fault_world(faults, "cannot %s %s: %s", what, journal->path, strerror(errno));
}

/* Makes the journal's folder where it is missing, with all above it. What cannot be made is told
 * when the journal is opened. */
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

/* Brings the journal's name to the disk; a file system that cannot has done all it can. */
static void sync_folder(const char *folder)
{
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor == NO_FILE)
        return;
    fsync(descriptor);
    close(descriptor);
}

static bool take_file(struct journal *journal, const char *folder, struct faults *faults)
{
    make_folders(journal->path);
    journal->descriptor = open(journal->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (journal->descriptor == NO_FILE)
        return fail(journal, "open", faults);
    if (flock(journal->descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return fault_world(faults, "another batch is writing to %s", journal->path);
    sync_folder(folder);
    return true;
}

bool journal_open(struct journal *journal, const char *folder, bool fresh, journal_visit *visit,
                  void *context, struct journal_state *state, struct faults *faults)
{
    *journal = (struct journal){.descriptor = NO_FILE, .path = path_in(folder)};
    *state = (struct journal_state){0};
    bool ok = journal->path != NULL || fault_memory(faults, "opening the journal");
    ok = ok && take_file(journal, folder, faults);
    if (ok && !fresh)
        ok = scan(journal->descriptor, visit, context, state, &journal->size) ||
             fault_memory(faults, "reading the journal");
    if (ok) {
        uint64_t all = size_of(journal->descriptor);
        state->torn_bytes = fresh ? 0 : all - journal->size;
        if (all != journal->size && ftruncate(journal->descriptor, (off_t)journal->size) != 0)
            ok = fail(journal, "cut", faults);
    }
    journal->synced = now_s();
    if (!ok)
        journal_close(journal);
    return ok;
}

bool journal_scan(const char *folder, journal_visit *visit, void *context,
                  struct journal_state *state, struct faults *faults)
{
    struct journal journal = {.descriptor = NO_FILE, .path = path_in(folder)};
    *state = (struct journal_state){0};
    bool ok = journal.path != NULL || fault_memory(faults, "reading the journal");
    journal.descriptor = ok ? open(journal.path, O_RDONLY | O_CLOEXEC) : NO_FILE;
    if (ok && journal.descriptor == NO_FILE)
        ok = fault_input(faults, (struct place){0}, "%s: cannot be read: %s", journal.path,
                         strerror(errno));
    if (ok) {
        ok = scan(journal.descriptor, visit, context, state, &journal.size) ||
             fault_memory(faults, "reading the journal");
        state->torn_bytes = size_of(journal.descriptor) - journal.size;
    }
    journal_close(&journal);
    return ok;
}

/* ------------------------------------------------------------------ records */

static bool write_fully(struct journal *journal, const char *bytes, size_t length)
{
    uint64_t at = journal->size;
    while (length > 0) {
        ssize_t put = pwrite(journal->descriptor, bytes, length, (off_t)at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        at += (uint64_t)put;
        length -= (size_t)put;
    }
    journal->size = at;
    return true;
}

static void sync_now(struct journal *journal)
{
    if (journal->dirty)
        fdatasync(journal->descriptor); /* a file system that cannot has done all it can */
    journal->dirty = false;
    journal->synced = now_s();
}

bool journal_append(struct journal *journal, enum journal_kind kind, const struct text *bytes,
                    uint64_t *at, struct faults *faults)
{
    struct head head = {kind, bytes->length, text_hash64(bytes->bytes, bytes->length)};
    struct text record = {0};
    if (bytes->failed || !reserve(&record, HEAD_BYTES + bytes->length))
        return fault_memory(faults, "writing the journal");
    uint64_t word[HEAD_WORDS];
    write_head(word, &head);
    memcpy(record.bytes, word, HEAD_BYTES);
    memcpy(record.bytes + HEAD_BYTES, bytes->bytes, bytes->length);
    uint64_t begun = journal->size;
    bool ok = write_fully(journal, record.bytes, HEAD_BYTES + bytes->length) ||
              fail(journal, "write", faults);
    text_clear(&record);
    journal->dirty = true;
    if (now_s() - journal->synced >= sync_every_s)
        sync_now(journal);
    if (at != NULL)
        *at = begun;
    return ok;
}

bool journal_read(const struct journal *journal, uint64_t at, struct text *out,
                  struct faults *faults)
{
    struct head head;
    return read_record(journal->descriptor, at, &head, out) == RECORD_SOUND ||
           fault_world(faults, "cannot read %s back: a record at byte %llu is damaged",
                       journal->path, (unsigned long long)at);
}

void journal_close(struct journal *journal)
{
    if (journal->descriptor != NO_FILE) {
        sync_now(journal);
        close(journal->descriptor);
    }
    free(journal->path);
    *journal = (struct journal){.descriptor = NO_FILE};
}
