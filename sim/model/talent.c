#include "model/talent.h"

#include "model/district.h"

void talent_step(struct district *district)
{
    const struct talent_params *talent = district->now.talent;
    double change = talent->inflow_per_year * talent->retained_share + talent->recruited_per_year -
                    talent->leave_rate_per_year * district->talent_heads;
    district->talent_heads += change * STEP_YEARS;
}

double talent_staff(const struct district *district)
{
    return district->sums.staff_heads;
}

double talent_tightness(const struct district *district)
{
    return talent_staff(district) / district->talent_heads;
}
