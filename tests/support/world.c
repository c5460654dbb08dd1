#include "support/world.h"

#include "engine/observe.h"
#include "model/census.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char quiet_yaml[] =
    "clock: {start: 2021-01, end: 2022-12}\n"
    "zones:\n"
    "  T: {floor_area_m2: 1e9, chain_rank: 1}\n"
    "  O: {floor_area_m2: 1e9, chain_rank: 2}\n"
    "  R: {floor_area_m2: 1e9, chain_rank: 3}\n"
    "sectors:\n"
    "  ai: {growth_per_year: 0, maturation_years: 1.5, output_per_head_myuan: 1,\n"
    "       area_per_head_m2: 10}\n"
    "  bio: {growth_per_year: 0, maturation_years: 3.5, output_per_head_myuan: 0.8,\n"
    "        area_per_head_m2: 25}\n"
    "sources:\n"
    "  lab: {spending_myuan_per_year: 0, discovery_rate_per_myuan: 1, sector_mix: {ai: 1}}\n"
    "projects: {landing_zone: T, abandon_rate_per_year: 0, wait_leak_rate_per_year: 0}\n"
    "founding: {output_median_myuan: 1.5, output_sigma: 0}\n"
    "incumbents:\n"
    "  old: {count: 0, output_median_myuan: 10, output_sigma: 0, mean_age_years: 0,\n"
    "        sector_mix: {ai: 1}, zone_mix: {T: 1}}\n"
    "arrivals:\n"
    "  new: {rate_per_year: 0, output_median_myuan: 10, output_sigma: 0, mean_age_years: 0,\n"
    "        sector_mix: {ai: 1}, zone: T}\n"
    "growth: {quality: 0, young_per_year: 0, macro_beta: 0, spillover: 0, talent_drag: 0,\n"
    "         crowd_drag: 0}\n"
    "volatility: {at_10_myuan: 0, size_exponent: 0, lowest: 0}\n"
    "exit: {rate_per_year: 0, size: 0, quality: 0}\n"
    "relocation: {rate_per_year: 0}\n"
    "rounds:\n"
    "  seed: {raise_rate_per_year: 0, ticket_myuan: 3}\n"
    "  a: {raise_rate_per_year: 0, ticket_myuan: 12}\n"
    "  b: {raise_rate_per_year: 0, ticket_myuan: 45}\n"
    "  late: {raise_rate_per_year: 0, ticket_myuan: 150}\n"
    "finance: {quality: 0}\n"
    "listing: {rate_per_year: 0}\n"
    "certificate: {ip_rate_per_head: 0}\n"
    "talent: {stock_heads: 1e8, leave_rate_per_year: 0}\n"
    "funds:\n"
    "  angels: {class: early, deployment_myuan_per_year: 1e7}\n"
    "  growth: {class: growth, deployment_myuan_per_year: 1e7}\n"
    "macro: {growth_sd: 0, sentiment_sd: 0}\n"
    "targets:\n"
    "  all: {indicator: firms, date: 2021-12, at_least: 1}\n";

static void check(bool done, struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        fprintf(stderr, "%s\n", faults->fault[i].message);
    cr_assert(done && faults->count == 0, "the test's world has faults");
    faults_clear(faults);
}

struct scenario *world_scenario(const char *yaml, const char *const *overrides)
{
    char file[] = "/tmp/neobay-world-XXXXXX";
    int written = mkstemp(file);
    cr_assert(written >= 0);
    FILE *out = fdopen(written, "w");
    cr_assert(out != NULL && fputs(yaml, out) >= 0 && fclose(out) == 0);
    size_t count = 0;
    while (overrides[count] != NULL)
        count++;
    struct faults faults = {0};
    struct scenario *scenario = scenario_load(file, overrides, count, &faults);
    unlink(file);
    check(scenario != NULL, &faults);
    return scenario;
}

const struct kernels *world_kernels(const char *name)
{
    const struct kernels *kernels;
    for (size_t i = 0; (kernels = kernels_supported(i)) != NULL; i++)
        if (strcmp(kernels->name, name) == 0)
            return kernels;
    return NULL;
}

struct world *world_new(const char *yaml, const char *kernel, const char *const *overrides)
{
    struct world *world = calloc(1, sizeof *world);
    struct faults faults = {0};
    cr_assert(world != NULL);
    world->scenario = world_scenario(yaml, overrides);
    const struct kernels *kernels = kernel == NULL ? kernels_supported(0) : world_kernels(kernel);
    check(district_init(&world->district, world->scenario, kernels, &faults), &faults);
    world_start(world, 0);
    return world;
}

void world_free(struct world *world)
{
    district_clear(&world->district);
    scenario_free(world->scenario);
    free(world);
}

void world_start(struct world *world, uint32_t replicate)
{
    struct faults faults = {0};
    check(district_start(&world->district,
                         &(struct draw_replicate){WORLD_SEED, replicate, replicate, 0}, &faults),
          &faults);
}

void world_step(struct world *world)
{
    struct faults faults = {0};
    check(district_step(&world->district, &faults), &faults);
}

void world_finish(struct world *world)
{
    while (world->district.month < (int)world->scenario->centre.clock->end)
        world_step(world);
}

size_t world_add_firm(struct world *world, size_t zone, size_t sector, size_t stage)
{
    struct district *district = &world->district;
    struct firms *firms = &district->firms;
    cr_assert(firms_reserve(firms, firms->count + 1));
    size_t row = firms->count++;
#define ZERO(type, name) firms->name[row] = 0;
    FIRM_COLUMNS(ZERO)
#undef ZERO
    firms->log_output[row] = firms_grains(log(10.0));
    firms->output_myuan[row] = 10.0;
    firms->year_volatility[row] = firms->raise_factor[row] = 1.0;
    firms->rd_share[row] = firms->technical_share[row] = firms->revenue_share[row] = 0.5;
    firms->born[row] = district->month;
    firms->kind[row] = kind_of(&district->kinds, zone, sector, stage);
    firms->certified_until[row] = MONTH_NEVER;
    firms->agent[row] = draw_born(district->month, (uint32_t)row);
    census_add(district, row);
    return row;
}

double *world_panel(struct world *world, const struct panel_layout *layout, uint32_t replicate)
{
    double *panel = calloc(layout->row_count * layout->column_count, sizeof *panel);
    cr_assert(panel != NULL);
    world_start(world, replicate);
    for (size_t row = 0; row < layout->row_count; row++) {
        if (row > 0)
            world_step(world);
        observe_row(&world->district, layout, row, panel);
    }
    return panel;
}
