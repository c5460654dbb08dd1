#include "store/columns.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>

/* A table that is written into memory. */
struct memory {
    struct csv csv;
    char *bytes;
    size_t length;
};

static struct memory begin(void)
{
    struct memory memory = {0};
    return memory;
}

static const char *written(struct memory *memory)
{
    fclose(memory->csv.stream);
    return memory->bytes;
}

#define WITH_TABLE(memory)                                                                         \
    struct memory memory = begin();                                                                \
    memory.csv.stream = open_memstream(&memory.bytes, &memory.length)

Test(csv, text_is_quoted_where_it_must_be)
{
    static const struct {
        const char *text, *cell;
    } cases[] = {{"plain", "plain\n"},
                 {"with space", "with space\n"},
                 {"a,b", "\"a,b\"\n"},
                 {"say \"hm\"", "\"say \"\"hm\"\"\"\n"},
                 {"two\nlines", "\"two\nlines\"\n"},
                 {" edge", "\" edge\"\n"},
                 {"edge ", "\"edge \"\n"},
                 {"", "\n"},
                 {"T>O", "T>O\n"},
                 {"浦东", "浦东\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        WITH_TABLE(memory);
        csv_text(&memory.csv, cases[i].text);
        csv_end_row(&memory.csv);
        cr_assert_str_eq(written(&memory), cases[i].cell);
        free(memory.bytes);
    }
}

Test(csv, numbers_read_back_exactly)
{
    static const double values[] = {2.385,  0.1 + 0.2, 1e-300, 6.02214076e23,         -1.0 / 3, 0,
                                    100000, 1e17,      5e-324, 1.7976931348623157e308};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        WITH_TABLE(memory);
        csv_number(&memory.csv, values[i]);
        csv_end_row(&memory.csv);
        cr_assert(strtod(written(&memory), NULL) == values[i], "%s", memory.bytes);
        free(memory.bytes);
    }
}

Test(csv, what_is_not_known_is_an_empty_cell)
{
    WITH_TABLE(memory);
    csv_number(&memory.csv, NAN);
    csv_month(&memory.csv, MONTH_NEVER);
    csv_text(&memory.csv, NULL);
    csv_month(&memory.csv, 2025 * 12 + 11);
    csv_whole(&memory.csv, UINT64_MAX);
    csv_end_row(&memory.csv);
    cr_assert_str_eq(written(&memory), ",,,2025-12,18446744073709551615\n");
    free(memory.bytes);
}

Test(csv, a_row_of_another_length_is_a_bug, .signal = SIGABRT)
{
    WITH_TABLE(memory);
    csv_text(&memory.csv, "one");
    csv_text(&memory.csv, "two");
    csv_end_row(&memory.csv);
    csv_text(&memory.csv, "alone");
    csv_end_row(&memory.csv);
}

Test(columns, every_row_has_as_many_cells_as_its_header)
{
    WITH_TABLE(memory);
    csv_header(&memory.csv, CSV_FIRST_REACHED);
    csv_end_row(&memory.csv);
    first_reached_cells(&memory.csv, &(struct first_reached_row){.target = "odds, and ends",
                                                                 .month = 2021 * 12,
                                                                 .replicates = 7,
                                                                 .share = 0.07,
                                                                 .cumulative_share = NAN,
                                                                 .low95 = 0.03,
                                                                 .high95 = 0.14});
    csv_end_row(&memory.csv);
    cr_assert_str_eq(written(&memory),
                     "target,month,replicates,share,cumulative_share,low95,high95,met_then\n"
                     "\"odds, and ends\",2021-01,7,0.07,,0.03,0.14,0\n");
    free(memory.bytes);
}

Test(columns, each_is_described)
{
    for (enum csv_id file = 0; file < CSV_COUNT; file++) {
        size_t count = 0;
        const struct column *column = csv_columns(file, &count);
        cr_assert(count > 0);
        for (size_t i = 0; i < count; i++)
            cr_assert(column[i].name[0] != '\0' && column[i].meaning[0] != '\0', "%s",
                      csv_file_names[file]);
    }
}
