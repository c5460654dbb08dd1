#include "store/tables.h"

#include <math.h>
#include <string.h>

static double finite_or_nan(double value)
{
    return isfinite(value) ? value : NAN;
}

/* ------------------------------------------------------------------ targets.csv */

size_t tables_target_count(const struct scenario *scenario)
{
    const size_t *count = scenario->centre.count;
    return count[SECTION_TARGETS] + count[SECTION_JOINT_TARGETS];
}

static void fill_probability(struct targets_row *row, const struct summary *summary, uint64_t met)
{
    struct interval interval = summary_interval(summary, met);
    uint64_t replicates = summary->replicates;
    row->interval = summary->looked ? "repeated" : "fixed";
    row->replicates = replicates;
    row->met = met;
    row->probability = replicates == 0 ? NAN : (double)met / (double)replicates;
    row->low95 = interval.low;
    row->high95 = interval.high;
}

static struct targets_row single_target(const struct summary *summary,
                                        const struct observed *observed, size_t target)
{
    const struct scenario *scenario = summary->scenario;
    const struct target_params *params = &scenario->centre.targets[target];
    const struct target_summary *seen = &summary->target[target];
    enum indicator_id indicator = (enum indicator_id)params->indicator;
    bool whole = indicator_is_whole(indicator), flow = indicators[indicator].kind == INDICATOR_FLOW;
    struct targets_row row = {
        .target = scenario->name[SECTION_TARGETS][target],
        .indicator = indicators[indicator].name,
        .unit = indicators[indicator].unit,
        .date = (int)params->date,
        .since = flow ? (int)params->since : MONTH_NEVER,
        .at_least = finite_or_nan(params->at_least),
        .at_most = finite_or_nan(params->at_most),
        .mean = cell_mean(&seen->value),
        .sd = moments_sd(&seen->value.moments),
        .p05 = histogram_quantile(&seen->value.histogram, 0.05, whole),
        .p50 = histogram_quantile(&seen->value.histogram, 0.50, whole),
        .p95 = histogram_quantile(&seen->value.histogram, 0.95, whole),
        .median_shortfall = histogram_quantile(&seen->shortfall, 0.50, whole),
        .observed = flow ? NAN : observed_value(observed, indicator, (int)params->date),
        .without_value = (double)(summary->replicates - seen->value.moments.count),
    };
    if (flow && row.since == MONTH_NEVER)
        row.since = (int)scenario->centre.clock->start;
    fill_probability(&row, summary, seen->met);
    return row;
}

static struct targets_row joint_target(const struct summary *summary, size_t joint,
                                       struct text *all_of)
{
    const struct scenario *scenario = summary->scenario;
    uint64_t members = (uint64_t)scenario->centre.joint_targets[joint].all_of;
    struct targets_row row = {
        .target = scenario->name[SECTION_JOINT_TARGETS][joint],
        .at_least = NAN,
        .at_most = NAN,
        .mean = NAN,
        .sd = NAN,
        .p05 = NAN,
        .p50 = NAN,
        .p95 = NAN,
        .median_shortfall = NAN,
        .observed = NAN,
        .without_value = NAN,
    };
    all_of->length = 0;
    for (size_t t = 0; t < scenario->centre.count[SECTION_TARGETS]; t++) {
        if ((members >> t & 1) == 0)
            continue;
        text_append(all_of, "%s%s", all_of->length > 0 ? " " : "",
                    scenario->name[SECTION_TARGETS][t]);
        int date = (int)scenario->centre.targets[t].date;
        row.date = date > row.date ? date : row.date;
    }
    row.all_of = all_of->bytes;
    fill_probability(&row, summary, summary->joint_met[joint]);
    return row;
}

struct targets_row tables_target(const struct summary *summary, const struct observed *observed,
                                 size_t target, struct text *all_of)
{
    size_t singles = summary->scenario->centre.count[SECTION_TARGETS];
    if (target < singles)
        return single_target(summary, observed, target);
    return joint_target(summary, target - singles, all_of);
}

bool tables_write_targets(struct csv *csv, const struct summary *summary,
                          const struct observed *observed)
{
    struct text all_of = {0};
    csv_header(csv, CSV_TARGETS);
    csv_end_row(csv);
    for (size_t t = 0; t < tables_target_count(summary->scenario); t++) {
        struct targets_row row = tables_target(summary, observed, t, &all_of);
        targets_cells(csv, &row);
        csv_end_row(csv);
    }
    bool ok = !all_of.failed;
    text_clear(&all_of);
    return ok;
}

/* ------------------------------------------------------------------ trajectories.csv */

const char *tables_zones(char out[TABLES_ZONES_BYTES], const struct scenario *scenario,
                         const struct panel_column *column)
{
    char **zone = scenario->name[SECTION_ZONES];
    if (column->zone == PANEL_NO_NAME)
        return NULL;
    if (column->zone_reached == PANEL_NO_NAME)
        return zone[column->zone];
    snprintf(out, TABLES_ZONES_BYTES, "%s>%s", zone[column->zone], zone[column->zone_reached]);
    return out;
}

struct trajectories_row tables_trajectory(const struct summary *summary, size_t row, size_t column,
                                          char zones[TABLES_ZONES_BYTES])
{
    const struct scenario *scenario = summary->scenario;
    const struct panel_layout *layout = &summary->layout;
    const struct panel_column *what = &layout->column[column];
    const struct cell *cell = &summary->cells.cell[row * layout->column_count + column];
    const struct histogram *spread = &cell->histogram;
    bool whole = indicator_is_whole(what->indicator);
    return (struct trajectories_row){
        .month = layout->first_month + (int)row,
        .indicator = indicators[what->indicator].name,
        .zone = tables_zones(zones, scenario, what),
        .sector = panel_name(scenario, SECTION_SECTORS, what->sector),
        .unit = indicators[what->indicator].unit,
        .mean = cell_mean(cell),
        .sd = moments_sd(&cell->moments),
        .p05 = histogram_quantile(spread, 0.05, whole),
        .p25 = histogram_quantile(spread, 0.25, whole),
        .p50 = histogram_quantile(spread, 0.50, whole),
        .p75 = histogram_quantile(spread, 0.75, whole),
        .p95 = histogram_quantile(spread, 0.95, whole),
        .replicates = cell->moments.count,
    };
}

void tables_write_trajectories(struct csv *csv, const struct summary *summary)
{
    csv_header(csv, CSV_TRAJECTORIES);
    csv_end_row(csv);
    for (size_t row = 0; row < summary->layout.row_count; row++)
        for (size_t column = 0; column < summary->layout.column_count; column++) {
            char zones[TABLES_ZONES_BYTES];
            struct trajectories_row out = tables_trajectory(summary, row, column, zones);
            trajectories_cells(csv, &out);
            csv_end_row(csv);
        }
}

/* ------------------------------------------------------------------ first-reached.csv */

static void write_reached(struct csv *csv, const struct summary *summary, size_t target)
{
    const struct panel_layout *layout = &summary->layout;
    double all = (double)summary->replicates;
    struct first_reached_row row = {.target = summary->scenario->name[SECTION_TARGETS][target]};
    uint64_t so_far = 0;
    struct interval interval;
    for (size_t t = 0; t < layout->row_count; t++) {
        row.month = layout->first_month + (int)t;
        row.replicates = summary->target[target].first_reached[t];
        so_far += row.replicates;
        row.share = (double)row.replicates / all;
        row.cumulative_share = (double)so_far / all;
        row.met_then = (double)summary->target[target].met_then[t] / all;
        interval = summary_interval(summary, so_far);
        row.low95 = interval.low;
        row.high95 = interval.high;
        first_reached_cells(csv, &row);
        csv_end_row(csv);
    }
    row.month = MONTH_NEVER;
    row.replicates = summary->replicates - so_far;
    row.share = (double)row.replicates / all;
    row.cumulative_share = row.met_then = NAN;
    interval = summary_interval(summary, row.replicates);
    row.low95 = interval.low;
    row.high95 = interval.high;
    first_reached_cells(csv, &row);
    csv_end_row(csv);
}

void tables_write_first_reached(struct csv *csv, const struct summary *summary)
{
    csv_header(csv, CSV_FIRST_REACHED);
    csv_end_row(csv);
    for (size_t t = 0; t < summary->scenario->centre.count[SECTION_TARGETS]; t++)
        write_reached(csv, summary, t);
}
