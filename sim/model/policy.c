#include "model/policy.h"

#include "base/memory.h"
#include "math/real.h"
#include "model/district.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct draw_agent nobody = {0, 0};

/* Whether a leaf is one of the numbers of the levers, or of policy as a whole. */
static bool is_of_policy(const struct params *params, size_t leaf)
{
    size_t lever = (size_t)((double *)params->levers - params->value);
    size_t policy = (size_t)((double *)params->policy - params->value);
    size_t of_levers = sizeof *params->levers / sizeof(double) * params->count[SECTION_LEVERS];
    size_t of_policy = sizeof *params->policy / sizeof(double);
    return (leaf >= lever && leaf - lever < of_levers) ||
           (leaf >= policy && leaf - policy < of_policy);
}

/* Adds a leaf to the numbers held, if it is not among them. */
static void hold(struct actions *actions, const struct scenario *scenario, size_t leaf)
{
    for (size_t i = 0; i < actions->held_count; i++)
        if (actions->held[i].leaf == leaf)
            return;
    const struct field *field = scenario->leaf[leaf].field;
    actions->held[actions->held_count++] = (struct held){leaf, field->lowest, field->highest};
}

static bool actions_init(struct actions *actions, const struct scenario *scenario, bool on_policy)
{
    actions->effect = memory_aligned(scenario->effect_count, sizeof *actions->effect);
    actions->held = memory_aligned(scenario->effect_count, sizeof *actions->held);
    if (!actions->effect || !actions->held)
        return false;
    for (size_t i = 0; i < scenario->effect_count; i++) {
        const struct effect *effect = &scenario->effect[i];
        if (effect->owner == SECTION_REVIEWS ||
            is_of_policy(&scenario->centre, effect->target) != on_policy)
            continue;
        actions->effect[actions->effect_count++] = *effect;
        hold(actions, scenario, effect->target);
    }
    return true;
}

static void find_dated(struct policy *policy, const struct scenario *scenario)
{
    policy->dated_count = 0;
    for (size_t i = 0; i < scenario->leaf_count; i++)
        if (scenario->leaf[i].kind == LEAF_SERIES)
            policy->dated[policy->dated_count++] =
                (struct dated){i, is_of_policy(&scenario->centre, i)};
}

bool policy_init(struct policy *policy, const struct scenario *scenario, struct faults *faults)
{
    const size_t *count = scenario->centre.count;
    *policy = (struct policy){
        .intensity = memory_aligned(count[SECTION_LEVERS], sizeof(double)),
        .strength = memory_aligned(count[SECTION_LEVERS], sizeof(double)),
        .raised = memory_aligned(count[SECTION_LEVERS], sizeof(double)),
        .cap = memory_aligned(count[SECTION_LEVERS], sizeof(double)),
        .lag = memory_aligned(count[SECTION_LEVERS], sizeof(struct lag)),
        .happens = memory_aligned(count[SECTION_SHOCKS], sizeof(bool)),
        .path_start = memory_aligned(count[SECTION_REVIEWS], sizeof(double)),
        .factor = memory_aligned(scenario->leaf_count, sizeof(double)),
        .sum = memory_aligned(scenario->leaf_count, sizeof(double)),
        .dated = memory_aligned(scenario->leaf_count, sizeof(struct dated)),
    };
    if (!policy->intensity || !policy->strength || !policy->raised || !policy->cap ||
        !policy->lag || !policy->happens || !policy->path_start || !policy->factor ||
        !policy->sum || !policy->dated || !actions_init(&policy->on_policy, scenario, true) ||
        !actions_init(&policy->on_rest, scenario, false))
        return fault_memory(faults, "setting up policy");
    for (size_t i = 0; i < scenario->leaf_count; i++)
        policy->factor[i] = 1.0;
    for (size_t i = 0; i < count[SECTION_LEVERS]; i++)
        policy->lag[i].follow = 1.0; /* at a lag of 0 */
    find_dated(policy, scenario);
    return true;
}

void policy_clear(struct policy *policy)
{
    free(policy->intensity);
    free(policy->strength);
    free(policy->raised);
    free(policy->cap);
    free(policy->lag);
    free(policy->happens);
    free(policy->path_start);
    free(policy->factor);
    free(policy->sum);
    free(policy->on_policy.effect);
    free(policy->on_policy.held);
    free(policy->on_rest.effect);
    free(policy->on_rest.held);
    free(policy->dated);
    *policy = (struct policy){0};
}

void policy_draw_uncertain(const struct scenario *scenario, const struct draw_replicate *replicate,
                           double *base)
{
    memcpy(base, scenario->centre.value, scenario->leaf_count * sizeof *base);
    for (size_t i = 0; i < scenario->leaf_count; i++) {
        const struct leaf *leaf = &scenario->leaf[i];
        if (leaf->kind == LEAF_DISTRIBUTION)
            base[i] =
                distribution_quantile(&leaf->distribution, draw_stratified(replicate, leaf->hash));
    }
}

/* A probability is a plain number, so it is known before anything is drawn. */
static void draw_shocks(struct policy *policy, const struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->centre.count[SECTION_SHOCKS]; i++) {
        struct draw_agent event = nobody;
        event.origin = text_hash32(scenario->name[SECTION_SHOCKS][i]); /* its name, not its place */
        struct draw_uniforms chance =
            draw(&policy->stream, event, draw_when(MONTH_NEVER, PURPOSE_SHOCK, 0));
        policy->happens[i] = chance.u[0] < scenario->centre.shocks[i].probability;
    }
}

void policy_start(struct policy *policy, const struct scenario *scenario,
                  const struct draw_stream *stream)
{
    const size_t *count = scenario->centre.count;
    policy->stream = *stream;
    policy->cost_myuan = 0.0;
    policy->fresh = true;
    memset(policy->strength, 0, count[SECTION_LEVERS] * sizeof *policy->strength);
    memset(policy->raised, 0, count[SECTION_LEVERS] * sizeof *policy->raised);
    for (size_t i = 0; i < count[SECTION_REVIEWS]; i++)
        policy->path_start[i] = NAN;
    draw_shocks(policy, scenario);
}

void policy_follow(struct policy *policy, const struct scenario *scenario)
{
    find_dated(policy, scenario);
    draw_shocks(policy, scenario);
}

static double strength_of(const struct policy *policy, const struct effect *effect,
                          const struct params *now, int month)
{
    if (effect->owner == SECTION_LEVERS)
        return policy->strength[effect->instance];
    bool lasts = policy_shock_lasts(&now->shocks[effect->instance], month);
    return lasts && policy->happens[effect->instance] ? 1.0 : 0.0;
}

static void apply(struct policy *policy, const struct actions *actions, int month,
                  struct params *now)
{
    for (size_t i = 0; i < actions->effect_count; i++) {
        const struct effect *effect = &actions->effect[i];
        double strength = strength_of(policy, effect, now, month);
        if (strength == 0.0) /* changes no bit */
            continue;
        double amount = now->value[effect->amount];
        if (effect->kind == EFFECT_ADDS)
            policy->sum[effect->target] += amount * strength;
        else
            policy->factor[effect->target] *=
                1.0 + (effect->kind == EFFECT_SCALES ? amount - 1.0 : amount) * strength;
    }
    for (size_t i = 0; i < actions->held_count; i++) {
        const struct held *held = &actions->held[i];
        double value =
            now->value[held->leaf] * policy->factor[held->leaf] + policy->sum[held->leaf];
        now->value[held->leaf] = real_min(real_max(value, held->lowest), held->highest);
        policy->factor[held->leaf] = 1.0;
        policy->sum[held->leaf] = 0.0;
    }
}

/* As the field's range has it. */
static const double HIGHEST_INTENSITY = 1.5;

/* Reviews raise a planned intensity, up to their cap. */
static double raised_intensity(double planned, double raised, double cap)
{
    return raised > 0.0 ? real_max(planned, real_min(planned + raised, cap)) : planned;
}

/* The part of its way that a strength goes in a step. */
static double follow_of(struct lag *lag, double years)
{
    if (years != lag->years)
        *lag = (struct lag){years, years > 0.0 ? real_chance(STEP_YEARS / years) : 1.0};
    return lag->follow;
}

/* Intensities of the month: as planned, raised by reviews, scaled, shrunk to the budget; and their
 * cost. */
static void pull_levers(struct policy *policy, const struct params *now)
{
    size_t count = now->count[SECTION_LEVERS];
    double cost = 0.0;
    for (size_t i = 0; i < count; i++) {
        double raised =
            raised_intensity(now->levers[i].intensity, policy->raised[i], policy->cap[i]);
        policy->intensity[i] = real_min(raised * now->levers[i].scale, HIGHEST_INTENSITY);
        cost += policy->intensity[i] * now->levers[i].cost_myuan_per_year;
    }
    double budget = now->policy->budget_myuan_per_year;
    double share = cost > budget ? budget / cost : 1.0;
    policy->cost_myuan = cost * share * STEP_YEARS;
    for (size_t i = 0; i < count; i++) {
        policy->intensity[i] *= share;
        double short_of = policy->intensity[i] - policy->strength[i];
        policy->strength[i] +=
            policy->fresh ? short_of
                          : short_of * follow_of(&policy->lag[i], now->levers[i].lag_years);
    }
    policy->fresh = false;
}

static void restore(const struct actions *actions, const double *base, double *value)
{
    for (size_t i = 0; i < actions->held_count; i++)
        value[actions->held[i].leaf] = base[actions->held[i].leaf];
}

/* Lifted numbers as they are without it; and lifted. */
static void unlift(const struct policy *policy, const double *base, double *value)
{
    for (size_t i = 0; i < policy->lift_count; i++)
        value[policy->lift[i].leaf] = base[policy->lift[i].leaf];
}

void policy_lift(struct policy *policy, const struct lift *lift, size_t count, const double *base,
                 struct params *now)
{
    unlift(policy, base, now->value);
    policy->lift = lift;
    policy->lift_count = count;
}

static void lift(const struct policy *policy, double *value)
{
    for (size_t i = 0; i < policy->lift_count; i++) {
        const struct lift *by = &policy->lift[i];
        value[by->leaf] = by->factor * value[by->leaf] + by->plus;
    }
}

void policy_step(struct policy *policy, const struct scenario *scenario, const double *base,
                 int month, struct params *now)
{
    if (policy->fresh)
        memcpy(now->value, base, scenario->leaf_count * sizeof *base);
    unlift(policy, base, now->value);
    restore(&policy->on_policy, base, now->value);
    restore(&policy->on_rest, base, now->value);
    for (size_t i = 0; i < policy->dated_count; i++) {
        size_t leaf = policy->dated[i].leaf;
        int delay = policy->dated[i].is_of_policy ? (int)now->policy->delay_months : 0;
        now->value[leaf] = series_at(&scenario->leaf[leaf].series, month - delay);
    }
    apply(policy, &policy->on_policy, month, now);
    pull_levers(policy, now);
    apply(policy, &policy->on_rest, month, now);
    lift(policy, now->value);
}

/* Raises the levers of a review by its steps. Of several reviews the last one's cap holds. */
static void raise_levers(struct policy *policy, const struct scenario *scenario,
                         const struct params *now, size_t review)
{
    size_t first = (size_t)((double *)now->levers - now->value);
    for (size_t i = 0; i < scenario->effect_count; i++) {
        const struct effect *effect = &scenario->effect[i];
        if (effect->owner != SECTION_REVIEWS || effect->instance != review)
            continue;
        size_t lever = (effect->target - first) / (sizeof *now->levers / sizeof(double));
        policy->raised[lever] += now->value[effect->amount];
        policy->cap[lever] = now->reviews[review].cap;
    }
}

void policy_review(struct policy *policy, const struct scenario *scenario, const struct params *now,
                   size_t review, int month, double value)
{
    const struct review_params *rule = &now->reviews[review];
    const struct target_params *target = &now->targets[(size_t)rule->target];
    double start = rule->start + now->policy->delay_months;
    if (!policy_review_looks(now, review, month))
        return;
    if (isnan(policy->path_start[review]))
        policy->path_start[review] = value;
    bool rising = target->at_least > -NO_LIMIT;
    double goal = rising ? target->at_least : target->at_most;
    double way = target->date > start ? (month - start) / (target->date - start) : 1.0;
    double path = policy->path_start[review] + (goal - policy->path_start[review]) * way;
    double slack = rule->tolerance * fabs(path);
    bool behind = rising ? value < path - slack : value > path + slack;
    if (month % 12 + 1 == (int)rule->calendar_month && month > start && behind)
        raise_levers(policy, scenario, now, review);
}
