#include "district/space.h"

#include "district/district.h"

/* A square metre stands in for no floor area at all, to keep the ratio finite. */
static const double least_floor_m2 = 1.0;

bool space_take(struct district *district, size_t zone, double area_m2)
{
    double used = district->area_used_m2[zone] + area_m2;
    if (used > district->now.zones[zone].floor_area_m2)
        return false;
    district->area_used_m2[zone] = used;
    return true;
}

double space_occupancy(const struct district *district, size_t zone)
{
    double floor = district->now.zones[zone].floor_area_m2;
    return district->area_used_m2[zone] / (floor > least_floor_m2 ? floor : least_floor_m2);
}

void space_sum(struct district *district)
{
    const struct kinds *kinds = &district->kinds;
    for (size_t zone = 0; zone < kinds->zones; zone++)
        district->area_used_m2[zone] = 0.0;
    for (size_t kind = 0; kind < kinds->count; kind++)
        district->area_used_m2[kind_zone(kinds, (int32_t)kind)] +=
            district->sums.staff[kind] *
            district->now.sectors[kind_sector(kinds, (int32_t)kind)].area_per_head_m2;
}
