/* Bands of probabilities of a district, against nested Monte Carlo; and the rows they rest on. */
#include "engine/bands.h"

#include "fixture.h"
#include "support/nested.h"
#include "support/world.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#define UNCERTAIN                                                                                  \
    "exit.rate_per_year={triangular: [0.02, 0.07, 0.2]}",                                          \
        "sectors.ai.growth_per_year={triangular: [0.02, 0.12, 0.25]}",                             \
        "arrivals.movers.rate_per_year={triangular: [3, 9, 20]}",                                  \
        "incumbents.settled.output_median_myuan={triangular: [8, 12, 18]}",                        \
        "targets={firms_110: {at_least: 120}, output: {indicator: output_myuan, date: 2022-12,"    \
        " at_least: 3000}, few: {indicator: exits_failed, date: 2022-12, since: 2021-01,"          \
        " at_most: 8}}",                                                                           \
        "joint_targets={both: {all_of: [firms_110, output]}}"
enum { FIRMS, OUTPUT, FEW, BOTH, TARGETS };

/* The sample of make bench-bands: every number's interval overlaps with that of nested Monte Carlo.
 * Twin: the bands of other targets do not. */
Test(bands, agree_with_nested_monte_carlo)
{
    struct scenario *scenario = SCENARIO(fixture_yaml, UNCERTAIN);
    struct faults faults = {0};
    struct bands bands;
    struct nested nested;
    size_t mistaken = 0;
    cr_assert(nested_bands(&bands, scenario, 3, 4000, &faults));
    cr_assert(nested_run(&nested, scenario, 4, 300, 150, &faults));
    cr_assert_eq(bands.count, (size_t)TARGETS);
    for (size_t t = 0; t < TARGETS; t++)
        for (size_t i = 0; i < NESTED_NUMBERS; i++) {
            struct band_number said = nested_of_band(&bands.band[t], i);
            struct band_number found = nested_number(&nested, t, i);
            cr_expect(nested_agrees(said, found),
                      "target %zu, number %zu: %.4f (%.4f – %.4f), nested %.4f (%.4f – %.4f)", t, i,
                      said.value, said.low, said.high, found.value, found.low, found.high);
            mistaken += nested_agrees(nested_of_band(&bands.band[(t + 1) % TARGETS], i), found);
        }
    cr_expect_lt(mistaken, (size_t)TARGETS * NESTED_NUMBERS / 2, "twin: %zu", mistaken);
    bands_clear(&bands);
    nested_clear(&nested);
    scenario_free(scenario);
}

/* Nothing uncertain: no bands. */
Test(bands, are_not_there_where_all_is_known)
{
    struct scenario *scenario = SCENARIO(fixture_yaml, NULL);
    struct faults faults = {0};
    struct bands bands;
    cr_assert(nested_bands(&bands, scenario, 3, 300, &faults));
    cr_expect_eq(bands.count, 0u);
    scenario_free(scenario);
}

static void fill(struct draw_rows *rows, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        double drawn[8], value[TARGETS], inner[TARGETS];
        for (size_t j = 0; j < rows->features; j++)
            drawn[j] = (double)i + 0.1 * (double)j;
        for (size_t t = 0; t < rows->targets; t++) {
            value[t] = 2.5 * (double)(i + t);
            inner[t] = -value[t];
        }
        draw_rows_add(rows, i, drawn, value, i % 3 == 0 ? inner : NULL);
    }
}

static bool same_rows(const struct draw_rows *a, const struct draw_rows *b)
{
    size_t values = a->end * a->targets;
    return a->end == b->end && memcmp(a->state, b->state, a->end) == 0 &&
           memcmp(a->drawn, b->drawn, a->end * a->features * sizeof *a->drawn) == 0 &&
           memcmp(a->value, b->value, values * sizeof *a->value) == 0 &&
           memcmp(a->inner, b->inner, values * sizeof *a->inner) == 0;
}

/* Parts in any order make the whole, and rows beyond the most are left out. */
Test(draw_rows, parts_merge_to_the_whole)
{
    struct scenario *scenario = SCENARIO(fixture_yaml, UNCERTAIN);
    struct faults faults = {0};
    struct draw_rows whole, early, late;
    cr_assert(draw_rows_init(&whole, scenario, &faults) &&
              draw_rows_init(&early, scenario, &faults) &&
              draw_rows_init(&late, scenario, &faults));
    fill(&whole, 0, DRAW_ROWS_MOST + 50);
    fill(&late, 700, DRAW_ROWS_MOST + 50);
    fill(&early, 0, 700);
    cr_expect_eq(whole.end, (size_t)DRAW_ROWS_MOST);
    draw_rows_merge(&late, &early);
    cr_expect(same_rows(&whole, &late));
    draw_rows_clear(&whole), draw_rows_clear(&early), draw_rows_clear(&late);
    scenario_free(scenario);
}
