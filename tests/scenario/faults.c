/* Every kind of bad input against the exact messages that it earns. */
#include "cases.h"
#include "scratch.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(scenario_faults, .init = scratch_enter, .fini = scratch_leave);

static void expect_told(const char *name, const char *file, const char *override, const char *told)
{
    char *got = scratch_faults(file, override);
    cr_expect(strcmp(got, told) == 0, "%s told\n%s\ninstead of\n%s", name, got, told);
    free(got);
}

static void expect_all(const struct fault_case *cases)
{
    for (const struct fault_case *c = cases; c->name != NULL; c++) {
        scratch_write("bad.yaml", c->given);
        expect_told(c->name, "bad.yaml", NULL, c->told);
    }
}

Test(scenario_faults, of_values)
{
    expect_all(value_cases);
}

Test(scenario_faults, of_files)
{
    expect_all(file_cases);
}

Test(scenario_faults, of_overrides)
{
    for (const struct fault_case *c = override_cases; c->name != NULL; c++)
        expect_told(c->name, "base.yaml", c->given, c->told);
}

Test(scenario_faults, missing_file)
{
    expect_told("missing", "nowhere.yaml", NULL,
                "cannot read nowhere.yaml: No such file or directory");
}

Test(scenario_faults, file_over_16_mb)
{
    scratch_write("large.yaml", "# large\n");
    cr_assert_eq(truncate("large.yaml", (16 << 20) + 1), 0);
    expect_told("large", "large.yaml", NULL, "cannot read large.yaml: it is larger than 16 MB");
}

Test(scenario_faults, aliases_without_bound)
{
    struct text text = {0};
    text_append(&text, "a: &a [x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c < 'k'; c++)
        text_append(&text, "%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c - 1, c - 1,
                    c - 1, c - 1, c - 1, c - 1, c - 1, c - 1);
    scratch_write("laughs.yaml", text.bytes);
    text_clear(&text);
    char *told = scratch_faults("laughs.yaml", NULL);
    cr_expect_not_null(strstr(told, "aliases expand to more than 200000 further values"));
    free(told);
}

Test(scenario_faults, nesting_without_bound)
{
    char text[1001] = "a: ";
    memset(text + 3, '[', 400);
    memset(text + 403, ']', 400);
    scratch_write("deep.yaml", text);
    expect_told("deep", "deep.yaml", NULL, "deep.yaml:1:104: nested more than 100 deep");
}

Test(scenario_faults, more_than_50_targets)
{
    struct text text = {0};
    text_append(&text, "extends: base.yaml\ntargets:\n");
    for (int i = 0; i < 50; i++)
        text_append(&text, "  t%d: {indicator: firms, date: 2022-12, at_least: %d}\n", i, i);
    scratch_write("many.yaml", text.bytes);
    text_clear(&text);
    char *told = scratch_faults("many.yaml", NULL);
    cr_expect_not_null(strstr(told, "there are 51 targets; at most 50 can be told apart"));
    free(told);
}

Test(scenario_faults, more_than_64_targets_with_the_joint_ones)
{
    struct text text = {0};
    text_append(&text, "extends: base.yaml\njoint_targets:\n");
    for (int i = 0; i < 64; i++)
        text_append(&text, "  j%d: {all_of: [firms_110]}\n", i);
    scratch_write("joint.yaml", text.bytes);
    text_clear(&text);
    char *told = scratch_faults("joint.yaml", NULL);
    cr_expect_not_null(
        strstr(told, "there are 1 targets and 64 joint ones; at most 64 in all can be told apart"));
    free(told);
}

Test(scenario_faults, too_many_cells)
{
    struct text text = {0};
    text_append(&text, "extends: base.yaml\nzones:\n");
    for (int i = 0; i < 4999; i++)
        text_append(&text, "  z%d: {floor_area_m2: 100}\n", i);
    scratch_write("many.yaml", text.bytes);
    text_clear(&text);
    char *told = scratch_faults("many.yaml", NULL);
    cr_expect_not_null(strstr(told, "5001 zones and 2 sectors are too many"));
    free(told);
}

Test(scenario_faults, are_told_in_the_order_of_the_files)
{
    scratch_write("first.yaml", "extends: base.yaml\nlevers: {shelter: {action: 2.5}}\n");
    scratch_write("second.yaml", "extends: first.yaml\n"
                                 "zones: {T: {shelter: 7}}\n"
                                 "clock: {end: never}\n");
    expect_told("order", "second.yaml", "exit.floor=-1",
                "second.yaml:2:22: zones.T.shelter = 7 is outside [0, 5]; default 1\n"
                "second.yaml:3:14: clock.end = never is not a month such as 2021-01, "
                "from 1900-01 to 2200-12\n"
                "first.yaml:2:28: levers.shelter.action = 2.5 is not a whole number, "
                "neither uncertain nor dated\n"
                "--set exit.floor=-1: exit.floor = -1 is outside [0, 10]; default 0.5");
}

Test(scenario_faults, of_a_file_read_twice_are_told_once)
{
    scratch_write("twice.yaml", "exit:\n  floor: 1\n  floor: 2\n");
    scratch_write("left.yaml", "extends: [base.yaml, twice.yaml]\n");
    scratch_write("right.yaml", "extends: twice.yaml\n");
    scratch_write("both.yaml", "extends: [left.yaml, right.yaml]\n");
    expect_told("twice", "both.yaml", NULL,
                "twice.yaml:3:3: key floor is repeated; it was first given in line 2");
}

Test(scenario_faults, circle_of_three_files)
{
    scratch_write("a.yaml", "extends: b.yaml\n");
    scratch_write("b.yaml", "extends: [base.yaml, c.yaml]\n");
    scratch_write("c.yaml", "extends: b.yaml\n");
    expect_told("circle", "a.yaml", NULL,
                "c.yaml:1:10: files extend each other in a circle: b.yaml -> c.yaml -> b.yaml");
}
