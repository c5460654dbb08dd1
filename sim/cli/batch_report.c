#include "cli/batch_report.h"

#include "cli/grid.h"
#include "cli/ranking_report.h"
#include "study/family.h"
#include "study/stopping.h"

#include <math.h>
#include <string.h>

enum { SHOWN_POINTS = 40, SHOWN_SAMPLES = 8, SHOWN_TARGETS = GRID_COLUMNS - 2 };

/* The table under way. */
struct sheet {
    const struct job *job;
    struct ledger ledger;
    struct family family;
    struct grid grid;
    char align[GRID_COLUMNS + 1];
    size_t targets, row; /* of the family */
    struct faults *faults;
};

/* As many targets as all points have room for; those of the first point. */
static void head(struct sheet *sheet)
{
    const struct layout *layout = roster_layout(&sheet->job->batch.roster, 0);
    sheet->targets = layout->target_count < SHOWN_TARGETS ? layout->target_count : SHOWN_TARGETS;
    memset(sheet->align, 'r', sizeof sheet->align);
    sheet->align[0] = 'l';
    sheet->align[sheet->targets + 2] = '\0';
    sheet->grid.align = sheet->align;
    grid_add(&sheet->grid, "point");
    grid_add(&sheet->grid, "replicates");
    for (size_t t = 0; t < sheet->targets; t++)
        grid_add(&sheet->grid, "%s", layout->target[t]);
}

/* "63.2 %", or "68.0 % +4.8*" beside its reference. */
static void add_odds(struct sheet *sheet, const struct tally *tally, size_t target)
{
    char share[HUMAN_BYTES];
    struct difference difference = tally_target(&sheet->ledger, tally, target);
    bool sure = sheet->family.p_holm[sheet->row + target] < 0.05;
    double odds = (double)tally->met[target] / (double)tally->replicates;
    if (tally->replicates == 0)
        grid_add(&sheet->grid, "–");
    else if (isnan(difference.estimate))
        grid_add(&sheet->grid, "%s       ", human_share(share, odds));
    else
        grid_add(&sheet->grid, "%s %+5.1f%s", human_share(share, odds), 100.0 * difference.estimate,
                 sure ? "*" : " ");
}

static bool add_point(struct sheet *sheet, size_t p, const char *name)
{
    char count[HUMAN_BYTES];
    struct tally tally = {0};
    const struct layout *layout = roster_layout(&sheet->job->batch.roster, p);
    bool made = tally_make(&tally, &sheet->ledger, p, sheet->faults);
    if (made) {
        grid_add(&sheet->grid, "%s", name);
        grid_add(&sheet->grid, "%s", human_number(count, (double)tally.replicates));
        for (size_t t = 0; t < sheet->targets; t++)
            if (t < layout->target_count)
                add_odds(sheet, &tally, t);
            else
                grid_add(&sheet->grid, "–");
        sheet->row += layout->target_count;
    }
    tally_clear(&tally);
    return made;
}

/* Points of a sample say little one by one: what they say together is ranked below. */
static size_t shown_points(const struct plan *plan)
{
    size_t most = ranking_is_due(plan) ? SHOWN_SAMPLES : SHOWN_POINTS;
    return plan->points < most ? plan->points : most;
}

static bool add_points(struct sheet *sheet)
{
    struct point point = {0};
    bool made = true;
    size_t points = shown_points(&sheet->job->plan);
    for (size_t p = 0; made && p < points; p++)
        made = plan_point(&sheet->job->plan, p, &point, sheet->faults) &&
               add_point(sheet, p, point.name);
    point_clear(&point);
    return made;
}

static void notes(const struct sheet *sheet, const char *dim, const char *plain, struct text *out)
{
    char count[HUMAN_BYTES];
    const struct batch *batch = &sheet->job->batch;
    if (sheet->family.comparisons > 0)
        text_append(
            out,
            "  %s+: percentage points more than the reference, replicate by replicate under "
            "the same luck;\n  *: beyond chance at 5 %%, corrected by Holm for %s "
            "comparisons%s\n",
            dim, human_number(count, (double)sheet->family.comparisons), plain);
    if (stopping_is_adaptive(batch))
        text_append(out,
                    "  %sStopped by looking: the intervals in targets.csv hold at all times%s\n",
                    dim, plain);
    if (batch->plan->points > shown_points(batch->plan))
        text_append(out, "  %s%zu more points are in targets.csv%s\n", dim,
                    batch->plan->points - shown_points(batch->plan), plain);
    for (size_t p = 0; p < batch->plan->points; p++)
        if (batch->standing[p].reason != NULL)
            text_append(out, "  point %zu failed: %s\n", p + 1, batch->standing[p].reason);
}

/* "Best: plan, 68.0 % likely to meet it …" */
static bool best_note(const struct job *job, struct text *out, struct faults *faults)
{
    const struct best *best = &job->best;
    struct point point = {0};
    char share[HUMAN_BYTES], sure[HUMAN_BYTES], chance[HUMAN_BYTES];
    if (best->count == 0)
        return true;
    size_t leader = best->selection.leader;
    bool made = plan_point(&job->plan, best->point[leader], &point, faults);
    double odds = (double)best->hits[leader] / (double)best->trials[leader];
    if (made)
        text_append(out,
                    "\nBest for %s: %s, %s. With confidence %s it is within %.3g points of the "
                    "best;\nestimated probability of correct selection %s; %zu of %zu rivals still "
                    "open\n",
                    job->request.best, point.name, human_share(share, odds),
                    human_share(sure, best->selection.confidence), 100 * job->request.indifference,
                    human_share(chance, best->selection.probability), best->selection.open,
                    best->count - 1);
    point_clear(&point);
    return made;
}

bool batch_report(const struct job *job, bool colour, struct text *out, struct faults *faults)
{
    struct sheet sheet = {.job = job, .faults = faults};
    const char *bold = colour ? "\033[1m" : "", *dim = colour ? "\033[2m" : "";
    const char *plain = colour ? "\033[0m" : "";
    if (!ledger_init(&sheet.ledger, &job->batch, faults))
        return false;
    bool made = family_init(&sheet.family, &sheet.ledger, faults);
    if (made) {
        head(&sheet);
        made = add_points(&sheet);
    }
    if (made) {
        text_append(out, "\n%s%s%s\n", bold,
                    job->plan.title == NULL ? job->request.file : job->plan.title, plain);
        if (job->plan.question != NULL)
            text_append(out, "%s\n", job->plan.question);
        text_append(out, "\n");
        grid_write(&sheet.grid, dim, out);
        notes(&sheet, dim, plain, out);
        made = best_note(job, out, faults) &&
               (!ranking_is_due(&job->plan) || ranking_report(&sheet.ledger, colour, out, faults));
    }
    grid_clear(&sheet.grid);
    family_clear(&sheet.family);
    ledger_clear(&sheet.ledger);
    return made;
}

void batch_report_foot(const struct job *job, struct text *out)
{
    char lived[HUMAN_BYTES], time[HUMAN_BYTES], pace[HUMAN_BYTES], share[HUMAN_BYTES];
    double seconds = job->record.seconds;
    text_append(out, "\n%s replicates took %s", human_number(lived, (double)job->batch.lived),
                human_time(time, seconds));
    if (job->batch.lived > 0 && seconds > 0)
        text_append(out, ", %s a second, %s of the threads' time in replicates",
                    human_number(pace, round((double)job->batch.lived / seconds)),
                    human_share(share, fmin(1.0, job->batch.living_seconds /
                                                     (seconds * job->batch.options.threads))));
    text_append(out, "\nResults: %s/\n", job->folder);
}
