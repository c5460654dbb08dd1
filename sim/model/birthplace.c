#include "model/birthplace.h"

#include "base/memory.h"
#include "model/district.h"

#include <stdio.h>

static const enum section_id sections[] = {SECTION_SOURCES, SECTION_INCUMBENTS, SECTION_ARRIVALS};
enum { SECTIONS = sizeof sections / sizeof *sections };

static size_t count_of(const struct district *district)
{
    size_t count = 0;
    for (size_t s = 0; s < SECTIONS; s++)
        count += district->scenario->centre.count[sections[s]];
    return count;
}

static void path_of(const struct district *district, const struct birthplace *birthplace, char *out,
                    size_t size)
{
    snprintf(out, size, "%s.%s", schema()[birthplace->section].path,
             district->scenario->name[birthplace->section][birthplace->instance]);
}

static struct draw_mix mix_of(const struct district *district, const struct birthplace *birthplace,
                              size_t slot, size_t count, double **sums)
{
    size_t at = scenario_mix(district->scenario, birthplace->section, birthplace->instance, slot);
    struct draw_mix mix = {.share = district->now.value + at, .sum = *sums, .count = count};
    *sums += count;
    return mix;
}

static struct birthplace birthplace_of(const struct district *district, enum section_id section,
                                       size_t instance, double **sums)
{
    char path[256];
    struct birthplace made = {.section = section, .instance = instance};
    path_of(district, &made, path, sizeof path);
    made.origin = text_hash32(path);
    made.sectors = mix_of(district, &made, 0, district->kinds.sectors, sums);
    if (section == SECTION_INCUMBENTS)
        made.zones = mix_of(district, &made, 1, district->kinds.zones, sums);
    return made;
}

bool birthplaces_init(struct district *district)
{
    const struct kinds *kinds = &district->kinds;
    size_t count = count_of(district), next = 0;
    district->birthplace = memory_aligned(count, sizeof *district->birthplace);
    district->mix_sums = memory_aligned(count * (kinds->sectors + kinds->zones), sizeof(double));
    if (district->birthplace == NULL || district->mix_sums == NULL)
        return false;
    double *sums = district->mix_sums;
    for (size_t s = 0; s < SECTIONS; s++)
        for (size_t i = 0; i < district->scenario->centre.count[sections[s]]; i++)
            district->birthplace[next++] = birthplace_of(district, sections[s], i, &sums);
    return true;
}

const struct birthplace *birthplace_now(struct district *district, enum section_id section,
                                        size_t instance)
{
    size_t at = instance;
    for (size_t s = 0; s < SECTIONS && sections[s] != section; s++)
        at += district->now.count[sections[s]];
    draw_mix_sum(&district->birthplace[at].sectors);
    draw_mix_sum(&district->birthplace[at].zones);
    return &district->birthplace[at];
}

void birthplace_path(const struct district *district, uint32_t origin, char *out, size_t size)
{
    snprintf(out, size, "?");
    for (size_t i = 0; i < count_of(district); i++)
        if (district->birthplace[i].origin == origin)
            path_of(district, &district->birthplace[i], out, size);
}
