/* Reading, merging, overriding, showing. */
#include "scratch.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(scenario, .init = scratch_enter, .fini = scratch_leave);

Test(scenario, fixture_becomes_numbers)
{
    struct scenario *scenario = scratch_load("base.yaml", NULL);
    const struct params *centre = &scenario->centre;
    cr_expect_eq(scenario_steps(scenario), 24);
    cr_expect_eq(centre->count[SECTION_ZONES], 2);
    cr_expect_str_eq(scenario->name[SECTION_ZONES][1], "O");
    cr_expect_eq(centre->zones[0].floor_area_m2, 60000);
    cr_expect_eq(centre->zones[1].floor_area_m2, 300000, "the series at the clock's start");
    cr_expect(isinf(centre->zones[1].graduate_staff));
    cr_expect_eq(centre->arrivals[0].zone, 1);
    cr_expect_eq(centre->rounds[ROUND_COUNT - 1].ticket_myuan, 150);
    cr_expect_eq(centre->funds[1].class, CAPITAL_GROWTH);
    cr_expect_eq(centre->targets[0].indicator, INDICATOR_FIRMS);
    cr_expect_eq(centre->exit->rate_per_year, 0.07);
    cr_expect_eq(&centre->exit->rate_per_year - centre->value,
                 (ptrdiff_t)scenario_leaf(scenario, "exit.rate_per_year"));
    scenario_free(scenario);
}

Test(scenario, mixes_have_paths_and_absent_names_no_share)
{
    struct scenario *scenario = scratch_load("base.yaml", NULL);
    size_t movers = scenario_mix(scenario, SECTION_ARRIVALS, 0, 0);
    size_t zones = scenario_mix(scenario, SECTION_INCUMBENTS, 0, 1);
    cr_expect_eq(movers, scenario_leaf(scenario, "arrivals.movers.sector_mix.ai"));
    cr_expect_eq(zones, scenario_leaf(scenario, "incumbents.settled.zone_mix.T"));
    cr_expect_eq(scenario->centre.value[movers], 1);
    cr_expect_eq(scenario->centre.value[movers + 1], 0);
    cr_expect_eq(scenario->centre.value[zones + 1], 0.75);
    scenario_free(scenario);
}

Test(scenario, star_makes_an_effect_for_each_target_of_one_amount)
{
    struct scenario *scenario = scratch_load("base.yaml", NULL);
    cr_assert_eq(scenario->effect_count, 2);
    cr_expect_eq(scenario->effect[0].amount, scenario->effect[1].amount);
    cr_expect_eq(scenario->effect[0].target, scenario_leaf(scenario, "zones.T.shelter"));
    cr_expect_eq(scenario->effect[1].target, scenario_leaf(scenario, "zones.O.shelter"));
    cr_expect_str_eq(scenario->leaf[scenario->effect[0].amount].path,
                     "levers.shelter.multiplies.zones.*.shelter");
    cr_expect_eq(scenario->effect[0].kind, EFFECT_MULTIPLIES);
    cr_expect_eq(scenario->effect[0].owner, SECTION_LEVERS);
    scenario_free(scenario);
}

Test(scenario, star_passes_over_limits_that_are_not_given)
{
    struct scenario *scenario =
        scratch_extend("levers: {shelter: {adds: {zones.*.graduate_staff: 3.5}}}\n");
    cr_assert_eq(scenario->effect_count, 3);
    cr_expect_eq(scenario->effect[2].target, scenario_leaf(scenario, "zones.T.graduate_staff"));
    cr_expect_eq(scenario->effect[2].kind, EFFECT_ADDS);
    scenario_free(scenario);
}

Test(scenario, instances_merge_field_by_field_and_values_whole)
{
    struct scenario *scenario =
        scratch_extend("zones:\n  T: {shelter: 0.85}\n  R: {floor_area_m2: 12000}\n"
                       "  O: {floor_area_m2: {2021-07: 310000}}\n");
    cr_expect_eq(scratch_value(scenario, "zones.T.shelter"), 0.85);
    cr_expect_eq(scratch_value(scenario, "zones.T.floor_area_m2"), 60000);
    cr_expect_str_eq(scenario->name[SECTION_ZONES][2], "R");
    size_t leaf = scenario_leaf(scenario, "zones.O.floor_area_m2");
    cr_expect_eq(scenario->leaf[leaf].series.count, 1);
    cr_expect_str_eq(scenario->leaf[leaf].at.file, "more.yaml");
    scenario_free(scenario);
}

Test(scenario, effects_merge_by_path_and_null_removes)
{
    struct scenario *scenario =
        scratch_extend("levers:\n  shelter:\n    multiplies:\n      zones.*.shelter: null\n"
                       "      exit.rate_per_year: {uniform: [-0.3, -0.1]}\n"
                       "funds: {angels: ~}\n");
    cr_assert_eq(scenario->effect_count, 1);
    cr_expect_float_eq(scenario->centre.value[scenario->effect[0].amount], -0.2, 1e-15);
    cr_expect_eq(scenario->centre.count[SECTION_FUNDS], 1);
    cr_expect_str_eq(scenario->name[SECTION_FUNDS][0], "growth");
    scenario_free(scenario);
}

Test(scenario, later_files_override_earlier_and_own_content_all)
{
    scratch_write("one.yaml", "exit: {floor: 0.61, size: 0.11, quality: 0.21}\n");
    scratch_write("two.yaml", "exit: {size: 0.12, quality: 0.22}\n");
    scratch_write("own.yaml", "extends: [base.yaml, one.yaml, two.yaml]\nexit: {quality: 0.23}\n");
    struct scenario *scenario = scratch_load("own.yaml", NULL);
    cr_expect_eq(scenario->centre.exit->floor, 0.61);
    cr_expect_eq(scenario->centre.exit->size, 0.12);
    cr_expect_eq(scenario->centre.exit->quality, 0.23);
    cr_assert_eq(scenario->file_count, 4);
    cr_expect_str_eq(scenario->file[0], "own.yaml");
    scenario_free(scenario);
}

static void expect_override(const char *override, const char *path, double value)
{
    struct scenario *scenario = scratch_load("base.yaml", override);
    cr_expect_eq(scratch_value(scenario, path), value, "%s", override);
    scenario_free(scenario);
}

Test(scenario, overrides_speak_of_everything)
{
    expect_override("exit.rate_per_year=0.085", "exit.rate_per_year", 0.085);
    expect_override("zones.*.shelter=0.7", "zones.O.shelter", 0.7);
    expect_override("policy.budget_myuan_per_year=35", "policy.budget_myuan_per_year", 35);
    expect_override("levers.shelter.multiplies.zones.*.shelter=-0.25",
                    "levers.shelter.multiplies.zones.*.shelter", -0.25);
    expect_override("levers.shelter.adds.exit.rate_per_year=0.01",
                    "levers.shelter.adds.exit.rate_per_year", 0.01);
    expect_override("levers.shelter={lag_years: 1.5}", "levers.shelter.lag_years", 1.5);
    expect_override("sources.university.sector_mix={bio: 1}", "sources.university.sector_mix.ai",
                    0);
    expect_override("projects.landing_zone=O", "projects.landing_zone", 1);
    expect_override("exit.rate_per_year={triangular: [0.05, 0.07, 0.09]}", "exit.rate_per_year",
                    0.07);
    expect_override("zones.O.floor_area_m2={2020-01: 1000, 2022-01: 3000}", "zones.O.floor_area_m2",
                    2000);
}

Test(scenario, shares_may_be_overridden_one_by_one)
{
    const char *overrides[] = {"sources.university.sector_mix.ai=0.35",
                               "sources.university.sector_mix.bio=0.65"};
    struct faults faults = {0};
    struct scenario *scenario = scenario_load("base.yaml", overrides, 2, &faults);
    cr_assert_not_null(scenario);
    cr_expect_eq(scratch_value(scenario, "sources.university.sector_mix.bio"), 0.65);
    scenario_free(scenario);
}

Test(scenario, override_removes_a_lever)
{
    struct scenario *scenario = scratch_load("base.yaml", "levers.shelter=null");
    cr_expect_eq(scenario->centre.count[SECTION_LEVERS], 0);
    cr_expect_eq(scenario->effect_count, 0);
    scenario_free(scenario);
}

Test(scenario, observed_is_relative_to_the_file_that_names_it)
{
    char here[4096];
    cr_assert_not_null(getcwd(here, sizeof here));
    struct scenario *scenario = scratch_extend("about: {observed: known.csv}\n");
    struct text expected = {0};
    text_append(&expected, "%s/known.csv", here);
    cr_expect_str_eq(scenario->text[SECTION_ABOUT][2], expected.bytes);
    text_clear(&expected);
    scenario_free(scenario);
}

/* A scenario with something of each kind. */
static const char everything[] =
    "about: {title: \"a \\\"b\\\" \\u0085 \\\\ caf\\u00e9 \\t: # x\", question: 'why?'}\n"
    "zones: {T: {shelter: {beta: [2, 3, 0.5, 1.5]}}}\n"
    "exit: {rate_per_year: {lognormal: [0.07, 0.2]}, floor: 0.1234567890123456789}\n"
    "macro: {growth_mean_per_year: -0.0}\n"
    "shocks:\n  slump: {start: 2021-06, duration_months: 9, probability: 0.3,\n"
    "    adds: {zones.*.graduate_rate_per_year: {normal: [0.5, 0.01]}}}\n"
    "levers:\n  build: {adds: {zones.O.floor_area_m2: 20000,\n"
    "    sources.*.sector_mix.ai: 0.1}, task: 5.2}\n"
    "reviews: {yearly: {target: firms_110, start: 2021-02, adds: {levers.build.intensity: 0.1}}}\n"
    "targets: {few: {indicator: exits_failed, date: 2022-06, since: 2021-07, at_most: 33}}\n"
    "joint_targets: {both: {all_of: [few, firms_110]}}\n";

static void expect_same(const struct scenario *a, const struct scenario *b)
{
    cr_assert_eq(a->leaf_count, b->leaf_count);
    for (size_t i = 0; i < a->leaf_count; i++) {
        cr_expect_str_eq(a->leaf[i].path, b->leaf[i].path);
        cr_expect(memcmp(&a->centre.value[i], &b->centre.value[i], sizeof(double)) == 0, "%s",
                  a->leaf[i].path);
        cr_expect_eq(a->leaf[i].kind, b->leaf[i].kind);
    }
    cr_assert_eq(a->effect_count, b->effect_count);
    for (size_t i = 0; i < a->effect_count; i++) {
        cr_expect_eq(a->effect[i].target, b->effect[i].target);
        cr_expect_eq(a->effect[i].amount, b->effect[i].amount);
    }
    cr_expect_eq(a->fingerprint, b->fingerprint);
}

Test(scenario, show_reads_back_to_the_same)
{
    struct scenario *scenario = scratch_extend(everything);
    for (int comments = 0; comments < 2; comments++) {
        char *shown = scratch_show(scenario, comments);
        scratch_write("shown.yaml", shown);
        struct scenario *again = scratch_load("shown.yaml", NULL);
        char *plain = scratch_show(scenario, false), *shown_again = scratch_show(again, false);
        expect_same(scenario, again);
        cr_expect_str_eq(shown_again, plain);
        cr_expect_str_eq(again->text[SECTION_ABOUT][0], scenario->text[SECTION_ABOUT][0]);
        scenario_free(again);
        free(shown_again);
        free(plain);
        free(shown);
    }
    scenario_free(scenario);
}

Test(scenario, show_says_where_values_came_from)
{
    struct scenario *scenario = scratch_load("base.yaml", "exit.floor=0.45");
    char *shown = scratch_show(scenario, true);
    cr_expect_not_null(strstr(shown, "  floor: 0.45  # 1; --set exit.floor=0.45\n"));
    cr_expect_not_null(strstr(shown, "  hump_years: 3  # year; default\n"));
    cr_expect_not_null(strstr(shown, "    floor_area_m2: 60000  # m2; base.yaml:4\n"));
    cr_expect_null(strstr(shown, "budget_myuan_per_year"), "no limit is not shown");
    free(shown);
    scenario_free(scenario);
}

Test(scenario, fingerprint_is_of_results_not_of_words)
{
    struct scenario *plain = scratch_load("base.yaml", NULL);
    struct scenario *named = scratch_load("base.yaml", "about.title=Another");
    struct scenario *other = scratch_load("base.yaml", "exit.floor=0.51");
    cr_expect_eq(plain->fingerprint, named->fingerprint);
    cr_expect_neq(plain->fingerprint, other->fingerprint);
    scenario_free(plain);
    scenario_free(named);
    scenario_free(other);
}

Test(scenario, series_is_linear_between_dates_and_constant_outside)
{
    int month[] = {100, 110, 114};
    double value[] = {2.5, 4.5, -1.5};
    struct series series = {3, month, value};
    cr_expect_eq(series_at(&series, 90), 2.5);
    cr_expect_eq(series_at(&series, 100), 2.5);
    cr_expect_float_eq(series_at(&series, 103), 3.1, 1e-15);
    cr_expect_eq(series_at(&series, 110), 4.5);
    cr_expect_eq(series_at(&series, 112), 1.5);
    cr_expect_eq(series_at(&series, 400), -1.5);
}

Test(scenario, alias_stands_for_its_value)
{
    struct scenario *scenario =
        scratch_extend("zones: {T: {shelter: &s {uniform: [0.8, 1]}}, O: {shelter: *s}}\n");
    cr_expect_float_eq(scratch_value(scenario, "zones.O.shelter"), 0.9, 1e-15);
    scenario_free(scenario);
}

/* Editors of some systems put a byte order mark before the first line. */
Test(scenario, a_byte_order_mark_is_passed_over)
{
    struct text text = {0};
    text_append(&text, "\xEF\xBB\xBF%s", "extends: base.yaml\nexit: {rate_per_year: 0.2}\n");
    scratch_write("marked.yaml", text.bytes);
    struct scenario *scenario = scratch_load("marked.yaml", NULL);
    cr_expect_eq(scratch_value(scenario, "exit.rate_per_year"), 0.2);
    scenario_free(scenario);
    text_clear(&text);
}
