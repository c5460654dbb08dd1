#include "store/split_table.h"

#include "store/tables.h"

#include <math.h>

static void fill(struct split_row *row, const struct split_result *result)
{
    row->variance = result->variance;
    row->ignorance_share = result->ignorance_share;
    row->ignorance_share_error = result->ignorance_share_error;
    row->ignorance_share_most = NAN;
    row->luck_share = result->luck_share;
}

/* Probability of a target, by all replicates. */
static double probability_of(const struct summary *summary, size_t target)
{
    size_t singles = summary->scenario->centre.count[SECTION_TARGETS];
    uint64_t met =
        target < singles ? summary->target[target].met : summary->joint_met[target - singles];
    return (double)met / (double)summary->replicates;
}

/* A share and a band where pairs say enough; else the share's upper limit. */
static void fill_target(struct split_row *row, const struct paired_counts *twins, double p)
{
    struct split_result result = split_odds(twins);
    double all = p * (1.0 - p);
    *row = (struct split_row){.twins = paired_total(twins), .odds_p05 = NAN, .odds_p95 = NAN};
    fill(row, &result);
    if (!split_is_told(twins)) {
        row->ignorance_share = row->ignorance_share_error = row->luck_share = NAN;
        row->ignorance_share_most = split_most(twins, p);
    } else if (result.ignorance_share > 0.0) { /* about the estimate that is printed above */
        struct interval band = split_band(p, result.ignorance_share * all, 0.9);
        row->odds_p05 = band.low;
        row->odds_p95 = band.high;
    }
}

struct split_row split_table_target(const struct summary *summary, size_t target)
{
    const struct scenario *scenario = summary->scenario;
    size_t singles = scenario->centre.count[SECTION_TARGETS];
    struct split_row row;
    fill_target(&row, &summary->twins_met[target], probability_of(summary, target));
    row.target = panel_target_name(scenario, target);
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
