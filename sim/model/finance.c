#include "model/finance.h"

#include "math/real.h"
#include "model/census.h"
#include "model/district.h"
#include "model/event.h"

static void keep_raise_factor(struct district *district)
{
    double b = district->now.finance->quality;
    if (b == district->finance_quality)
        return;
    district->finance_quality = b;
    for (size_t row = 0; row < district->firms.count; row++)
        district->firms.raise_factor[row] =
            (float)real_exp(b * (double)district->firms.quality[row] - 0.5 * b * b);
    census_weigh(district);
}

/* Hazard a step at which an average firm of a stage closes a round. */
static double raise_at(const struct district *district, size_t stage)
{
    if (stage >= ROUND_COUNT)
        return 0.0;
    return district->now.rounds[stage].raise_rate_per_year * STEP_YEARS *
           district->capital.cleared[capital_of_round(stage)];
}

void finance_tables(struct district *district)
{
    struct step_tables *tables = &district->tables;
    double sentiment = real_exp(district->macro.sentiment);
    keep_raise_factor(district);
    tables->list = district->now.listing->rate_per_year * sentiment * STEP_YEARS;
    tables->list_output = district->now.listing->output_myuan;
    tables->list_age_months = 12.0 * district->now.listing->least_age_years;
    for (size_t stage = 0; stage < STAGE_COUNT; stage++)
        tables->raise[stage] = raise_at(district, stage);
}

static void close_round(struct district *district, size_t row)
{
    struct firms *firms = &district->firms;
    const struct round_params *round = &district->now.rounds[kind_stage(firms->kind[row])];
    struct draw_agent agent = {firms->origin[row], firms->agent[row]};
    struct draw_uniforms drawn =
        draw(&district->stream, agent, draw_when(district->month, PURPOSE_ROUND_VALUE, 0));
    double factor = real_exp(round->value_sigma * real_normal(drawn.u[0], drawn.u[1]));
    firms->value_myuan[row] = (float)(round->ticket_myuan / round->dilution * factor);
    district->flows.rounds_closed++;
    district->flows.raised_myuan += round->ticket_myuan;
    census_change_kind(district, row, firms->kind[row] + 1);
}

static void go_public(struct district *district, size_t row)
{
    district->firms.value_myuan[row] = 0.0f;
    district->flows.newly_listed++;
    census_change_kind(district, row, district->firms.kind[row] + 1);
}

double finance_event(struct district *district, size_t row, double u)
{
    const struct firms *firms = &district->firms;
    const struct step_tables *tables = &district->tables;
    int32_t kind = firms->kind[row];
    double raise = tables->raise[kind_stage(kind)] * (double)firms->raise_factor[row];
    bool may_list = kind_stage(kind) == STAGE_LATE &&
                    (double)firms->output_myuan[row] >= tables->list_output &&
                    (double)(district->month - firms->born[row]) >= tables->list_age_months;
    double list = may_list ? tables->list : 0.0;
    bool happens = event_happens(raise + list, &u); /* one of the two is 0 */
    if (happens && raise > 0.0)
        close_round(district, row);
    else if (happens)
        go_public(district, row);
    return u;
}
