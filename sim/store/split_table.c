#include "store/split_table.h"

#include "store/tables.h"

#include <math.h>

static void fill(struct split_row *row, const struct split_result *result)
{
    row->variance = result->variance;
    row->ignorance_share = result->ignorance_share;
    row->ignorance_share_error = result->ignorance_share_error;
    row->luck_share = result->luck_share;
}

struct split_row split_table_target(const struct summary *summary, size_t target)
{
    const struct scenario *scenario = summary->scenario;
    size_t singles = scenario->centre.count[SECTION_TARGETS];
    const struct paired_counts *twins = &summary->twins_met[target];
    struct split_result result = split_odds(twins);
    double n = (double)paired_total(twins);
    double mean =
        ((double)twins->both + 0.5 * (double)(twins->first_only + twins->second_only)) / n;
    struct interval band = split_band(mean, result.ignorance, 0.9);
    struct split_row row = {.target = panel_target_name(scenario, target),
                            .twins = paired_total(twins),
                            .odds_p05 = band.low,
                            .odds_p95 = band.high};
    fill(&row, &result);
    if (target < singles)
        row.indicator = indicators[(size_t)scenario->centre.targets[target].indicator].name;
    return row;
}

static void write_column(struct csv *csv, const struct summary *summary, size_t column)
{
    char zones[TABLES_ZONES_BYTES];
    size_t last = summary->layout.row_count - 1;
    const struct split *split = &summary->split[column];
    struct trajectories_row at = tables_trajectory(summary, last, column, zones);
    struct split_result result = split_of(split);
    struct split_row row = {.indicator = at.indicator,
                            .zone = at.zone,
                            .sector = at.sector,
                            .odds_p05 = NAN,
                            .odds_p95 = NAN};
    for (int group = 0; group < SPLIT_GROUPS; group++)
        row.twins += split->sum[group].count;
    fill(&row, &result);
    split_cells(csv, &row);
    csv_end_row(csv);
}

void split_table_write(struct csv *csv, const struct summary *summary)
{
    csv_header(csv, CSV_SPLIT);
    csv_end_row(csv);
    for (size_t target = 0; target < panel_targets(&summary->scenario->centre); target++) {
        struct split_row row = split_table_target(summary, target);
        split_cells(csv, &row);
        csv_end_row(csv);
    }
    for (size_t column = 0; column < summary->layout.column_count; column++)
        write_column(csv, summary, column);
}
