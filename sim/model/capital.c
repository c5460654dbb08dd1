#include "model/capital.h"

#include "math/real.h"
#include "model/district.h"

void capital_clear(struct capital *capital, const struct params *now, double sentiment,
                   const double *raise)
{
    double supply[CAPITAL_COUNT] = {0}, demand[CAPITAL_COUNT] = {0};
    double mood = real_exp(sentiment);
    for (size_t i = 0; i < now->count[SECTION_FUNDS]; i++)
        supply[(size_t)now->funds[i].class] +=
            now->funds[i].deployment_myuan_per_year * STEP_YEARS * mood;
    for (size_t round = 0; round < ROUND_COUNT; round++)
        demand[capital_of_round(round)] += now->rounds[round].raise_rate_per_year * STEP_YEARS *
                                           now->rounds[round].ticket_myuan * raise[round];
    for (size_t class = 0; class < CAPITAL_COUNT; class ++)
        capital->cleared[class] =
            demand[class] > supply[class] ? supply[class] / demand[class] : 1.0;
}
