#include "study/roster.h"

#include "engine/pool.h"
#include "engine/trunk.h"

#include <stdlib.h>

/* ------------------------------------------------------------------ parts alone */

static bool check_alone(const struct roster *roster, const char *file, const struct change *change,
                        size_t count, struct faults *faults)
{
    struct faults own = {0};
    struct scenario *scenario = stock_make(roster->stock, file, change, count, &own);
    bool sound = scenario != NULL;
    scenario_free(scenario);
    faults_merge(faults, &own);
    return sound;
}

static bool check_base(const struct roster *roster, struct faults *faults)
{
    if (roster->plan->base == NULL || check_alone(roster, roster->plan->base, NULL, 0, faults))
        return true;
    return fault_input(faults, roster->plan->base_at, "base = %s %sdoes not check, as told above",
                       roster->plan->base, roster->plan->set_count > 0 ? "with what is set " : "");
}

static bool check_end(const struct roster *roster, const struct axis *axis, double value,
                      struct place at, struct faults *faults)
{
    const struct change change = {.override = {.path = axis->path, .number = value, .at = at}};
    return check_alone(roster, roster->plan->base, &change, 1, faults);
}

/* Whether the path of an axis leads somewhere: what is wrong with it is told at the axis, and the
 * same of its first value and its last. */
static bool check_path(const struct roster *roster, const struct axis *axis, struct faults *faults)
{
    struct faults own[2] = {{0}, {0}};
    for (size_t i = 0; i < 2 && axis->count > 1; i++) {
        struct change change = axis->value[i == 0 ? 0 : axis->count - 1];
        change.override.at = axis->at;
        check_alone(roster, roster->plan->base, &change, 1, &own[i]);
    }
    bool alike = faults_begin_alike(&own[0], &own[1]);
    if (alike)
        faults_merge(faults, &own[0]);
    faults_clear(&own[0]);
    faults_clear(&own[1]);
    return !alike;
}

static bool is_stopped(const struct roster_options *options)
{
    return options->stop != NULL && options->stop(options->context);
}

static bool check_axis(const struct roster *roster, const struct roster_options *options,
                       const struct axis *axis, struct faults *faults)
{
    bool sound = check_path(roster, axis, faults);
    if (!sound)
        return false;
    if (axis->uncertain)
        return true; /* its values lie where the base was checked */
    if (axis->range)
        sound = check_end(roster, axis, axis->from, axis->from_at, faults) &&
                check_end(roster, axis, axis->to, axis->to_at, faults);
    for (size_t i = 0; i < axis->count && !axis->range && !is_stopped(options); i++)
        sound &= check_alone(roster, roster->plan->base, &axis->value[i], 1, faults);
    return sound;
}

static bool check_axes(const struct roster *roster, const struct roster_options *options,
                       struct faults *faults)
{
    bool sound = true, stopped = false;
    for (size_t a = 0; a < roster->plan->axis_count && !stopped; a++) {
        sound &= check_axis(roster, options, &roster->plan->axis[a], faults);
        stopped = is_stopped(options);
    }
    return sound && !stopped;
}

bool roster_check_axes(const struct plan *plan, struct faults *faults)
{
    struct roster roster = {.plan = plan, .stock = stock_new(plan, faults)};
    const struct roster_options unstopped = {0};
    bool sound = roster.stock != NULL && check_axes(&roster, &unstopped, faults);
    stock_free(roster.stock);
    return sound;
}

/* ------------------------------------------------------------------ all points */

/* The number of this layout, which is kept if it is new; layout_count if memory runs out. */
static size_t keep_layout(struct roster *roster, struct layout *layout)
{
    for (size_t i = 0; i < roster->layout_count; i++)
        if (layout_equal(&roster->layout[i], layout)) {
            layout_clear(layout);
            return i;
        }
    struct layout *grown = realloc(roster->layout, (roster->layout_count + 1) * sizeof *grown);
    if (grown == NULL) {
        layout_clear(layout);
        return roster->layout_count;
    }
    roster->layout = grown;
    grown[roster->layout_count] = *layout;
    return roster->layout_count++;
}

/* A point of a window, and its trunk. */
struct rooted {
    size_t point;
    struct trunk trunk;
};

/* The points on their way to their seats. */
struct seating {
    struct roster *roster;
    const struct roster_options *options;
    bool stopped;
    struct faults *faults;
    size_t named;
    bool sound;
    struct rooted *window; /* [ROSTER_WINDOW] the points under way */
};

/* What comes of compiling a point. */
struct seated {
    struct layout layout;
    uint64_t fingerprint;
    struct trunk trunk;
};

static enum pool_next name_point(void *context, struct pool_task *task)
{
    struct seating *seating = context;
    seating->stopped = seating->stopped || is_stopped(seating->options);
    if (seating->named == seating->roster->plan->points || seating->stopped)
        return POOL_END;
    task->point = seating->named++;
    return POOL_TASK;
}

static bool compile_point(void *context, const struct pool_task *task, struct workspace *workspace,
                          void *into, struct faults *faults)
{
    struct stock *stock = ((struct seating *)context)->roster->stock;
    struct seated *seated = into;
    (void)workspace;
    const struct scenario *scenario = stock_get(stock, task->point, 0, faults);
    if (scenario == NULL)
        return false;
    seated->fingerprint = scenario->fingerprint;
    bool ok = layout_init(&seated->layout, scenario, faults) &&
              trunk_of(&seated->trunk, scenario, faults);
    stock_return(stock, task->point, scenario);
    return ok;
}

static int compare_rooted(const void *left, const void *right)
{
    const struct rooted *a = left, *b = right;
    int order = trunk_compare(&a->trunk, &b->trunk);
    return order != 0 ? order : (a->point > b->point) - (a->point < b->point);
}

/* Takes a point's trunk. With the last point of a window all are put in order and forgotten. */
static void end_point(struct seating *seating, size_t point, struct trunk *trunk)
{
    struct roster *roster = seating->roster;
    struct rooted *window = seating->window;
    size_t count = point % ROSTER_WINDOW + 1, first = point + 1 - count;
    window[count - 1] = (struct rooted){point, *trunk};
    *trunk = (struct trunk){0};
    if (count < ROSTER_WINDOW && point + 1 < roster->plan->points)
        return;
    qsort(window, count, sizeof *window, compare_rooted);
    for (size_t i = 0; i < count; i++) {
        size_t shared = i == 0 ? 0 : trunk_shared(&window[i - 1].trunk, &window[i].trunk);
        roster->order[first + i] = window[i].point;
        roster->shared[first + i] = (uint16_t)(shared < UINT16_MAX ? shared : UINT16_MAX);
    }
    for (size_t i = 0; i < count; i++)
        trunk_clear(&window[i].trunk);
}

static bool seat_point(void *context, const struct pool_task *task, void *from)
{
    struct seating *seating = context;
    struct roster *roster = seating->roster;
    struct seated *seated = from;
    size_t before = roster->layout_count, layout = keep_layout(roster, &seated->layout);
    seated->layout = (struct layout){0}; /* the roster's now, or gone */
    roster->seat[task->point].fingerprint = seated->fingerprint;
    roster->seat[task->point].layout = layout;
    end_point(seating, task->point, &seated->trunk);
    if (layout == before && roster->layout_count == before)
        seating->sound = fault_memory(seating->faults, "laying out a batch");
    return seating->sound || seating->faults->kind != FAULT_WORLD;
}

static bool miss_point(void *context, const struct pool_task *task, struct faults *faults)
{
    struct seating *seating = context;
    (void)task;
    seating->sound = false;
    faults_merge(seating->faults, faults);
    end_point(seating, task->point, &(struct trunk){0});
    return true;
}

static void seated_clear(void *seated)
{
    layout_clear(&((struct seated *)seated)->layout);
    trunk_clear(&((struct seated *)seated)->trunk);
}

static bool seat_all(struct roster *roster, const struct roster_options *options,
                     struct faults *faults)
{
    struct seating seating = {
        .roster = roster, .options = options, .faults = faults, .sound = true};
    const struct pool_study study = {
        .context = &seating,
        .result_bytes = sizeof(struct seated),
        .result_clear = seated_clear,
        .next = name_point,
        .work = compile_point,
        .take = seat_point,
        .failed = miss_point,
    };
    seating.window = calloc(ROSTER_WINDOW, sizeof *seating.window);
    bool ok = seating.window != NULL || fault_memory(faults, "checking the batch");
    ok =
        ok && pool_run(&study, options->threads, NULL, faults) && seating.sound && !seating.stopped;
    for (size_t i = 0; seating.window != NULL && i < ROSTER_WINDOW; i++)
        trunk_clear(&seating.window[i].trunk);
    free(seating.window);
    return ok;
}

static bool set_references(struct roster *roster, const struct roster_options *options,
                           struct faults *faults)
{
    struct point point = {0};
    bool ok = true;
    for (size_t p = 0; ok && p < roster->plan->points; p++) {
        ok = !is_stopped(options) && plan_point(roster->plan, p, &point, faults);
        roster->seat[p].reference = point.reference;
        if (ok && point.reference != PLAN_NO_REFERENCE)
            roster->seat[point.reference].is_reference = true;
    }
    point_clear(&point);
    return ok;
}

bool roster_init(struct roster *roster, const struct plan *plan,
                 const struct roster_options *options, struct faults *faults)
{
    *roster = (struct roster){.plan = plan, .stock = stock_new(plan, faults)};
    roster->seat = calloc(plan->points, sizeof *roster->seat);
    roster->order = calloc(plan->points, sizeof *roster->order);
    roster->shared = calloc(plan->points, sizeof *roster->shared);
    bool ok = roster->stock != NULL && check_base(roster, faults) &&
              check_axes(roster, options, faults) &&
              ((roster->seat != NULL && roster->order != NULL && roster->shared != NULL) ||
               fault_memory(faults, "checking the batch"));
    ok = ok && seat_all(roster, options, faults) && set_references(roster, options, faults);
    if (!ok)
        roster_clear(roster);
    return ok;
}

void roster_clear(struct roster *roster)
{
    for (size_t i = 0; i < roster->layout_count; i++)
        layout_clear(&roster->layout[i]);
    stock_free(roster->stock);
    free(roster->layout);
    free(roster->seat);
    free(roster->order);
    free(roster->shared);
    *roster = (struct roster){0};
}

const struct layout *roster_layout(const struct roster *roster, size_t point)
{
    return &roster->layout[roster->seat[point].layout];
}

const struct scenario *roster_get(const struct roster *roster, size_t point, struct faults *faults)
{
    return stock_get(roster->stock, point, roster->seat[point].fingerprint, faults);
}
