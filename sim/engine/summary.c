#include "engine/summary.h"

#include "base/memory.h"
#include "stats/looks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool indicator_is_whole(enum indicator_id indicator)
{
    static const char *const counts[] = {"firms",    "projects", "results",
                                         "licences", "rounds",   "0 or 1"};
    const char *unit = indicators[indicator].unit;
    size_t length = strcspn(unit, "/");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (strlen(counts[i]) == length && strncmp(unit, counts[i], length) == 0)
            return true;
    return false;
}

bool target_met(const struct target_params *target, double value)
{
    return value >= target->at_least && value <= target->at_most;
}

double target_shortfall(const struct target_params *target, double value)
{
    if (value < target->at_least)
        return target->at_least - value;
    return value > target->at_most ? value - target->at_most : 0.0;
}

double target_value_at(const struct target_params *target, const struct panel_layout *layout,
                       const double *panel, size_t row, double *sum)
{
    size_t indicator = (size_t)target->indicator;
    double cell = panel[row * layout->column_count + layout->first[indicator]];
    if (indicators[indicator].kind == INDICATOR_STOCK)
        return cell;
    if (layout->first_month + (int)row >= (int)target->since)
        *sum += cell;
    return *sum;
}

/* Histograms and first-reached counts of targets lie in two stores, one allocation each. */
static void share_stores(struct summary *summary)
{
    uint32_t *bins = summary->bin_store;
    for (size_t i = 0; i < summary->scenario->centre.count[SECTION_TARGETS]; i++) {
        summary->target[i].value.histogram.bin = bins;
        summary->target[i].shortfall.bin = bins + HISTOGRAM_BINS;
        bins += 2 * HISTOGRAM_BINS;
        summary->target[i].first_reached =
            summary->reached_store + 2 * i * summary->layout.row_count;
        summary->target[i].met_then = summary->target[i].first_reached + summary->layout.row_count;
    }
}

bool summary_init(struct summary *summary, const struct scenario *scenario, struct faults *faults)
{
    size_t targets = scenario->centre.count[SECTION_TARGETS];
    *summary = (struct summary){.scenario = scenario};
    if (!panel_layout_init(&summary->layout, scenario, faults))
        return false;
    size_t rows = summary->layout.row_count;
    bool made = cells_init(&summary->cells, rows * summary->layout.column_count);
    summary->bin_store = calloc(2 * targets * HISTOGRAM_BINS + 1, sizeof *summary->bin_store);
    summary->target = calloc(targets + 1, sizeof *summary->target);
    summary->joint_met =
        calloc(scenario->centre.count[SECTION_JOINT_TARGETS] + 1, sizeof *summary->joint_met);
    summary->split = calloc(summary->layout.column_count, sizeof *summary->split);
    summary->twins_met = calloc(panel_targets(&scenario->centre) + 1, sizeof *summary->twins_met);
    summary->reached_store = calloc(2 * targets * rows + 1, sizeof *summary->reached_store);
    if (!made || !summary->bin_store || !summary->target || !summary->joint_met ||
        !summary->reached_store || !summary->split || !summary->twins_met)
        return fault_memory(faults, "setting up the summary");
    share_stores(summary);
    return draw_rows_init(&summary->draw_rows, scenario, faults);
}

void summary_clear(struct summary *summary)
{
    panel_layout_clear(&summary->layout);
    cells_clear(&summary->cells);
    free(summary->bin_store);
    free(summary->target);
    free(summary->joint_met);
    free(summary->split);
    free(summary->twins_met);
    free(summary->reached_store);
    draw_rows_clear(&summary->draw_rows);
    *summary = (struct summary){0};
}

static void target_add(struct target_summary *summary, const struct target_params *target,
                       double value, int reached)
{
    double shortfall = target_shortfall(target, value);
    cell_add(&summary->value, value);
    summary->met += target_met(target, value);
    if (shortfall > 0.0)
        histogram_add(&summary->shortfall, shortfall);
    if (reached != TARGET_NEVER)
        summary->first_reached[reached]++;
}

static void add_months(struct summary *summary, size_t target, const double *panel)
{
    const struct target_params *params = &summary->scenario->centre.targets[target];
    double sum = 0.0;
    for (size_t row = 0; row < summary->layout.row_count; row++)
        summary->target[target].met_then[row] +=
            target_met(params, target_value_at(params, &summary->layout, panel, row, &sum));
}

uint64_t targets_met(const struct params *params, const double *value)
{
    size_t targets = params->count[SECTION_TARGETS];
    uint64_t met = 0, joint = 0;
    for (size_t i = 0; i < targets; i++)
        met |= (uint64_t)target_met(&params->targets[i], value[i]) << i;
    for (size_t i = 0; i < params->count[SECTION_JOINT_TARGETS]; i++) {
        uint64_t all = (uint64_t)params->joint_targets[i].all_of;
        joint |= (uint64_t)((met & all) == all) << (targets + i);
    }
    return met | joint;
}

/* Counts one pair of yes or no. */
static void count_pair(struct paired_counts *counts, bool first, bool second)
{
    counts->both += first && second;
    counts->first_only += first && !second;
    counts->second_only += !first && second;
    counts->neither += !first && !second;
}

static void twin_add(struct summary *summary, const struct outcome *outcome, uint64_t met)
{
    const struct params *params = &summary->scenario->centre;
    const struct panel_layout *layout = &summary->layout;
    size_t last = (layout->row_count - 1) * layout->column_count;
    uint64_t twin = targets_met(params, outcome->twin->target_value);
    for (size_t i = 0; i < layout->column_count; i++)
        split_add(&summary->split[i], outcome->replicate, outcome->panel[last + i],
                  outcome->twin->panel[last + i]);
    for (size_t i = 0; i < panel_targets(params); i++)
        count_pair(&summary->twins_met[i], met >> i & 1, twin >> i & 1);
}

void summary_settle(struct summary *summary)
{
    cells_settle(&summary->cells);
}

void summary_add(struct summary *summary, const struct outcome *outcome)
{
    const struct params *params = &summary->scenario->centre;
    size_t targets = params->count[SECTION_TARGETS];
    uint64_t met = targets_met(params, outcome->target_value);
    memcpy(cells_row(&summary->cells), outcome->panel,
           summary->cells.count * sizeof *outcome->panel);
    for (size_t i = 0; i < targets; i++) {
        target_add(&summary->target[i], &params->targets[i], outcome->target_value[i],
                   outcome->target_reached[i]);
        add_months(summary, i, outcome->panel);
    }
    for (size_t i = 0; i < params->count[SECTION_JOINT_TARGETS]; i++)
        summary->joint_met[i] += met >> (targets + i) & 1;
    if (outcome->twin != NULL)
        twin_add(summary, outcome, met);
    draw_rows_add(&summary->draw_rows, outcome->replicate, outcome->drawn, outcome->target_value,
                  outcome->twin == NULL ? NULL : outcome->twin->target_value);
    summary->replicates++;
}

struct interval summary_interval(const struct summary *summary, uint64_t met)
{
    return summary->looked ? looks_interval(met, summary->replicates, LOOKS_ERROR)
                           : estimate_proportion(met, summary->replicates, 0.95);
}

void summary_merge(struct summary *summary, const struct summary *other)
{
    const size_t *count = summary->scenario->centre.count;
    size_t rows = summary->layout.row_count;
    ASSERT(rows == other->layout.row_count &&
           summary->layout.column_count == other->layout.column_count);
    cells_merge(&summary->cells, &other->cells);
    for (size_t i = 0; i < count[SECTION_TARGETS]; i++) {
        struct target_summary *target = &summary->target[i];
        cell_merge(&target->value, &other->target[i].value);
        histogram_merge(&target->shortfall, &other->target[i].shortfall);
        target->met += other->target[i].met;
        for (size_t row = 0; row < rows; row++) {
            target->first_reached[row] += other->target[i].first_reached[row];
            target->met_then[row] += other->target[i].met_then[row];
        }
    }
    for (size_t i = 0; i < count[SECTION_JOINT_TARGETS]; i++)
        summary->joint_met[i] += other->joint_met[i];
    for (size_t i = 0; i < summary->layout.column_count; i++)
        split_merge(&summary->split[i], &other->split[i]);
    for (size_t i = 0; i < panel_targets(&summary->scenario->centre); i++)
        paired_merge(&summary->twins_met[i], &other->twins_met[i]);
    draw_rows_merge(&summary->draw_rows, &other->draw_rows);
    summary->looked |= other->looked;
    summary->replicates += other->replicates;
}

/* ------------------------------------------------------------------ bytes */

static void target_put(struct text *out, const struct target_summary *target, size_t rows)
{
    bytes_put(out, target->met);
    cell_put(out, &target->value);
    histogram_put(out, &target->shortfall);
    bytes_put_counts(out, target->first_reached, rows);
    bytes_put_counts(out, target->met_then, rows);
}

static void target_take(struct bytes_reader *reader, struct target_summary *target, size_t rows)
{
    target->met = bytes_take_most(reader, UINT64_MAX);
    cell_take(reader, &target->value);
    histogram_take(reader, &target->shortfall);
    bytes_take_counts(reader, target->first_reached, rows);
    bytes_take_counts(reader, target->met_then, rows);
}

/* The four counts of a pair stand in a row. */
static void pair_put(struct text *out, const struct paired_counts *counts)
{
    bytes_put(out, counts->both);
    bytes_put(out, counts->first_only);
    bytes_put(out, counts->second_only);
    bytes_put(out, counts->neither);
}

static void pair_take(struct bytes_reader *reader, struct paired_counts *counts)
{
    counts->both = bytes_take_most(reader, UINT64_MAX);
    counts->first_only = bytes_take_most(reader, UINT64_MAX);
    counts->second_only = bytes_take_most(reader, UINT64_MAX);
    counts->neither = bytes_take_most(reader, UINT64_MAX);
}

void summary_put(struct text *out, struct summary *summary)
{
    const size_t *count = summary->scenario->centre.count;
    summary_settle(summary);
    bytes_put(out, summary->replicates);
    bytes_put(out, summary->looked);
    cells_put(out, &summary->cells);
    for (size_t i = 0; i < count[SECTION_TARGETS]; i++)
        target_put(out, &summary->target[i], summary->layout.row_count);
    bytes_put_counts(out, summary->joint_met, count[SECTION_JOINT_TARGETS]);
    for (size_t i = 0; i < summary->layout.column_count; i++)
        split_put(out, &summary->split[i]);
    for (size_t i = 0; i < panel_targets(&summary->scenario->centre); i++)
        pair_put(out, &summary->twins_met[i]);
    draw_rows_put(out, &summary->draw_rows);
}

void summary_take(struct bytes_reader *reader, struct summary *summary)
{
    const size_t *count = summary->scenario->centre.count;
    summary->replicates = bytes_take_most(reader, UINT32_MAX);
    summary->looked = bytes_take_most(reader, 1) == 1;
    cells_take(reader, &summary->cells);
    for (size_t i = 0; i < count[SECTION_TARGETS]; i++)
        target_take(reader, &summary->target[i], summary->layout.row_count);
    bytes_take_counts(reader, summary->joint_met, count[SECTION_JOINT_TARGETS]);
    for (size_t i = 0; i < summary->layout.column_count; i++)
        split_take(reader, &summary->split[i]);
    for (size_t i = 0; i < panel_targets(&summary->scenario->centre); i++)
        pair_take(reader, &summary->twins_met[i]);
    draw_rows_take(reader, &summary->draw_rows);
}
