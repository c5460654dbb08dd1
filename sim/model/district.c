#include "model/district.h"

#include "base/memory.h"
#include "model/birth.h"
#include "model/birthplace.h"
#include "model/census.h"
#include "model/certificate.h"
#include "model/cohort.h"
#include "model/event.h"
#include "model/exit.h"
#include "model/finance.h"
#include "model/graduation.h"
#include "model/growth.h"
#include "model/source.h"
#include "model/space.h"
#include "model/talent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t district_firms_in_zone(const struct district *district, size_t zone)
{
    size_t firms = 0, each = district->kinds.sectors * STAGE_STRIDE;
    for (size_t i = 0; i < each; i++)
        firms += district->firm_count[zone * each + i];
    return firms;
}

size_t district_firms_in_sector(const struct district *district, size_t sector)
{
    size_t firms = 0;
    for (size_t zone = 0; zone < district->kinds.zones; zone++)
        for (size_t stage = 0; stage < STAGE_COUNT; stage++)
            firms += district->firm_count[kind_of(&district->kinds, zone, sector, stage)];
    return firms;
}

/* T(name, length): the tables of a step. */
#define STEP_TABLES(T)                                                                             \
    T(drift, tables->places)                                                                       \
    T(heads, tables->places)                                                                       \
    T(area_m2, tables->places)                                                                     \
    T(worth, tables->places)                                                                       \
    T(zone, tables->places)                                                                        \
    T(fail, kinds->zones)                                                                          \
    T(relocate, kinds->zones)                                                                      \
    T(graduate, kinds->zones)

static bool tables_init(struct step_tables *tables, const struct kinds *kinds)
{
    bool made = true;
    tables->places = (kinds->places + LANES_TABLE - 1) / LANES_TABLE * LANES_TABLE;
#define MAKE(name, length)                                                                         \
    tables->name = memory_aligned(length, sizeof *tables->name);                                   \
    made = made && tables->name != NULL;
    STEP_TABLES(MAKE)
#undef MAKE
    for (size_t place = 0; made && place < kinds->places; place++)
        tables->zone[place] = (float)(place / kinds->sectors);
    return made;
}

static void tables_clear(struct step_tables *tables)
{
#define FREE(name, length) free(tables->name);
    STEP_TABLES(FREE)
#undef FREE
}

bool district_init(struct district *district, const struct scenario *scenario,
                   const struct kernels *kernels, struct faults *faults)
{
    struct kinds kinds = kinds_of(&scenario->centre);
    *district = (struct district){.scenario = scenario, .kernels = kernels, .kinds = kinds};
    bool tables = tables_init(&district->tables, &kinds);
    double *value = memory_aligned(scenario->leaf_count, sizeof *value);
    district->base = memory_aligned(scenario->leaf_count, sizeof *district->base);
    district->firm_count = memory_aligned(kinds.count, sizeof *district->firm_count);
    district->area_used_m2 = memory_aligned(kinds.zones, sizeof(double));
    district->graduated = memory_aligned(kinds.zones * kinds.zones, sizeof(double));
    district->sums.area_m2 = memory_aligned(kinds.zones, sizeof(double));
    if (value != NULL)
        params_bind(&district->now, scenario, value);
    if (!tables || !value || !district->base || !district->firm_count || !district->area_used_m2 ||
        !district->graduated || !district->sums.area_m2 || !birthplaces_init(district))
        return fault_memory(faults, "setting up a district");
    return policy_init(&district->policy, scenario, faults);
}

void district_clear(struct district *district)
{
    tables_clear(&district->tables);
    policy_clear(&district->policy);
    projects_clear(&district->projects);
    projects_clear(&district->waiting);
    discoveries_clear(&district->results);
    firms_clear(&district->firms);
    free(district->now.value);
    free(district->base);
    free(district->firm_count);
    free(district->area_used_m2);
    free(district->graduated);
    free(district->sums.area_m2);
    free(district->birthplace);
    free(district->mix_sums);
    free(district->leaving);
    *district = (struct district){0};
}

/* What the sums and the certificate look up. */
static void sector_tables(struct district *district)
{
    const struct params *now = &district->now;
    struct step_tables *tables = &district->tables;
    tables->fewest_heads = now->staff->fewest_heads;
    tables->valued_myuan = now->valuation->valued_myuan;
    tables->unicorn_myuan = now->valuation->unicorn_myuan;
    for (size_t place = 0; place < district->kinds.places; place++) {
        const struct sector_params *sector = &now->sectors[place % district->kinds.sectors];
        tables->heads[place] = (float)(1.0 / sector->output_per_head_myuan);
        tables->area_m2[place] = (float)sector->area_per_head_m2;
        tables->worth[place] = (float)sector->value_to_output;
    }
    for (size_t stage = 0; stage < STAGE_COUNT; stage++)
        tables->premium[stage] =
            stage == STAGE_LISTED ? (float)now->valuation->listed_premium : 1.0f;
}

static bool sum_up(struct district *district, struct faults *faults)
{
    (void)faults;
    district->kernels->measure(&district->firms, &district->tables, &district->kinds,
                               district->month, &district->sums);
    space_sum(district);
    memcpy(district->sums.raise, district->raise_weight, sizeof district->sums.raise);
    district->agent_steps += district->firms.count + district_projects(district);
    return true;
}

static void flows_reset(struct district *district)
{
    size_t pairs = district->kinds.zones * district->kinds.zones;
    district->flows = (struct flows){0};
    memset(district->graduated, 0, pairs * sizeof *district->graduated);
}

bool district_start(struct district *district, const struct draw_replicate *replicate,
                    struct faults *faults)
{
    district->stream = (struct draw_stream){replicate->seed, replicate->luck};
    district->month = (int)district->scenario->centre.clock->start - 1;
    district->projects.count = district->waiting.count = 0;
    district->firms.count = district->firms.known = 0;
    census_clear(district);
    flows_reset(district);
    policy_draw_uncertain(district->scenario, replicate, district->base);
    policy_start(&district->policy, district->scenario, &district->stream);
    policy_step(&district->policy, district->scenario, district->base, district->month,
                &district->now);
    macro_start(&district->macro, &district->now, &district->stream, district->month);
    district->talent_heads = district->now.talent->stock_heads;
    district->finance_quality = district->now.finance->quality;
    sector_tables(district);
    birth_attributes(district);
    if (!source_start(district, faults) || !cohort_start(district, faults))
        return false;
    sum_up(district, faults);
    capital_clear(&district->capital, &district->now, district->macro.sentiment,
                  district->sums.raise);
    return true;
}

void district_follow(struct district *district, const struct scenario *scenario,
                     const struct draw_replicate *replicate)
{
    district->scenario = scenario;
    policy_draw_uncertain(scenario, replicate, district->base);
    memcpy(district->now.value, district->base, scenario->leaf_count * sizeof(double));
    policy_follow(&district->policy, scenario);
}

static bool set_policy(struct district *district, struct faults *faults)
{
    (void)faults;
    district->month++;
    flows_reset(district);
    policy_step(&district->policy, district->scenario, district->base, district->month,
                &district->now);
    birth_attributes(district);
    return true;
}

static bool move_macro(struct district *district, struct faults *faults)
{
    (void)faults;
    macro_step(&district->macro, &district->now, &district->stream, district->month);
    return true;
}

/* Space, talent and capital, as last month left them, and what they mean for firms. */
static bool clear_markets(struct district *district, struct faults *faults)
{
    (void)faults;
    talent_step(district);
    capital_clear(&district->capital, &district->now, district->macro.sentiment,
                  district->sums.raise);
    sector_tables(district);
    growth_tables(district);
    exit_tables(district);
    finance_tables(district);
    graduation_tables(district);
    return true;
}

static bool grow_firms(struct district *district, struct faults *faults)
{
    (void)faults;
    if (district->month % 12 == 0)
        district->kernels->year(&district->firms, &district->stream, district->month);
    district->kernels->advance(&district->firms, &district->tables, &district->stream,
                               district->month);
    district->kernels->leave(&district->firms, &district->tables, district->month);
    return true;
}

static bool certify_firms(struct district *district, struct faults *faults)
{
    (void)faults;
    certificate_step(district);
    return true;
}

const struct phase district_phases[PHASE_COUNT] = {
    [PHASE_POLICY] = {"policy", set_policy},
    [PHASE_MACRO] = {"macro", move_macro},
    [PHASE_SOURCES] = {"sources", source_step},
    [PHASE_PROJECTS] = {"projects", project_step},
    [PHASE_ARRIVALS] = {"arrivals", cohort_step},
    [PHASE_MARKETS] = {"markets", clear_markets},
    [PHASE_GROWTH] = {"growth", grow_firms},
    [PHASE_EVENTS] = {"events", event_step},
    [PHASE_CERTIFICATE] = {"certificate", certify_firms},
    [PHASE_SUMS] = {"sums", sum_up},
};

bool district_step(struct district *district, struct faults *faults)
{
    for (size_t i = 0; i < PHASE_COUNT; i++)
        if (!district_phases[i].run(district, faults))
            return false;
    return true;
}
