/* Space, graduation up the chain of zones, and talent: exact recursions and thresholds. */
#include "model/graduation.h"
#include "model/space.h"
#include "model/talent.h"
#include "support/statistics.h"
#include "support/world.h"

#include <math.h>

/* Room that just fits is taken; one square metre less is not, and changes nothing. */
Test(space, admits_what_just_fits)
{
    struct world *world = QUIET("zones.T.floor_area_m2=1000", "zones.O.floor_area_m2=999");
    struct district *district = &world->district;
    cr_expect(space_take(district, 0, 900.0));
    cr_expect(space_take(district, 0, 100.0));
    cr_expect(!space_take(district, 0, 1.0));
    cr_expect_eq(space_occupancy(district, 0), 1.0);
    cr_expect(space_take(district, 1, 900.0));
    cr_expect(!space_take(district, 1, 100.0));
    cr_expect_eq(district->area_used_m2[1], 900.0);
    world_free(world);
}

static double arrived(const char *floor)
{
    struct world *world = QUIET("arrivals.new.rate_per_year=12000", floor);
    world_step(world);
    double all = world->district.flows.arrived + world->district.flows.turned_away;
    cr_expect_gt(all, 800.0);
    cr_expect_eq(world->district.flows.no_room, world->district.flows.turned_away);
    double in = world->district.flows.arrived;
    cr_expect_eq((double)world->district.firms.count, in);
    world_free(world);
    return in;
}

/* Arrivals of 10 heads on 10 m2 (exp(ln 10) is not quite 10): seven fit on 700 m2, six on 699. */
Test(space, arrivals_need_room)
{
    cr_expect_eq(arrived("zones.T.floor_area_m2=700.01"), 7.0);
    cr_expect_eq(arrived("zones.T.floor_area_m2=699"), 6.0);
    cr_expect_eq(arrived("zones.T.floor_area_m2=0"), 0.0);
}

/* Growth inside is let happen, and crowds: 30 firms of 10 heads, growing 5 % a month. */
Test(space, growth_crowds_a_full_zone)
{
    struct world *world = QUIET("incumbents.old.count=30", "zones.T.floor_area_m2=3000",
                                "sectors.ai.growth_per_year=0.6");
    cr_expect_float_eq(space_occupancy(&world->district, 0), 1.0, SINGLE);
    for (int t = 1; t <= 12; t++) {
        world_step(world);
        cr_expect_float_eq(space_occupancy(&world->district, 0), exp(0.05 * t),
                           SINGLE * exp(0.05 * t));
    }
    world_free(world);
}

/* L_t = L* + (L_0 - L*) (1 - leave D)^t, L* = inflow / leave; twin: leave rate 0.09. */
Test(talent, follows_its_recursion)
{
    struct world *world =
        QUIET("talent={stock_heads: 9000, inflow_per_year: 1500, retained_share: 0.3,"
              " recruited_per_year: 210, leave_rate_per_year: 0.08}");
    double settled = (1500 * 0.3 + 210) / 0.08;
    for (int t = 1; t <= 24; t++) {
        world_step(world);
        double found = world->district.talent_heads;
        double right = settled + (9000 - settled) * pow(1 - 0.08 * STEP_YEARS, t);
        double wrong = settled + (9000 - settled) * pow(1 - 0.09 * STEP_YEARS, t);
        cr_expect_float_eq(found, right, 1e-9);
        cr_expect(fabs(found - wrong) > 0.1, "twin");
    }
    world_free(world);
}

/* 250 firms of 10 heads, 50 with the least staff of 5: 2,500 + 250 heads over 2,000. */
Test(talent, tightness_is_staff_over_the_pool)
{
    struct world *world = QUIET("incumbents.old.count=250", "talent.stock_heads=2000",
                                "incumbents={few: {count: 50, output_median_myuan: 0.2,"
                                " output_sigma: 0, sector_mix: {ai: 1}, zone_mix: {O: 1}}}");
    cr_expect_float_eq(talent_staff(&world->district), 2750.0, SINGLE * 2750.0);
    cr_expect_float_eq(talent_tightness(&world->district), 1.375, SINGLE * 1.375);
    world_free(world);
}

/* A firm of 50 heads (500 m2) in T, with an all but certain move. Returns the zone it ends in. */
static size_t graduates(const char *first, const char *second, double heads)
{
    struct world *world =
        QUIET("zones.T.graduate_staff=50", "zones.T.graduate_rate_per_year=50", first, second);
    struct district *district = &world->district;
    size_t row = world_add_firm(world, 0, 0, STAGE_A);
    district->firms.output_myuan[row] = heads; /* a head makes 1 myuan */
    district->tables.fewest_heads = 5.0;
    district->area_used_m2[0] = 10.0 * heads;
    graduation_tables(district);
    graduation_event(district, row, 0.5);
    size_t to = kind_zone(&district->kinds, district->firms.kind[row]);
    cr_expect_eq(kind_stage(district->firms.kind[row]), STAGE_A);
    cr_expect_float_eq(district->area_used_m2[to], 10.0 * heads, 1e-9);
    cr_expect_eq(district_firms_in_zone(district, to), 1);
    if (to != 0)
        cr_expect(district->graduated[to] == 1.0 && district->area_used_m2[0] == 0.0);
    world_free(world);
    return to;
}

Test(graduation, goes_to_the_first_zone_with_room)
{
    const char *none = "about.title=t";
    cr_expect_eq(graduates(none, none, 50.0), 1);
    cr_expect_eq(graduates(none, none, 49.99), 0, "too small");
    cr_expect_eq(graduates("zones.O.floor_area_m2=500", none, 50.0), 1, "room that just fits");
    cr_expect_eq(graduates("zones.O.floor_area_m2=499", none, 50.0), 2, "the next one");
    cr_expect_eq(graduates("zones.O.floor_area_m2=499", "zones.R.floor_area_m2=499", 50.0), 0);
    cr_expect_eq(graduates("zones.O.chain_rank=5", none, 50.0), 2, "by rank, not by place");
    cr_expect_eq(graduates("zones.O.chain_rank=3", "zones.O.floor_area_m2=499", 50.0), 2,
                 "one of the same rank, in the file's order");
    cr_expect_eq(graduates("zones.O.chain_rank=0", none, 50.0), 2, "only in the chain");
    cr_expect_eq(graduates("zones.T.chain_rank=0", none, 50.0), 0, "only in the chain");
    cr_expect_eq(graduates("zones.T.chain_rank=9", none, 50.0), 0, "only upwards");
}

/* Moves in a month are binomial with 1 - exp(-0.6 D); twin: rate 0.8. */
Test(graduation, happens_with_its_hazard)
{
    struct world *world = QUIET("incumbents.old.count=30000", "zones.T.graduate_staff=9.9",
                                "zones.T.graduate_rate_per_year=0.6");
    world_step(world);
    double moved = world->district.graduated[0 * 3 + 1];
    cr_expect_eq(moved, (double)district_firms_in_zone(&world->district, 1));
    EXPECT_FIT(fit_binomial(moved, -expm1(-0.6 * STEP_YEARS), 30000));
    EXPECT_MISFIT(fit_binomial(moved, -expm1(-0.8 * STEP_YEARS), 30000));
    world_free(world);
}
