#include "model/graduation.h"

#include "math/real.h"
#include "model/census.h"
#include "model/district.h"
#include "model/event.h"
#include "model/space.h"

#include <math.h>

/* Whether zone a comes before b in the chain: by rank, then in the file's order. */
static bool comes_before(const struct zone_params *zones, size_t a, size_t b)
{
    return zones[a].chain_rank < zones[b].chain_rank ||
           (zones[a].chain_rank == zones[b].chain_rank && a < b);
}

size_t graduation_next(const struct district *district, size_t from, size_t after)
{
    const struct zone_params *zones = district->now.zones;
    size_t next = district->kinds.zones;
    for (size_t zone = 0; zone < district->kinds.zones; zone++)
        if (zones[zone].chain_rank > zones[from].chain_rank && comes_before(zones, after, zone) &&
            (next == district->kinds.zones || comes_before(zones, zone, next)))
            next = zone;
    return next;
}

/* Hazard a step of leaving a zone for a higher one. */
static double graduate_from(const struct district *district, size_t zone)
{
    const struct zone_params *from = &district->now.zones[zone];
    bool climbs =
        from->chain_rank > 0.0 && graduation_next(district, zone, zone) < district->kinds.zones;
    return climbs ? from->graduate_rate_per_year * STEP_YEARS : 0.0;
}

/* The hazard of one zone, and the output at which its firms are large enough. */
static void tables_of_zone(struct district *district, size_t zone)
{
    struct step_tables *tables = &district->tables;
    const struct kinds *kinds = &district->kinds;
    double staff = district->now.zones[zone].graduate_staff, hazard = graduate_from(district, zone);
    tables->graduate[zone] = hazard;
    tables->graduate_most = real_max(tables->graduate_most, hazard);
    for (size_t sector = 0; hazard > 0.0 && sector < kinds->sectors; sector++) {
        double heads = (double)tables->heads[zone * kinds->sectors + sector];
        double output = staff <= tables->fewest_heads ? 0.0 : staff / heads;
        tables->graduate_output = real_min(tables->graduate_output, output);
    }
}

void graduation_tables(struct district *district)
{
    district->tables.graduate_most = 0.0;
    district->tables.graduate_output = INFINITY;
    for (size_t zone = 0; zone < district->kinds.zones; zone++)
        tables_of_zone(district, zone);
}

void graduation_event(struct district *district, size_t row, double u)
{
    struct firms *firms = &district->firms;
    const struct kinds *kinds = &district->kinds;
    int32_t kind = firms->kind[row];
    size_t from = kind_zone(kinds, kind), sector = kind_sector(kinds, kind);
    double staff = (double)tables_staff(&district->tables, kind, firms->output_myuan[row]);
    if (staff < district->now.zones[from].graduate_staff ||
        !event_happens(district->tables.graduate[from], &u))
        return;
    double area = staff * district->now.sectors[sector].area_per_head_m2;
    size_t to = graduation_next(district, from, from);
    while (to < kinds->zones && !space_take(district, to, area))
        to = graduation_next(district, from, to);
    if (to == kinds->zones)
        return;
    district->area_used_m2[from] -= area;
    district->graduated[from * kinds->zones + to]++;
    census_change_kind(district, row, kind_of(kinds, to, sector, kind_stage(kind)));
}
