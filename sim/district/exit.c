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

void exit_tables(struct district *district)
{
    const struct params *now = &district->now;
    struct step_tables *tables = &district->tables;
    age_tables(district);
    tables->exit_size = now->exit->size;
    tables->exit_quality = now->exit->quality;
    tables->relocate_most = tables->fail_most = 0.0;
    for (size_t kind = 0; kind < district->kinds.count; kind++) {
        size_t zone = kind_zone(&district->kinds, (int32_t)kind);
        bool listed = kind_stage((int32_t)kind) == STAGE_LISTED;
        tables->fail[kind] =
            listed ? 0.0 : now->exit->rate_per_year * now->zones[zone].shelter * STEP_YEARS;
        tables->fail_most = fmax(tables->fail_most, tables->fail[kind]);
    }
    for (size_t zone = 0; zone < district->kinds.zones; zone++) {
        double crowded = fmax(0.0, space_occupancy(district, zone) - 1.0);
        district->relocate[zone] = now->relocation->rate_per_year *
                                   real_exp(fmin(now->relocation->crowding * crowded, 10.0)) *
                                   STEP_YEARS;
        tables->relocate_most = fmax(tables->relocate_most, district->relocate[zone]);
    }
}

enum exit_cause exit_cause(const struct district *district, size_t row)
{
    const struct firms *firms = &district->firms;
    double fail = district->tables.fail[firms->kind[row]] * firms->frailty[row];
    double leave = fail + district->relocate[kind_zone(&district->kinds, firms->kind[row])];
    double chance = real_chance(leave), u = firms->leave_draw[row];
    if (!(u < chance))
        return EXIT_NONE;
    /* Given that it leaves, u / chance is uniform again: it tells the cause. */
    return u / chance * leave < fail ? EXIT_FAILED : EXIT_RELOCATED;
}

bool exit_event(struct district *district, size_t row)
{
    const struct firms *firms = &district->firms;
    enum exit_cause cause = exit_cause(district, row);
    if (cause == EXIT_NONE)
        return false;
    district->flows.failed += cause == EXIT_FAILED;
    district->flows.relocated += cause == EXIT_RELOCATED;
    district->firm_count[firms->kind[row]]--;
    return true;
}
