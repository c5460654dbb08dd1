#include "store/observed.h"

#include "store/folder.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Reads the text from a file called seen.csv, where we are. */
static bool read_text(struct observed *observed, const char *text, struct faults *faults)
{
    struct folder folder = folder_make();
    folder_write(&folder, "seen.csv", text);
    cr_assert_eq(chdir(folder.path), 0);
    bool ok = observed_load(observed, "seen.csv", NULL, faults);
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
        {"", "seen.csv:1:1: the first line names no column date; it needs date, indicator, value "
             "and source"},
        {"date,indicator,value\n", "seen.csv:1:1: the first line names no column source"},
        {"# hm\nmonth,indicator,worth,source\n", "seen.csv:2:17: there is no column worth"},
        {"date,indicator,value,value,source\n", "seen.csv:1:22: column value is given already"},
        {HEAD "2021-13,firms,4,x\n", "seen.csv:2:1: date = 2021-13 is not a month such as 2021-12"},
        {HEAD "2021-12,firms,4,\xE9 of 2021\n", "seen.csv:2:1: not text in UTF-8"},
        {HEAD "2021-12,frims,4,x\n",
         "seen.csv:2:9: indicator = frims is not the name of an indicator; nearest: firms"},
        {HEAD "2021-12,firms_by_zone,4,x\n",
         "zone =  is none of the scenario, and firms_by_zone needs one"},
        {HEAD "2021-12,graduations,4,x\n", "seen.csv:2:9: indicator = graduations is not"},
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

#define WIDE "use,date,indicator,zone,sector,kind,value,to,error,discrepancy,assumed,grade,source\n"

/* Columns in another order, and all that a row may say. */
Test(observed, kinds_errors_flags_and_uses)
{
    static const char text[] = WIDE "fit,2021-12,firms,,,at_least,85,,5 %,7%,no,A-,x\n"
                                    "test,2022-06,firms,,,between,80,90,2.5,0.1,,,x\n"
                                    ",2022-12,firms,,,,91,,,,yes,C,x\n"
                                    "set,2022-06,firms_by_zone,O,,at_most,70,,,,,,x\n"
                                    "none,2022-06,firms_by_sector,,bio,value,30,,,,,,x\n";
    struct observed observed = {0};
    struct faults faults = {0};
    struct scenario *scenario = scenario_load("tests/small.yaml", NULL, 0, &faults);
    struct folder folder = folder_make();
    folder_write(&folder, "seen.csv", text);
    cr_assert_eq(chdir(folder.path), 0);
    cr_assert(observed_load(&observed, "seen.csv", scenario, &faults), "%s",
              faults.count > 0 ? faults.fault[0].message : "");
    const struct observation *seen = observed.observation;
    cr_expect(seen[0].kind == OBSERVED_AT_LEAST && seen[0].use == OBSERVED_FOR_FIT);
    cr_expect(seen[0].error == 4.25 && seen[0].discrepancy == 0.07 && !seen[0].assumed);
    cr_expect_str_eq(seen[0].grade, "A-");
    cr_expect(seen[1].kind == OBSERVED_BETWEEN && seen[1].to == 90.0 && seen[1].error == 2.5);
    cr_expect(seen[1].discrepancy == 0.1 && seen[1].use == OBSERVED_FOR_TEST);
    cr_expect(seen[2].assumed && seen[2].kind == OBSERVED_VALUE && seen[2].discrepancy == 0.05);
    cr_expect(isnan(seen[2].error) && seen[2].use == OBSERVED_FOR_NONE);
    cr_expect(seen[3].zone == 1 && seen[3].sector == PANEL_NO_NAME);
    cr_expect(seen[4].sector == 1 && seen[4].zone == PANEL_NO_NAME);
    cr_expect(isnan(observed_value(&observed, INDICATOR_FIRMS, 2021 * 12 + 11)), "a bound");
    cr_expect(isnan(observed_value(&observed, INDICATOR_FIRMS, 2022 * 12 + 11)), "assumed");
    observed_clear(&observed);
    folder_remove(&folder);
    scenario_free(scenario);
}

Test(observed, bounds_are_within_where_the_range_reaches_them)
{
    const struct observation value = {.kind = OBSERVED_VALUE, .value = 10.0},
                             least = {.kind = OBSERVED_AT_LEAST, .value = 10.0},
                             most = {.kind = OBSERVED_AT_MOST, .value = 10.0},
                             range = {.kind = OBSERVED_BETWEEN, .value = 10.0, .to = 12.0};
    cr_expect(observed_side(&value, 8.0, 9.0) == 1 && observed_side(&value, 11.0, 13.0) == -1);
    cr_expect(observed_side(&least, 8.0, 9.0) == 1 && observed_side(&least, 11.0, 13.0) == 0);
    cr_expect(observed_side(&most, 8.0, 9.0) == 0 && observed_side(&most, 11.0, 13.0) == -1);
    cr_expect(observed_side(&range, 8.0, 9.0) == 1 && observed_side(&range, 11.0, 20.0) == 0);
    cr_expect(observed_side(&range, 12.5, 20.0) == -1 && observed_side(&range, 8.0, 10.5) == 0);
}

Test(observed, what_a_row_may_not_say)
{
    static const struct {
        const char *row, *fault;
    } cases[] = {
        {"set fit,2021-12,firms,,,,85,,,,,,x\n", "use = set fit is none of none, set, fit, test"},
        {",2021-12,firms,,,about,85,,,,,,x\n",
         "kind = about is none of value, at_least, at_most, "},
        {",2021-12,firms,,,between,85,,,,,,x\n", "to =  is not a finite number"},
        {",2021-12,firms,,,between,85,80,,,,,x\n", "to = 80 does not lie above value = 85"},
        {",2021-12,firms,,,,85,90,,,,,x\n", "to = 90 is for the kind between alone"},
        {",2021-12,firms,,,,85,,-3,,,,x\n", "error = -3 is below 0"},
        {",2021-12,firms,,,,85,,,2 %,,,x\n",
         "discrepancy = 2 % is below 5 %: no model is that good"},
        {",2021-12,firms,,,,85,,,,maybe,,x\n", "assumed = maybe is none of no, yes"},
        {",2021-12,firms,O,,,85,,,,,,x\n", "zone = O: firms has none"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        struct observed observed = {0};
        struct faults faults = {0};
        snprintf(text, sizeof text, "%s%s", WIDE, cases[i].row);
        cr_expect(!read_text(&observed, text, &faults));
        cr_assert_eq(faults.count, 1, "case %zu", i);
        cr_expect(strstr(faults.fault[0].message, cases[i].fault) != NULL, "%s\nis not\n%s",
                  faults.fault[0].message, cases[i].fault);
        faults_clear(&faults);
        observed_clear(&observed);
    }
}

/* The shipped figures: each once, with one use and a source; what is assumed says so. */
Test(observed, shipped_figures)
{
    struct observed observed = {0};
    struct faults faults = {0};
    cr_assert(observed_load(&observed, "scenarios/observed/grand-neobay.csv", NULL, &faults), "%s",
              faults.count > 0 ? faults.fault[0].message : "");
    for (size_t i = 0; i < observed.count; i++) {
        const struct observation *seen = &observed.observation[i];
        cr_expect(strlen(seen->source) > 10 && strlen(seen->grade) > 0, "line %u", seen->line);
        bool reasoned = strstr(seen->source, "assum") != NULL;
        cr_expect_eq(seen->assumed, reasoned, "line %u", seen->line);
        cr_expect(!(seen->assumed && seen->use == OBSERVED_FOR_TEST), "line %u", seen->line);
    }
    observed_clear(&observed);
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
    cr_expect(!observed_load(&observed, "no/such.csv", NULL, &faults));
    cr_assert_eq(faults.count, 1);
    cr_expect_eq(faults.kind, FAULT_INPUT);
    cr_expect_str_eq(faults.fault[0].message,
                     "no/such.csv: cannot be read: No such file or directory");
    faults_clear(&faults);
}
