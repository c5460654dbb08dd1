#include "study/home.h"

#include <math.h>
#include <stdlib.h>

static struct home home_of(const struct scenario *base, const char *path)
{
    size_t leaf = scenario_leaf(base, path);
    if (leaf == base->leaf_count)
        return (struct home){NAN, ""};
    const struct leaf *is = &base->leaf[leaf];
    double value = is->kind == LEAF_SERIES ? series_at(&is->series, (int)base->centre.clock->end)
                                           : base->centre.value[leaf];
    return (struct home){value, is->field->unit};
}

struct home *home_find(const struct roster *roster, struct faults *faults)
{
    const struct plan *plan = roster->plan;
    struct home *home = calloc(plan->axis_count + 1, sizeof *home);
    if (home == NULL) {
        fault_memory(faults, "placing the base on the axes");
        return NULL;
    }
    if (plan->axis_count == 0)
        return home;
    const struct scenario *base = roster_get(roster, 0, faults);
    for (size_t a = 0; base != NULL && a < plan->axis_count; a++)
        home[a] = home_of(base, plan->axis[a].path);
    if (base == NULL) {
        free(home);
        return NULL;
    }
    stock_return(roster->stock, 0, base);
    return home;
}
