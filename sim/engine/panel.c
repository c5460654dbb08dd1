#include "engine/panel.h"

#include "base/memory.h"

#include <stdlib.h>

static bool climbs(const struct zone_params *zones, size_t from, size_t to)
{
    return zones[from].chain_rank > 0.0 && zones[to].chain_rank > zones[from].chain_rank;
}

/* Appends one indicator's columns at `column`, or only counts them where it is NULL. */
static size_t columns_of(const struct scenario *scenario, enum indicator_id indicator,
                         struct panel_column *column)
{
    const struct params *params = &scenario->centre;
    size_t zones = params->count[SECTION_ZONES], sectors = params->count[SECTION_SECTORS];
    enum indicator_dimension dimension = indicators[indicator].dimension;
    size_t outer = dimension == INDICATOR_ZONE || dimension == INDICATOR_PAIR ? zones
                   : dimension == INDICATOR_SECTOR                            ? sectors
                                                                              : 1;
    size_t inner = dimension == INDICATOR_PAIR ? zones : 1, made = 0;
    for (size_t i = 0; i < outer; i++) {
        for (size_t j = 0; j < inner; j++) {
            if (dimension == INDICATOR_PAIR && !climbs(params->zones, i, j))
                continue;
            bool by_zone = dimension == INDICATOR_ZONE || dimension == INDICATOR_PAIR;
            if (column != NULL)
                column[made] =
                    (struct panel_column){indicator, by_zone ? (int)i : PANEL_NO_NAME,
                                          dimension == INDICATOR_PAIR ? (int)j : PANEL_NO_NAME,
                                          dimension == INDICATOR_SECTOR ? (int)i : PANEL_NO_NAME};
            made++;
        }
    }
    return made;
}

bool panel_layout_init(struct panel_layout *layout, const struct scenario *scenario,
                       struct faults *faults)
{
    *layout = (struct panel_layout){
        .row_count = (size_t)scenario_steps(scenario) + 1,
        .first_month = (int)scenario->centre.clock->start - 1,
    };
    for (size_t i = 0; i < INDICATOR_COUNT; i++) {
        layout->first[i] = layout->column_count;
        layout->column_count += columns_of(scenario, (enum indicator_id)i, NULL);
    }
    layout->column = calloc(layout->column_count, sizeof *layout->column);
    if (layout->column == NULL)
        return fault_memory(faults, "laying out the panel");
    for (size_t i = 0; i < INDICATOR_COUNT; i++)
        columns_of(scenario, (enum indicator_id)i, layout->column + layout->first[i]);
    return true;
}

void panel_layout_clear(struct panel_layout *layout)
{
    free(layout->column);
    *layout = (struct panel_layout){0};
}
