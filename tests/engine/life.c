/* The events of firms: they add up to the flows and stocks of every month. */
#include "engine/life.h"

#include "fixture.h"
#include "model/district.h"
#include "support/world.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { MONTHS = 37 };

struct tally {
    int start;
    double events[MONTHS][LIFE_COUNT], raised[MONTHS], exits_certified[MONTHS];
    double certified_at_start, pairs[MONTHS][2][2];
    double firms[MONTHS];
    size_t limit, seen; /* events, 0: no limit */
    double *panel;
    const struct panel_layout *layout;
};

static bool count_event(void *context, const struct life_event *event)
{
    struct tally *tally = context;
    size_t month = (size_t)(event->firm.month - tally->start);
    bool leaves = event->kind == LIFE_FAILED || event->kind == LIFE_RELOCATED;
    cr_assert_lt(month, MONTHS);
    tally->events[month][event->kind]++;
    tally->raised[month] += event->raised_myuan;
    tally->exits_certified[month] += leaves && event->firm.certified_until >= event->firm.month;
    tally->certified_at_start +=
        event->kind == LIFE_PRESENT && event->firm.certified_until > event->firm.month;
    if (event->kind == LIFE_MOVED)
        tally->pairs[month][event->zone_left][event->firm.zone]++;
    return ++tally->seen != tally->limit;
}

static bool count_firm(void *context, const struct firm_row *row)
{
    struct tally *tally = context;
    tally->firms[row->month - tally->start]++;
    return true;
}

static void keep_panel(void *context, const struct outcome *outcome)
{
    struct tally *tally = context;
    size_t cells = tally->layout->row_count * tally->layout->column_count;
    tally->panel = calloc(cells, sizeof(double));
    memcpy(tally->panel, outcome->panel, cells * sizeof(double));
}

static double cell(const struct tally *tally, size_t row, enum indicator_id indicator)
{
    const struct panel_layout *layout = tally->layout;
    return tally->panel[row * layout->column_count + layout->first[indicator]];
}

/* Each event counts what an indicator counts. */
static const struct {
    enum life_kind event;
    enum indicator_id indicator;
} same[] = {
    {LIFE_FOUNDED, INDICATOR_FOUNDED},     {LIFE_ARRIVED, INDICATOR_ARRIVED},
    {LIFE_LICENSED, INDICATOR_LICENCES},   {LIFE_FUNDED, INDICATOR_ROUNDS},
    {LIFE_LISTED, INDICATOR_NEWLY_LISTED}, {LIFE_FAILED, INDICATOR_FAILED},
    {LIFE_RELOCATED, INDICATOR_RELOCATED},
};

static void expect_month(const struct tally *tally, size_t row)
{
    const double *events = tally->events[row];
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        cr_expect_eq(events[same[i].event], cell(tally, row, same[i].indicator), "%s in month %zu",
                     life_names[same[i].event], row);
    cr_expect_float_eq(tally->raised[row], cell(tally, row, INDICATOR_RAISED), 1e-9);
    const struct panel_layout *layout = tally->layout;
    for (size_t i = layout->first[INDICATOR_GRADUATED]; i < layout->first[INDICATOR_GRADUATED + 1];
         i++)
        cr_expect_eq(tally->pairs[row][layout->column[i].zone][layout->column[i].zone_reached],
                     tally->panel[row * layout->column_count + i]);
    double certified =
        row == 0 ? tally->certified_at_start : cell(tally, row - 1, INDICATOR_HIGHTECH_FIRMS);
    certified += events[LIFE_CERTIFIED] - events[LIFE_LAPSED] - tally->exits_certified[row];
    cr_expect_eq(certified, cell(tally, row, INDICATOR_HIGHTECH_FIRMS), "month %zu", row);
    double firms = row == 0 ? events[LIFE_PRESENT] : cell(tally, row - 1, INDICATOR_FIRMS);
    firms +=
        events[LIFE_FOUNDED] + events[LIFE_ARRIVED] - events[LIFE_FAILED] - events[LIFE_RELOCATED];
    cr_expect_eq(firms, cell(tally, row, INDICATOR_FIRMS));
    cr_expect_eq(tally->firms[row], cell(tally, row, INDICATOR_FIRMS));
}

/* A world in which much happens, also to firms in the month of their birth. Reviews move a lever,
 * so a replicate told without them would be another. */
static struct scenario *busy(void)
{
    return SCENARIO(
        fixture_yaml, "clock.end=2023-12", "exit.rate_per_year=2", "relocation.rate_per_year=0.5",
        "listing.rate_per_year=2", "listing.output_myuan=1", "rounds.late.raise_rate_per_year=4",
        "rounds.seed.raise_rate_per_year=6", "rounds.a.raise_rate_per_year=6",
        "rounds.b.raise_rate_per_year=6", "certificate.valid_months=12",
        "arrivals.movers.rate_per_year=400", "zones.T.graduate_rate_per_year=6",
        "zones.T.graduate_staff=6", "zones.O.floor_area_m2=3000000", "projects.maturation_speed=4",
        "targets.firms_110.at_least=100000",
        "reviews={yearly: {target: firms_110, start: 2021-01, calendar_month: 6, "
        "adds: {levers.shelter.intensity: 0.5}}}",
        "levers.shelter.intensity=0", "levers.shelter.multiplies={exit.rate_per_year: -0.8}");
}

static struct tally tally_of(const struct scenario *scenario, const struct panel_layout *layout,
                             uint32_t replicate, size_t limit)
{
    struct tally tally = {.start = layout->first_month, .layout = layout, .limit = limit};
    struct faults faults = {0};
    const struct draw_replicate which = {WORLD_SEED, replicate, replicate, 0};
    const struct life_watch watch = {
        .event = count_event, .firm = count_firm, .outcome = keep_panel, .context = &tally};
    cr_assert(life_run(scenario, &which, &watch, &faults));
    return tally;
}

Test(life, events_add_up_to_every_month)
{
    struct scenario *scenario = busy();
    struct panel_layout layout;
    struct faults faults = {0};
    double all[LIFE_COUNT] = {0};
    cr_assert(panel_layout_init(&layout, scenario, &faults));
    for (uint32_t replicate = 0; replicate < 3; replicate++) {
        struct tally tally = tally_of(scenario, &layout, replicate, 0);
        for (size_t row = 0; row < layout.row_count; row++) {
            expect_month(&tally, row);
            for (size_t i = 0; i < LIFE_COUNT; i++)
                all[i] += tally.events[row][i];
        }
        free(tally.panel);
    }
    for (size_t i = 0; i < LIFE_COUNT; i++)
        cr_expect_gt(all[i], 0.0, "%s: a law of what never happens says nothing", life_names[i]);
    panel_layout_clear(&layout);
    scenario_free(scenario);
}

/* Looking on changes nothing: the panel is that of the ensemble. */
Test(life, is_the_replicate_of_the_run)
{
    struct scenario *scenario = busy();
    struct panel_layout layout;
    struct faults faults = {0};
    struct district district;
    struct replicate replicate;
    const struct draw_replicate which = {WORLD_SEED, 2, 2, 0};
    cr_assert(panel_layout_init(&layout, scenario, &faults));
    cr_assert(district_init(&district, scenario, kernels_supported(0), &faults));
    cr_assert(replicate_init(&replicate, scenario, &layout, &faults));
    cr_assert(replicate_run(&replicate, &district, &layout, &which, &faults));
    struct tally tally = tally_of(scenario, &layout, 2, 0);
    cr_expect_eq(memcmp(tally.panel, replicate.panel,
                        layout.row_count * layout.column_count * sizeof(double)),
                 0);
    free(tally.panel);
    replicate_clear(&replicate);
    district_clear(&district);
    panel_layout_clear(&layout);
    scenario_free(scenario);
}

Test(life, ends_when_told)
{
    struct scenario *scenario = busy();
    struct panel_layout layout;
    struct faults faults = {0};
    cr_assert(panel_layout_init(&layout, scenario, &faults));
    size_t present = 80, limits[] = {7, present + 1, present + 200};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct tally tally = tally_of(scenario, &layout, 0, limits[i]);
        cr_expect_eq(tally.seen, limits[i]);
        cr_expect_null(tally.panel, "no outcome of a replicate that was ended");
    }
    panel_layout_clear(&layout);
    scenario_free(scenario);
}
