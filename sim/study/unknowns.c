#include "study/unknowns.h"

#include "base/memory.h"
#include "scenario/path.h"
#include "study/axes.h"
#include "study/roster.h"

#include <stdlib.h>
#include <string.h>

struct search {
    struct plan *plan;
    const struct scenario *scenario;
    size_t *taken; /* [leaf] 1 + the axis that sets it, or 0 */
    struct faults *faults;
};

static bool out_of_memory(struct search *search)
{
    return fault_memory(search->faults, "reading the batch");
}

static bool is_unknown(const struct search *search, size_t leaf)
{
    return search->scenario->leaf[leaf].kind == LEAF_DISTRIBUTION;
}

static bool add(struct search *search, struct axis *axis, size_t leaf)
{
    const struct leaf *from = &search->scenario->leaf[leaf];
    struct unknown *grown = realloc(axis->unknown, (axis->unknown_count + 1) * sizeof *grown);
    if (grown == NULL)
        return out_of_memory(search);
    axis->unknown = grown;
    grown[axis->unknown_count] = (struct unknown){memory_copy_text(from->path), from->distribution};
    return grown[axis->unknown_count++].path != NULL || out_of_memory(search);
}

/* An axis that covers nothing: the path leads nowhere, or to what is known. */
static bool report_known(struct search *search, const struct axis *axis)
{
    const struct scenario *scenario = search->scenario;
    const char **paths = calloc(scenario->leaf_count + 1, sizeof *paths);
    size_t count = 0;
    if (paths == NULL)
        return out_of_memory(search);
    bool there = false;
    for (size_t i = 0; i < scenario->leaf_count; i++) {
        there |= path_covers_below(axis->path, scenario->leaf[i].path);
        if (is_unknown(search, i))
            paths[count++] = scenario->leaf[i].path;
    }
    const char *near = text_nearest(axis->path, paths, count);
    if (there)
        fault_input(search->faults, axis->at,
                    "%s is known in the base, so it has no distribution to vary over; give values, "
                    "or {from, to}",
                    axis->path);
    else
        fault_input(search->faults, axis->at, "%s is nothing in the base that is not known%s%s%s",
                    axis->path, near == NULL ? "" : "; did you mean ", near == NULL ? "" : near,
                    near == NULL ? "" : "?");
    free(paths);
    return false;
}

static bool find(struct search *search, size_t a)
{
    struct axis *axis = &search->plan->axis[a];
    for (size_t i = 0; i < search->scenario->leaf_count; i++) {
        const char *path = search->scenario->leaf[i].path;
        if (!is_unknown(search, i) || !path_covers_below(axis->path, path))
            continue;
        if (search->taken[i] != 0)
            return fault_input(search->faults, axis->at, "%s: %s is on the axis %s already",
                               axis->path, path, search->plan->axis[search->taken[i] - 1].path);
        search->taken[i] = a + 1;
        if (!add(search, axis, i))
            return false;
    }
    return axis->unknown_count > 0 || report_known(search, axis);
}

/* An axis for each uncertain value. */
static bool find_all(struct search *search)
{
    struct plan *plan = search->plan;
    for (size_t i = 0; i < search->scenario->leaf_count; i++) {
        if (!is_unknown(search, i))
            continue;
        struct axis *grown = realloc(plan->axis, (plan->axis_count + 1) * sizeof *grown);
        if (grown == NULL)
            return out_of_memory(search);
        plan->axis = grown;
        struct axis *axis = &grown[plan->axis_count++];
        *axis = (struct axis){.path = memory_copy_text(search->scenario->leaf[i].path),
                              .uncertain = true,
                              .at = plan->vary_at};
        if (axis->path == NULL)
            return out_of_memory(search);
        if (!add(search, axis, i))
            return false;
    }
    axes_set_labels(plan);
    return plan->axis_count > 0 || fault_input(search->faults, plan->vary_at,
                                               "an empty design: nothing in the base is uncertain");
}

static bool search_base(struct search *search)
{
    struct plan *plan = search->plan;
    bool found = true;
    search->taken = calloc(search->scenario->leaf_count + 1, sizeof *search->taken);
    if (search->taken == NULL)
        return out_of_memory(search);
    if (plan->all_uncertain)
        found = find_all(search);
    for (size_t a = 0; a < plan->axis_count && !plan->all_uncertain; a++)
        if (plan->axis[a].uncertain)
            found &= find(search, a);
    free(search->taken);
    return found;
}

static bool read_base(struct plan *plan, struct faults *faults)
{
    struct search search = {.plan = plan, .faults = faults};
    struct stock *stock = stock_new(plan, faults);
    if (stock == NULL)
        return false;
    struct scenario *scenario = stock_make(stock, plan->base, NULL, 0, faults);
    search.scenario = scenario;
    bool found =
        scenario != NULL
            ? search_base(&search)
            : fault_input(faults, plan->base_at, "base = %s %sdoes not check, as told above",
                          plan->base, plan->set_count > 0 ? "with what is set " : "");
    if (scenario != NULL && !found)
        roster_check_axes(plan, faults); /* all that is wrong is told at once */
    scenario_free(scenario);
    stock_free(stock);
    return found;
}

static bool check_dimensions(const struct plan *plan, struct faults *faults)
{
    if (plan->design != DESIGN_SOBOL || plan->axis_count <= PLAN_SOBOL_AXES)
        return true;
    return fault_input(
        faults, plan->vary_at,
        "sobol over %zu axes; GSL has it for %d: take those that matter, put several "
        "on one axis by a path with a star or by its beginning (levers: uncertain), "
        "or take design: latin_hypercube",
        plan->axis_count, PLAN_SOBOL_AXES);
}

bool unknowns_find(struct plan *plan, struct faults *faults)
{
    bool any = plan->all_uncertain;
    for (size_t a = 0; a < plan->axis_count; a++)
        any |= plan->axis[a].uncertain;
    return (!any || read_base(plan, faults)) && check_dimensions(plan, faults);
}
