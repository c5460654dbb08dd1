/* The advance kernel picks the firms to which something may happen, by bounds of the hazards that
 * it works out in single precision, some of them once a year. All others are passed over: here each
 * of them is asked by the exact rules. */
#include "model/event.h"

#include "support/world.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* Every event is common, and levers move what the bounds are worked out from. */
static const char *const eventful[] = {"clock={start: 2021-03, end: 2024-06}",
                                       "incumbents.old.count=403",
                                       "incumbents.old.output_sigma=2",
                                       "incumbents.old.mean_age_years=4",
                                       "incumbents.old.funded_share=0.5",
                                       "arrivals.new.rate_per_year=200",
                                       "exit={rate_per_year: 0.5, size: 0.25, quality: 0.6}",
                                       "exit.hump_years={2021-01: 1, 2022-06: 1, 2023-06: 4}",
                                       "relocation.rate_per_year=0.1",
                                       "zones.T.graduate_staff=20",
                                       "zones.T.graduate_rate_per_year=2",
                                       "rounds.seed.raise_rate_per_year=1",
                                       "rounds.a.raise_rate_per_year=1",
                                       "listing={rate_per_year: 2, output_myuan: 20}",
                                       "volatility={at_10_myuan: 0.42, size_exponent: 0.17}",
                                       "finance.quality=0.5",
                                       NULL};

/* Hazards of failing and of leaving at all, by the equations of exit.h. */
static double leave_hazard(const struct district *district, size_t row)
{
    const struct firms *firms = &district->firms;
    const struct exit_params *exit = district->now.exit;
    size_t zone = kind_zone(&district->kinds, firms->kind[row]);
    double ratio = fmax(0.0, district->month - firms->born[row]) / 12.0 / exit->hump_years;
    double x = firms_log_output(firms, row) - log(10.0), z = (double)firms->quality[row];
    double fail = exit->rate_per_year * district->now.zones[zone].shelter *
                  (exit->floor + ratio * exp(1.0 - ratio)) *
                  exp(-exit->size * x - exit->quality * z);
    double relocate = district->now.relocation->rate_per_year; /* nowhere is crowded */
    bool listed = kind_stage(firms->kind[row]) == STAGE_LISTED;
    return ((listed ? 0.0 : fail) + relocate) / 12.0;
}

/* Whether the exact rules have anything happen to a firm. */
static bool something_happens(const struct district *district, size_t row)
{
    const struct firms *firms = &district->firms;
    const struct step_tables *tables = &district->tables;
    int32_t kind = firms->kind[row];
    size_t stage = kind_stage(kind), zone = kind_zone(&district->kinds, kind);
    double output = (double)firms->output_myuan[row], leave = leave_hazard(district, row);
    double u = draw_uniform(firms_event_word(firms, row, district->month));
    if (event_happens(leave, &u))
        return true;
    u = 1.0 - u;
    double rise = tables->raise[stage] * (double)firms->raise_factor[row];
    if (stage == STAGE_LATE && output >= tables->list_output)
        rise += tables->list;
    bool large = (double)tables_staff(tables, kind, firms->output_myuan[row]) >=
                 district->now.zones[zone].graduate_staff;
    return event_happens(rise, &u) || (large && event_happens(tables->graduate[zone], &u));
}

struct tally {
    size_t happened, missed, candidates, firms;
};

static void compare(const struct district *district, struct tally *tally)
{
    static bool candidate[10000];
    const struct firms *firms = &district->firms;
    memset(candidate, 0, sizeof candidate);
    cr_assert_lt(firms->count, sizeof candidate);
    for (size_t i = 0; i < firms->candidate_count; i++) {
        double leave = leave_hazard(district, firms->candidate[i]);
        candidate[firms->candidate[i]] = true;
        cr_expect_float_eq((double)firms->leave_hazard[i], leave, 3 * SINGLE * leave);
        cr_expect_float_eq((double)firms->leave_chance[i], -expm1(-leave), 4 * SINGLE * leave);
    }
    for (size_t row = 0; row < firms->count; row++) {
        bool happens = something_happens(district, row);
        tally->happened += happens;
        tally->missed += happens && !candidate[row];
    }
    tally->candidates += firms->candidate_count;
    tally->firms += firms->count;
}

/* Lives all months; `narrower` shrinks the largest hazards that the bounds are made of. */
static struct tally live(double narrower)
{
    struct tally tally = {0};
    struct faults faults = {0};
    struct world *world = world_new(quiet_yaml, NULL, eventful);
    struct district *district = &world->district;
    while (district->month < (int)world->scenario->centre.clock->end)
        for (enum phase_id phase = 0; phase < PHASE_COUNT; phase++) {
            cr_assert(district_phases[phase].run(district, &faults));
            if (phase == PHASE_MARKETS) {
                district->tables.fail_most *= narrower;
                district->tables.graduate_most *= narrower;
            }
            if (phase == PHASE_GROWTH)
                compare(district, &tally);
        }
    world_free(world);
    return tally;
}

/* No firm is passed over to which something happens, and most are passed over. */
Test(candidates, are_all_to_whom_something_happens)
{
    struct tally tally = live(1.0), twin = live(0.7);
    cr_expect_eq(tally.missed, 0, "%zu of %zu", tally.missed, tally.happened);
    cr_expect_gt(tally.happened, 1000);
    cr_expect_lt(tally.candidates, tally.firms / 4);
    cr_expect_gt(twin.missed, 0);
}
