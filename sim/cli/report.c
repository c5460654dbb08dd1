#include "cli/report.h"

#include "cli/grid.h"
#include "cli/input.h"
#include "cli/limits_report.h"
#include "store/split_table.h"
#include "store/tables.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

const char *report_dim(const struct run_report *report)
{
    return report->colour ? "\033[2m" : "";
}

const char *report_plain(const struct run_report *report)
{
    return report->colour ? "\033[0m" : "";
}

static const char *bold(const struct run_report *report)
{
    return report->colour ? "\033[1m" : "";
}

void report_heading(const struct run_report *report, const char *words, struct text *out)
{
    text_append(out, "\n%s%s%s\n", bold(report), words, report_plain(report));
}

static const struct scenario *scenario_of(const struct run_report *report)
{
    return report->summary->scenario;
}

static void head(const struct run_report *report, struct text *out)
{
    const struct scenario *scenario = scenario_of(report);
    const char *title = input_about(scenario, "title");
    char start[TEXT_MONTH_BYTES], end[TEXT_MONTH_BYTES], count[HUMAN_BYTES];
    text_append(out, "\n%s%s%s\n", bold(report),
                title[0] == '\0' ? report->record->scenario_file : title, report_plain(report));
    text_append(out, "%s to %s, %s replicates, seed %" PRIu64 "\n",
                text_month(start, (int)scenario->centre.clock->start),
                text_month(end, (int)scenario->centre.clock->end),
                human_number(count, (double)report->record->replicates), report->record->seed);
    for (size_t i = 0; i < report->record->override_count; i++)
        text_append(out, "%s%s", i == 0 ? "with " : ", ", report->record->overrides[i]);
    text_append(out, "%s", report->record->override_count > 0 ? "\n" : "");
}

/* ------------------------------------------------------------------ targets */

/* Adds a cell with a probability and one with its interval. */
static void add_odds(struct grid *grid, const struct targets_row *row)
{
    char share[HUMAN_BYTES];
    grid_add(grid, "%s", human_share(share, row->probability));
    grid_add(grid, "%s", human_share_range(share, row->low95, row->high95));
}

static void add_range(struct grid *grid, double low, double high)
{
    char from[HUMAN_BYTES], to[HUMAN_BYTES];
    grid_add(grid, "%s – %s", human_number(from, low), human_number(to, high));
}

static void add_threshold(struct grid *grid, const struct targets_row *row)
{
    char low[HUMAN_BYTES], high[HUMAN_BYTES];
    if (!isnan(row->at_least) && !isnan(row->at_most))
        add_range(grid, row->at_least, row->at_most);
    else if (!isnan(row->at_least))
        grid_add(grid, "≥ %s", human_number(low, row->at_least));
    else
        grid_add(grid, "≤ %s", human_number(high, row->at_most));
}

/* "2025-12", or "2021-01–2025-12" where months are summed. */
static void add_dates(struct grid *grid, const struct targets_row *row)
{
    char since[TEXT_MONTH_BYTES], date[TEXT_MONTH_BYTES];
    if (row->since == MONTH_NEVER)
        grid_add(grid, "%s", text_month(date, row->date));
    else
        grid_add(grid, "%s–%s", text_month(since, row->since), text_month(date, row->date));
}

static void add_target(struct grid *grid, const struct targets_row *row)
{
    char number[HUMAN_BYTES];
    grid_add(grid, "%s", row->target);
    grid_add(grid, "%s", row->indicator);
    add_dates(grid, row);
    add_threshold(grid, row);
    add_odds(grid, row);
    grid_add(grid, "%s", human_number(number, row->p50));
    add_range(grid, row->p05, row->p95);
    grid_add(grid, "%s", human_number(number, row->median_shortfall));
}

/* Says of which targets the indicator had no value in some replicates. */
static void without_value(const struct run_report *report, struct text *out)
{
    char number[2][HUMAN_BYTES];
    for (size_t t = 0; t < scenario_of(report)->centre.count[SECTION_TARGETS]; t++) {
        const struct target_summary *seen = &report->summary->target[t];
        uint64_t without = report->summary->replicates - seen->value.moments.count;
        if (without > 0)
            text_append(out, "  %s: no value in %s of %s replicates, which count as missed\n",
                        scenario_of(report)->name[SECTION_TARGETS][t],
                        human_number(number[0], (double)without),
                        human_number(number[1], (double)report->summary->replicates));
    }
}

static void targets(const struct run_report *report, struct text *out)
{
    static const char *const names[] = {"target",        "indicator", "by",     "threshold", "odds",
                                        "95 % interval", "median",    "5–95 %", "missed by"};
    size_t count = scenario_of(report)->centre.count[SECTION_TARGETS];
    struct text all_of = {0};
    struct grid grid = {.align = "lllrrrrrr"};
    grid_add_words(&grid, names, sizeof names / sizeof *names);
    for (size_t t = 0; t < count; t++) {
        struct targets_row row = tables_target(report->summary, report->observed, t, &all_of);
        add_target(&grid, &row);
    }
    if (count > 0) {
        report_heading(report, "The plan's targets", out);
        grid_write(&grid, report_dim(report), out);
        text_append(out, "  %smissed by: the median shortfall where a target is missed%s\n",
                    report_dim(report), report_plain(report));
        without_value(report, out);
    }
    grid_clear(&grid);
    text_clear(&all_of);
}

static void joint_targets(const struct run_report *report, struct text *out)
{
    static const char *const names[] = {"target", "all of", "odds", "95 % interval"};
    size_t first = scenario_of(report)->centre.count[SECTION_TARGETS];
    size_t end = tables_target_count(scenario_of(report));
    struct text all_of = {0};
    struct grid grid = {.align = "llrr"};
    grid_add_words(&grid, names, sizeof names / sizeof *names);
    for (size_t t = first; t < end; t++) {
        struct targets_row row = tables_target(report->summary, report->observed, t, &all_of);
        grid_add(&grid, "%s", row.target);
        grid_add(&grid, "%s", row.all_of == NULL ? "" : row.all_of);
        add_odds(&grid, &row);
    }
    if (end > first) {
        report_heading(report, "Targets met together", out);
        grid_write(&grid, report_dim(report), out);
    }
    grid_clear(&grid);
    text_clear(&all_of);
}

/* ------------------------------------------------------------------ ignorance */

static void add_share_of_variance(struct grid *grid, const struct split_row *row)
{
    char share[HUMAN_BYTES], error[HUMAN_BYTES];
    if (!isnan(row->ignorance_share))
        grid_add(grid, "%s ± %s", human_share(share, row->ignorance_share),
                 human_share(error, row->ignorance_share_error));
    else if (!isnan(row->ignorance_share_most))
        grid_add(grid, "at most %s", human_share(share, row->ignorance_share_most));
    else
        grid_add(grid, "no pair tells");
}

/* A share with its interval: 96.3 % (95.2 – 97.4). */
static void add_estimate(struct grid *grid, double share, double low, double high)
{
    char text[HUMAN_BYTES], range[HUMAN_BYTES];
    human_share_range(range, low, high);
    range[strlen(range) - strlen(" %")] = '\0'; /* one % is enough */
    grid_add(grid, "%s (%s)", human_share(text, share), range);
}

static void add_split(struct grid *grid, const struct split_row *row)
{
    grid_add(grid, "%s", row->target);
    add_share_of_variance(grid, row);
    if (isnan(row->probability_p05)) {
        for (size_t i = 0; i < 4; i++)
            grid_add(grid, "–"); /* too few met it, or missed it */
        return;
    }
    add_estimate(grid, row->draws_below_1, row->draws_below_1_low95, row->draws_below_1_high95);
    add_estimate(grid, row->draws_above_50, row->draws_above_50_low95, row->draws_above_50_high95);
    add_estimate(grid, row->probability_p05, row->probability_p05_low95,
                 row->probability_p05_high95);
    add_estimate(grid, row->probability_p95, row->probability_p95_low95,
                 row->probability_p95_high95);
}

/* How much of each answer's spread better knowledge could remove, and how far it might move it. */
static void ignorance(const struct run_report *report, struct text *out)
{
    static const char *const names[] = {"target",           "share of variance",  "draws below 1 %",
                                        "draws above 50 %", "5 % of draws below", "5 % above"};
    size_t count = tables_target_count(scenario_of(report));
    struct grid grid = {.align = "lrrrrr"};
    grid_add_words(&grid, names, sizeof names / sizeof *names);
    for (size_t t = 0; t < count; t++) {
        struct split_row row = split_table_target(report->summary, report->bands, t);
        add_split(&grid, &row);
    }
    bool uncertain = scenario_uncertain_count(scenario_of(report)) > 0;
    if (uncertain && count > 0 && paired_total(&report->summary->twins_met[0]) > 1) {
        report_heading(
            report, "What is not known: how likely a target is in how many parameter draws", out);
        grid_write(&grid, report_dim(report), out);
        text_append(
            out,
            "  %sshare of variance: the part that what is not known has in the spread; 95 %% "
            "intervals in brackets%s\n",
            report_dim(report), report_plain(report));
    }
    grid_clear(&grid);
}

/* ------------------------------------------------------------------ observed */

/* "500", "≥ 600" or "600 – 699". */
static void add_seen(struct grid *grid, const struct observation *seen)
{
    char number[2][HUMAN_BYTES];
    human_number(number[0], seen->value);
    if (seen->kind == OBSERVED_BETWEEN)
        grid_add(grid, "%s – %s", number[0], human_number(number[1], seen->to));
    else
        grid_add(grid, "%s%s",
                 seen->kind == OBSERVED_AT_LEAST  ? "≥ "
                 : seen->kind == OBSERVED_AT_MOST ? "≤ "
                                                  : "",
                 number[0]);
}

static void add_observation(const struct run_report *report, struct grid *grid,
                            const struct observation *seen, const struct cell *cell)
{
    static const char *const verdicts[] = {"below", "within", "above"};
    char text[HUMAN_BYTES];
    bool whole = indicator_is_whole(seen->indicator);
    double low = histogram_quantile(&cell->histogram, 0.05, whole);
    double high = histogram_quantile(&cell->histogram, 0.95, whole);
    const char *zone = panel_name(scenario_of(report), SECTION_ZONES, seen->zone);
    const char *sector = panel_name(scenario_of(report), SECTION_SECTORS, seen->sector);
    const char *part = zone != NULL ? zone : sector;
    grid_add(grid, "%s", text_month(text, seen->month));
    grid_add(grid, "%s%s%s", indicators[seen->indicator].name, part == NULL ? "" : " ",
             part == NULL ? "" : part);
    add_seen(grid, seen);
    grid_add(grid, "%s", human_number(text, histogram_quantile(&cell->histogram, 0.5, whole)));
    add_range(grid, low, high);
    grid_add(grid, "%s", isnan(low) ? "" : verdicts[1 + observed_side(seen, low, high)]);
    grid_add(grid, "%s", seen->use == OBSERVED_FOR_NONE ? "" : observed_use_names[seen->use]);
}

/* What was observed beside what was simulated; or what is assumed, which nobody saw. */
static void observations(const struct run_report *report, bool assumed, struct text *out)
{
    const char *const names[] = {
        "month", "indicator", assumed ? "(assumed)" : "observed", "median", "5–95 %", "", "use"};
    struct grid grid = {.align = "llrrrll"};
    grid_add_words(&grid, names, sizeof names / sizeof *names);
    size_t shown = 0;
    for (size_t i = 0; i < report->observed->count; i++) {
        const struct observation *seen = &report->observed->observation[i];
        const struct cell *cell = observed_cell(report->summary, seen);
        if (cell == NULL || seen->assumed != assumed)
            continue;
        add_observation(report, &grid, seen, cell);
        shown++;
    }
    if (shown > 0) {
        report_heading(report,
                       assumed ? "Assumed beside simulated: nobody observed these"
                               : "Observed beside simulated",
                       out);
        grid_write(&grid, report_dim(report), out);
    }
    grid_clear(&grid);
}

/* ------------------------------------------------------------------ the end */

static void foot(const struct run_report *report, struct text *out)
{
    const struct run_record *record = report->record;
    char count[HUMAN_BYTES], asked[HUMAN_BYTES], time[HUMAN_BYTES], pace[HUMAN_BYTES];
    text_append(out, "\n");
    if (record->replicates < record->replicates_asked)
        text_append(out, "Stopped before %s replicates: every target is known within ±%s\n",
                    human_number(asked, (double)record->replicates_asked),
                    human_number(pace, record->precision));
    double ns = 1e9 * record->seconds * record->threads / (double)record->agent_steps;
    text_append(out, "%s replicates took %s on %d %s",
                human_number(count, (double)record->replicates), human_time(time, record->seconds),
                record->threads, record->threads == 1 ? "thread" : "threads");
    if (isfinite(ns))
        text_append(out, ", %s ns an agent-step a thread", human_number(pace, ns));
    text_append(out, "\nResults: %s/\n", report->folder);
}

void report_write(const struct run_report *report, struct text *out)
{
    head(report, out);
    targets(report, out);
    joint_targets(report, out);
    ignorance(report, out);
    observations(report, false, out);
    observations(report, true, out);
    limits_report(report, out);
    foot(report, out);
}
