/* Branches: replicates of scenarios that share a trunk have the bytes of each simulated alone. */
#include "engine/branch.h"

#include "engine/trunk.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char plan[] = "scenarios/grand-neobay.yaml";
enum { SCENARIOS = 7, REPLICATES = 6 };

/* Differ at many months, in levers, reviews, delays, targets; some not at all. */
static const char *const overrides[SCENARIOS] = {
    "about.title=the plan",
    "levers.open_innovation.intensity=0",
    "policy.delay_months=6",
    "policy.delay_months=12",
    "targets.hightech_2025.at_least=900",
    "targets.newly_listed_2025.since=2022-01",
    "levers.key_talent.lag_years=4",
};

struct fixture {
    struct scenario *scenario[SCENARIOS];
    struct branch_group group;
    struct workspace together, alone;
    struct draw_replicate which;
    size_t differ, seen;
    struct faults faults;
};

struct rooted {
    struct scenario *scenario;
    struct trunk trunk;
};

static int compare(const void *left, const void *right)
{
    return trunk_compare(&((const struct rooted *)left)->trunk,
                         &((const struct rooted *)right)->trunk);
}

static void load(struct fixture *f)
{
    struct rooted rooted[SCENARIOS];
    for (size_t i = 0; i < SCENARIOS; i++) {
        rooted[i].scenario = scenario_load(plan, &overrides[i], 1, &f->faults);
        cr_assert(rooted[i].scenario != NULL, "%s", f->faults.fault[0].message);
        cr_assert(trunk_of(&rooted[i].trunk, rooted[i].scenario, &f->faults));
    }
    qsort(rooted, SCENARIOS, sizeof *rooted, compare);
    f->group.count = SCENARIOS;
    for (size_t i = 0; i < SCENARIOS; i++) {
        f->group.scenario[i] = f->scenario[i] = rooted[i].scenario;
        f->group.shared[i] = i == 0 ? 0 : trunk_shared(&rooted[i - 1].trunk, &rooted[i].trunk);
    }
    for (size_t i = 0; i < SCENARIOS; i++)
        trunk_clear(&rooted[i].trunk);
    cr_assert(workspace_bind(&f->together, f->scenario[0], &f->faults));
}

static void unload(struct fixture *f)
{
    workspace_clear(&f->together);
    workspace_clear(&f->alone);
    for (size_t i = 0; i < SCENARIOS; i++)
        scenario_free(f->scenario[i]);
}

/* Compares a scenario's replicate with that of the scenario alone, to the bit. */
static void check(void *context, size_t member)
{
    struct fixture *f = context;
    const struct scenario *scenario = f->scenario[member];
    const struct replicate *got = &f->together.replicate, *alone = &f->alone.replicate;
    cr_assert(workspace_bind(&f->alone, scenario, &f->faults));
    const struct panel_layout *layout = &f->alone.layout;
    cr_assert(
        replicate_run(&f->alone.replicate, &f->alone.district, layout, &f->which, &f->faults));
    size_t targets = scenario->centre.count[SECTION_TARGETS];
    size_t drawn = scenario_uncertain_count(scenario);
    size_t cells = layout->row_count * layout->column_count;
    bool same = memcmp(got->panel, alone->panel, cells * sizeof(double)) == 0 &&
                memcmp(got->target_value, alone->target_value, targets * sizeof(double)) == 0 &&
                memcmp(got->target_reached, alone->target_reached, targets * sizeof(int)) == 0 &&
                memcmp(got->drawn, alone->drawn, drawn * sizeof(double)) == 0;
    f->differ += !same;
    f->seen++;
}

static void simulate(struct fixture *f)
{
    f->differ = f->seen = 0;
    for (uint32_t r = 0; r < REPLICATES; r++) {
        f->which = (struct draw_replicate){9, r, r, DRAW_BLOCK};
        cr_assert(branch_run(&f->together, &f->group, &f->which, check, f, &f->faults));
    }
    cr_expect_eq(f->seen, SCENARIOS * REPLICATES);
}

Test(branch, has_the_bytes_of_each_scenario_alone)
{
    struct fixture f = {0};
    load(&f);
    simulate(&f);
    cr_expect_eq(f.differ, 0);
    uint64_t together = workspace_agent_steps(&f.together), alone = workspace_agent_steps(&f.alone);
    cr_expect_lt(3 * together, 2 * alone, "%llu of %llu agent-steps", (unsigned long long)together,
                 (unsigned long long)alone);
    unload(&f);
}

/* Negative control: a month too many that is taken for shared shows in the bytes. */
Test(branch, shares_no_more_than_it_may)
{
    struct fixture f = {0};
    load(&f);
    for (size_t i = 1; i < SCENARIOS; i++)
        f.group.shared[i] = f.together.layout.row_count - 1;
    simulate(&f);
    cr_expect_gt(f.differ, REPLICATES);
    unload(&f);
}
