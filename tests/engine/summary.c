/* Targets, units, and the summary as a value that is cut and put together. */
#include "engine/summary.h"

#include "fixture.h"
#include "support/world.h"

#include <criterion/criterion.h>
#include <math.h>

Test(summary, shortfall_is_the_distance_to_the_threshold)
{
    const struct target_params least = {.at_least = 600, .at_most = NO_LIMIT};
    const struct target_params most = {.at_least = -NO_LIMIT, .at_most = 0.25};
    const struct target_params both = {.at_least = 10, .at_most = 20};
    cr_expect(target_met(&least, 600) && target_met(&most, 0.25) && target_met(&both, 15));
    cr_expect(!target_met(&least, 599) && !target_met(&most, 0.26) && !target_met(&both, 21));
    cr_expect(!target_met(&least, NAN), "no value is no success");
    cr_expect_eq(target_shortfall(&least, 600), 0.0);
    cr_expect_eq(target_shortfall(&least, 582.5), 17.5);
    cr_expect_float_eq(target_shortfall(&most, 0.3), 0.05, 1e-15);
    cr_expect_eq(target_shortfall(&both, 8), 2.0);
    cr_expect_eq(target_shortfall(&both, 23), 3.0);
    cr_expect_eq(target_shortfall(&both, 10), 0.0);
}

Test(summary, counts_are_whole_and_amounts_are_not)
{
    cr_expect(indicator_is_whole(INDICATOR_HIGHTECH_FIRMS));
    cr_expect(indicator_is_whole(INDICATOR_FOUNDED));
    cr_expect(indicator_is_whole(INDICATOR_PROJECTS));
    cr_expect(indicator_is_whole(INDICATOR_DISCOVERIES));
    cr_expect(indicator_is_whole(INDICATOR_LICENCES));
    cr_expect(indicator_is_whole(INDICATOR_ROUNDS));
    cr_expect(!indicator_is_whole(INDICATOR_OUTPUT));
    cr_expect(!indicator_is_whole(INDICATOR_STAFF));
    cr_expect(!indicator_is_whole(INDICATOR_RAISED));
    cr_expect(!indicator_is_whole(INDICATOR_TIGHTNESS));
}

#define TARGETS                                                                                    \
    "targets={firms_110: {indicator: firms, date: 2022-12, at_least: 100},"                        \
    " staff: {indicator: staff_heads, date: 2022-06, at_most: 500}}",                              \
        "joint_targets={both: {all_of: [firms_110, staff]}}"

/* Three replicates made up here: what is met when, how far from it, and jointly. */
Test(summary, counts_targets_and_joint_targets)
{
    struct scenario *scenario = SCENARIO(fixture_yaml, TARGETS);
    struct summary summary;
    struct faults faults = {0};
    cr_assert(summary_init(&summary, scenario, &faults));
    size_t cells = summary.layout.row_count * summary.layout.column_count;
    double *panel = calloc(cells, sizeof *panel);
    const double value[3][2] = {{104, 480}, {93, 480}, {101, 512}};
    const int reached[3][2] = {{17, 0}, {TARGET_NEVER, 0}, {17, 3}};
    panel[5] = NAN;
    for (size_t i = 0; i < 3; i++) {
        panel[7] = (double)i;
        summary_add(&summary, &(struct outcome){.replicate = i,
                                                .panel = panel,
                                                .target_value = value[i],
                                                .target_reached = reached[i]});
    }
    summary_settle(&summary);
    cr_expect_eq(summary.replicates, 3);
    cr_expect(summary.target[0].met == 2 && summary.target[1].met == 2);
    cr_expect_eq(summary.joint_met[0], 1);
    cr_expect_eq(summary.target[0].first_reached[17], 2);
    cr_expect_eq(summary.target[1].first_reached[0], 2);
    cr_expect_eq(summary.target[0].shortfall.count, 1);
    cr_expect_float_eq(histogram_quantile(&summary.target[0].shortfall, 0.5, false), 7.0, 1e-9);
    cr_expect_float_eq(moments_mean(&summary.target[1].value.moments), 1472.0 / 3.0, 1e-6);
    cr_expect_eq(summary.cells.cell[5].moments.count, 0, "cells without value are left out");
    cr_expect_eq(moments_mean(&summary.cells.cell[7].moments), 1.0);
    free(panel);
    summary_clear(&summary);
    scenario_free(scenario);
}

/* Graduations have a column for each pair of zones up the chain, zones and sectors one each. */
Test(summary, layout_follows_the_names)
{
    struct scenario *scenario = SCENARIO(quiet_yaml, "zones.R.chain_rank=0");
    struct panel_layout layout;
    struct faults faults = {0};
    cr_assert(panel_layout_init(&layout, scenario, &faults));
    cr_expect_eq(layout.row_count, 25);
    cr_expect_eq(layout.first[INDICATOR_GRADUATED + 1] - layout.first[INDICATOR_GRADUATED], 1);
    cr_expect_eq(layout.first[INDICATOR_OCCUPANCY + 1] - layout.first[INDICATOR_OCCUPANCY], 3);
    cr_expect_eq(
        layout.first[INDICATOR_FIRMS_BY_SECTOR + 1] - layout.first[INDICATOR_FIRMS_BY_SECTOR], 2);
    const struct panel_column *pair = &layout.column[layout.first[INDICATOR_GRADUATED]];
    cr_expect(pair->zone == 0 && pair->zone_reached == 1 && pair->sector == PANEL_NO_NAME);
    panel_layout_clear(&layout);
    scenario_free(scenario);
}
