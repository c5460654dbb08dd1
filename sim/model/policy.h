/* Policy: what levers, shocks and reviews make of the scenario's numbers, month by month.
 *
 *   strength s follows intensity with a first-order lag: s += (I - s) (1 - exp(-D / lag));
 *   a lever in force before the first month has its full strength from the start
 *   effective = base * prod(1 + effect * s) + sum(amount * s), held to the parameter's range
 * A lever of effect 0 or intensity 0 multiplies by 1 and adds 0, and so changes no bit. A shock is
 * a lever of strength 1 while it lasts. Shocks act first on the levers' own numbers and their
 * budget, then all act on the rest. policy.delay_months moves what is dated of the levers, and the
 * reviews, to later months. The yearly budget shrinks all intensities alike.
 * A review looks once a year, from the month it starts, whether its target's indicator lies below
 * the straight path from its value then to the target; if so, the intensities of its levers lie a
 * step higher above the planned ones from the next month on, up to its cap. A lever's scale then
 * multiplies its intensity, held to 1.5; cost and budget are of what comes of it.
 */
#ifndef NEOBAY_MODEL_POLICY_H
#define NEOBAY_MODEL_POLICY_H

#include "random/draw.h"
#include "scenario/scenario.h"

/* A number that is acted on, and the range it is held to. */
struct held {
    size_t leaf;
    double lowest, highest;
};

/* What acts on one part of the numbers, of levers and shocks: policy's own numbers, or the rest. */
struct actions {
    size_t effect_count, held_count;
    struct effect *effect;
    struct held *held; /* the targets, once each */
};

/* A leaf that is a dated series, and whether policy.delay_months moves it. */
struct dated {
    size_t leaf;
    bool is_of_policy;
};

/* The lag that a lever had last, and the part of its way that its strength then goes in a step. */
struct lag {
    double years, follow;
};

/* A number that is taken as factor * value + plus, whatever policy made of it, from the first step
 * on: a limit that is lifted (study/limits.h). */
struct lift {
    size_t leaf;
    double factor, plus;
};

struct policy {
    double *intensity;    /* [lever] this month, after reviews and budget */
    double *strength;     /* [lever] */
    double *raised, *cap; /* [lever] by reviews so far, and how far they may */
    struct lag *lag;      /* [lever] */
    bool fresh;           /* before the first month: levers in force have had their effect */
    bool *happens;        /* [shock] in this replicate */
    double *path_start;   /* [review] the indicator's value when the review starts */
    double *factor, *sum; /* [leaf] scratch; 1 and 0 between uses */
    struct actions on_policy, on_rest;
    struct dated *dated;
    size_t dated_count;
    const struct lift *lift; /* borrowed; none but where limits are studied */
    size_t lift_count;
    double cost_myuan; /* of the levers in the last month */
    struct draw_stream stream;
};

/* Whether a shock, if it happens, lasts in a month. */
static inline bool policy_shock_lasts(const struct shock_params *shock, int month)
{
    return month >= shock->start && month < shock->start + shock->duration_months;
}

/* Whether a review looks at its target at the end of a month. */
static inline bool policy_review_looks(const struct params *params, size_t review, int month)
{
    const struct review_params *rule = &params->reviews[review];
    return month >= rule->start + params->policy->delay_months &&
           month <= params->targets[(size_t)rule->target].date;
}

bool policy_init(struct policy *policy, const struct scenario *scenario, struct faults *faults);
void policy_clear(struct policy *policy);

/* Starts a replicate. */
void policy_start(struct policy *policy, const struct scenario *scenario,
                  const struct draw_stream *stream);

/* Goes on with another scenario of the same layout, in the replicate that was started. */
void policy_follow(struct policy *policy, const struct scenario *scenario);

/* Fills `now` with the effective numbers of a month. What does not change stays from the month
 * before, but for a replicate's first. */
void policy_step(struct policy *policy, const struct scenario *scenario, const double *base,
                 int month, struct params *now);

/* Lifts these numbers from the next step on, in place of what was lifted before; they are
 * borrowed. */
void policy_lift(struct policy *policy, const struct lift *lift, size_t count, const double *base,
                 struct params *now);

/* Looks at a review at the end of a month. `value` is its target's indicator (flows: the sum so
 * far). */
void policy_review(struct policy *policy, const struct scenario *scenario, const struct params *now,
                   size_t review, int month, double value);

/* Draws every leaf that is a distribution; the others keep their central value. */
void policy_draw_uncertain(const struct scenario *scenario, const struct draw_replicate *replicate,
                           double *base);

#endif
