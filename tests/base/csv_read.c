#include "base/csv_read.h"

#include "store/folder.h"

#include <criterion/criterion.h>
#include <unistd.h>

static void open_text(struct csv_read *read, struct folder *folder, const char *text,
                      struct faults *faults)
{
    *folder = folder_make();
    folder_write(folder, "x.csv", text);
    cr_assert_eq(chdir(folder->path), 0);
    cr_assert(csv_read_open(read, NULL, "x.csv", faults));
}

static void expect_cell(const struct csv_read *read, size_t column, const char *cell, unsigned line,
                        unsigned at)
{
    struct place place = csv_read_place(read, column);
    cr_expect_str_eq(csv_read_cell(read, column), cell);
    cr_expect_eq(place.line, line, "%s is at line %u", cell, place.line);
    cr_expect_eq(place.column, at, "%s is at column %u", cell, place.column);
}

Test(csv_read, cells_and_where_they_stand)
{
    struct faults faults = {0};
    struct csv_read read;
    struct folder folder;
    open_text(&read, &folder,
              "\xEF\xBB\xBFname,value\r\n浦东新区,1\n\"two\nlines, \"\"so\"\"\",2\n,", &faults);
    cr_assert(csv_read_next(&read, &faults));
    cr_expect_eq(csv_read_column(&read, "value", 5), 1);
    cr_expect_eq(csv_read_column(&read, "val", 3), 2);
    expect_cell(&read, 0, "name", 1, 1);
    expect_cell(&read, 1, "value", 1, 6);
    cr_assert(csv_read_next(&read, &faults));
    expect_cell(&read, 1, "1", 2, 6); /* characters, not bytes */
    cr_assert(csv_read_next(&read, &faults));
    expect_cell(&read, 0, "two\nlines, \"so\"", 3, 1);
    expect_cell(&read, 1, "2", 4, 16);
    cr_assert(csv_read_next(&read, &faults));
    cr_expect_eq(read.count, 2);
    expect_cell(&read, 1, "", 5, 2);
    cr_expect_str_eq(csv_read_cell(&read, 2), "");
    cr_expect_not(csv_read_next(&read, &faults));
    cr_expect_eq(faults.count, 0);
    csv_read_close(&read);
    folder_remove(&folder);
}

Test(csv_read, what_is_broken_is_told_with_its_place)
{
    static const struct {
        const char *text, *fault;
    } cases[] = {{"a\n\"open\n", "x.csv:2:1: a quoted cell does not end as it should; do so"},
                 {"a\nb,\"c\"d\n", "x.csv:2:3: a quoted cell does not end as it should; do so"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct faults faults = {0};
        struct csv_read read;
        struct folder folder;
        open_text(&read, &folder, cases[i].text, &faults);
        read.advice = "do so";
        cr_assert(csv_read_next(&read, &faults));
        cr_expect_not(csv_read_next(&read, &faults));
        cr_assert_eq(faults.count, 1);
        cr_expect_str_eq(faults.fault[0].message, cases[i].fault);
        faults_clear(&faults);
        csv_read_close(&read);
        folder_remove(&folder);
    }
}
