/* Macro growth and the sentiment of capital markets: AR(1), monthly, common to all firms.
 *
 *   deviation' = persistence * deviation + sd sqrt(1 - persistence^2) e,   e ~ N(0, 1)
 * drawn from the stationary law in the first month; the value is mean + deviation.
 */
#ifndef NEOBAY_MODEL_MACRO_H
#define NEOBAY_MODEL_MACRO_H

#include "random/draw.h"
#include "scenario/scenario.h"

struct macro {
    double growth_deviation, sentiment_deviation;
    double growth_per_year, sentiment; /* of the month */
};

void macro_start(struct macro *macro, const struct params *now, const struct draw_stream *stream,
                 int month);
void macro_step(struct macro *macro, const struct params *now, const struct draw_stream *stream,
                int month);

#endif
