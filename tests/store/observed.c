#include "store/observed.h"

#include "store/folder.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* Reads the text from a file called seen.csv, where we are. */
static bool read_text(struct observed *observed, const char *text, struct faults *faults)
{
    struct folder folder = folder_make();
    folder_write(&folder, "seen.csv", text);
    cr_assert_eq(chdir(folder.path), 0);
    bool ok = observed_load(observed, "seen.csv", faults);
    folder_remove(&folder);
    return ok;
}

#define HEAD "date,indicator,value,source\n"

Test(observed, rows_comments_quotes_and_line_ends)
{
    static const char text[] = "\xEF\xBB\xBF" HEAD "# a comment, with commas, \"and quotes\n"
                               "\n"
                               "2021-12,hightech_firms,431,\"Yearbook, 2022: \"\"p. 7\"\"\"\r\n"
                               "2022-12,output_myuan,52385.25,two\n"
                               "2022-11,output_myuan,52400,corrected later"; /* no line end */
    struct observed observed = {0};
    struct faults faults = {0};
    cr_assert(read_text(&observed, text, &faults));
    cr_assert_eq(observed.count, 3);
    cr_expect_eq(observed.observation[0].month, 2021 * 12 + 11);
    cr_expect_eq(observed.observation[0].indicator, INDICATOR_HIGHTECH_FIRMS);
    cr_expect_str_eq(observed.observation[0].source, "Yearbook, 2022: \"p. 7\"");
    cr_expect(observed.observation[1].value == 52385.25);
    cr_expect_str_eq(observed.observation[2].source, "corrected later");
    cr_expect(observed_value(&observed, INDICATOR_OUTPUT, 2022 * 12 + 10) == 52400);
    cr_expect(isnan(observed_value(&observed, INDICATOR_OUTPUT, 2022 * 12 + 9)));
    observed_clear(&observed);
}

Test(observed, every_fault_with_its_place)
{
    static const struct {
        const char *text, *fault;
    } cases[] = {
        {"", "seen.csv:1:1: the first line is not date,indicator,value,source"},
        {"date,indicator,value\n", "seen.csv:1:1: the first line is not"},
        {"# hm\nmonth,indicator,value,source\n", "seen.csv:1:1: the first line is not"},
        {HEAD "2021-13,firms,4,x\n", "seen.csv:2:1: date = 2021-13 is not a month such as 2021-12"},
        {HEAD "2021-12,firms,4,\xE9 of 2021\n", "seen.csv:2:1: not text in UTF-8"},
        {HEAD "2021-12,frims,4,x\n",
         "seen.csv:2:9: indicator = frims is not the name of an indicator for the whole district; "
         "nearest: firms"},
        {HEAD "2021-12,firms_by_zone,4,x\n", "seen.csv:2:9: indicator = firms_by_zone is not"},
        {HEAD "2021-12,firms,4 000,x\n", "seen.csv:2:15: value = 4 000 is not a finite number"},
        {HEAD "2021-12,firms,nan,x\n", "seen.csv:2:15: value = nan is not a finite number"},
        {HEAD "2021-12,firms,,x\n", "seen.csv:2:15: value =  is not a finite number"},
        {HEAD "2021-12,firms,4\n", "seen.csv:2:1: 3 cells, not 4"},
        {HEAD "2021-12,firms,4,a, b\n", "seen.csv:2:1: 5 cells, not 4"},
        {HEAD "2021-12,firms,4,\"open\n", "a quoted cell does not end as it should"},
        {HEAD "2021-12,firms,4,\"a\"b\n", "seen.csv:2:17: a quoted cell does not end as it should"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct observed observed = {0};
        struct faults faults = {0};
        cr_expect(!read_text(&observed, cases[i].text, &faults));
        cr_assert_eq(faults.count, 1, "case %zu", i);
        cr_expect_eq(faults.kind, FAULT_INPUT);
        cr_expect(strstr(faults.fault[0].message, cases[i].fault) != NULL, "%s\nis not\n%s",
                  faults.fault[0].message, cases[i].fault);
        faults_clear(&faults);
        observed_clear(&observed);
    }
}

Test(observed, all_faults_of_a_file_are_told)
{
    struct observed observed = {0};
    struct faults faults = {0};
    cr_expect(!read_text(&observed, HEAD "2021,frims,x,y\n2021-12,firms,4,x\n2021-12,firms,4\n",
                         &faults));
    cr_expect_eq(faults.count, 4);
    faults_clear(&faults);
    observed_clear(&observed);
}

Test(observed, a_file_that_is_not_there_is_a_fault_of_input)
{
    struct observed observed = {0};
    struct faults faults = {0};
    cr_expect(!observed_load(&observed, "no/such.csv", &faults));
    cr_assert_eq(faults.count, 1);
    cr_expect_eq(faults.kind, FAULT_INPUT);
    cr_expect_str_eq(faults.fault[0].message,
                     "no/such.csv: cannot be read: No such file or directory");
    faults_clear(&faults);
}
