/* Indicators against the state they speak of, in a world worked out by hand. */
#include "engine/observe.h"

#include "support/world.h"

#include <criterion/criterion.h>
#include <math.h>

static struct panel_layout layout;

static double *observed(struct world *world)
{
    struct faults faults = {0};
    cr_assert(panel_layout_init(&layout, world->scenario, &faults));
    double *panel = calloc(layout.row_count * layout.column_count, sizeof *panel);
    observe_row(&world->district, &layout, 0, panel);
    return panel;
}

static void forget(struct world *world, double *panel)
{
    free(panel);
    panel_layout_clear(&layout);
    world_free(world);
}

/* Forty of 10 myuan in T, twenty of 100 in O, listed and certified by nobody. */
#define TWO                                                                                        \
    "incumbents={old: {count: 40}, big: {count: 20, output_median_myuan: 100, output_sigma: 0,"    \
    " funded_share: 1, funded_stage: listed, sector_mix: {bio: 1}, zone_mix: {O: 1}}}"

Test(observe, stocks_are_those_of_the_firms)
{
    struct world *world = QUIET(TWO, "zones.O.floor_area_m2=50000", "talent.stock_heads=2000",
                                "attributes={rd_share_median: 0.06, rd_share_sigma: 0}");
    double *x = observed(world);
    cr_expect_eq(x[layout.first[INDICATOR_FIRMS]], 60);
    cr_expect_float_eq(x[layout.first[INDICATOR_OUTPUT]], 2400, SINGLE * 2400);
    cr_expect_float_eq(x[layout.first[INDICATOR_RD_INTENSITY]], 0.06, SINGLE);
    cr_expect_float_eq(x[layout.first[INDICATOR_STAFF]], 400 + 20 * 125, SINGLE * 2900);
    cr_expect_float_eq(x[layout.first[INDICATOR_TIGHTNESS]], 2900.0 / 2000.0, SINGLE * 2);
    cr_expect_float_eq(x[layout.first[INDICATOR_OCCUPANCY] + 1], 20 * 125 * 25 / 50000.0,
                       SINGLE * 2);
    cr_expect_eq(x[layout.first[INDICATOR_FIRMS_BY_ZONE]], 40);
    cr_expect_eq(x[layout.first[INDICATOR_FIRMS_BY_ZONE] + 1], 20);
    cr_expect_eq(x[layout.first[INDICATOR_FIRMS_BY_SECTOR] + 1], 20);
    cr_expect_eq(x[layout.first[INDICATOR_LISTED]], 20);
    cr_expect_eq(x[layout.first[INDICATOR_VALUED]], 20);
    cr_expect_eq(x[layout.first[INDICATOR_BOUND_TALENT]], 1);
    cr_expect_eq(x[layout.first[INDICATOR_BOUND_SPACE]], 0);
    cr_expect(isnan(x[layout.first[INDICATOR_OUTPUT_GROWTH]]));
    forget(world, x);
}

/* Growth over twelve months, from row 12 on: exp(0.12) - 1. */
Test(observe, output_growth_is_over_twelve_months)
{
    struct world *world = QUIET("incumbents.old.count=7", "sectors.ai.growth_per_year=0.12");
    struct faults faults = {0};
    cr_assert(panel_layout_init(&layout, world->scenario, &faults));
    double *panel = world_panel(world, &layout, 0);
    for (size_t row = 0; row < layout.row_count; row++) {
        double growth = panel[row * layout.column_count + layout.first[INDICATOR_OUTPUT_GROWTH]];
        cr_expect(row < 12 ? isnan(growth) : fabs(growth - expm1(0.12)) < 2 * SINGLE, "row %zu",
                  row);
    }
    forget(world, panel);
}

/* By last post-money value: 100 and more are valued, 7,000 and more unicorns. */
Test(observe, values_have_their_thresholds)
{
    struct world *world = QUIET("zones.T.floor_area_m2=1e6");
    const double values[] = {0, 99.99, 100, 6999, 7000};
    for (size_t i = 0; i < 5; i++) {
        size_t row = world_add_firm(world, 0, 0, STAGE_LATE); /* may move the columns */
        world->district.firms.value_myuan[row] = (float)values[i];
    }
    world_step(world);
    double *x = observed(world);
    cr_expect_eq(x[layout.first[INDICATOR_VALUED]], 3);
    cr_expect_eq(x[layout.first[INDICATOR_UNICORNS]], 1);
    cr_expect_eq(x[layout.first[INDICATOR_LISTED]], 0);
    forget(world, x);
}
