#include "study/layout.h"

#include "base/memory.h"
#include "engine/summary.h"

#include <stdlib.h>
#include <string.h>

static bool add_target(struct layout *layout, const char *name)
{
    layout->target[layout->target_count] = memory_copy_text(name);
    return layout->target[layout->target_count++] != NULL;
}

static bool add_targets(struct layout *layout, const struct scenario *scenario)
{
    static const enum section_id sections[] = {SECTION_TARGETS, SECTION_JOINT_TARGETS};
    const size_t *count = scenario->centre.count;
    size_t most = count[SECTION_TARGETS] + count[SECTION_JOINT_TARGETS];
    layout->target = calloc(most + 1, sizeof *layout->target);
    bool added = layout->target != NULL;
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; added && i < count[sections[s]]; i++)
            added = layout->target_count == SCENARIO_TARGETS ||
                    add_target(layout, scenario->name[sections[s]][i]);
    return added;
}

static bool is_new_date(const struct params *params, size_t target)
{
    for (size_t i = 0; i < target; i++)
        if ((int)params->targets[i].date == (int)params->targets[target].date)
            return false;
    return true;
}

static bool add_quantities(struct layout *layout, const struct scenario *scenario)
{
    const struct params *params = &scenario->centre;
    size_t targets = params->count[SECTION_TARGETS];
    layout->quantity = calloc(targets * INDICATOR_COUNT + 1, sizeof *layout->quantity);
    if (layout->quantity == NULL)
        return false;
    for (size_t t = 0; t < targets; t++)
        for (size_t i = 0; is_new_date(params, t) && i < INDICATOR_COUNT; i++)
            if (indicators[i].dimension == INDICATOR_NONE)
                layout->quantity[layout->quantity_count++] =
                    (struct quantity){(enum indicator_id)i, (int)params->targets[t].date};
    return true;
}

bool layout_init(struct layout *layout, const struct scenario *scenario, struct faults *faults)
{
    *layout = (struct layout){0};
    if (add_targets(layout, scenario) && add_quantities(layout, scenario))
        return true;
    layout_clear(layout);
    return fault_memory(faults, "laying out a batch");
}

void layout_clear(struct layout *layout)
{
    for (size_t i = 0; i < layout->target_count; i++)
        free(layout->target[i]);
    free(layout->target);
    free(layout->quantity);
    *layout = (struct layout){0};
}

bool layout_equal(const struct layout *a, const struct layout *b)
{
    if (a->target_count != b->target_count || a->quantity_count != b->quantity_count)
        return false;
    for (size_t i = 0; i < a->target_count; i++)
        if (strcmp(a->target[i], b->target[i]) != 0)
            return false;
    for (size_t i = 0; i < a->quantity_count; i++)
        if (a->quantity[i].indicator != b->quantity[i].indicator ||
            a->quantity[i].month != b->quantity[i].month)
            return false;
    return true;
}

size_t layout_target(const struct layout *layout, const char *name)
{
    size_t i = 0;
    while (i < layout->target_count && strcmp(layout->target[i], name) != 0)
        i++;
    return i;
}

size_t layout_quantity(const struct layout *layout, struct quantity quantity)
{
    size_t i = 0;
    while (i < layout->quantity_count && (layout->quantity[i].indicator != quantity.indicator ||
                                          layout->quantity[i].month != quantity.month))
        i++;
    return i;
}

void layout_measure(const struct layout *layout, const struct panel_layout *panel,
                    const double *cell, double *value)
{
    for (size_t i = 0; i < layout->quantity_count; i++) {
        enum indicator_id indicator = layout->quantity[i].indicator;
        int row = layout->quantity[i].month - panel->first_month;
        const double *column = cell + panel->first[indicator];
        int months = indicators[indicator].kind == INDICATOR_FLOW ? LAYOUT_FLOW_MONTHS : 1;
        value[i] = 0.0;
        for (int m = 0; m < months && row - m >= 0; m++)
            value[i] += column[(size_t)(row - m) * panel->column_count];
    }
}
