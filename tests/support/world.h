/* Worlds for tests: a scenario from YAML text and overrides, and a district that lives in it. */
#ifndef NEOBAY_TESTS_SUPPORT_WORLD_H
#define NEOBAY_TESTS_SUPPORT_WORLD_H

#include "engine/panel.h"
#include "model/district.h"

/* A world in which nothing happens: no births, no exits, no growth, no noise, no couplings. Tests
 * switch on what they look at. Zones T, O and R in this order of the chain; sectors ai and bio. */
extern const char quiet_yaml[];

/* The scenario of a YAML text with overrides "path=value", NULL-terminated; fails the test if it
 * has faults. Free it with scenario_free. */
struct scenario *world_scenario(const char *yaml, const char *const *overrides);
#define SCENARIO(yaml, ...) world_scenario(yaml, (const char *const[]){__VA_ARGS__, NULL})

/* Relative error of what the kernels compute in single precision, a few units in the last place. */
#define SINGLE 1e-6

/* A district and its scenario. `kernel` names the kernels; NULL: the best. */
struct world {
    struct scenario *scenario;
    struct district district;
};

/* Kernels by name ("base", "avx2", "avx512"); NULL if this machine cannot run them. */
const struct kernels *world_kernels(const char *name);

struct world *world_new(const char *yaml, const char *kernel, const char *const *overrides);
void world_free(struct world *world);
#define QUIET(...) world_new(quiet_yaml, NULL, (const char *const[]){__VA_ARGS__, NULL})

/* Starts a replicate of seed WORLD_SEED; lives one month, or all that are left of the clock. */
enum { WORLD_SEED = 20230613 };
void world_start(struct world *world, uint32_t replicate);
void world_step(struct world *world);
void world_finish(struct world *world);

/* Appends a plain firm (output 10 myuan, age 0, no funds, shares 0.5) and returns its row. */
size_t world_add_firm(struct world *world, size_t zone, size_t sector, size_t stage);

/* One replicate's panel, in the scenario's layout; free() it. */
double *world_panel(struct world *world, const struct panel_layout *layout, uint32_t replicate);

#endif
