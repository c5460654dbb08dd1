#include "measure/summary.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool indicator_is_whole(enum indicator_id indicator)
{
    static const char *const counts[] = {"firms", "projects", "results", "licences", "rounds", "0 or 1"};
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

/* Histograms and first-reached counts lie in two stores, one allocation each. */
static void share_stores(struct summary *summary)
{
    size_t cells = summary->layout.row_count * summary->layout.column_count;
    uint32_t *bins = summary->bin_store;
    for (size_t i = 0; i < cells; i++, bins += HISTOGRAM_BINS)
        summary->cell[i].histogram.bin = bins;
    for (size_t i = 0; i < summary->scenario->centre.count[SECTION_TARGETS]; i++) {
        summary->target[i].value.histogram.bin = bins;
        summary->target[i].shortfall.bin = bins + HISTOGRAM_BINS;
        bins += 2 * HISTOGRAM_BINS;
        summary->target[i].first_reached = summary->reached_store + i * summary->layout.row_count;
    }
}

bool summary_init(struct summary *summary, const struct scenario *scenario, struct faults *faults)
{
    size_t targets = scenario->centre.count[SECTION_TARGETS];
    *summary = (struct summary){.scenario = scenario};
    if (!panel_layout_init(&summary->layout, scenario, faults))
        return false;
    size_t rows = summary->layout.row_count, cells = rows * summary->layout.column_count;
    /* calloc: pages of histograms that stay narrow are never touched */
    summary->cell = calloc(cells, sizeof *summary->cell);
    summary->target = calloc(targets + 1, sizeof *summary->target);
    summary->joint_met =
        calloc(scenario->centre.count[SECTION_JOINT_TARGETS] + 1, sizeof *summary->joint_met);
    summary->bin_store = calloc((cells + 2 * targets) * HISTOGRAM_BINS, sizeof *summary->bin_store);
    summary->reached_store = calloc(targets * rows + 1, sizeof *summary->reached_store);
    if (!summary->cell || !summary->target || !summary->joint_met || !summary->bin_store ||
        !summary->reached_store)
        return fault_memory(faults, "setting up the summary");
    share_stores(summary);
    return true;
}

void summary_clear(struct summary *summary)
{
    panel_layout_clear(&summary->layout);
    free(summary->cell);
    free(summary->target);
    free(summary->joint_met);
    free(summary->bin_store);
    free(summary->reached_store);
    *summary = (struct summary){0};
}

static void cell_add(struct cell *cell, double value)
{
    if (isnan(value))
        return;
    moments_add(&cell->moments, value);
    histogram_add(&cell->histogram, value);
}

static bool target_add(struct target_summary *summary, const struct target_params *target,
                       double value, int reached)
{
    bool met = target_met(target, value);
    double shortfall = target_shortfall(target, value);
    cell_add(&summary->value, value);
    summary->met += met;
    if (shortfall > 0.0)
        histogram_add(&summary->shortfall, shortfall);
    if (reached != TARGET_NEVER)
        summary->first_reached[reached]++;
    return met;
}

void summary_add(struct summary *summary, const struct outcome *outcome)
{
    const struct params *params = &summary->scenario->centre;
    size_t cells = summary->layout.row_count * summary->layout.column_count;
    uint64_t met = 0;
    for (size_t i = 0; i < cells; i++)
        cell_add(&summary->cell[i], outcome->panel[i]);
    for (size_t i = 0; i < params->count[SECTION_TARGETS]; i++)
        met |= (uint64_t)target_add(&summary->target[i], &params->targets[i],
                                    outcome->target_value[i], outcome->target_reached[i])
               << i;
    for (size_t i = 0; i < params->count[SECTION_JOINT_TARGETS]; i++) {
        uint64_t all = (uint64_t)params->joint_targets[i].all_of;
        summary->joint_met[i] += (met & all) == all;
    }
    summary->replicates++;
}

static void cell_merge(struct cell *cell, const struct cell *other)
{
    moments_merge(&cell->moments, &other->moments);
    histogram_merge(&cell->histogram, &other->histogram);
}

void summary_merge(struct summary *summary, const struct summary *other)
{
    const size_t *count = summary->scenario->centre.count;
    size_t rows = summary->layout.row_count, cells = rows * summary->layout.column_count;
    ASSERT(rows == other->layout.row_count &&
           summary->layout.column_count == other->layout.column_count);
    for (size_t i = 0; i < cells; i++)
        cell_merge(&summary->cell[i], &other->cell[i]);
    for (size_t i = 0; i < count[SECTION_TARGETS]; i++) {
        struct target_summary *target = &summary->target[i];
        cell_merge(&target->value, &other->target[i].value);
        histogram_merge(&target->shortfall, &other->target[i].shortfall);
        target->met += other->target[i].met;
        for (size_t row = 0; row < rows; row++)
            target->first_reached[row] += other->target[i].first_reached[row];
    }
    for (size_t i = 0; i < count[SECTION_JOINT_TARGETS]; i++)
        summary->joint_met[i] += other->joint_met[i];
    summary->replicates += other->replicates;
}
