#include "model/macro.h"

#include "math/real.h"

#include <math.h>

static void settle(struct macro *macro, const struct params *now)
{
    macro->growth_per_year = now->macro->growth_mean_per_year + macro->growth_deviation;
    macro->sentiment = now->macro->sentiment_mean + macro->sentiment_deviation;
}

static struct draw_uniforms innovations(const struct draw_stream *stream, int month)
{
    const struct draw_agent common = {0, 0};
    return draw(stream, common, draw_when(month, PURPOSE_MACRO, 0));
}

void macro_start(struct macro *macro, const struct params *now, const struct draw_stream *stream,
                 int month)
{
    struct draw_uniforms drawn = innovations(stream, month);
    macro->growth_deviation = now->macro->growth_sd * real_normal(drawn.u[0], drawn.u[1]);
    macro->sentiment_deviation = now->macro->sentiment_sd * real_normal(drawn.u[2], drawn.u[3]);
    settle(macro, now);
}

static double follow(double deviation, double persistence, double sd, double normal)
{
    return persistence * deviation + sd * sqrt(1.0 - persistence * persistence) * normal;
}

void macro_step(struct macro *macro, const struct params *now, const struct draw_stream *stream,
                int month)
{
    struct draw_uniforms drawn = innovations(stream, month);
    macro->growth_deviation = follow(macro->growth_deviation, now->macro->growth_persistence,
                                     now->macro->growth_sd, real_normal(drawn.u[0], drawn.u[1]));
    macro->sentiment_deviation =
        follow(macro->sentiment_deviation, now->macro->sentiment_persistence,
               now->macro->sentiment_sd, real_normal(drawn.u[2], drawn.u[3]));
    settle(macro, now);
}
