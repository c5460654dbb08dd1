#include "cli/grid.h"

#include <criterion/criterion.h>
#include <math.h>

Test(grid, numbers_as_people_write_them)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0, "0"},
                 {7, "7"},
                 {999, "999"},
                 {1000, "1,000"},
                 {-1234567, "-1,234,567"},
                 {123.4, "123"},
                 {12.345, "12.3"},
                 {2.385, "2.38"},
                 {0.0457, "0.0457"},
                 {1e-5, "1e-05"},
                 {99999.6, "100,000"},
                 {1e6, "1,000,000"},
                 {2.5e15, "2.5e+15"},
                 {(double)NAN, "–"},
                 {(double)INFINITY, "∞"},
                 {-(double)INFINITY, "-∞"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[HUMAN_BYTES];
        cr_expect_str_eq(human_number(text, cases[i].value), cases[i].text);
    }
}

Test(grid, shares_keep_what_matters_near_the_ends)
{
    static const struct {
        double share;
        const char *text;
    } cases[] = {{0, "0 %"},        {0.0001, "0.01 %"},    {0.00999, "1.00 %"},
                 {0.01, "1.0 %"},   {0.6324, "63.2 %"},    {0.9999, "99.99 %"},
                 {3e-5, "<0.01 %"}, {0.99997, ">99.99 %"}, {1, "100 %"},
                 {(double)NAN, "–"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[HUMAN_BYTES];
        cr_expect_str_eq(human_share(text, cases[i].share), cases[i].text);
    }
}

Test(grid, times_in_the_units_of_their_length)
{
    static const struct {
        double seconds;
        const char *text;
    } cases[] = {{0.04, "0.0 s"},      {8.44, "8.4 s"},      {9.96, "10 s"},
                 {59.4, "59 s"},       {59.6, "1 min 00 s"}, {200, "3 min 20 s"},
                 {3600, "1 h 00 min"}, {7512, "2 h 05 min"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[HUMAN_BYTES];
        cr_expect_str_eq(human_time(text, cases[i].seconds), cases[i].text);
    }
}

Test(grid, columns_line_up_whatever_the_script)
{
    struct grid grid = {.align = "lrl"};
    struct text out = {0};
    static const char *const cells[] = {"name", "n", "note", "浦", "1,000", "", "é", "–", "x"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        grid_add(&grid, "%s", cells[i]);
    grid_write(&grid, "", &out);
    cr_expect_str_eq(out.bytes, "  name      n  note\n"
                                "  浦     1,000\n"
                                "  é         –  x\n");
    cr_expect_eq(text_width("浦 é –"), 5);
    grid_clear(&grid);
    text_clear(&out);
}

Test(grid, the_head_is_styled_and_nothing_else)
{
    struct grid grid = {.align = "l"};
    struct text out = {0};
    grid_add(&grid, "head");
    grid_add(&grid, "body");
    grid_write(&grid, "\033[2m", &out);
    cr_expect_str_eq(out.bytes, "  \033[2mhead\033[0m\n  body\n");
    grid_clear(&grid);
    text_clear(&out);
}
