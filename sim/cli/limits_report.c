#include "cli/limits_report.h"

#include "cli/grid.h"

#include <math.h>
#include <stdlib.h>

static const double alpha = 0.05;

static void add_months_short(struct grid *grid, const struct run_report *report, size_t limit)
{
    char share[HUMAN_BYTES];
    double months = limits_months_short(report->summary, limit);
    grid_add(grid, "%s", isnan(months) ? "–" : human_share(share, months));
}

/* ------------------------------------------------------------------ points gained */

/* The limits of one target, those first whose lifting gains most. */
struct ranked {
    size_t limit[LIMITS_MOST], count;
};

/* Limits whose gain for a target is told from none. */
static struct ranked told(const struct limits *limits, const double *p, size_t target)
{
    struct ranked ranked = {.count = 0};
    for (size_t l = 0; l < LIMITS_MOST; l++) {
        if (!(p[l * limits->targets + target] < alpha))
            continue;
        double gain = limits_gain(limits, l, target).estimate;
        size_t place = ranked.count++;
        for (; place > 0 && limits_gain(limits, ranked.limit[place - 1], target).estimate < gain;
             place--)
            ranked.limit[place] = ranked.limit[place - 1];
        ranked.limit[place] = l;
    }
    return ranked;
}

static void add_points(struct grid *grid, double points)
{
    grid_add(grid, "%+.1f", 100.0 * points);
}

static void add_limit(struct grid *grid, const struct run_report *report, size_t limit,
                      size_t target, const char *called)
{
    struct difference gain = limits_gain(report->limits, limit, target);
    grid_add(grid, "%s", called);
    grid_add(grid, "%s", limits_table[limit].says);
    add_points(grid, gain.estimate);
    grid_add(grid, "%+.1f – %+.1f", 100.0 * gain.low, 100.0 * gain.high);
    add_months_short(grid, report, limit);
}

/* A row for a target that no limit is known to hold back: the widest interval. */
static void add_none(struct grid *grid, const struct limits *limits, size_t target,
                     const char *called)
{
    double low = 0.0, high = 0.0;
    for (size_t l = 0; l < LIMITS_MOST; l++) {
        struct difference gain = limits_gain(limits, l, target);
        low = limits->there[l] ? fmin(low, gain.low) : low;
        high = limits->there[l] ? fmax(high, gain.high) : high;
    }
    grid_add(grid, "%s", called);
    grid_add(grid, "%s", "none is told from 0");
    grid_add(grid, "%s", "");
    grid_add(grid, "%+.1f – %+.1f", 100.0 * low, 100.0 * high);
    grid_add(grid, "%s", "");
}

static void add_target(struct grid *grid, const struct run_report *report, const double *p,
                       size_t target)
{
    const char *called = panel_target_name(report->summary->scenario, target);
    struct ranked ranked = told(report->limits, p, target);
    for (size_t i = 0; i < ranked.count; i++)
        add_limit(grid, report, ranked.limit[i], target, i == 0 ? called : "");
    if (ranked.count == 0)
        add_none(grid, report->limits, target, called);
}

static void gains(const struct run_report *report, const double *p, struct text *out)
{
    static const char *const names[] = {"target", "limit lifted", "points", "95 % interval",
                                        "months short"};
    const struct limits *limits = report->limits;
    char count[HUMAN_BYTES];
    struct grid grid = {.align = "llrrr"};
    grid_add_words(&grid, names, sizeof names / sizeof *names);
    for (size_t t = 0; t < limits->targets; t++)
        add_target(&grid, report, p, t);
    report_heading(report, "What holds the plan back: points gained where a limit is lifted", out);
    grid_write(&grid, report_dim(report), out);
    text_append(out,
                "  %sof the first %s replicates, on the same draws; told from 0 after Holm's "
                "correction; all in limits.csv%s\n",
                report_dim(report), human_number(count, (double)limits->replicates),
                report_plain(report));
    grid_clear(&grid);
}

/* ------------------------------------------------------------------ months alone */

static void months(const struct run_report *report, struct text *out)
{
    struct grid grid = {.align = "lr"};
    for (size_t l = 0; l < LIMITS_MOST; l++) {
        enum indicator_id bound = limits_table[l].bound;
        if (bound == INDICATOR_COUNT || (l > 0 && limits_table[l - 1].bound == bound))
            continue;
        grid_add(&grid, "%s", limits_table[l].says);
        add_months_short(&grid, report, l);
    }
    report_heading(report, "Share of months in which a market was short", out);
    grid_write(&grid, "", out);
    grid_clear(&grid);
}

void limits_report(const struct run_report *report, struct text *out)
{
    const struct limits *limits = report->limits;
    double *p = limits == NULL ? NULL : calloc(LIMITS_MOST * limits->targets + 1, sizeof *p);
    if (p != NULL && limits->targets > 0 && limits_adjust(limits, p))
        gains(report, p, out);
    else
        months(report, out);
    free(p);
}
