#include "district/exit.h"

#include "district/district.h"
#include "district/space.h"
#include "random/real.h"

#include <math.h>

#define LN_10 2.302585092994045684

void exit_tables(struct district *district)
{
    const struct params *now = &district->now;
    struct step_tables *tables = &district->tables;
    tables->exit_floor = now->exit->floor;
    tables->exit_hump_years = now->exit->hump_years;
    tables->exit_size = now->exit->size;
    tables->exit_quality = now->exit->quality;
    tables->relocate_most = tables->fail_most = 0.0;
    for (size_t zone = 0; zone < district->kinds.zones; zone++) {
        double crowded = real_max(0.0, space_occupancy(district, zone) - 1.0);
        tables->fail[zone] = now->exit->rate_per_year * now->zones[zone].shelter * STEP_YEARS;
        tables->relocate[zone] = now->relocation->rate_per_year *
                                 real_exp(real_min(now->relocation->crowding * crowded, 10.0)) *
                                 STEP_YEARS;
        tables->fail_most = real_max(tables->fail_most, tables->fail[zone]);
        tables->relocate_most = real_max(tables->relocate_most, tables->relocate[zone]);
    }
}

/* Failure hazard over that of the zone: the hump of age, and the fall with size and quality. */
static double frailty(const struct district *district, size_t row)
{
    const struct firms *firms = &district->firms;
    const struct step_tables *tables = &district->tables;
    int months = district->month - firms->born[row];
    double ratio = (months > 0 ? months : 0) * STEP_YEARS / tables->exit_hump_years;
    double x = firms_log_output(firms, row), z = (double)firms->quality[row];
    return (tables->exit_floor + ratio * real_exp(1.0 - ratio)) *
           real_exp(-tables->exit_size * (x - LN_10) - tables->exit_quality * z);
}

enum exit_cause exit_cause(const struct district *district, size_t row, double *rest)
{
    const struct firms *firms = &district->firms;
    size_t zone = kind_zone(&district->kinds, firms->kind[row]);
    bool listed = kind_stage(firms->kind[row]) == STAGE_LISTED;
    double fail = listed ? 0.0 : district->tables.fail[zone] * frailty(district, row);
    double leave = fail + district->tables.relocate[zone];
    double chance = real_chance(leave);
    double u = draw_uniform(firms_event_word(firms, row, district->month));
    *rest = (1.0 - u) / (1.0 - chance);
    if (!(u < chance))
        return EXIT_NONE;
    /* Given that it leaves, u / chance is uniform again: it tells the cause. */
    return u / chance * leave < fail ? EXIT_FAILED : EXIT_RELOCATED;
}

bool exit_event(struct district *district, size_t row, double *rest)
{
    const struct firms *firms = &district->firms;
    enum exit_cause cause = exit_cause(district, row, rest);
    if (cause == EXIT_NONE)
        return false;
    district->flows.failed += cause == EXIT_FAILED;
    district->flows.relocated += cause == EXIT_RELOCATED;
    district->firm_count[firms->kind[row]]--;
    return true;
}
