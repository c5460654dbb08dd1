#include "store/file.h"

#include "store/folder.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static void add(struct file_group *group, const char *name, const char *text)
{
    struct faults faults = {0};
    FILE *stream = file_group_add(group, name, &faults);
    cr_assert(stream != NULL, "%s", faults.count > 0 ? faults.fault[0].message : "");
    fputs(text, stream);
}

static void expect_file(const struct folder *folder, const char *name, const char *text)
{
    char *bytes = folder_read(folder, name);
    cr_expect_str_eq(bytes, text);
    free(bytes);
}

static void expect_fault(struct faults *faults, enum fault_kind kind, const char *part)
{
    cr_assert_eq(faults->count, 1);
    cr_expect_eq(faults->kind, kind);
    cr_expect(strstr(faults->fault[0].message, part) != NULL, "%s", faults->fault[0].message);
    faults_clear(faults);
}

Test(file, nothing_is_there_before_the_commit_and_all_after_it)
{
    struct folder folder = folder_make();
    struct file_group group;
    struct faults faults = {0};
    cr_assert(file_group_open(&group, folder.path, &faults));
    add(&group, "a.csv", "first\n");
    add(&group, "b.csv", "second\n");
    cr_expect(!folder_has(&folder, "a.csv") && !folder_has(&folder, "b.csv"));
    cr_assert(file_group_commit(&group, &faults));
    expect_file(&folder, "a.csv", "first\n");
    expect_file(&folder, "b.csv", "second\n");
    cr_expect_eq(folder_count(folder.path), 2);
    folder_remove(&folder);
}

Test(file, an_abandoned_group_leaves_what_was_there)
{
    struct folder folder = folder_make();
    struct file_group group;
    struct faults faults = {0};
    folder_write(&folder, "a.csv", "old\n");
    cr_assert(file_group_open(&group, folder.path, &faults));
    add(&group, "a.csv", "new\n");
    add(&group, "b.csv", "new\n");
    file_group_abandon(&group);
    expect_file(&folder, "a.csv", "old\n");
    cr_expect_eq(folder_count(folder.path), 1);
    folder_remove(&folder);
}

Test(file, a_dropped_file_goes_with_the_commit_and_not_before)
{
    struct folder folder = folder_make();
    struct file_group group;
    struct faults faults = {0};
    folder_write(&folder, "firms.csv", "of an earlier run\n");
    cr_assert(file_group_open(&group, folder.path, &faults));
    cr_assert(file_group_drop(&group, "firms.csv", &faults));
    cr_assert(file_group_drop(&group, "never-there.csv", &faults));
    cr_expect(folder_has(&folder, "firms.csv"));
    cr_assert(file_group_commit(&group, &faults));
    cr_expect(!folder_has(&folder, "firms.csv"));
    folder_remove(&folder);
}

Test(file, folders_are_made_and_unmade_again)
{
    static const char *const names[] = {"x/y/z", "x/y/z/", "x//y"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct folder folder = folder_make();
        struct file_group group;
        struct faults faults = {0};
        cr_assert(file_group_open(&group, folder_at(&folder, names[i]), &faults));
        add(&group, "a.csv", "new\n");
        cr_expect(folder_has(&folder, "x/y"));
        file_group_abandon(&group);
        cr_expect_eq(folder_count(folder.path), 0, "%s", names[i]);
        folder_remove(&folder);
    }
}

Test(file, a_folder_that_cannot_be_made_is_a_fault_of_the_world)
{
    struct folder folder = folder_make();
    struct file_group group;
    struct faults faults = {0};
    folder_write(&folder, "plain", "a file\n");
    cr_assert(!file_group_open(&group, folder_at(&folder, "plain/out"), &faults));
    expect_fault(&faults, FAULT_WORLD, "plain/out: Not a directory; nothing was written");
    cr_assert(!file_group_open(&group, folder_at(&folder, "plain"), &faults));
    expect_fault(&faults, FAULT_WORLD, "plain: Not a directory; nothing was written");
    folder_remove(&folder);
}

Test(file, two_groups_do_not_share_a_folder)
{
    struct folder folder = folder_make();
    struct file_group group, other;
    struct faults faults = {0};
    cr_assert(file_group_open(&group, folder.path, &faults));
    cr_assert(!file_group_open(&other, folder.path, &faults));
    expect_fault(&faults, FAULT_WORLD, "another run is writing to");
    file_group_abandon(&group);
    cr_assert(file_group_open(&other, folder.path, &faults), "the lock went with the group");
    file_group_abandon(&other);
    folder_remove(&folder);
}

/* A limit of the size of files stands for a full disk: writing fails in the same places. */
static void limit_file_size(rlim_t bytes)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
    signal(SIGXFSZ, SIG_IGN);
}

Test(file, a_write_that_fails_leaves_what_was_there)
{
    struct folder folder = folder_make();
    struct file_group group;
    struct faults faults = {0};
    folder_write(&folder, "a.csv", "old\n");
    cr_assert(file_group_open(&group, folder.path, &faults));
    add(&group, "a.csv", "new\n");
    FILE *stream = file_group_add(&group, "big.csv", &faults);
    cr_assert(stream != NULL);
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit_file_size(4096);
    for (size_t i = 0; i < 4096; i++)
        fputs("eleven more\n", stream);
    bool ok = file_group_commit(&group, &faults);
    limit_file_size(limit.rlim_cur); /* Criterion writes too */
    cr_assert(!ok);
    expect_fault(&faults, FAULT_WORLD, "big.csv: File too large; nothing was kept of this run");
    expect_file(&folder, "a.csv", "old\n");
    cr_expect_eq(folder_count(folder.path), 1);
    folder_remove(&folder);
}

/* A disk that was full for a while has lost bytes, though there is room again at the end. */
Test(file, a_write_that_failed_is_not_forgotten)
{
    struct folder folder = folder_make();
    struct file_group group;
    struct faults faults = {0};
    struct rlimit limit;
    cr_assert(file_group_open(&group, folder.path, &faults));
    FILE *stream = file_group_add(&group, "big.csv", &faults);
    cr_assert(stream != NULL);
    getrlimit(RLIMIT_FSIZE, &limit);
    limit_file_size(4096);
    for (size_t i = 0; i < 4096; i++)
        fputs("eleven more\n", stream);
    limit_file_size(limit.rlim_cur);
    cr_assert(!file_group_commit(&group, &faults));
    expect_fault(&faults, FAULT_WORLD, "big.csv: Input/output error; nothing was kept");
    cr_expect_eq(folder_count(folder.path), 0);
    folder_remove(&folder);
}

Test(file, a_folder_in_the_place_of_a_file_is_found_early)
{
    struct folder folder = folder_make();
    struct file_group group;
    struct faults faults = {0};
    mkdir(folder_at(&folder, "a.csv"), 0777);
    cr_assert(file_group_open(&group, folder.path, &faults));
    cr_assert(file_group_add(&group, "a.csv", &faults) == NULL);
    expect_fault(&faults, FAULT_WORLD, "a.csv is a folder");
    file_group_abandon(&group);
    folder_remove(&folder);
}

/* What comes in the way between adding and commit: what was put in place is told. */
Test(file, a_rename_that_fails_says_what_was_kept)
{
    struct folder folder = folder_make();
    struct file_group group;
    struct faults faults = {0};
    cr_assert(file_group_open(&group, folder.path, &faults));
    add(&group, "a.csv", "new\n");
    add(&group, "b.csv", "new\n");
    mkdir(folder_at(&folder, "b.csv"), 0777);
    cr_assert(!file_group_commit(&group, &faults));
    expect_fault(&faults, FAULT_WORLD, "of this run the first 1 of 2 files were kept");
    expect_file(&folder, "a.csv", "new\n");
    cr_expect_eq(folder_count(folder.path), 2);
    folder_remove(&folder);
}
