/* The store: what was put is shown again; what is damaged is told and left out; one writer. */
#include "store/store.h"

#include "store/folder.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RECORDS = 400, SUMS_BYTES = 2385 };

/* Record number i: a hit and many bytes, which all say i. */
static void put(struct store *store, uint64_t i)
{
    unsigned char sums[SUMS_BYTES];
    const uint64_t hit = i;
    struct faults faults = {0};
    uint64_t id = 0;
    memset(sums, (int)i, sizeof sums);
    const struct store_record record = {.key = {i, 7, UINT64_MAX, 300, 200, 1},
                                        .hits = &hit,
                                        .hits_bytes = sizeof hit,
                                        .sums = sums,
                                        .sums_bytes = sizeof sums};
    cr_assert(store_put(store, &record, &id, &faults));
    cr_assert_neq(id, 0u);
}

static struct store *open_store(const struct folder *folder, bool fresh)
{
    struct faults faults = {0};
    struct store *store = store_open(folder->path, fresh, &faults);
    cr_assert(store != NULL, "%s", faults.count > 0 ? faults.fault[0].message : "");
    return store;
}

static void close_store(struct store *store)
{
    struct faults faults = {0};
    cr_assert(store_close(store, &faults));
}

static struct folder filled(void)
{
    struct folder folder = folder_make();
    struct store *store = open_store(&folder, true);
    for (uint64_t i = 1; i <= RECORDS; i++)
        put(store, i);
    close_store(store);
    return folder;
}

/* Which records were shown, whole. */
struct shown {
    bool record[RECORDS + 1];
    size_t count;
    uint64_t id[RECORDS + 1];
};

static bool note(void *context, const struct store_record *record, uint64_t id)
{
    struct shown *shown = context;
    uint64_t i = record->key.fingerprint;
    const unsigned char *sums = record->sums;
    cr_assert(i >= 1 && i <= RECORDS && record->key.seed == UINT64_MAX && record->key.count == 1);
    cr_assert(memcmp(record->hits, &i, sizeof i) == 0 && record->sums_bytes == SUMS_BYTES);
    cr_assert(sums[0] == (i & 0xff) && sums[SUMS_BYTES - 1] == (i & 0xff));
    shown->record[i] = true;
    shown->id[i] = id;
    shown->count++;
    return true;
}

/* Opens the store, notes what it shows, reads one record back and adds another. */
static struct store_found reopen(const struct folder *folder, struct shown *shown)
{
    struct faults faults = {0};
    struct store_found found;
    struct store_record record;
    const struct store_visit visit = {.context = shown, .record = note};
    *shown = (struct shown){0};
    struct store *store = open_store(folder, false);
    cr_assert(store_show(store, &visit, &found, &faults), "%s",
              faults.count > 0 ? faults.fault[0].message : "");
    cr_expect_eq(found.records, shown->count);
    for (uint64_t i = 1; i <= RECORDS; i++)
        if (shown->record[i]) {
            cr_assert(store_get(store, shown->id[i], &record, &faults));
            cr_assert_eq(record.key.fingerprint, i);
        }
    put(store, RECORDS);
    close_store(store);
    return found;
}

static char *path_of(const struct folder *folder, char path[4200])
{
    snprintf(path, 4200, "%s/%s", folder->path, STORE_NAME);
    return path;
}

static void spoil(const struct folder *folder, off_t at, size_t bytes)
{
    char path[4200];
    int file = open(path_of(folder, path), O_RDWR);
    for (size_t i = 0; i < bytes; i++)
        cr_assert_eq(pwrite(file, "X", 1, at + (off_t)i), 1);
    close(file);
}

static off_t size_of(const struct folder *folder)
{
    char path[4200];
    struct stat file;
    cr_assert_eq(stat(path_of(folder, path), &file), 0);
    return file.st_size;
}

Test(store, shows_what_was_put_in_one_file)
{
    struct folder folder = filled();
    struct shown shown;
    struct store_found found = reopen(&folder, &shown);
    cr_expect_eq(shown.count, (size_t)RECORDS);
    cr_expect_eq(found.damaged, 0u);
    cr_expect_eq(folder_count(folder.path), 1u, "one file, nothing beside it");
    folder_remove(&folder);
}

/* A byte anywhere in the values of a record: that record is left out, and no other. */
Test(store, leaves_out_a_damaged_record)
{
    struct folder folder = filled();
    struct shown shown;
    spoil(&folder, 5 * size_of(&folder) / 8 + 1000, 1);
    struct store_found found = reopen(&folder, &shown);
    cr_expect_eq(found.damaged, 1u);
    cr_expect_eq(shown.count, (size_t)RECORDS - 1);
    folder_remove(&folder);
}

/* Whole pages are gone: what lies elsewhere is kept, and the store can be written again. */
Test(store, keeps_what_lies_on_other_pages)
{
    struct folder folder = filled();
    struct shown shown;
    spoil(&folder, 16384 * (size_of(&folder) / 16384 / 2), 2 * 16384);
    struct store_found found = reopen(&folder, &shown);
    cr_expect(found.damaged > 0);
    cr_expect(shown.count < RECORDS && shown.count > RECORDS - 40, "%zu", shown.count);
    size_t kept = shown.count;
    found = reopen(&folder, &shown);
    cr_expect_eq(found.damaged, 0u, "it was mended");
    cr_expect_eq(shown.count, kept + 1);
    folder_remove(&folder);
}

Test(store, keeps_what_a_torn_file_has)
{
    struct folder folder = filled();
    struct shown shown;
    char path[4200];
    cr_assert_eq(truncate(path_of(&folder, path), size_of(&folder) * 2 / 3), 0);
    struct store_found found = reopen(&folder, &shown);
    cr_expect(found.damaged > 0);
    cr_expect(shown.count > RECORDS / 3 && shown.count < RECORDS, "%zu", shown.count);
    folder_remove(&folder);
}

static void expect_refusal(const struct folder *folder, const char *words)
{
    struct faults faults = {0};
    struct store *store = store_open(folder->path, false, &faults);
    cr_assert(store == NULL);
    cr_expect(strstr(faults.fault[0].message, words) != NULL, "%s", faults.fault[0].message);
    faults_clear(&faults);
}

Test(store, says_what_to_do_where_nothing_can_be_read)
{
    struct folder folder = filled();
    spoil(&folder, 0, 100);
    expect_refusal(&folder, "--force begins it anew");
    close_store(open_store(&folder, true));
    folder_remove(&folder);
}

Test(store, refuses_a_schema_that_is_not_ours)
{
    struct folder folder = folder_make();
    char path[4200];
    sqlite3 *db;
    cr_assert_eq(sqlite3_open(path_of(&folder, path), &db), SQLITE_OK);
    sqlite3_exec(db, "CREATE TABLE record (id INTEGER PRIMARY KEY)", NULL, NULL, NULL);
    sqlite3_close(db);
    expect_refusal(&folder, "is no store of this version of neobay");
    folder_remove(&folder);
}

Test(store, belongs_to_one_writer_at_a_time)
{
    struct folder folder = filled();
    struct store *first = open_store(&folder, false);
    expect_refusal(&folder, "another batch is writing to ");
    struct faults faults = {0};
    cr_expect(store_open(folder.path, true, &faults) == NULL, "nor may it begin anew");
    faults_clear(&faults);
    close_store(first);
    close_store(open_store(&folder, false));
    folder_remove(&folder);
}

/* A process that puts records for ever, and is killed: all but the last second's are there. */
Test(store, outlives_kill_9_at_any_moment)
{
    for (int k = 0; k < 3; k++) {
        struct folder folder = folder_make();
        struct shown shown;
        pid_t writer = fork();
        if (writer == 0) {
            struct store *store = open_store(&folder, true);
            for (uint64_t i = 1; i < RECORDS; i++) {
                put(store, i);
                usleep(10000);
            }
            _exit(0);
        }
        usleep(1600000 + 170000 * (useconds_t)k);
        kill(writer, SIGKILL);
        waitpid(writer, NULL, 0);
        struct store_found found = reopen(&folder, &shown);
        cr_expect_eq(found.damaged, 0u);
        cr_expect(shown.count >= 40 && shown.count < RECORDS, "%zu", shown.count);
        for (size_t i = 1; i <= shown.count; i++)
            cr_expect(shown.record[i], "in a row");
        folder_remove(&folder);
    }
}
