#include "engine/replicate.h"

#include "base/memory.h"
#include "engine/observe.h"
#include "model/district.h"

#include <stdlib.h>

bool replicate_init(struct replicate *replicate, const struct scenario *scenario,
                    const struct panel_layout *layout, struct faults *faults)
{
    size_t targets = scenario->centre.count[SECTION_TARGETS];
    *replicate = (struct replicate){
        .panel = memory_aligned(layout->row_count * layout->column_count, sizeof(double)),
        .target_value = memory_aligned(targets, sizeof(double)),
        .target_sum = memory_aligned(targets, sizeof(double)),
        .drawn = memory_aligned(scenario_uncertain_count(scenario), sizeof(double)),
        .target_reached = memory_aligned(targets, sizeof(int)),
    };
    if (!replicate->panel || !replicate->target_value || !replicate->target_sum ||
        !replicate->drawn || !replicate->target_reached)
        return fault_memory(faults, "setting up replicates");
    return true;
}

void replicate_clear(struct replicate *replicate)
{
    free(replicate->panel);
    free(replicate->target_value);
    free(replicate->target_sum);
    free(replicate->drawn);
    free(replicate->target_reached);
    *replicate = (struct replicate){0};
}

static void outcome_add(struct replicate *replicate, const struct params *params,
                        const struct panel_layout *layout, size_t row)
{
    for (size_t i = 0; i < params->count[SECTION_TARGETS]; i++) {
        const struct target_params *target = &params->targets[i];
        int month = layout->first_month + (int)row;
        double value =
            target_value_at(target, layout, replicate->panel, row, &replicate->target_sum[i]);
        if (replicate->target_reached[i] == TARGET_NEVER && target_met(target, value))
            replicate->target_reached[i] = (int)row;
        if (month == (int)target->date)
            replicate->target_value[i] = value;
    }
}

static void reviews(struct district *district, const struct panel_layout *layout,
                    const struct replicate *replicate, size_t row)
{
    const double *cell = replicate->panel + row * layout->column_count;
    for (size_t i = 0; i < district->now.count[SECTION_REVIEWS]; i++) {
        size_t target = (size_t)district->now.reviews[i].target;
        size_t indicator = (size_t)district->now.targets[target].indicator;
        double value = indicators[indicator].kind == INDICATOR_FLOW
                           ? replicate->target_sum[target]
                           : cell[layout->first[indicator]];
        policy_review(&district->policy, district->scenario, &district->now, i, district->month,
                      value);
    }
}

/* Asks one who looks on; false where the replicate is to end. */
static bool look(struct replicate_watch *watch, const struct district *district,
                 bool (*what)(void *context, const struct district *district, enum phase_id phase),
                 enum phase_id phase)
{
    watch->ended = watch->ended || (what != NULL && !what(watch->context, district, phase));
    return !watch->ended;
}

/* A step, phase by phase. */
static bool step(struct district *district, struct replicate_watch *watch, struct faults *faults)
{
    for (enum phase_id phase = 0; phase < PHASE_COUNT; phase++)
        if (look(watch, district, watch->before, phase)) {
            if (!district_phases[phase].run(district, faults))
                return false;
            look(watch, district, watch->after, phase);
        }
    return true;
}

static bool goes_on(struct replicate_watch *watch, const struct district *district)
{
    if (!watch->ended && watch->month != NULL)
        watch->ended = !watch->month(watch->context, district);
    return !watch->ended;
}

static void forget_targets(struct replicate *replicate, size_t targets)
{
    for (size_t i = 0; i < targets; i++) {
        replicate->target_reached[i] = TARGET_NEVER;
        replicate->target_sum[i] = 0.0;
    }
}

/* What a month's end, or the state before the first, adds to the panel and means for targets and
 * reviews. */
static void end_month(struct replicate *replicate, struct district *district,
                      const struct panel_layout *layout, size_t row)
{
    observe_row(district, layout, row, replicate->panel);
    outcome_add(replicate, &district->scenario->centre, layout, row);
    reviews(district, layout, replicate, row);
}

static bool start(struct replicate *replicate, struct district *district,
                  const struct draw_replicate *which, struct faults *faults)
{
    forget_targets(replicate, district->scenario->centre.count[SECTION_TARGETS]);
    if (!district_start(district, which, faults))
        return false;
    scenario_uncertain_values(district->scenario, district->base, replicate->drawn);
    return true;
}

bool replicate_run_watched(struct replicate *replicate, struct district *district,
                           const struct panel_layout *layout, const struct draw_replicate *which,
                           struct replicate_watch *watch, struct faults *faults)
{
    if (!start(replicate, district, which, faults))
        return false;
    for (size_t row = 0; row < layout->row_count; row++) {
        if (row > 0 && !step(district, watch, faults))
            return false;
        if (!goes_on(watch, district))
            break;
        end_month(replicate, district, layout, row);
    }
    return true;
}

bool replicate_start(struct replicate *replicate, struct district *district,
                     const struct panel_layout *layout, const struct draw_replicate *which,
                     struct faults *faults)
{
    if (!start(replicate, district, which, faults))
        return false;
    end_month(replicate, district, layout, 0);
    return true;
}

bool replicate_go_on(struct replicate *replicate, struct district *district,
                     const struct panel_layout *layout, size_t row, size_t end,
                     struct faults *faults)
{
    for (; row < end; row++) {
        if (!district_step(district, faults))
            return false;
        end_month(replicate, district, layout, row);
    }
    return true;
}

bool replicate_run(struct replicate *replicate, struct district *district,
                   const struct panel_layout *layout, const struct draw_replicate *which,
                   struct faults *faults)
{
    return replicate_start(replicate, district, layout, which, faults) &&
           replicate_go_on(replicate, district, layout, 1, layout->row_count, faults);
}

void replicate_look_back(struct replicate *replicate, const struct district *district,
                         const struct panel_layout *layout, size_t rows)
{
    const struct params *params = &district->scenario->centre;
    forget_targets(replicate, params->count[SECTION_TARGETS]);
    for (size_t row = 0; row < rows; row++)
        outcome_add(replicate, params, layout, row);
}

struct outcome replicate_outcome(const struct replicate *replicate, size_t number)
{
    return (struct outcome){number,
                            replicate->panel,
                            replicate->target_value,
                            replicate->target_reached,
                            replicate->drawn,
                            NULL};
}
