#include "model/cohort.h"

#include "math/real.h"
#include "model/birth.h"
#include "model/census.h"
#include "model/certificate.h"
#include "model/district.h"
#include "model/space.h"

#include <math.h>

/* Incumbents and arrivals describe their members alike. */
#define GROUP_OF(row)                                                                              \
    {                                                                                              \
        .output_median_myuan = (row)->output_median_myuan, .output_sigma = (row)->output_sigma,    \
        .mean_age_years = (row)->mean_age_years, .funded_share = (row)->funded_share,              \
        .funded_stage = (enum stage)(row)->funded_stage                                            \
    }

bool cohort_start(struct district *district, struct faults *faults)
{
    const struct params *now = &district->now;
    for (size_t cohort = 0; cohort < now->count[SECTION_INCUMBENTS]; cohort++) {
        const struct incumbents_params *row = &now->incumbents[cohort];
        struct birth_group group = GROUP_OF(row);
        const struct birthplace *here = birthplace_now(district, SECTION_INCUMBENTS, cohort);
        group.sectors = &here->sectors;
        group.zones = &here->zones;
        if (!birth_of_group(district, &group, here->origin, MONTH_NEVER, (size_t)lround(row->count),
                            faults))
            return false;
    }
    certificate_past(district);
    return true;
}

/* Takes the members in [first, count) that find room, and removes the others. */
static void admit(struct district *district, size_t first, size_t zone)
{
    struct firms *firms = &district->firms;
    size_t kept = first;
    for (size_t row = first; row < firms->count; row++) {
        size_t sector = kind_sector(&district->kinds, firms->kind[row]);
        const struct sector_params *of = &district->now.sectors[sector];
        double staff = real_max(district->now.staff->fewest_heads,
                                (double)firms->output_myuan[row] / of->output_per_head_myuan);
        if (space_take(district, zone, staff * of->area_per_head_m2)) {
            if (row != kept)
                firms_copy(firms, row, kept);
            kept++;
            district->flows.arrived++;
        } else {
            census_remove(district, row);
            district->flows.turned_away++;
            district->flows.no_room++;
        }
    }
    firms->count = kept;
}

bool cohort_step(struct district *district, struct faults *faults)
{
    const struct params *now = &district->now;
    for (size_t cohort = 0; cohort < now->count[SECTION_ARRIVALS]; cohort++) {
        const struct arrivals_params *row = &now->arrivals[cohort];
        const struct birthplace *here = birthplace_now(district, SECTION_ARRIVALS, cohort);
        struct draw_uniforms chance = draw(&district->stream, (struct draw_agent){here->origin, 0},
                                           draw_when(district->month, PURPOSE_ARRIVAL_COUNT, 0));
        uint32_t count = draw_poisson(chance.u[0], row->rate_per_year * STEP_YEARS);
        struct birth_group group = GROUP_OF(row);
        group.sectors = &here->sectors;
        group.zone = (size_t)row->zone;
        size_t first = district->firms.count;
        if (!birth_of_group(district, &group, here->origin, district->month, count, faults))
            return false;
        admit(district, first, group.zone);
    }
    return true;
}
