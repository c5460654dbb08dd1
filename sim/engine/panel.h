/* The panel: what one replicate yields, a row a month and a column for each series.
 *
 * A column is an indicator, and a zone, a sector or a pair of zones where the indicator has one.
 * Columns follow the indicator table, then the scenario's order of names. Row 0 is the state
 * before the first step; row t the end of step t. Where an indicator has no value the cell is NaN.
 */
#ifndef NEOBAY_ENGINE_PANEL_H
#define NEOBAY_ENGINE_PANEL_H

#include "scenario/scenario.h"

enum { PANEL_NO_NAME = -1 };

struct panel_column {
    enum indicator_id indicator;
    int zone, zone_reached, sector; /* PANEL_NO_NAME where it does not apply */
};

struct panel_layout {
    size_t column_count, row_count; /* rows: scenario_steps + 1 */
    int first_month;                /* month of row 0: the one before clock.start */
    size_t first[INDICATOR_COUNT];  /* first column of each indicator */
    struct panel_column *column;
};

/* Targets, joint ones included: at most SCENARIO_TARGETS. */
static inline size_t panel_targets(const struct params *params)
{
    return params->count[SECTION_TARGETS] + params->count[SECTION_JOINT_TARGETS];
}

/* Name of one of them, joint ones after the others. */
static inline const char *panel_target_name(const struct scenario *scenario, size_t target)
{
    size_t singles = scenario->centre.count[SECTION_TARGETS];
    return target < singles ? scenario->name[SECTION_TARGETS][target]
                            : scenario->name[SECTION_JOINT_TARGETS][target - singles];
}

/* A name of a zone or sector of a column; NULL where it does not apply. */
static inline const char *panel_name(const struct scenario *scenario, enum section_id section,
                                     int which)
{
    return which == PANEL_NO_NAME ? NULL : scenario->name[section][which];
}

bool panel_layout_init(struct panel_layout *layout, const struct scenario *scenario,
                       struct faults *faults);
void panel_layout_clear(struct panel_layout *layout);

#endif
