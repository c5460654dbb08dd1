#include "scenario/path.h"

#include <criterion/criterion.h>

Test(path, a_star_covers_one_step)
{
    static const struct {
        const char *stars, *path;
        bool whole, below;
    } cases[] = {
        {"zones.T.shelter", "zones.T.shelter", true, true},
        {"zones.*.shelter", "zones.T.shelter", true, true},
        {"zones.*", "zones.T.shelter", false, true},
        {"zones", "zones.T.shelter", false, true},
        {"zones.T.shel", "zones.T.shelter", false, false},
        {"zones.*.shelter", "zones.T.sub.shelter", false, false},
        {"zones.T.shelter.x", "zones.T.shelter", false, false},
        {"levers.*.adds.zones.*.shelter", "levers.a.adds.zones.*.shelter", true, true},
        {"levers.*.adds.zones.T.shelter", "levers.a.adds.zones.*.shelter", false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(path_covers(cases[i].stars, cases[i].path), cases[i].whole, "case %zu", i);
        cr_expect_eq(path_covers_below(cases[i].stars, cases[i].path), cases[i].below, "case %zu",
                     i);
    }
    cr_expect(path_has_star("a.*.b") && !path_has_star("a.b"));
}

Test(path, steps)
{
    char text[] = "levers.rent.multiplies.zones.*.rent", *rest = text;
    cr_expect_str_eq(path_last(text), "rent");
    cr_expect_eq(path_first(text), 6);
    cr_expect_str_eq(path_cut(&rest), "levers");
    cr_expect_str_eq(path_cut(&rest), "rent");
    cr_expect_str_eq(rest, "multiplies.zones.*.rent");
    char one[] = "exit";
    rest = one;
    cr_expect_str_eq(path_cut(&rest), "exit");
    cr_expect_null(rest);
    cr_expect_str_eq(path_last(one), "exit");
}
