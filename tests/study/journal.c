/* The journal: what was written is read back; what is torn or damaged is told and left out. */
#include "study/journal.h"

#include "store/folder.h"
#include "study/block.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The records that a scan shows, as "kind:text;". */
static bool note(void *context, enum journal_kind kind, uint64_t at, const char *bytes,
                 size_t length)
{
    (void)at;
    text_append(context, "%d:%.*s;", (int)kind, (int)length, bytes);
    return true;
}

static void append(struct journal *journal, const char *words)
{
    struct faults faults = {0};
    struct text text = {0};
    text_append(&text, "%s", words);
    cr_assert(journal_append(journal, JOURNAL_BLOCK, &text, NULL, &faults));
    text_clear(&text);
}

/* A journal of three records in a new folder; its size after each to size[3]. */
static struct folder three(uint64_t size[3])
{
    struct folder folder = folder_make();
    struct journal journal;
    struct journal_state state;
    struct faults faults = {0};
    static const char *const words[3] = {"first", "second, longer", "third"};
    cr_assert(journal_open(&journal, folder.path, true, NULL, NULL, &state, &faults));
    for (size_t i = 0; i < 3; i++) {
        append(&journal, words[i]);
        size[i] = journal.size;
    }
    journal_close(&journal);
    return folder;
}

static int open_file(const struct folder *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder->path, JOURNAL_NAME);
    return open(path, O_RDWR);
}

/* Opens again, appends a record, and compares all that is there then. */
static void expect(const struct folder *folder, const char *found, uint64_t torn, size_t damaged)
{
    struct journal journal;
    struct journal_state state;
    struct faults faults = {0};
    struct text seen = {0};
    cr_assert(journal_open(&journal, folder->path, false, note, &seen, &state, &faults));
    cr_expect_str_eq(seen.bytes == NULL ? "" : seen.bytes, found);
    cr_expect_eq(state.torn_bytes, torn);
    cr_expect_eq(state.damaged, damaged);
    append(&journal, "more");
    journal_close(&journal);
    text_clear(&seen);
    cr_assert(journal_scan(folder->path, note, &seen, &state, &faults));
    cr_expect_eq(state.torn_bytes, 0);
    cr_expect(strcmp(seen.bytes + strlen(seen.bytes) - 7, "2:more;") == 0, "%s", seen.bytes);
    text_clear(&seen);
}

Test(journal, reads_back_what_was_written)
{
    uint64_t size[3];
    struct folder folder = three(size);
    expect(&folder, "2:first;2:second, longer;2:third;", 0, 0);
    folder_remove(&folder);
}

Test(journal, is_cut_where_it_is_torn_at_any_byte)
{
    uint64_t size[3];
    for (uint64_t lost = 1; lost < 36; lost += 5) {
        struct folder folder = three(size);
        int file = open_file(&folder);
        cr_assert_eq(ftruncate(file, (off_t)(size[2] - lost)), 0);
        close(file);
        expect(&folder, "2:first;2:second, longer;", size[2] - size[1] - lost, 0);
        folder_remove(&folder);
    }
}

Test(journal, passes_over_a_damaged_record)
{
    uint64_t size[3];
    struct folder folder = three(size);
    int file = open_file(&folder);
    cr_assert_eq(pwrite(file, "X", 1, (off_t)(size[0] + 34)), 1);
    close(file);
    expect(&folder, "2:first;2:third;", 0, 1);
    folder_remove(&folder);
}

Test(journal, is_cut_at_a_damaged_head)
{
    uint64_t size[3];
    struct folder folder = three(size);
    int file = open_file(&folder);
    cr_assert_eq(pwrite(file, "X", 1, (off_t)(size[0] + 9)), 1);
    close(file);
    expect(&folder, "2:first;", size[2] - size[0], 0);
    folder_remove(&folder);
}

Test(journal, belongs_to_one_batch_at_a_time)
{
    uint64_t size[3];
    struct folder folder = three(size);
    struct journal first, second;
    struct journal_state state;
    struct faults faults = {0};
    struct text seen = {0};
    cr_assert(journal_open(&first, folder.path, false, note, &seen, &state, &faults));
    cr_assert(!journal_open(&second, folder.path, false, note, &seen, &state, &faults));
    cr_expect(strstr(faults.message[0], "another batch is writing to ") != NULL);
    faults_clear(&faults);
    text_clear(&seen);
    journal_close(&first);
    folder_remove(&folder);
}

/* Member by member: the padding of a struct holds anything. */
static bool same_key(const struct block_key *a, const struct block_key *b)
{
    return a->fingerprint == b->fingerprint && a->reference == b->reference && a->seed == b->seed &&
           a->strata == b->strata && a->first == b->first && a->count == b->count;
}

Test(block, reads_back_what_was_written)
{
    struct block out = {.key = {UINT64_C(0xfedcba9876543210), 7, UINT64_MAX, 300, 200, 3}};
    struct block in = {0};
    struct text bytes = {0};
    cr_assert(block_reset(&out, 5, 2));
    out.met[0] = 0x15;
    out.met[2] = 0x1f;
    moments_add(&out.cell[0].value, -2.385);
    moments_add(&out.cell[0].value, 7.25);
    moments_add(&out.cell[1].difference, -0x1p26);
    block_write(&out, &bytes);
    cr_assert(block_read(&in, bytes.bytes, bytes.length));
    cr_expect(same_key(&in.key, &out.key));
    cr_expect_eq(in.targets, 5);
    cr_expect_eq(in.met[2], 0x1f);
    cr_expect(moments_same(&in.cell[0].value, &out.cell[0].value));
    cr_expect(!moments_same(&in.cell[0].value, &out.cell[0].difference));
    cr_expect(moments_sd(&in.cell[0].value) == moments_sd(&out.cell[0].value));
    cr_expect(moments_mean(&in.cell[1].difference) == -0x1p26);
    cr_expect(!block_read(&in, bytes.bytes, bytes.length - 8), "a word is missing");
    cr_expect(!block_read(&in, bytes.bytes, 40), "most is missing");
    block_clear(&in);
    block_clear(&out);
    text_clear(&bytes);
}
