/* The ensemble: the same bytes for any number of threads and any cut into blocks; callbacks in
 * order; stopping. */
#include "engine/ensemble.h"

#include "fixture.h"
#include "support/same.h"
#include "support/world.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* The fixture with something unknown, something joint, and floor area that binds. */
static const char *const overrides[] = {
    "exit.rate_per_year={triangular: [0.02, 0.07, 0.2]}",
    "sources.university.venture_share={beta: [4, 8]}",
    "zones.T.floor_area_m2=4000",
    "targets={firms_110: {at_least: 95}, founded: {indicator: founded, date: 2022-06,"
    " since: 2021-03, at_least: 30}}",
    "joint_targets={both: {all_of: [firms_110, founded]}}",
    NULL};

enum { REPLICATES = 90 };

static struct scenario *scenario_of_test(void)
{
    return world_scenario(fixture_yaml, overrides);
}

static struct ensemble_options options_of(size_t first, size_t replicates, int threads)
{
    return (struct ensemble_options){.seed = 4711,
                                     .first = first,
                                     .replicates = replicates,
                                     .strata = DRAW_BLOCK,
                                     .twin_every = 9,
                                     .threads = threads};
}

static struct summary run(const struct scenario *scenario, const struct ensemble_options *options,
                          bool *stopped)
{
    struct summary summary;
    struct faults faults = {0};
    uint64_t agent_steps = 0;
    cr_assert(summary_init(&summary, scenario, &faults));
    cr_assert(ensemble_run(scenario, options, &summary, &agent_steps, stopped, &faults));
    cr_assert(faults.count == 0 && agent_steps > 0);
    return summary;
}

static bool same_target(const struct target_summary *a, const struct target_summary *b, size_t rows)
{
    return a->met == b->met && same_cell(&a->value, &b->value) &&
           same_histogram(&a->shortfall, &b->shortfall) &&
           memcmp(a->first_reached, b->first_reached, rows * sizeof *a->first_reached) == 0;
}

/* What the twins say. */
static bool same_twins(const struct summary *a, const struct summary *b)
{
    size_t targets = panel_targets(&a->scenario->centre);
    bool same = memcmp(a->twins_met, b->twins_met, targets * sizeof *a->twins_met) == 0;
    for (size_t i = 0; i < a->layout.column_count; i++)
        for (size_t group = 0; group < SPLIT_GROUPS; group++)
            same &= moments_same(&a->split[i].sum[group], &b->split[i].sum[group]) &&
                    moments_same(&a->split[i].difference[group], &b->split[i].difference[group]);
    return same;
}

static bool same_summary(const struct summary *a, const struct summary *b)
{
    size_t rows = a->layout.row_count, cells = rows * a->layout.column_count;
    bool same = a->replicates == b->replicates && a->joint_met[0] == b->joint_met[0];
    for (size_t i = 0; i < cells; i++)
        same &= same_cell(&a->cells.cell[i], &b->cells.cell[i]);
    for (size_t i = 0; i < a->scenario->centre.count[SECTION_TARGETS]; i++)
        same &= same_target(&a->target[i], &b->target[i], rows);
    return same && same_twins(a, b);
}

/* Hash of all panels, targets and drawn numbers, in the order in which they are handed in. */
struct witness {
    size_t cells, count, first;
    uint64_t hash;
    bool in_order;
};

static void take(struct witness *witness, const void *bytes, size_t size)
{
    witness->hash = witness->hash * UINT64_C(0x100000001b3) ^ text_hash64(bytes, size);
}

static bool witness_each(void *context, const struct outcome *outcome)
{
    struct witness *witness = context;
    witness->in_order &= outcome->replicate == witness->first + witness->count;
    witness->count++;
    take(witness, outcome->panel, witness->cells * sizeof *outcome->panel);
    take(witness, outcome->target_value, 2 * sizeof *outcome->target_value);
    take(witness, outcome->target_reached, 2 * sizeof *outcome->target_reached);
    take(witness, outcome->drawn, 2 * sizeof *outcome->drawn);
    return true;
}

static struct witness witnessed(const struct scenario *scenario, struct ensemble_options options,
                                struct summary *summary)
{
    struct panel_layout layout;
    struct faults faults = {0};
    cr_assert(panel_layout_init(&layout, scenario, &faults));
    struct witness witness = {
        .cells = layout.row_count * layout.column_count, .first = options.first, .in_order = true};
    panel_layout_clear(&layout);
    options.each = witness_each;
    options.context = &witness;
    bool stopped = false;
    *summary = run(scenario, &options, &stopped);
    cr_expect(!stopped && witness.in_order && witness.count == options.replicates);
    return witness;
}

/* Panels and summaries, byte for byte, for 1, 2 and 5 threads. Twin: another seed. */
Test(ensemble, threads_change_no_byte)
{
    struct scenario *scenario = scenario_of_test();
    const int threads[] = {2, 5};
    struct summary one, many;
    struct witness first = witnessed(scenario, options_of(0, REPLICATES, 1), &one);
    for (size_t i = 0; i < 2; i++) {
        struct witness other = witnessed(scenario, options_of(0, REPLICATES, threads[i]), &many);
        cr_expect_eq(first.hash, other.hash, "%d threads", threads[i]);
        cr_expect(same_summary(&one, &many), "%d threads", threads[i]);
        summary_clear(&many);
    }
    struct ensemble_options lucky = options_of(0, REPLICATES, 1);
    lucky.seed++;
    struct witness other = witnessed(scenario, lucky, &many);
    cr_expect(first.hash != other.hash && !same_summary(&one, &many), "twin");
    summary_clear(&one);
    summary_clear(&many);
    scenario_free(scenario);
}

/* [0, n) cut anywhere and merged, in either order, is the whole. Twin: a block that overlaps. */
Test(ensemble, blocks_merge_to_the_whole)
{
    struct scenario *scenario = scenario_of_test();
    const size_t cuts[] = {1, REPLICATES / 2, REPLICATES - 7};
    struct ensemble_options all = options_of(0, REPLICATES, 2);
    struct summary whole = run(scenario, &all, NULL);
    for (size_t i = 0; i < 3; i++)
        for (size_t overlap = 0; overlap < 2; overlap++) {
            size_t rest = REPLICATES - cuts[i];
            struct ensemble_options low = options_of(0, cuts[i], 2);
            struct ensemble_options high = options_of(cuts[i] - overlap, rest, 1);
            struct summary left = run(scenario, &low, NULL), right = run(scenario, &high, NULL);
            summary_merge(&right, &left);
            cr_expect_eq(same_summary(&whole, &right), overlap == 0, "cut at %zu", cuts[i]);
            summary_clear(&left);
            summary_clear(&right);
        }
    summary_clear(&whole);
    scenario_free(scenario);
}

/* A summary as bytes comes back to the bit, takes more replicates like the one it was, and is not
 * believed where bytes are missing, wrong or more than there should be. */
Test(ensemble, a_summary_comes_back_from_bytes)
{
    enum { CUT = REPLICATES / 3 };
    struct scenario *scenario = scenario_of_test();
    struct ensemble_options all = options_of(0, REPLICATES, 2), low = options_of(0, CUT, 1);
    struct ensemble_options high = options_of(CUT, REPLICATES - CUT, 2);
    struct summary whole = run(scenario, &all, NULL), part = run(scenario, &low, NULL), back;
    struct text text = {0};
    struct faults faults = {0};
    summary_put(&text, &part);
    cr_assert(summary_init(&back, scenario, &faults));
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    struct bytes_reader reader = {bytes, bytes + text.length};
    summary_take(&reader, &back);
    cr_expect(reader.at == reader.end && same_summary(&part, &back));
    cr_assert(ensemble_run(scenario, &high, &back, NULL, NULL, &faults));
    cr_expect(same_summary(&whole, &back), "went on");
    for (size_t cut = 1; cut < text.length; cut += 1 + text.length / 50) {
        reader = (struct bytes_reader){bytes, bytes + text.length - cut};
        summary_take(&reader, &back);
        cr_expect(reader.at == NULL, "cut by %zu", cut);
    }
    for (size_t at = 0; at < text.length;
         at += 1 + text.length / 400) { /* whatever is read, no harm */
        text.bytes[at] ^= 0x55;
        reader = (struct bytes_reader){bytes, bytes + text.length};
        summary_take(&reader, &back);
        text.bytes[at] ^= 0x55;
    }
    text_clear(&text);
    summary_clear(&whole), summary_clear(&part), summary_clear(&back);
    scenario_free(scenario);
}

/* A run that stops at a precision stops at the same replicate for any number of threads; with a
 * wider one, sooner. */
Test(ensemble, precision_stops_alike_for_any_threads)
{
    struct scenario *scenario = scenario_of_test();
    const int threads[] = {1, 2, 5};
    struct summary narrow[3];
    for (size_t i = 0; i < 3; i++) {
        struct ensemble_options options = options_of(0, 4000, threads[i]);
        options.precision = 0.04;
        bool stopped = false;
        narrow[i] = run(scenario, &options, &stopped);
        cr_expect(!stopped, "nobody stopped it: it was done");
        cr_expect(same_summary(&narrow[0], &narrow[i]), "%d threads", threads[i]);
        options.precision = 0.09;
        struct summary wide = run(scenario, &options, NULL);
        cr_expect_lt(wide.replicates, narrow[i].replicates);
        summary_clear(&wide);
    }
    cr_expect_lt(narrow[0].replicates, 4000);
    cr_expect_leq(ensemble_half_width(&narrow[0]), 0.04);
    for (size_t i = 0; i < 3; i++)
        summary_clear(&narrow[i]);
    scenario_free(scenario);
}

struct patience {
    size_t seen, most;
    bool in_order;
};

static bool progress_until(void *context, size_t done, size_t total)
{
    struct patience *patience = context;
    patience->in_order &= done == ++patience->seen && total == REPLICATES;
    return done < patience->most;
}

static bool each_until(void *context, const struct outcome *outcome)
{
    struct patience *patience = context;
    patience->in_order &= outcome->replicate == patience->seen++;
    return patience->seen < patience->most;
}

/* Told after each replicate; stopped at the seventh, it holds seven. */
Test(ensemble, progress_may_stop_it)
{
    struct scenario *scenario = scenario_of_test();
    struct ensemble_options seven = options_of(0, 7, 1);
    struct summary wanted = run(scenario, &seven, NULL);
    for (int threads = 1; threads <= 5; threads += 2) {
        struct patience patience = {.most = 7, .in_order = true};
        struct ensemble_options options = options_of(0, REPLICATES, threads);
        bool stopped = false;
        options.progress = progress_until;
        options.context = &patience;
        struct summary summary = run(scenario, &options, &stopped);
        cr_expect(stopped && patience.in_order && patience.seen == 7, "%d threads", threads);
        cr_expect(same_summary(&wanted, &summary), "%d threads", threads);
        summary_clear(&summary);
    }
    summary_clear(&wanted);
    scenario_free(scenario);
}

/* A callback that refuses the fifth leaves the four before it. */
Test(ensemble, each_may_stop_it)
{
    struct scenario *scenario = scenario_of_test();
    for (int threads = 1; threads <= 5; threads += 2) {
        struct patience patience = {.most = 5, .in_order = true};
        struct ensemble_options options = options_of(0, REPLICATES, threads);
        bool stopped = false;
        options.each = each_until;
        options.context = &patience;
        struct summary summary = run(scenario, &options, &stopped);
        cr_expect(stopped && patience.in_order && patience.seen == 5, "%d threads", threads);
        cr_expect_eq(summary.replicates, 4);
        summary_clear(&summary);
    }
    scenario_free(scenario);
}

/* What the outcome says of targets, worked out again from the panel. */
struct judge {
    const struct scenario *scenario;
    struct panel_layout layout;
    size_t met[2];
};

static double cell_of(const struct judge *judge, const struct outcome *outcome, size_t row,
                      enum indicator_id indicator)
{
    return outcome->panel[row * judge->layout.column_count + judge->layout.first[indicator]];
}

static bool judge_each(void *context, const struct outcome *outcome)
{
    struct judge *judge = context;
    double founded = 0.0;
    int reached[2] = {TARGET_NEVER, TARGET_NEVER};
    for (size_t row = 0; row < judge->layout.row_count; row++) {
        double firms = cell_of(judge, outcome, row, INDICATOR_FIRMS);
        if (row >= 3) /* since 2021-03; row 1 is 2021-01 */
            founded += cell_of(judge, outcome, row, INDICATOR_FOUNDED);
        if (row == 24)
            cr_expect_eq(outcome->target_value[0], firms);
        if (row == 18)
            cr_expect_eq(outcome->target_value[1], founded);
        if (reached[0] == TARGET_NEVER && firms >= 95)
            reached[0] = (int)row;
        if (reached[1] == TARGET_NEVER && founded >= 30)
            reached[1] = (int)row;
    }
    cr_expect(reached[0] == outcome->target_reached[0] && reached[1] == outcome->target_reached[1]);
    judge->met[0] += outcome->target_value[0] >= 95;
    judge->met[1] += outcome->target_value[1] >= 30;
    return true;
}

Test(ensemble, targets_are_read_off_the_panel)
{
    struct judge judge = {.scenario = scenario_of_test()};
    struct faults faults = {0};
    cr_assert(panel_layout_init(&judge.layout, judge.scenario, &faults));
    struct ensemble_options options = options_of(0, REPLICATES, 2);
    options.each = judge_each;
    options.context = &judge;
    struct summary summary = run(judge.scenario, &options, NULL);
    for (size_t i = 0; i < 2; i++) {
        cr_expect_eq(summary.target[i].met, judge.met[i]);
        cr_expect(judge.met[i] > 0 && judge.met[i] < REPLICATES, "%zu says something", i);
    }
    summary_clear(&summary);
    panel_layout_clear(&judge.layout);
    scenario_free((struct scenario *)judge.scenario);
}

/* Twins share their world and nothing else: what is drawn for it is the same, the panels differ.
 * Every third replicate has one. */
static bool twin_each(void *context, const struct outcome *outcome)
{
    size_t *twins = context;
    cr_expect_eq(outcome->twin != NULL, outcome->replicate % 3 == 0);
    if (outcome->twin == NULL)
        return true;
    cr_expect_eq(outcome->drawn[0], outcome->twin->drawn[0], "one world");
    cr_expect_neq(memcmp(outcome->panel, outcome->twin->panel, 40 * sizeof(double)), 0,
                  "two lucks");
    return ++*twins < 100;
}

Test(ensemble, twins_share_their_world)
{
    struct scenario *scenario = SCENARIO(fixture_yaml, "exit.rate_per_year={uniform: [0.02, 0.1]}");
    size_t twins = 0;
    struct ensemble_options options = {
        .seed = 3, .replicates = 12, .twin_every = 3, .each = twin_each, .context = &twins};
    struct summary summary = run(scenario, &options, NULL);
    cr_expect_eq(twins, 4);
    cr_expect_eq(paired_total(&summary.twins_met[0]), 4);
    cr_expect_eq(summary.replicates, 12, "twins are no replicates");
    summary_clear(&summary);
    scenario_free(scenario);
}

/* A run that may be stopped by looking reports intervals that bear it: wider than those of the same
 * replicates when their number was fixed. */
Test(ensemble, looking_widens_intervals)
{
    struct scenario *scenario = scenario_of_test();
    struct ensemble_options options = options_of(0, REPLICATES, 2);
    struct summary fixed = run(scenario, &options, NULL);
    options.precision = 0.4;
    struct summary looked = run(scenario, &options, NULL);
    cr_assert_eq(fixed.replicates, looked.replicates, "too few to look even once");
    struct interval narrow = summary_interval(&fixed, fixed.target[0].met);
    struct interval wide = summary_interval(&looked, looked.target[0].met);
    cr_expect(wide.high - wide.low > 1.2 * (narrow.high - narrow.low));
    summary_clear(&fixed);
    summary_clear(&looked);
    scenario_free(scenario);
}
