#include "store/split_table.h"

#include "store/tables.h"

#include <math.h>

static const struct band no_band = {
    false, {NAN, NAN, NAN}, {NAN, NAN, NAN}, {NAN, NAN, NAN}, {NAN, NAN, NAN}};

static void fill(struct split_row *row, const struct split_result *result)
{
    row->variance = result->variance;
    row->ignorance_share = result->ignorance_share;
    row->ignorance_share_error = result->ignorance_share_error;
    row->ignorance_share_most = NAN;
    row->luck_share = result->luck_share;
}

#define FILL(name, number)                                                                         \
    row->name = (number).value, row->name##_low95 = (number).low, row->name##_high95 = (number).high

static void fill_band(struct split_row *row, const struct band *band)
{
    FILL(probability_p05, band->p05);
    FILL(probability_p95, band->p95);
    FILL(draws_below_1, band->below_1);
    FILL(draws_above_50, band->above_50);
}

/* Probability of a target, by all replicates. */
static double probability_of(const struct summary *summary, size_t target)
{
    size_t singles = summary->scenario->centre.count[SECTION_TARGETS];
    uint64_t met =
        target < singles ? summary->target[target].met : summary->joint_met[target - singles];
    return (double)met / (double)summary->replicates;
}

/* A share where pairs say enough; else the share's upper limit. */
static void fill_target(struct split_row *row, const struct paired_counts *twins, double p)
{
    struct split_result result = split_odds(twins);
    *row = (struct split_row){.twins = paired_total(twins)};
    fill(row, &result);
    if (!split_is_told(twins)) {
        row->ignorance_share = row->ignorance_share_error = row->luck_share = NAN;
        row->ignorance_share_most = split_most(twins, p);
    }
}

struct split_row split_table_target(const struct summary *summary, const struct bands *bands,
                                    size_t target)
{
    const struct scenario *scenario = summary->scenario;
    size_t singles = scenario->centre.count[SECTION_TARGETS];
    struct split_row row;
    fill_target(&row, &summary->twins_met[target], probability_of(summary, target));
    fill_band(&row, target < bands->count ? &bands->band[target] : &no_band);
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
    struct split_row row = {.indicator = at.indicator, .zone = at.zone, .sector = at.sector};
    for (int group = 0; group < SPLIT_GROUPS; group++)
        row.twins += split->sum[group].count;
    fill(&row, &result);
    fill_band(&row, &no_band);
    split_cells(csv, &row);
    csv_end_row(csv);
}

void split_table_write(struct csv *csv, const struct summary *summary, const struct bands *bands)
{
    csv_header(csv, CSV_SPLIT);
    csv_end_row(csv);
    for (size_t target = 0; target < panel_targets(&summary->scenario->centre); target++) {
        struct split_row row = split_table_target(summary, bands, target);
        split_cells(csv, &row);
        csv_end_row(csv);
    }
    for (size_t column = 0; column < summary->layout.column_count; column++)
        write_column(csv, summary, column);
}
