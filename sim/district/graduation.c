#include "district/graduation.h"

#include "district/district.h"
#include "district/event.h"
#include "district/space.h"

size_t graduation_next(const struct district *district, double rank)
{
    const struct zone_params *zones = district->now.zones;
    size_t next = district->kinds.zones;
    for (size_t zone = 0; zone < district->kinds.zones; zone++)
        if (zones[zone].chain_rank > rank &&
            (next == district->kinds.zones || zones[zone].chain_rank < zones[next].chain_rank))
            next = zone;
    return next;
}

void graduation_tables(struct district *district)
{
    const struct zone_params *zones = district->now.zones;
    for (size_t kind = 0; kind < district->kinds.count; kind++) {
        size_t zone = kind_zone(&district->kinds, (int32_t)kind);
        bool climbs = zones[zone].chain_rank > 0.0 &&
                      graduation_next(district, zones[zone].chain_rank) < district->kinds.zones;
        district->tables.graduate[kind] =
            climbs ? zones[zone].graduate_rate_per_year * STEP_YEARS : 0.0;
        district->tables.graduate_staff[kind] = zones[zone].graduate_staff;
    }
}

void graduation_event(struct district *district, size_t row, double u)
{
    struct firms *firms = &district->firms;
    const struct kinds *kinds = &district->kinds;
    int32_t kind = firms->kind[row];
    double staff = firms->staff_heads[row];
    if (staff < district->tables.graduate_staff[kind] ||
        !event_happens(district->tables.graduate[kind], &u))
        return;
    size_t from = kind_zone(kinds, kind), sector = kind_sector(kinds, kind);
    double area = staff * district->now.sectors[sector].area_per_head_m2;
    size_t to = graduation_next(district, district->now.zones[from].chain_rank);
    while (to < kinds->zones && !space_take(district, to, area))
        to = graduation_next(district, district->now.zones[to].chain_rank);
    if (to == kinds->zones)
        return;
    district->area_used_m2[from] -= area;
    district->graduated[from * kinds->zones + to]++;
    event_change_kind(district, row, kind_of(kinds, to, sector, kind_stage(kind)));
}
