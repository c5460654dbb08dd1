#include "district/birthplace.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

const enum section_id birthplace_sections[] = {SECTION_SOURCES, SECTION_INCUMBENTS,
                                               SECTION_ARRIVALS, SECTION_COUNT};

static struct birthplace place_of(const struct scenario *scenario, enum section_id section,
                                  size_t instance)
{
    char path[256];
    struct birthplace place;
    snprintf(path, sizeof path, "%s.%s", schema()[section].path, scenario->name[section][instance]);
    place.origin = text_hash32(path);
    for (size_t slot = 0; slot < BIRTHPLACE_MIXES; slot++)
        place.mix[slot] = scenario_mix(scenario, section, instance, slot);
    return place;
}

bool birthplaces_init(struct birthplaces *places, const struct scenario *scenario,
                      struct faults *faults)
{
    *places = (struct birthplaces){0};
    for (size_t i = 0; birthplace_sections[i] != SECTION_COUNT; i++) {
        enum section_id section = birthplace_sections[i];
        size_t count = scenario->centre.count[section];
        struct birthplace *of = memory_aligned(count, sizeof *of);
        if (of == NULL)
            return fault_memory(faults, "setting up a district");
        for (size_t instance = 0; instance < count; instance++)
            of[instance] = place_of(scenario, section, instance);
        places->of[section] = of;
    }
    return true;
}

void birthplaces_clear(struct birthplaces *places)
{
    for (size_t section = 0; section < SECTION_COUNT; section++)
        free(places->of[section]);
    *places = (struct birthplaces){0};
}
