#include "study/plan.h"

#include "base/memory.h"
#include "base/text.h"
#include "math/fine.h"
#include "scenario/schema.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const design_names[DESIGN_COUNT] = {"list", "full", "one_at_a_time", "latin_hypercube",
                                                "sobol"};

/* ------------------------------------------------------------------ changes and entries */

bool change_add(struct change **change, size_t *count, const struct override *override,
                const char *label)
{
    struct change *grown = realloc(*change, (*count + 1) * sizeof **change);
    if (grown == NULL)
        return false;
    *change = grown;
    struct change *added = &grown[*count];
    *added = (struct change){*override, label == NULL ? NULL : memory_copy_text(label)};
    ++*count;
    return label == NULL || added->label != NULL;
}

void changes_free(struct change *change, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(change[i].label);
    free(change);
}

static bool set_one(struct plan *plan, const char *given, struct faults *faults)
{
    struct override override;
    struct text text = {0};
    text_append(&text, OVERRIDE_PREFIX "%s", given);
    const char *kept = text.failed ? NULL : node_text(&plan->store, text.bytes, text.length);
    text_clear(&text);
    return kept != NULL && override_read(&override, &plan->store, kept, faults) &&
           change_add(&plan->set, &plan->set_count, &override, NULL);
}

bool plan_set(struct plan *plan, const char *const *overrides, size_t count, struct faults *faults)
{
    bool set = true;
    for (size_t i = 0; set && i < count; i++)
        set = set_one(plan, overrides[i], faults) || fault_memory(faults, "reading the scenario");
    return set;
}

struct entry *plan_add_entry(struct plan *plan)
{
    struct entry *grown = realloc(plan->entry, (plan->entry_count + 1) * sizeof *grown);
    if (grown == NULL)
        return NULL;
    plan->entry = grown;
    grown[plan->entry_count] = (struct entry){.reference = PLAN_NO_REFERENCE};
    return &grown[plan->entry_count++];
}

static void axis_clear(struct axis *axis)
{
    changes_free(axis->value, axis->count);
    for (size_t i = 0; i < axis->unknown_count; i++)
        free(axis->unknown[i].path);
    free(axis->unknown);
    free(axis->path);
}

void plan_clear(struct plan *plan)
{
    for (size_t i = 0; i < plan->axis_count; i++)
        axis_clear(&plan->axis[i]);
    changes_free(plan->set, plan->set_count);
    for (size_t i = 0; i < plan->entry_count; i++) {
        changes_free(plan->entry[i].change, plan->entry[i].count);
        free(plan->entry[i].name);
        free(plan->entry[i].file);
    }
    node_store_clear(&plan->store);
    free(plan->axis);
    free(plan->entry);
    free(plan->unit);
    free(plan->file);
    free(plan->title);
    free(plan->question);
    free(plan->base);
    *plan = (struct plan){0};
}

/* ------------------------------------------------------------------ points */

void point_clear(struct point *point)
{
    changes_free(point->change, point->count);
    free(point->name);
    free(point->label);
    *point = (struct point){0};
}

static bool list_point(const struct plan *plan, size_t index, struct point *point)
{
    const struct entry *entry = &plan->entry[index];
    point->name = memory_copy_text(entry->name);
    point->file = entry->file == NULL ? plan->base : entry->file;
    point->reference = entry->reference;
    bool made = point->name != NULL;
    for (size_t i = 0; made && i < entry->count; i++)
        made = change_add(&point->change, &point->count, &entry->change[i].override, NULL);
    return made;
}

/* Twelve digits of a value. */
static double rounded(double value, double grain)
{
    char digits[TEXT_NUMBER_BYTES];
    snprintf(digits, sizeof digits, "%.12g", fabs(value) < grain ? 0.0 : value);
    return strtod(digits, NULL);
}

double axis_value(const struct axis *axis, double u)
{
    double value = axis->logarithmic ? axis->from * fine_exp(u * fine_log(axis->to / axis->from))
                                     : axis->from + (axis->to - axis->from) * u;
    double grain = 1e-12 * fmax(fabs(axis->from), fabs(axis->to));
    return axis->whole ? rint(value) : rounded(value, grain);
}

static bool add_number(const char *path, double value, struct place at, struct point *point)
{
    char number[TEXT_NUMBER_BYTES];
    const struct override override = {.path = path, .number = value, .at = at};
    return change_add(&point->change, &point->count, &override, text_number(number, value));
}

/* Adds every value of an uncertain axis where a share u of its distribution lies below; several go
 * by that share. */
static bool add_unknowns(const struct axis *axis, double u, struct point *point)
{
    bool added = true;
    for (size_t i = 0; added && i < axis->unknown_count; i++) {
        const struct unknown *unknown = &axis->unknown[i];
        double value = distribution_quantile(&unknown->distribution, u);
        added = add_number(unknown->path, rounded(value, 0.0), axis->at, point);
    }
    if (added && axis->unknown_count > 1) {
        struct change *last = &point->change[point->count - 1];
        char share[TEXT_NUMBER_BYTES];
        free(last->label);
        last->label = memory_copy_text(text_number(share, rounded(u, 0.0)));
        added = last->label != NULL;
    }
    return added;
}

/* Adds the value of an axis at a place u, in (0, 1), of its range, list or distribution. */
static bool add_sampled(const struct axis *axis, double u, struct point *point)
{
    if (axis->uncertain)
        return add_unknowns(axis, u, point);
    if (!axis->range) {
        const struct change *value = &axis->value[(size_t)(u * (double)axis->count)];
        return change_add(&point->change, &point->count, &value->override, value->label);
    }
    return add_number(axis->path, axis_value(axis, u), axis->at, point);
}

/* Adds value number `which` of an axis, and its part of the point's name. */
static bool add_listed(const struct axis *axis, size_t which, struct point *point,
                       struct text *name)
{
    const struct change *value = &axis->value[which];
    text_append(name, "%s%s=%s", name->length > 0 ? " " : "", axis->label, value->label);
    return change_add(&point->change, &point->count, &value->override, value->label);
}

/* The last axis runs fastest. */
static bool full_point(const struct plan *plan, size_t index, struct point *point,
                       struct text *name)
{
    size_t stride = plan->points - 1;
    bool made = true;
    for (size_t a = 0; made && a < plan->axis_count; a++) {
        stride /= plan->axis[a].count;
        made = add_listed(&plan->axis[a], index / stride % plan->axis[a].count, point, name);
        point->label[a] = made ? point->change[point->count - 1].label : NULL;
    }
    return made;
}

static bool single_point(const struct plan *plan, size_t index, struct point *point,
                         struct text *name)
{
    size_t a = 0;
    for (; index >= plan->axis[a].count; a++)
        index -= plan->axis[a].count;
    bool made = add_listed(&plan->axis[a], index, point, name);
    point->label[a] = made ? point->change[point->count - 1].label : NULL;
    return made;
}

static bool sampled_point(const struct plan *plan, size_t index, struct point *point,
                          struct text *name)
{
    bool made = true;
    text_append(name, "%04zu", index + 1);
    for (size_t a = 0; made && a < plan->axis_count; a++) {
        made = add_sampled(&plan->axis[a], plan->unit[index * plan->axis_count + a], point);
        point->label[a] = made ? point->change[point->count - 1].label : NULL;
    }
    return made;
}

/* Point 0 of a design is the base as it is. */
static bool design_point(const struct plan *plan, size_t index, struct point *point)
{
    struct text name = {0};
    bool made = true;
    point->file = plan->base;
    point->reference = index == 0 ? PLAN_NO_REFERENCE : 0;
    if (index == 0)
        text_append(&name, "base");
    else if (plan->design == DESIGN_FULL)
        made = full_point(plan, index - 1, point, &name);
    else if (plan->design == DESIGN_ONE_AT_A_TIME)
        made = single_point(plan, index - 1, point, &name);
    else
        made = sampled_point(plan, index - 1, point, &name);
    point->name = name.bytes;
    return made && !name.failed;
}

bool plan_point(const struct plan *plan, size_t index, struct point *point, struct faults *faults)
{
    point_clear(point);
    ASSERT(index < plan->points);
    point->label = calloc(plan->axis_count + 1, sizeof *point->label);
    bool made = point->label != NULL;
    for (size_t i = 0; made && i < plan->set_count; i++)
        made = change_add(&point->change, &point->count, &plan->set[i].override, NULL);
    made = made && (plan->design == DESIGN_LIST ? list_point(plan, index, point)
                                                : design_point(plan, index, point));
    return made || fault_memory(faults, "making a point of the batch");
}
