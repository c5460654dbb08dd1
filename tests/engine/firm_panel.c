/* The firm-level panel: the same lives as in the ensemble, firm by firm. */
#include "engine/firm_panel.h"

#include "engine/replicate.h"
#include "fixture.h"
#include "model/district.h"
#include "support/world.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { MONTHS = 25 };

struct tally {
    int start;
    size_t rows, most;
    double firms[MONTHS], output[MONTHS], staff[MONTHS];
};

static bool count_row(void *context, const struct firm_row *row)
{
    struct tally *tally = context;
    size_t month = (size_t)(row->month - tally->start);
    cr_assert_lt(month, MONTHS);
    tally->firms[month]++;
    tally->output[month] += row->output_myuan;
    tally->staff[month] += row->staff_heads;
    cr_expect(row->age_months >= 0 && row->stage < STAGE_COUNT);
    if (tally->rows++ == 0)
        cr_expect_str_eq(row->id, "incumbents.settled:start:0");
    return tally->rows < tally->most;
}

/* Counts, output and staff of every month are those of the panel of the same replicate. */
Test(firm_panel, adds_up_to_the_panel)
{
    struct world *world = world_new(fixture_yaml, NULL, (const char *const[]){NULL});
    struct panel_layout layout;
    struct faults faults = {0};
    cr_assert(panel_layout_init(&layout, world->scenario, &faults));
    double *panel = world_panel(world, &layout, 2);
    struct tally tally = {.start = layout.first_month, .most = SIZE_MAX};
    const struct draw_replicate which = {WORLD_SEED, 2, 2, 0};
    cr_assert(firm_panel_run(world->scenario, &which, count_row, &tally, &faults));
    for (size_t row = 0; row < layout.row_count; row++) {
        const double *cell = panel + row * layout.column_count;
        cr_expect_eq(tally.firms[row], cell[layout.first[INDICATOR_FIRMS]]);
        cr_expect_float_eq(tally.output[row], cell[layout.first[INDICATOR_OUTPUT]],
                           SINGLE * tally.output[row]);
        cr_expect_float_eq(tally.staff[row], cell[layout.first[INDICATOR_STAFF]],
                           SINGLE * tally.staff[row]);
    }
    free(panel);
    panel_layout_clear(&layout);
    world_free(world);
}

/* Reviews move levers; firms that were shown without them would live in another district. */
Test(firm_panel, follows_the_reviews)
{
    struct tally tally[2];
    for (size_t i = 0; i < 2; i++) {
        struct scenario *scenario =
            SCENARIO(fixture_yaml, "levers.shelter.multiplies={exit.rate_per_year: 90}",
                     "levers.shelter.intensity=0", "exit.rate_per_year=0.02",
                     "targets.firms_110.at_least=100000",
                     "reviews={yearly: {target: firms_110, start: 2021-01, calendar_month: 6, "
                     "adds: {levers.shelter.intensity: 1}}}",
                     i == 0 ? "about.title=t" : "reviews.yearly.tolerance=1");
        struct panel_layout layout;
        struct district district;
        struct replicate replicate;
        struct faults faults = {0};
        const struct draw_replicate which = {WORLD_SEED, 2, 2, 0};
        cr_assert(panel_layout_init(&layout, scenario, &faults));
        cr_assert(district_init(&district, scenario, kernels_supported(0), &faults));
        cr_assert(replicate_init(&replicate, scenario, &layout, &faults));
        cr_assert(replicate_run(&replicate, &district, &layout, &which, &faults));
        tally[i] = (struct tally){.start = layout.first_month, .most = SIZE_MAX};
        cr_assert(firm_panel_run(scenario, &which, count_row, &tally[i], &faults));
        for (size_t row = 0; row < layout.row_count; row++)
            cr_expect_eq(
                tally[i].firms[row],
                replicate.panel[row * layout.column_count + layout.first[INDICATOR_FIRMS]]);
        replicate_clear(&replicate);
        district_clear(&district);
        panel_layout_clear(&layout);
        scenario_free(scenario);
    }
    cr_expect_neq(tally[0].firms[MONTHS - 1], tally[1].firms[MONTHS - 1],
                  "the review changes nothing here, so the test says nothing");
}

Test(firm_panel, stops_when_told)
{
    struct scenario *scenario = SCENARIO(fixture_yaml, "about.title=t");
    struct tally tally = {.start = 24251, .most = 10};
    struct faults faults = {0};
    const struct draw_replicate which = {1, 0, 0, 0};
    cr_expect(firm_panel_run(scenario, &which, count_row, &tally, &faults));
    cr_expect_eq(tally.rows, 10);
    scenario_free(scenario);
}
