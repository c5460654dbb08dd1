#include "study/axes.h"

#include "base/memory.h"
#include "scenario/path.h"
#include "scenario/schema.h"
#include "study/change.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 100000 };

struct axis_reading {
    struct plan *plan;
    struct axis *axis;
    struct faults *faults;
};

static bool add_value(struct axis_reading *reading, const struct node *node)
{
    struct text label = {0};
    struct axis *axis = reading->axis;
    const struct override override = change_override(reading->plan->file, axis->path, node);
    change_label(axis->path, node, &label);
    bool added = !label.failed && change_add(&axis->value, &axis->count, &override, label.bytes);
    text_clear(&label);
    return added || fault_memory(reading->faults, "reading the scenario");
}

/* Whether two values are one: numbers may be spelled apart, 1500 and 1.5e3. */
static bool are_alike(const struct change *a, const struct change *b)
{
    double x, y;
    if (text_number_read(a->label, &x) && text_number_read(b->label, &y))
        return x == y;
    return strcmp(a->label, b->label) == 0;
}

/* Two values that are one would make a point twice. Those of a range rise. */
static bool check_values(struct axis_reading *reading)
{
    const struct axis *axis = reading->axis;
    bool apart = true;
    for (size_t i = 1; i < axis->count; i++)
        for (size_t j = axis->range ? i - 1 : 0; j < i; j++)
            if (are_alike(&axis->value[i], &axis->value[j])) {
                apart = fault_input(reading->faults, axis->value[i].override.at,
                                    "a point twice: %s has the value %s already", axis->path,
                                    axis->value[j].label);
                break;
            }
    return apart;
}

static bool read_list(struct axis_reading *reading, const struct node *node)
{
    if (node->first == NULL)
        return fault_input(reading->faults, node->at, "an empty design: %s has no values",
                           node->key);
    bool read = true;
    for (const struct node *value = node->first; value != NULL; value = value->next)
        read &= add_value(reading, value);
    return read && check_values(reading);
}

/* ------------------------------------------------------------------ ranges */

static bool read_number(struct axis_reading *reading, const struct node *range, const char *key,
                        double *out, struct place *at)
{
    const struct node *node = node_find(range, key);
    if (node == NULL)
        return fault_input(reading->faults, range->at,
                           "%s: a range has from, to and steps; %s is missing", reading->axis->path,
                           key);
    *at = node->at;
    if (node->kind != NODE_SCALAR || node->quoted || !text_number_read(node->text, out))
        return fault_input(reading->faults, node->at, "%s: %s expects a number",
                           reading->axis->path, key);
    return true;
}

static bool check_range_keys(struct axis_reading *reading, const struct node *range)
{
    static const char *const keys[] = {"from", "to", "steps"};
    bool known = true;
    for (const struct node *node = range->first; node != NULL; node = node->next) {
        bool found = false;
        for (size_t i = 0; i < 3; i++)
            found |= strcmp(keys[i], node->key) == 0;
        if (!found)
            known =
                fault_input(reading->faults, node->key_at,
                            "%s: a range has from, to and steps, or log: {from, to, steps}; %s is "
                            "none of them",
                            reading->axis->path, node->key);
    }
    return known;
}

static bool add_step(struct axis_reading *reading, double u)
{
    struct axis *axis = reading->axis;
    double value = u == 0.0 ? axis->from : u == 1.0 ? axis->to : axis_value(axis, u);
    char number[TEXT_NUMBER_BYTES];
    const struct override override = {.path = axis->path,
                                      .number = axis->whole ? rint(value) : value,
                                      .at = u == 0.0   ? axis->from_at
                                            : u == 1.0 ? axis->to_at
                                                       : axis->at};
    text_number(number, override.number);
    bool added = change_add(&axis->value, &axis->count, &override, number);
    return added || fault_memory(reading->faults, "reading the scenario");
}

static bool add_steps(struct axis_reading *reading, const struct node *range)
{
    double steps = 0.0;
    struct place at;
    if (node_find(range, "steps") == NULL)
        return true;
    if (!read_number(reading, range, "steps", &steps, &at))
        return false;
    if (steps != floor(steps) || steps < 2.0 || steps > MOST_STEPS)
        return fault_input(reading->faults, at, "%s: steps = %g is not a whole number in [2, %d]",
                           reading->axis->path, steps, MOST_STEPS);
    bool added = true;
    for (size_t i = 0; added && i < (size_t)steps; i++)
        added = add_step(reading, (double)i / (steps - 1.0));
    return added && check_values(reading);
}

/* Whether the path ends at a field of whole numbers, so that a range has to be rounded. */
static bool is_whole(const char *path)
{
    enum section_id id = section_of_path(path);
    if (id == SECTION_COUNT || path[path_first(path)] == '\0')
        return false;
    const struct field *field = section_field(&schema()[id], path_last(path));
    return field != NULL && field->kind == FIELD_WHOLE;
}

static bool read_range(struct axis_reading *reading, const struct node *node)
{
    struct axis *axis = reading->axis;
    const struct node *log = node_find(node, "log");
    const struct node *range = log != NULL && node_count(node) == 1 ? log : node;
    if (range->kind != NODE_MAPPING)
        return fault_input(reading->faults, range->at, "%s: log expects {from, to, steps}",
                           axis->path);
    axis->range = true;
    axis->logarithmic = range == log;
    axis->whole = is_whole(axis->path);
    bool read = check_range_keys(reading, range);
    read &= read_number(reading, range, "from", &axis->from, &axis->from_at);
    read &= read_number(reading, range, "to", &axis->to, &axis->to_at);
    if (!read)
        return false;
    if (axis->from >= axis->to)
        return fault_input(reading->faults, range->at, "%s: from = %g is not below to = %g",
                           axis->path, axis->from, axis->to);
    if (axis->logarithmic && axis->from <= 0.0)
        return fault_input(reading->faults, axis->from_at,
                           "%s: from = %g is not above 0, so there is no log scale", axis->path,
                           axis->from);
    return add_steps(reading, range);
}

/* ------------------------------------------------------------------ all axes */

static bool read_axis(struct plan *plan, const struct node *node, struct faults *faults)
{
    struct axis *grown = realloc(plan->axis, (plan->axis_count + 1) * sizeof *grown);
    if (grown == NULL)
        return fault_memory(faults, "reading the scenario");
    plan->axis = grown;
    struct axis *axis = &grown[plan->axis_count];
    *axis = (struct axis){.path = memory_copy_text(node->key), .at = node->key_at};
    plan->axis_count++;
    if (axis->path == NULL)
        return fault_memory(faults, "reading the scenario");
    struct axis_reading reading = {plan, axis, faults};
    if (node->kind == NODE_SEQUENCE)
        return read_list(&reading, node);
    if (node->kind == NODE_MAPPING)
        return read_range(&reading, node);
    axis->uncertain = strcmp(node->text, AXES_UNCERTAIN) == 0;
    return axis->uncertain ||
           fault_input(
               faults, node->at,
               "%s expects a list of values, or {from, to, steps}, or {log: {from, to, steps}}, "
               "or the word uncertain",
               node->key);
}

void axes_set_labels(struct plan *plan)
{
    for (size_t i = 0; i < plan->axis_count; i++) {
        plan->axis[i].label = path_last(plan->axis[i].path);
        for (size_t j = 0; j < plan->axis_count; j++)
            if (j != i && strcmp(path_last(plan->axis[i].path), path_last(plan->axis[j].path)) == 0)
                plan->axis[i].label = plan->axis[i].path;
    }
}

/* An axis that another one covers would set the same value twice. What uncertain ones cover is
 * known with the base: unknowns.h. */
static bool check_paths(const struct plan *plan, struct faults *faults)
{
    bool apart = true;
    for (size_t i = 1; i < plan->axis_count; i++)
        for (size_t j = 0; j < i; j++) {
            const struct axis *a = &plan->axis[i], *b = &plan->axis[j];
            bool covers =
                path_covers_below(a->path, b->path) || path_covers_below(b->path, a->path);
            if (covers && !a->uncertain && !b->uncertain)
                apart =
                    fault_input(faults, a->at, "%s is on the axis %s already", a->path, b->path);
        }
    return apart;
}

bool axes_read(struct plan *plan, const struct node *vary, struct faults *faults)
{
    bool read = true;
    for (const struct node *node = vary->first; node != NULL; node = node->next)
        read &= read_axis(plan, node, faults);
    axes_set_labels(plan);
    return check_paths(plan, faults) && read;
}
