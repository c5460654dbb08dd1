#include "study/home.h"

#include "scenario/show.h"

#include <math.h>
#include <stdlib.h>

static bool is_number(const struct field *field)
{
    return field_is_number(field) || field_is_mix(field) || field->kind == FIELD_EFFECTS;
}

static bool home_of(struct home *home, const struct scenario *base, const char *path)
{
    size_t leaf = scenario_leaf(base, path);
    struct text words = {0};
    *home = (struct home){.value = NAN, .unit = ""};
    if (leaf == base->leaf_count)
        return true;
    const struct leaf *is = &base->leaf[leaf];
    home->unit = is->field->unit;
    if (is_number(is->field)) {
        home->value = is->kind == LEAF_SERIES ? series_at(&is->series, (int)base->centre.clock->end)
                                              : base->centre.value[leaf];
        return true;
    }
    show_leaf(base, leaf, &words);
    home->words = words.bytes;
    return !words.failed;
}

void home_free(struct home *home, const struct plan *plan)
{
    for (size_t a = 0; home != NULL && a < plan->axis_count; a++)
        free(home[a].words);
    free(home);
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
    bool found = base != NULL;
    for (size_t a = 0; found && a < plan->axis_count; a++)
        found = home_of(&home[a], base, plan->axis[a].path) ||
                fault_memory(faults, "placing the base on the axes");
    if (base != NULL)
        stock_return(roster->stock, 0, base);
    if (found)
        return home;
    home_free(home, plan);
    return NULL;
}
