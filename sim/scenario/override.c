#include "scenario/override.h"

#include "scenario/merge.h"
#include "scenario/schema.h"
#include "scenario/yaml.h"

#include <stdlib.h>
#include <string.h>

struct override {
    struct node_store *store;
    struct node *root;
    struct reports *reports;
    struct place at;
    const char *value;
    char *section, *instance, *field, *part; /* steps of the path; NULL where it ends before */
};

static bool report_step(struct override *override, const char *before, const char *step,
                        const char *what, const char *nearest)
{
    const char *dot = *before == '\0' ? "" : ".";
    if (nearest == NULL)
        return report(override->reports, override->at, "%s%s%s is not %s", before, dot, step, what);
    return report(override->reports, override->at, "%s%s%s is not %s; did you mean %s%s%s?", before,
                  dot, step, what, before, dot, nearest);
}

/* Cuts the first step off a path; *rest becomes NULL at its end. */
static char *cut(char **rest)
{
    char *step = *rest, *dot = strchr(step, '.');
    *rest = dot == NULL ? NULL : dot + 1;
    if (dot != NULL)
        *dot = '\0';
    return step;
}

static bool check_section(struct override *override)
{
    const char *names[SECTION_COUNT];
    if (section_find(override->section) < SECTION_COUNT)
        return true;
    for (size_t s = 0; s < SECTION_COUNT; s++)
        names[s] = schema()[s].path;
    return report_step(override, "", override->section, "a section",
                       text_nearest(override->section, names, SECTION_COUNT));
}

static bool check_instance(struct override *override)
{
    const struct node *section = node_find(override->root, override->section);
    size_t count = section != NULL && section->kind == NODE_MAPPING ? node_count(section) : 0;
    if (override->instance == NULL || node_find(section, override->instance) != NULL ||
        (strcmp(override->instance, "*") == 0 && count > 0))
        return true;
    const char **names = calloc(count + 1, sizeof *names);
    if (names == NULL)
        return report_memory(override->reports);
    size_t known = 0;
    for (const struct node *node = count > 0 ? section->first : NULL; node != NULL;
         node = node->next)
        names[known++] = node->key;
    report_step(override, override->section, override->instance, "in the scenario",
                text_nearest(override->instance, names, known));
    free(names);
    return false;
}

static bool report_field(struct override *override, const struct section *section,
                         const char *before)
{
    const char *names[32];
    ASSERT(section->field_count <= sizeof names / sizeof *names);
    for (size_t i = 0; i < section->field_count; i++)
        names[i] = section->field[i].name;
    return report_step(override, before, override->field, "a field",
                       text_nearest(override->field, names, section->field_count));
}

static bool check_field(struct override *override)
{
    const struct section *section = &schema()[section_find(override->section)];
    if (override->field == NULL)
        return true;
    const struct field *field = section_field(section, override->field);
    bool parts = field != NULL && (field_is_mix(field) || field->kind == FIELD_EFFECTS);
    if (field != NULL && (override->part == NULL || parts))
        return true;
    struct text before = {0};
    text_append(&before, "%s%s%s", override->section, override->instance == NULL ? "" : ".",
                override->instance == NULL ? "" : override->instance);
    if (before.failed)
        report_memory(override->reports);
    else if (field == NULL)
        report_field(override, section, before.bytes);
    else
        report(override->reports, override->at, "%s.%s has no parts, so %s leads to nothing",
               before.bytes, override->field, override->part);
    text_clear(&before);
    return false;
}

/* A mapping that holds `child` alone, under `key`; NULL if child is NULL or memory runs out. */
static struct node *wrap(struct override *override, const char *key, struct node *child)
{
    struct node *mapping = child == NULL ? NULL : node_new(override->store);
    if (mapping == NULL)
        return NULL;
    child->key = key;
    child->key_at = override->at;
    mapping->kind = NODE_MAPPING;
    mapping->at = override->at;
    mapping->first = child;
    return mapping;
}

/* A mix is replaced whole by merging, so one share is set in place. */
static bool set_share(struct override *override, struct node *mix, struct node *value)
{
    struct node *share = node_find(mix, override->part);
    value->key = override->part;
    value->key_at = override->at;
    if (share != NULL)
        node_replace(share, value);
    else
        node_append(mix, value);
    return true;
}

static struct node *given_mix(const struct override *override, const char *instance)
{
    const struct section *section = &schema()[section_find(override->section)];
    const struct field *field =
        override->part == NULL ? NULL : section_field(section, override->field);
    if (field == NULL || !field_is_mix(field))
        return NULL;
    struct node *node = node_find(override->root, override->section);
    if (instance != NULL)
        node = node_find(node, instance);
    node = node_find(node, override->field);
    return node != NULL && node->kind == NODE_MAPPING ? node : NULL;
}

/* Lays the value over one instance, whose name is NULL in a ONE section. */
static bool set(struct override *override, const char *instance)
{
    struct yaml_origin origin = {.file = override->at.file};
    struct node *value = yaml_parse(override->store, origin, override->value,
                                    strlen(override->value), override->reports);
    if (value == NULL)
        return false;
    struct node *mix = given_mix(override, instance);
    if (mix != NULL)
        return set_share(override, mix, value);
    if (override->part != NULL)
        value = wrap(override, override->part, value);
    if (override->field != NULL)
        value = wrap(override, override->field, value);
    if (instance != NULL)
        value = wrap(override, instance, value);
    value = wrap(override, override->section, value);
    if (value == NULL)
        return report_memory(override->reports);
    merge_roots(override->root, value);
    return true;
}

static bool set_all(struct override *override)
{
    if (override->instance == NULL || strcmp(override->instance, "*") != 0)
        return set(override, override->instance);
    const struct node *section = node_find(override->root, override->section);
    const struct node *next;
    for (const struct node *node = section->first; node != NULL; node = next) {
        next = node->next; /* a null removes the instance */
        if (!set(override, node->key))
            return false;
    }
    return true;
}

bool override_apply(struct node_store *store, struct node *root, const char *origin,
                    struct reports *reports)
{
    struct override override = {
        .store = store, .root = root, .reports = reports, .at = {.file = origin}};
    const char *path = origin + strlen(OVERRIDE_PREFIX), *equals = strchr(path, '=');
    if (equals == NULL || equals == path)
        return report(reports, override.at, "expected path=value");
    char *rest = node_text(store, path, (size_t)(equals - path));
    if (rest == NULL)
        return report_memory(reports);
    override.value = equals + 1;
    override.section = cut(&rest);
    if (!check_section(&override))
        return false;
    bool one = schema()[section_find(override.section)].shape == SECTION_ONE;
    override.instance = one || rest == NULL ? NULL : cut(&rest);
    override.field = rest == NULL ? NULL : cut(&rest);
    override.part = rest;
    return check_instance(&override) && check_field(&override) && set_all(&override);
}
