#include "model/exit.h"

#include "math/real.h"
#include "model/census.h"
#include "model/district.h"
#include "model/space.h"

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

enum exit_cause exit_cause(const struct district *district, size_t candidate, double *rest)
{
    const struct firms *firms = &district->firms;
    double fail = (double)firms->fail_hazard[candidate];
    double leave = (double)firms->leave_hazard[candidate];
    double chance = (double)firms->leave_chance[candidate];
    double u = draw_uniform(firms_event_word(firms, firms->candidate[candidate], district->month));
    if (!(u < chance)) {
        *rest = (1.0 - u) / (1.0 - chance);
        return EXIT_NONE;
    }
    /* Given that it leaves, u / chance is uniform again: it tells the cause. */
    return u / chance * leave < fail ? EXIT_FAILED : EXIT_RELOCATED;
}

bool exit_event(struct district *district, size_t candidate, double *rest)
{
    const struct firms *firms = &district->firms;
    enum exit_cause cause = exit_cause(district, candidate, rest);
    if (cause == EXIT_NONE)
        return false;
    district->flows.failed += cause == EXIT_FAILED;
    district->flows.relocated += cause == EXIT_RELOCATED;
    census_remove(district, firms->candidate[candidate]);
    return true;
}
