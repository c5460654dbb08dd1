#include "engine/observe.h"

#include "model/space.h"
#include "model/talent.h"

#include <math.h>

static size_t firms_at_stage(const struct district *district, size_t stage)
{
    size_t firms = 0;
    for (size_t kind = stage; kind < district->kinds.count; kind += STAGE_STRIDE)
        firms += district->firm_count[kind];
    return firms;
}

static void observe_flows(const struct district *district, const struct panel_layout *layout,
                          double *cell)
{
    const struct flows *flows = &district->flows;
    const size_t *at = layout->first;
    cell[at[INDICATOR_FOUNDED]] = flows->founded;
    cell[at[INDICATOR_ARRIVED]] = flows->arrived;
    cell[at[INDICATOR_FAILED]] = flows->failed;
    cell[at[INDICATOR_RELOCATED]] = flows->relocated;
    cell[at[INDICATOR_DISCOVERIES]] = flows->discoveries;
    cell[at[INDICATOR_VENTURES]] = flows->ventures;
    cell[at[INDICATOR_LICENCES]] = flows->licences;
    cell[at[INDICATOR_ABANDONED]] = flows->abandoned;
    cell[at[INDICATOR_LEAKED]] = flows->leaked;
    cell[at[INDICATOR_TURNED_AWAY]] = flows->turned_away;
    cell[at[INDICATOR_NEWLY_LISTED]] = flows->newly_listed;
    cell[at[INDICATOR_ROUNDS]] = flows->rounds_closed;
    cell[at[INDICATOR_RAISED]] = flows->raised_myuan;
}

static void observe_firms(const struct district *district, const struct panel_layout *layout,
                          double *cell)
{
    const struct firm_sums *sums = &district->sums;
    const size_t *at = layout->first;
    double listed = (double)firms_at_stage(district, STAGE_LISTED);
    cell[at[INDICATOR_HIGHTECH_FIRMS]] = (double)sums->hightech;
    cell[at[INDICATOR_OUTPUT]] = sums->output_myuan;
    cell[at[INDICATOR_FIRMS]] = (double)district->firms.count;
    cell[at[INDICATOR_PROJECTS]] = (double)district_projects(district);
    cell[at[INDICATOR_VALUED]] = (double)sums->valued + listed;
    cell[at[INDICATOR_UNICORNS]] = (double)sums->unicorns;
    cell[at[INDICATOR_LISTED]] = listed;
    cell[at[INDICATOR_MARKET_VALUE]] = sums->market_value_myuan;
    cell[at[INDICATOR_RD_INTENSITY]] =
        sums->output_myuan > 0.0 ? sums->rd_myuan / sums->output_myuan : NAN;
}

static void observe_markets(const struct district *district, const struct panel_layout *layout,
                            double *cell)
{
    const double *cleared = district->capital.cleared;
    const size_t *at = layout->first;
    double tightness = talent_tightness(district);
    cell[at[INDICATOR_STAFF]] = talent_staff(district);
    cell[at[INDICATOR_TALENT]] = district->talent_heads;
    cell[at[INDICATOR_TIGHTNESS]] = tightness;
    cell[at[INDICATOR_CLEARED_EARLY]] = cleared[CAPITAL_EARLY];
    cell[at[INDICATOR_CLEARED_GROWTH]] = cleared[CAPITAL_GROWTH];
    cell[at[INDICATOR_MACRO_GROWTH]] = district->macro.growth_per_year;
    cell[at[INDICATOR_SENTIMENT]] = district->macro.sentiment;
    cell[at[INDICATOR_BOUND_TALENT]] = tightness > 1.0;
    cell[at[INDICATOR_BOUND_SPACE]] = district->flows.no_room > 0.0;
    cell[at[INDICATOR_BOUND_EARLY]] = cleared[CAPITAL_EARLY] < 1.0;
    cell[at[INDICATOR_BOUND_GROWTH]] = cleared[CAPITAL_GROWTH] < 1.0;
}

static void observe_parts(const struct district *district, const struct panel_layout *layout,
                          double *cell)
{
    const size_t *at = layout->first;
    for (size_t zone = 0; zone < district->kinds.zones; zone++) {
        cell[at[INDICATOR_FIRMS_BY_ZONE] + zone] = (double)district_firms_in_zone(district, zone);
        cell[at[INDICATOR_OCCUPANCY] + zone] = space_occupancy(district, zone);
    }
    for (size_t sector = 0; sector < district->kinds.sectors; sector++)
        cell[at[INDICATOR_FIRMS_BY_SECTOR] + sector] =
            (double)district_firms_in_sector(district, sector);
    for (size_t i = at[INDICATOR_GRADUATED]; i < at[INDICATOR_GRADUATED + 1]; i++) {
        size_t from = (size_t)layout->column[i].zone, to = (size_t)layout->column[i].zone_reached;
        cell[i] = district->graduated[from * district->kinds.zones + to];
    }
}

void observe_row(const struct district *district, const struct panel_layout *layout, size_t row,
                 double *panel)
{
    double *cell = panel + row * layout->column_count;
    observe_flows(district, layout, cell);
    observe_firms(district, layout, cell);
    observe_markets(district, layout, cell);
    observe_parts(district, layout, cell);
    cell[layout->first[INDICATOR_POLICY_COST]] = row == 0 ? 0.0 : district->policy.cost_myuan;
    size_t output = layout->first[INDICATOR_OUTPUT];
    cell[layout->first[INDICATOR_OUTPUT_GROWTH]] = NAN;
    if (row >= 12) {
        double before = panel[(row - 12) * layout->column_count + output];
        if (before > 0.0)
            cell[layout->first[INDICATOR_OUTPUT_GROWTH]] = cell[output] / before - 1.0;
    }
}
