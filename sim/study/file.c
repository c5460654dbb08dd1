#include "study/file.h"

#include "base/memory.h"
#include "scenario/extend.h"
#include "scenario/yaml.h"
#include "study/axes.h"
#include "study/change.h"
#include "study/unknowns.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What a batch file may say: K(key, what is expected). */
#define KEY_TABLE(K)                                                                               \
    K(title)                                                                                       \
    K(question)                                                                                    \
    K(base)                                                                                        \
    K(set)                                                                                         \
    K(scenarios)                                                                                   \
    K(vary)                                                                                        \
    K(design)                                                                                      \
    K(points)                                                                                      \
    K(reference)                                                                                   \
    K(replicates)                                                                                  \
    K(seed)

enum key {
#define KEY_ID(name) KEY_##name,
    KEY_TABLE(KEY_ID)
#undef KEY_ID
        KEY_COUNT
};
#define KEY_NAME(name) #name,
static const char *const key_names[KEY_COUNT] = {KEY_TABLE(KEY_NAME)};

struct reading {
    struct plan *plan;
    struct faults *faults;
    const struct node *root, *key[KEY_COUNT];
};

/* ------------------------------------------------------------------ simple values */

static bool find_keys(struct reading *reading)
{
    bool known = true;
    for (const struct node *node = reading->root->first; node != NULL; node = node->next) {
        size_t key = 0;
        while (key < KEY_COUNT && strcmp(key_names[key], node->key) != 0)
            key++;
        const char *near = text_nearest(node->key, key_names, KEY_COUNT);
        if (key < KEY_COUNT)
            reading->key[key] = node_is_null(node) ? NULL : node;
        else if (near == NULL)
            known = fault_input(reading->faults, node->key_at, "%s is nothing that a batch has",
                                node->key);
        else
            known =
                fault_input(reading->faults, node->key_at,
                            "%s is nothing that a batch has; did you mean %s?", node->key, near);
    }
    return known;
}

/* Copies the words of a key to *out; leaves it NULL where there are none. */
static bool read_words(struct reading *reading, enum key key, char **out)
{
    const struct node *node = reading->key[key];
    if (node == NULL)
        return true;
    if (node->kind != NODE_SCALAR)
        return fault_input(reading->faults, node->at, "%s expects words", key_names[key]);
    *out = memory_copy_text(node->text);
    return *out != NULL || fault_memory(reading->faults, "reading the scenario");
}

/* Reads a whole number in [lowest, highest] to *out; leaves it where there is none. */
static bool read_whole(struct reading *reading, enum key key, uint64_t lowest, uint64_t highest,
                       uint64_t *out)
{
    const struct node *node = reading->key[key];
    if (node == NULL)
        return true;
    bool digits = node->kind == NODE_SCALAR && node->text[0] != '\0' && !node->quoted &&
                  strspn(node->text, "0123456789") == strlen(node->text);
    if (!digits)
        return fault_input(reading->faults, node->at, "%s expects a whole number", key_names[key]);
    errno = 0;
    uint64_t value = strtoull(node->text, NULL, 10);
    bool inside = errno == 0 && value >= lowest && value <= highest;
    if (!inside)
        return fault_input(reading->faults, node->at, "%s = %s is outside [%llu, %llu]",
                           key_names[key], node->text, (unsigned long long)lowest,
                           (unsigned long long)highest);
    *out = value;
    return true;
}

static bool read_base(struct reading *reading)
{
    const struct node *node = reading->key[KEY_base];
    if (node == NULL)
        return true;
    if (node->kind != NODE_SCALAR)
        return fault_input(reading->faults, node->at, "base expects the name of a file");
    reading->plan->base = extend_path(reading->plan->file, node->text);
    reading->plan->base_at = node->at;
    return reading->plan->base != NULL || fault_memory(reading->faults, "reading the scenario");
}

/* Adds what a mapping from paths to values lays over a scenario. */
static bool add_changes(struct reading *reading, const struct node *mapping, struct change **change,
                        size_t *count)
{
    bool added = true;
    for (const struct node *node = mapping->first; added && node != NULL; node = node->next) {
        const struct override override = change_override(reading->plan->file, node->key, node);
        added = change_add(change, count, &override, NULL);
    }
    return added || fault_memory(reading->faults, "reading the scenario");
}

static bool read_set(struct reading *reading)
{
    const struct node *node = reading->key[KEY_set];
    if (node == NULL)
        return true;
    if (node->kind != NODE_MAPPING)
        return fault_input(reading->faults, node->at, "set expects a mapping from paths to values");
    return add_changes(reading, node, &reading->plan->set, &reading->plan->set_count);
}

/* ------------------------------------------------------------------ a list of scenarios */

static bool read_entry(struct reading *reading, const struct node *node)
{
    struct entry *entry = plan_add_entry(reading->plan);
    if (entry == NULL)
        return fault_memory(reading->faults, "reading the scenario");
    entry->at = node->key_at;
    entry->name = memory_copy_text(node->key);
    bool file = node->kind == NODE_SCALAR && !node_is_null(node);
    if (node->kind == NODE_SEQUENCE)
        return fault_input(reading->faults, node->at,
                           "scenarios.%s expects a file, or a mapping from paths to values",
                           node->key);
    if (!file && reading->plan->base == NULL)
        return fault_input(reading->faults, node->at,
                           "scenarios.%s changes the base, but the batch names none", node->key);
    if (file)
        entry->file = extend_path(reading->plan->file, node->text);
    if (entry->name == NULL || (file && entry->file == NULL))
        return fault_memory(reading->faults, "reading the scenario");
    return node->kind != NODE_MAPPING || add_changes(reading, node, &entry->change, &entry->count);
}

/* The first is the reference unless another one is named; it is held against nothing. */
static bool set_reference(struct reading *reading)
{
    struct plan *plan = reading->plan;
    const struct node *node = reading->key[KEY_reference];
    const char *name = node != NULL && node->kind == NODE_SCALAR ? node->text : NULL;
    size_t reference = 0;
    while (name != NULL && reference < plan->entry_count &&
           strcmp(plan->entry[reference].name, name) != 0)
        reference++;
    if (reference == plan->entry_count || (node != NULL && name == NULL))
        return fault_input(reading->faults, node->at, "reference = %s is not one of the scenarios",
                           name == NULL ? "?" : name);
    for (size_t i = 0; i < plan->entry_count; i++)
        plan->entry[i].reference = i == reference ? PLAN_NO_REFERENCE : reference;
    return true;
}

static bool read_list(struct reading *reading)
{
    const struct node *list = reading->key[KEY_scenarios];
    static const enum key out_of_place[] = {KEY_design, KEY_points};
    bool read = true;
    for (size_t i = 0; i < sizeof out_of_place / sizeof *out_of_place; i++)
        if (reading->key[out_of_place[i]] != NULL)
            read = fault_input(reading->faults, reading->key[out_of_place[i]]->key_at,
                               "%s belongs to vary, not to a list of scenarios",
                               key_names[out_of_place[i]]);
    if (list->kind != NODE_MAPPING || list->first == NULL)
        return fault_input(reading->faults, list->at,
                           "scenarios expects a mapping from names to scenarios");
    for (const struct node *node = list->first; node != NULL; node = node->next)
        read &= read_entry(reading, node);
    reading->plan->points = reading->plan->entry_count;
    return read && set_reference(reading);
}

/* ------------------------------------------------------------------ a design */

static bool read_design_name(struct reading *reading)
{
    const struct node *node = reading->key[KEY_design];
    const char *name = node != NULL && node->kind == NODE_SCALAR ? node->text : "full";
    for (size_t d = DESIGN_FULL; d < DESIGN_COUNT; d++)
        if (strcmp(design_names[d], name) == 0) {
            reading->plan->design = (enum plan_design)d;
            return true;
        }
    return fault_input(
        reading->faults, node->at,
        "design = %s is none; there are full, one_at_a_time, latin_hypercube and sobol", name);
}

static bool count_sampled(struct reading *reading)
{
    struct plan *plan = reading->plan;
    uint64_t samples = 0;
    const struct node *vary = reading->key[KEY_vary];
    if (!read_whole(reading, KEY_points, 1, PLAN_MOST_POINTS, &samples))
        return false;
    if (samples == 0)
        return fault_input(reading->faults, vary->key_at,
                           "an empty design: %s needs points, the number of them",
                           design_names[plan->design]);
    plan->samples = (size_t)samples;
    plan->points = plan->samples + 1;
    return true;
}

static bool count_stepped(struct reading *reading)
{
    struct plan *plan = reading->plan;
    double product = 1.0, sum = 0.0;
    if (reading->key[KEY_points] != NULL)
        return fault_input(reading->faults, reading->key[KEY_points]->key_at,
                           "points belongs to the designs latin_hypercube and sobol");
    for (size_t a = 0; a < plan->axis_count; a++) {
        if (plan->axis[a].uncertain)
            return fault_input(
                reading->faults, plan->axis[a].at,
                "%s: uncertain is for the designs latin_hypercube and sobol; give values "
                "or a range",
                plan->axis[a].path);
        if (plan->axis[a].count == 0)
            return fault_input(reading->faults, plan->axis[a].at,
                               "%s: a range in design %s needs steps", plan->axis[a].path,
                               design_names[plan->design]);
        product *= (double)plan->axis[a].count;
        sum += (double)plan->axis[a].count;
    }
    double points = plan->design == DESIGN_FULL ? product : sum;
    if (points >= PLAN_MOST_POINTS)
        return fault_input(reading->faults, reading->key[KEY_vary]->key_at,
                           "the design has %.0f points; at most %d are run", points,
                           PLAN_MOST_POINTS);
    plan->points = (size_t)points + 1;
    return true;
}

static bool read_design(struct reading *reading)
{
    const struct node *vary = reading->key[KEY_vary];
    struct plan *plan = reading->plan;
    bool read = read_design_name(reading);
    if (reading->key[KEY_reference] != NULL)
        read = fault_input(reading->faults, reading->key[KEY_reference]->key_at,
                           "reference belongs to a list of scenarios; with vary it is the base");
    if (plan->base == NULL)
        read = fault_input(reading->faults, vary->key_at, "vary needs a base");
    bool sampled = plan->design == DESIGN_LATIN_HYPERCUBE || plan->design == DESIGN_SOBOL;
    plan->vary_at = vary->key_at;
    plan->all_uncertain = vary->kind == NODE_SCALAR && strcmp(vary->text, AXES_UNCERTAIN) == 0;
    if (plan->all_uncertain && !sampled)
        return fault_input(reading->faults, vary->at,
                           "vary: uncertain is for the designs latin_hypercube and sobol");
    if (!plan->all_uncertain && (vary->kind != NODE_MAPPING || vary->first == NULL))
        return fault_input(
            reading->faults, vary->at,
            "an empty design: vary expects a mapping from paths to values, or the word "
            "uncertain");
    if ((!plan->all_uncertain && !axes_read(plan, vary, reading->faults)) || !read)
        return false;
    return sampled ? count_sampled(reading) : count_stepped(reading);
}

/* ------------------------------------------------------------------ the whole */

static bool read_root(struct reading *reading)
{
    struct plan *plan = reading->plan;
    struct place start = reading->root->at;
    if (reading->root->kind != NODE_MAPPING)
        return fault_input(reading->faults, start,
                           "a batch is a mapping: base, and scenarios or vary");
    bool read = find_keys(reading);
    read &= read_words(reading, KEY_title, &plan->title);
    read &= read_words(reading, KEY_question, &plan->question);
    read &= read_base(reading);
    read &= read_set(reading);
    read &= read_whole(reading, KEY_replicates, 1, 10000000, &plan->replicates);
    plan->has_seed = reading->key[KEY_seed] != NULL;
    read &= read_whole(reading, KEY_seed, 0, UINT64_MAX, &plan->seed);
    const struct node *list = reading->key[KEY_scenarios], *vary = reading->key[KEY_vary];
    if (list != NULL && vary != NULL)
        return fault_input(reading->faults, vary->key_at,
                           "either scenarios or vary, not both in one batch");
    if (list == NULL && vary == NULL)
        return fault_input(reading->faults, start,
                           "an empty batch: it gives neither scenarios nor vary");
    return (list != NULL ? read_list(reading) : read_design(reading)) && read;
}

static bool read_tree(struct plan *plan, struct faults *faults)
{
    struct reading reading = {.plan = plan, .faults = faults};
    reading.root = yaml_read(&plan->store, plan->file, (struct place){0}, faults);
    return reading.root != NULL && read_root(&reading);
}

bool batch_file_read(struct plan *plan, const char *file, const uint64_t *seed,
                     struct faults *faults)
{
    *plan = (struct plan){.file = memory_copy_text(file), .seed = 1};
    if (plan->file == NULL)
        return fault_memory(faults, "reading the batch");
    struct faults own = {0};
    bool read = read_tree(plan, &own);
    if (seed != NULL)
        plan->seed = *seed;
    read &= own.count == 0 && !own.truncated;
    faults_sort(&own, NULL, NULL);
    faults_take(faults, &own);
    read = read && unknowns_find(plan, faults);
    bool sampled = plan->design == DESIGN_LATIN_HYPERCUBE || plan->design == DESIGN_SOBOL;
    return read && (!sampled || plan_sample(plan, faults));
}
