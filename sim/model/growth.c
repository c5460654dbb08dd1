#include "model/growth.h"

#include "math/real.h"
#include "model/district.h"
#include "model/space.h"
#include "model/talent.h"

#include <math.h>

static double stage_boost(const struct params *now, size_t stage)
{
    if (stage == STAGE_SELF)
        return 0.0;
    return stage == STAGE_LISTED ? now->listing->growth_boost_per_year
                                 : now->rounds[stage - 1].growth_boost_per_year;
}

static double sector_drift(const struct district *district, size_t sector)
{
    const struct growth_params *growth = district->now.growth;
    double drift = district->now.sectors[sector].growth_per_year;
    if (growth->spillover == 0.0)
        return drift;
    double same = (double)district_firms_in_sector(district, sector);
    return drift + growth->spillover * real_log(1.0 + same / growth->spillover_reference_firms);
}

static double zone_drag(const struct district *district, size_t zone)
{
    return district->now.growth->crowd_drag * real_max(0.0, space_occupancy(district, zone) - 1.0);
}

/* The drift of each place: its sector's and its zone's. */
static void drift_by_place(struct district *district, double common)
{
    const struct kinds *kinds = &district->kinds;
    for (size_t sector = 0; sector < kinds->sectors; sector++) {
        double drift = common + sector_drift(district, sector);
        for (size_t zone = 0; zone < kinds->zones; zone++)
            district->tables.drift[zone * kinds->sectors + sector] =
                (float)((drift - zone_drag(district, zone)) * STEP_YEARS);
    }
}

void growth_tables(struct district *district)
{
    const struct growth_params *growth = district->now.growth;
    const struct volatility_params *volatility = district->now.volatility;
    struct step_tables *tables = &district->tables;
    double common = growth->macro_beta * district->macro.growth_per_year -
                    growth->talent_drag * real_max(0.0, talent_tightness(district) - 1.0);
    drift_by_place(district, common);
    for (size_t stage = 0; stage < STAGE_COUNT; stage++)
        tables->boost[stage] = (float)(stage_boost(&district->now, stage) * STEP_YEARS);
    tables->young = growth->young_per_year * STEP_YEARS;
    tables->young_years = growth->young_years;
    double root = sqrt(STEP_YEARS);
    tables->quality_growth = growth->quality * STEP_YEARS;
    tables->volatility = volatility->at_10_myuan * root;
    tables->volatility_size = volatility->size_exponent;
    tables->volatility_low = volatility->lowest * root;
    tables->volatility_high = volatility->highest * root;
}
