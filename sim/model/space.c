#include "model/space.h"

#include "model/district.h"

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
    for (size_t zone = 0; zone < district->kinds.zones; zone++)
        district->area_used_m2[zone] = district->sums.area_m2[zone];
}
