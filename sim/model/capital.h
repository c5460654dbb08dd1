/* Capital: what share of the rounds sought in a month the funds can finance.
 *
 *   cleared = min(1, supply / demand), for each class of capital
 *   supply  = sum over the class's funds of deployment * D * exp(sentiment)
 *   demand  = last month's expected tickets: raise_rate * D * ticket * raise_factor, over firms
 * Class early finances the rounds seed and a; growth finances b and late.
 */
#ifndef NEOBAY_MODEL_CAPITAL_H
#define NEOBAY_MODEL_CAPITAL_H

#include "model/firms.h"
#include "scenario/scenario.h"

struct capital {
    double cleared[CAPITAL_COUNT];
};

static inline enum capital_class capital_of_round(size_t round)
{
    return round < 2 ? CAPITAL_EARLY : CAPITAL_GROWTH;
}

/* `raise` is the sum of raise_factor by stage at the end of last month, [ROUND_COUNT]. */
void capital_clear(struct capital *capital, const struct params *now, double sentiment,
                   const double *raise);

#endif
