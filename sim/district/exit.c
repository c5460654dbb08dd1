#include "district/exit.h"

#include "district/district.h"
#include "district/space.h"
#include "random/real.h"

#include <math.h>

/* The tables by age hold for as long as the numbers they were made from. */
static void age_tables(struct district *district)
{
    const struct params *now = &district->now;
    const double key[4] = {now->exit->floor, now->exit->hump_years, now->growth->young_per_year,
                           now->growth->young_years};
    bool same = true;
    for (size_t i = 0; i < 4; i++) {
        same = same && key[i] == district->age_key[i];
        district->age_key[i] = key[i];
    }
    for (size_t month = 0; !same && month < AGE_MONTHS; month++) {
        double years = (double)month * STEP_YEARS, ratio = years / now->exit->hump_years;
        district->tables.age[month][1] = now->exit->floor + ratio * real_exp(1.0 - ratio);
        district->tables.age[month][0] =
            now->growth->young_per_year * real_exp(-years / now->growth->young_years) * STEP_YEARS;
    }
}

/* Failure of the kinds of one zone. */
static void fail_in_zone(struct district *district, size_t zone)
{
    const struct params *now = &district->now;
    struct step_tables *tables = &district->tables;
    size_t each = district->kinds.sectors * STAGE_COUNT;
    double fail = now->exit->rate_per_year * now->zones[zone].shelter * STEP_YEARS;
    for (size_t i = 0; i < each; i++)
        tables->fail[zone * each + i] = i % STAGE_COUNT == STAGE_LISTED ? 0.0 : fail;
    tables->fail_most = fmax(tables->fail_most, fail);
}

void exit_tables(struct district *district)
{
    const struct params *now = &district->now;
    struct step_tables *tables = &district->tables;
    age_tables(district);
    tables->exit_size = now->exit->size;
    tables->exit_quality = now->exit->quality;
    tables->relocate_most = tables->fail_most = 0.0;
    for (size_t zone = 0; zone < district->kinds.zones; zone++) {
        fail_in_zone(district, zone);
        double crowded = fmax(0.0, space_occupancy(district, zone) - 1.0);
        district->relocate[zone] = now->relocation->rate_per_year *
                                   real_exp(fmin(now->relocation->crowding * crowded, 10.0)) *
                                   STEP_YEARS;
        tables->relocate_most = fmax(tables->relocate_most, district->relocate[zone]);
    }
}

bool exit_event(struct district *district, size_t row)
{
    const struct firms *firms = &district->firms;
    double fail = district->tables.fail[firms->kind[row]] * firms->frailty[row];
    double leave = fail + district->relocate[kind_zone(&district->kinds, firms->kind[row])];
    double chance = real_chance(leave), u = firms->leave_draw[row];
    if (!(u < chance))
        return false;
    /* Given that it leaves, u / chance is uniform again: it tells the cause. */
    bool failed = u / chance * leave < fail;
    district->flows.failed += failed;
    district->flows.relocated += !failed;
    district->firm_count[firms->kind[row]]--;
    return true;
}
