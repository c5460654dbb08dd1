/* The state of a replicate is whole: copied at any month and restored into a district that has been
 * elsewhere, the replicate goes on as if it had never stopped. */
#include "model/state.h"

#include "engine/observe.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Every month's indicators of a replicate, from the district's present month on. */
static void finish(struct district *district, const struct panel_layout *layout, double *panel)
{
    struct faults faults = {0};
    size_t row = (size_t)(district->month - layout->first_month);
    for (; row < layout->row_count; row++) {
        observe_row(district, layout, row, panel);
        if (row + 1 < layout->row_count)
            cr_assert(district_step(district, &faults));
    }
}

/* The same replicate, elsewhere: what a snapshot is restored over. */
static void wander(struct district *district, const struct draw_replicate *which, size_t months)
{
    struct faults faults = {0};
    cr_assert(district_start(district, which, &faults));
    for (size_t month = 0; month < months; month++)
        cr_assert(district_step(district, &faults));
}

/* Reviews raise levers by the state alone: told to, as a replicate does. */
static void raise_some(struct district *district)
{
    for (size_t i = 0; i < district->now.count[SECTION_REVIEWS]; i++)
        policy_review(&district->policy, district->scenario, &district->now, i, district->month,
                      0.0);
}

struct fixture {
    struct scenario *scenario;
    struct panel_layout layout;
    struct district whole, other;
    size_t cells;
    double *expected, *panel;
};

static struct fixture fixture_of(const char *file)
{
    struct faults faults = {0};
    struct fixture f = {.scenario = scenario_load(file, NULL, 0, &faults)};
    cr_assert(f.scenario != NULL, "%s", faults.fault[0].message);
    cr_assert(panel_layout_init(&f.layout, f.scenario, &faults));
    cr_assert(district_init(&f.whole, f.scenario, kernels_supported(0), &faults));
    cr_assert(district_init(&f.other, f.scenario, kernels_supported(0), &faults));
    f.cells = f.layout.row_count * f.layout.column_count;
    f.expected = calloc(f.cells, sizeof(double));
    f.panel = calloc(f.cells, sizeof(double));
    return f;
}

static void fixture_clear(struct fixture *f)
{
    free(f->expected), free(f->panel);
    district_clear(&f->whole), district_clear(&f->other);
    panel_layout_clear(&f->layout);
    scenario_free(f->scenario);
}

/* Copied after a row, restored elsewhere; `spoil` may change what is restored. */
static bool goes_on_from(struct fixture *f, size_t row, void (*spoil)(struct district *district))
{
    const struct draw_replicate which = {5, 3, 3, DRAW_BLOCK};
    struct faults faults = {0};
    struct snapshot snapshot = {0};
    wander(&f->whole, &which, row);
    raise_some(&f->whole);
    cr_assert(state_save(&f->whole, &snapshot, &faults));
    cr_expect_eq(snapshot.length, state_bytes(&f->whole));
    finish(&f->whole, &f->layout, f->expected);
    wander(&f->other, &which, 3 * row % f->layout.row_count);
    cr_assert(state_restore(&f->other, &snapshot, &faults));
    snapshot_clear(&snapshot);
    if (spoil != NULL)
        spoil(&f->other);
    memcpy(f->panel, f->expected, (row + 1) * f->layout.column_count * sizeof(double));
    cr_assert(district_step(&f->other, &faults));
    finish(&f->other, &f->layout, f->panel);
    size_t from = (row + 1) * f->layout.column_count;
    return memcmp(f->expected + from, f->panel + from, (f->cells - from) * sizeof(double)) == 0;
}

static void expect_goes_on(const char *file)
{
    struct fixture f = fixture_of(file);
    for (size_t row = 0; row + 1 < f.layout.row_count; row++)
        cr_expect(goes_on_from(&f, row, NULL), "%s, after row %zu", file, row);
    fixture_clear(&f);
}

/* Negative controls: one number of the state that is not restored is noticed. */
static void spoil_talent(struct district *district)
{
    district->talent_heads *= 0.9;
}

static void spoil_firm(struct district *district)
{
    district->firms.later_shock[district->firms.count / 2] += 1.0f;
    district->firms.log_output[0] += 1 << 22;
}

static void spoil_lever(struct district *district)
{
    district->policy.strength[0] += 0.1;
}

Test(state, notices_a_number_that_was_not_restored)
{
    void (*const spoils[])(struct district *) = {spoil_talent, spoil_firm, spoil_lever};
    struct fixture f = fixture_of("scenarios/grand-neobay.yaml");
    for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++)
        cr_expect_not(goes_on_from(&f, 40, spoils[i]), "number %zu", i);
    fixture_clear(&f);
}

Test(state, goes_on_from_any_month_of_a_small_district)
{
    expect_goes_on("tests/small.yaml");
}

Test(state, goes_on_from_any_month_of_the_example)
{
    expect_goes_on("scenarios/example-district.yaml");
}

Test(state, goes_on_from_any_month_of_the_plan)
{
    expect_goes_on("scenarios/grand-neobay.yaml");
}
