/* Laws that hold in every world: identities month by month, levers that do nothing, common luck.
 * Worlds are drawn at random from a fixed seed, with everything switched on. */
#include "model/district.h"

#include "fixture.h"
#include "support/statistics.h"
#include "support/world.h"

#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORLDS = 25, RANGES = 19, ZONES = 2 };

static const struct {
    const char *path;
    double low, high;
} ranges[RANGES] = {{"zones.T.floor_area_m2", 500, 30000},
                    {"zones.O.floor_area_m2", 3000, 60000},
                    {"zones.T.graduate_staff", 5, 20},
                    {"zones.T.graduate_rate_per_year", 0, 8},
                    {"sources.university.discovery_rate_per_myuan", 0, 1},
                    {"sources.university.venture_share", 0.1, 1},
                    {"sources.university.projects_at_start", 0, 60},
                    {"projects.abandon_rate_per_year", 0, 2},
                    {"projects.wait_leak_rate_per_year", 0, 6},
                    {"projects.maturation_speed", 0, 6},
                    {"arrivals.movers.rate_per_year", 0, 120},
                    {"exit.rate_per_year", 0, 0.6},
                    {"relocation.rate_per_year", 0, 0.3},
                    {"incumbents.settled.count", 0, 150},
                    {"rounds.*.raise_rate_per_year", 0, 6},
                    {"funds.*.deployment_myuan_per_year", 10, 3000},
                    {"incumbents.settled.funded_share", 0, 1},
                    {"listing.rate_per_year", 0, 10},
                    {"listing.output_myuan", 5, 60}};

/* A world of the fixture with random numbers, and `more` overrides if not NULL. */
static struct world *random_world(unsigned long seed, const char *more)
{
    char text[RANGES][96];
    const char *overrides[RANGES + 2] = {0};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    gsl_rng_set(rng, seed);
    for (size_t i = 0; i < RANGES; i++) {
        double value = ranges[i].low + (ranges[i].high - ranges[i].low) * gsl_rng_uniform(rng);
        snprintf(text[i], sizeof text[i], "%s=%.9g", ranges[i].path, value);
        overrides[i] = text[i];
    }
    overrides[RANGES] = more;
    gsl_rng_free(rng);
    return world_new(fixture_yaml, NULL, overrides);
}

static double in_zone(const struct district *district, size_t zone)
{
    return (double)district_firms_in_zone(district, zone);
}

/* start + founded + arrived - failed - relocated = end; and what the counts say is what is there.
 */
static bool firms_balance(const struct district *district, double before)
{
    const struct flows *flows = &district->flows;
    double after = before + flows->founded + flows->arrived - flows->failed - flows->relocated;
    double counted = 0.0;
    for (size_t zone = 0; zone < district->kinds.zones; zone++)
        counted += in_zone(district, zone);
    return after == (double)district->firms.count && after == counted;
}

/* Before + ventures - founded - abandoned - leaked = after. */
static bool projects_balance(const struct district *district, double before)
{
    const struct flows *flows = &district->flows;
    return before + flows->ventures - flows->founded - flows->abandoned - flows->leaked ==
           (double)district_projects(district);
}

/* The weight of each stage in demand for capital is that of its firms; `more` is one too many. */
static bool weights_balance(const struct district *district, double more)
{
    double weight[STAGE_STRIDE] = {more};
    bool same = true;
    for (size_t row = 0; row < district->firms.count; row++)
        weight[kind_stage(district->firms.kind[row])] += (double)district->firms.raise_factor[row];
    for (size_t stage = 0; stage < STAGE_COUNT; stage++)
        same = same && fabs(district->sums.raise[stage] - weight[stage]) < 1e-9;
    return same;
}

Test(laws, firms_and_projects_add_up_every_month)
{
    double founded = 0, leaked = 0, relocated = 0, listed = 0;
    for (unsigned long seed = 1; seed <= WORLDS; seed++) {
        struct world *world = random_world(seed, NULL);
        struct district *district = &world->district;
        for (int t = 0; t < 24; t++) {
            double firms = (double)district->firms.count;
            double projects = (double)district_projects(district);
            world_step(world);
            cr_expect(firms_balance(district, firms), "world %lu, month %d", seed, t);
            cr_expect(projects_balance(district, projects), "world %lu, month %d", seed, t);
            cr_expect(weights_balance(district, 0.0), "world %lu, month %d", seed, t);
            cr_expect(!firms_balance(district, firms + 1.0), "twin: one too many");
            cr_expect(!weights_balance(district, 0.01), "twin: a little too much");
            founded += district->flows.founded;
            leaked += district->flows.leaked;
            relocated += district->flows.relocated;
            listed += district->flows.newly_listed;
        }
        world_free(world);
    }
    cr_expect(founded > 99 && leaked > 99 && relocated > 99 && listed > 9, "idle: %g %g %g %g",
              founded, leaked, relocated, listed);
}

/* Who was where last month, by identity. */
struct census {
    size_t count;
    struct {
        uint32_t agent, origin;
        size_t zone;
    } firm[2000];
};

static struct census census_of(const struct district *district)
{
    static struct census census;
    census.count = district->firms.count;
    cr_assert_leq(census.count, 2000);
    for (size_t i = 0; i < census.count; i++) {
        census.firm[i].agent = district->firms.agent[i];
        census.firm[i].origin = district->firms.origin[i];
        census.firm[i].zone = kind_zone(&district->kinds, district->firms.kind[i]);
    }
    return census;
}

/* Where a firm was, or ZONES if it was not there. */
static size_t zone_before(const struct census *before, uint32_t agent, uint32_t origin)
{
    for (size_t i = 0; i < before->count; i++)
        if (before->firm[i].agent == agent && before->firm[i].origin == origin)
            return before->firm[i].zone;
    return ZONES;
}

struct moves {
    double stayed[ZONES], came[ZONES], moved[ZONES][ZONES];
};

static struct moves moves_of(const struct census *before, const struct district *district)
{
    struct moves moves = {0};
    for (size_t i = 0; i < district->firms.count; i++) {
        size_t now = kind_zone(&district->kinds, district->firms.kind[i]);
        size_t was = zone_before(before, district->firms.agent[i], district->firms.origin[i]);
        if (was == ZONES)
            moves.came[now]++;
        else if (was == now)
            moves.stayed[now]++;
        else
            moves.moved[was][now]++;
    }
    return moves;
}

/* By zone: those there now stayed, came, or graduated from elsewhere; graduations of firms that
 * were there last month are at most those that the district counts, which has newborn ones too. */
Test(laws, firms_add_up_by_zone_with_graduations)
{
    double graduated = 0;
    for (unsigned long seed = 1; seed <= WORLDS; seed++) {
        struct world *world = random_world(seed, NULL);
        struct district *district = &world->district;
        for (int t = 0; t < 24; t++) {
            struct census before = census_of(district);
            world_step(world);
            struct moves moves = moves_of(&before, district);
            double gained = district->graduated[1], moved = moves.moved[0][1];
            cr_expect_eq(in_zone(district, 0), moves.stayed[0] + moves.came[0]);
            cr_expect_eq(in_zone(district, 1), moves.stayed[1] + moves.came[1] + moved);
            cr_expect(moved <= gained && gained - moved <= moves.came[1]);
            cr_expect_eq(moves.moved[1][0] + district->graduated[2], 0.0, "only upwards");
            graduated += gained;
        }
        world_free(world);
    }
    cr_expect_gt(graduated, 99);
}

/* The by-zone identity itself, where births and exits have one zone each: everything starts in T,
 * arrivals go to O, and only graduations join the two. */
Test(laws, zones_balance_through_graduations)
{
    struct world *world =
        QUIET("incumbents.old.count=400", "arrivals.new.zone=O", "arrivals.new.rate_per_year=60",
              "zones.T.graduate_staff=8", "zones.T.graduate_rate_per_year=0.8");
    struct district *district = &world->district;
    for (int t = 0; t < 24; t++) {
        double in_t = in_zone(district, 0), in_o = in_zone(district, 1);
        world_step(world);
        cr_expect_eq(in_zone(district, 0), in_t - district->graduated[1]);
        cr_expect_eq(in_zone(district, 1), in_o + district->flows.arrived + district->graduated[1]);
    }
    world_free(world);
}

/* Bits of a replicate's panel. */
static bool same_panel(struct world *a, struct world *b, bool policy_cost)
{
    struct panel_layout layout;
    struct faults faults = {0};
    cr_assert(panel_layout_init(&layout, a->scenario, &faults));
    double *x = world_panel(a, &layout, 3), *y = world_panel(b, &layout, 3);
    size_t cells = layout.row_count * layout.column_count,
           cost = layout.first[INDICATOR_POLICY_COST];
    for (size_t i = cost; !policy_cost && i < cells; i += layout.column_count)
        x[i] = y[i] = 0.0;
    bool same = memcmp(x, y, cells * sizeof *x) == 0;
    free(x);
    free(y);
    panel_layout_clear(&layout);
    return same;
}

static const char no_lever[] = "levers.shelter={intensity: 0, multiplies: {zones.*.shelter: 0}}";

/* Acts on numbers of every kind: plain, dated, a mix, another lever. */
#define ACTS_ON(effect)                                                                            \
    "multiplies: {zones.*.shelter: " effect ", zones.O.floor_area_m2: " effect                     \
    ", exit.rate_per_year: " effect ", sources.university.sector_mix.ai: " effect                  \
    "}, adds: {talent.inflow_per_year: " effect ", sectors.bio.growth_per_year: " effect "}}"

static const char no_effect[] = "levers.shelter={intensity: 1, " ACTS_ON("0");
static const char no_intensity[] = "levers.shelter={intensity: 0, " ACTS_ON("0.2");
static const char some_effect[] = "levers.shelter={intensity: 1, " ACTS_ON("0.02");

/* No bit of any indicator changes (but for the cost of a lever that is pulled in vain). */
Test(laws, lever_without_effect_or_intensity_changes_no_bit)
{
    for (unsigned long seed = 1; seed <= 5; seed++) {
        struct world *none = random_world(seed, no_lever);
        struct world *vain = random_world(seed, no_effect);
        struct world *idle = random_world(seed, no_intensity);
        struct world *acts = random_world(seed, some_effect);
        cr_expect(same_panel(none, vain, false), "effect 0, world %lu", seed);
        cr_expect(same_panel(none, idle, true), "intensity 0, world %lu", seed);
        cr_expect(!same_panel(none, acts, false), "twin, world %lu", seed);
        world_free(none);
        world_free(vain);
        world_free(idle);
        world_free(acts);
    }
}

/* Row of a firm in another district, or its count. */
static size_t find_firm(const struct firms *firms, uint32_t agent, uint32_t origin)
{
    size_t row = 0;
    while (row < firms->count && (firms->agent[row] != agent || firms->origin[row] != origin))
        row++;
    return row;
}

static bool same_birth(const struct firms *a, size_t i, const struct firms *b, size_t j)
{
    return a->quality[i] == b->quality[j] && a->rd_share[i] == b->rd_share[j] &&
           a->technical_share[i] == b->technical_share[j] &&
           a->revenue_share[i] == b->revenue_share[j] && a->score_noise[i] == b->score_noise[j] &&
           a->born[i] == b->born[j] && a->year_volatility[i] == b->year_volatility[j];
}

/* Firms found in both, all of which must be the same; the twin pairs each with its neighbour. */
static size_t shared_firms(const struct firms *a, const struct firms *b)
{
    size_t shared = 0, mistaken = 0;
    for (size_t i = 0; i < a->count; i++) {
        size_t j = find_firm(b, a->agent[i], a->origin[i]);
        if (j == b->count)
            continue;
        shared++;
        cr_expect(same_birth(a, i, b, j));
        mistaken += same_birth(a, i, b, (j + 1) % b->count);
    }
    cr_expect(mistaken < shared / 2 + 1, "twin");
    return shared;
}

/* The n-th member is the same firm in every scenario, though there are more of its cohort, other
 * cohorts and sources, another policy, and though others have left: two years on. */
Test(laws, members_are_the_same_firms_in_every_scenario)
{
    struct world *one = world_new(fixture_yaml, NULL, (const char *const[]){NULL});
    struct world *two = world_new(
        fixture_yaml, NULL,
        (const char *const[]){"incumbents.settled.count=131", "arrivals.movers.rate_per_year=31",
                              "sources.university.discovery_rate_per_myuan=0.5",
                              "levers.shelter.intensity=1.2", "exit.rate_per_year=0.2",
                              "incumbents={before: {count: 10, output_median_myuan: 3,"
                              " sector_mix: {bio: 1}, zone_mix: {T: 1}}}",
                              NULL});
    for (uint32_t r = 0; r < 3; r++) {
        world_start(one, r);
        world_start(two, r);
        cr_expect_eq(shared_firms(&one->district.firms, &two->district.firms), 80);
        world_finish(one);
        world_finish(two);
        cr_expect_gt(shared_firms(&one->district.firms, &two->district.firms), 40);
    }
    world_free(one);
    world_free(two);
}

#define LATE_COHORT                                                                                \
    "incumbents={late: {count: 40, output_median_myuan: 7, sector_mix: {ai: 1}, zone_mix: {T: "    \
    "1}}}"

/* However many stand before them: nobody leaves here, so each of the 40 of a second cohort, and
 * each arrival of a world with fewer, is found in a world with more of all. */
Test(laws, members_do_not_depend_on_who_came_before)
{
    struct world *few =
        QUIET(LATE_COHORT, "incumbents.old.count=3", "arrivals.new.rate_per_year=40");
    struct world *many =
        QUIET(LATE_COHORT, "incumbents.old.count=90", "arrivals.new.rate_per_year=70");
    world_finish(few);
    world_finish(many);
    size_t all = few->district.firms.count;
    cr_expect_eq(shared_firms(&few->district.firms, &many->district.firms), all);
    cr_expect_gt(all, 3 + 40 + 50);
    world_free(few);
    world_free(many);
}

/* Sums are those of the columns, in whatever order: to rounding, counts exactly. The rule is mild,
 * so that many are certified. */
Test(laws, sums_are_of_the_firms)
{
    struct world *world = random_world(
        7,
        "certificate={score_base: 80, score_pass: 60, rd_share_small: 0.01, technical_share: 0}");
    world_finish(world);
    const struct district *district = &world->district;
    double output = 0, hightech = 0, rd = 0;
    for (size_t i = 0; i < district->firms.count; i++) {
        double y = (double)district->firms.output_myuan[i];
        output += y;
        rd += y * (double)district->firms.rd_share[i];
        hightech += district->firms.certified_until[i] > district->month;
    }
    cr_expect_float_eq(district->sums.output_myuan, output, SINGLE * output);
    cr_expect_float_eq(district->sums.rd_myuan, rd, SINGLE * rd);
    cr_expect_eq(district->sums.hightech, hightech);
    cr_expect_gt(hightech, 5);
    world_free(world);
}

/* A workspace used again gives the same as a new one. */
Test(laws, a_district_started_anew_forgets)
{
    struct world *used = random_world(3, NULL), *new = random_world(3, NULL);
    world_finish(used);
    world_start(used, 1);
    world_finish(used);
    cr_expect(same_panel(used, new, true));
    world_free(used);
    world_free(new);
}
