#include "scenario/override.h"

#include "scenario/merge.h"
#include "scenario/path.h"
#include "scenario/schema.h"
#include "scenario/yaml.h"

#include <stdlib.h>
#include <string.h>

/* One that is being laid over a tree. */
struct laying {
    const struct override *override;
    struct node_store *store;
    struct node *root;
    struct faults *faults;
    char *section, *instance, *field, *part; /* steps of the path; NULL where it ends before */
};

static bool report_step(struct laying *laying, const char *before, const char *step,
                        const char *what, const char *nearest)
{
    const char *dot = *before == '\0' ? "" : ".";
    if (nearest == NULL)
        return fault_input(laying->faults, laying->override->at, "%s%s%s is not %s", before, dot,
                           step, what);
    return fault_input(laying->faults, laying->override->at,
                       "%s%s%s is not %s; did you mean %s%s%s?", before, dot, step, what, before,
                       dot, nearest);
}

static bool check_section(struct laying *laying)
{
    const char *names[SECTION_COUNT];
    if (section_find(laying->section) < SECTION_COUNT)
        return true;
    for (size_t s = 0; s < SECTION_COUNT; s++)
        names[s] = schema()[s].path;
    return report_step(laying, "", laying->section, "a section",
                       text_nearest(laying->section, names, SECTION_COUNT));
}

static bool check_instance(struct laying *laying)
{
    const struct node *section = node_find(laying->root, laying->section);
    size_t count = section != NULL && section->kind == NODE_MAPPING ? node_count(section) : 0;
    if (laying->instance == NULL || node_find(section, laying->instance) != NULL ||
        (strcmp(laying->instance, PATH_STAR) == 0 && count > 0))
        return true;
    const char **names = calloc(count + 1, sizeof *names);
    if (names == NULL)
        return fault_memory(laying->faults, "reading the scenario");
    size_t known = 0;
    for (const struct node *node = count > 0 ? section->first : NULL; node != NULL;
         node = node->next)
        names[known++] = node->key;
    report_step(laying, laying->section, laying->instance, "in the scenario",
                text_nearest(laying->instance, names, known));
    free(names);
    return false;
}

static bool report_field(struct laying *laying, const struct section *section, const char *before)
{
    const char *names[32];
    ASSERT(section->field_count <= sizeof names / sizeof *names);
    for (size_t i = 0; i < section->field_count; i++)
        names[i] = section->field[i].name;
    return report_step(laying, before, laying->field, "a field",
                       text_nearest(laying->field, names, section->field_count));
}

static bool check_field(struct laying *laying)
{
    const struct section *section = &schema()[section_find(laying->section)];
    if (laying->field == NULL)
        return true;
    const struct field *field = section_field(section, laying->field);
    bool parts = field != NULL && (field_is_mix(field) || field->kind == FIELD_EFFECTS);
    if (field != NULL && (laying->part == NULL || parts))
        return true;
    struct text before = {0};
    text_append(&before, "%s%s%s", laying->section, laying->instance == NULL ? "" : ".",
                laying->instance == NULL ? "" : laying->instance);
    if (before.failed)
        fault_memory(laying->faults, "reading the scenario");
    else if (field == NULL)
        report_field(laying, section, before.bytes);
    else
        fault_input(laying->faults, laying->override->at,
                    "%s.%s has no parts, so %s leads to nothing", before.bytes, laying->field,
                    laying->part);
    text_clear(&before);
    return false;
}

/* A mapping that holds `child` alone, under `key`; NULL if child is NULL or memory runs out. */
static struct node *wrap(struct laying *laying, const char *key, struct node *child)
{
    struct node *mapping = child == NULL ? NULL : node_new(laying->store);
    if (mapping == NULL)
        return NULL;
    child->key = key;
    child->key_at = laying->override->at;
    mapping->kind = NODE_MAPPING;
    mapping->at = laying->override->at;
    mapping->first = child;
    return mapping;
}

/* A mix is replaced whole by merging, so one share is set in place. */
static bool set_share(struct laying *laying, struct node *mix, struct node *value)
{
    struct node *share = node_find(mix, laying->part);
    value->key = laying->part;
    value->key_at = laying->override->at;
    if (share != NULL)
        node_replace(share, value);
    else
        node_append(mix, value);
    return true;
}

static struct node *given_mix(const struct laying *laying, const char *instance)
{
    const struct section *section = &schema()[section_find(laying->section)];
    const struct field *field = laying->part == NULL ? NULL : section_field(section, laying->field);
    if (field == NULL || !field_is_mix(field))
        return NULL;
    struct node *node = node_find(laying->root, laying->section);
    if (instance != NULL)
        node = node_find(node, instance);
    node = node_find(node, laying->field);
    return node != NULL && node->kind == NODE_MAPPING ? node : NULL;
}

/* A node of the tree's own for the value; NULL if memory runs out. */
static struct node *value_of(const struct laying *laying)
{
    const struct override *override = laying->override;
    char number[TEXT_NUMBER_BYTES];
    if (override->value != NULL)
        return node_copy(laying->store, override->value);
    struct node *node = node_new(laying->store);
    text_number(number, override->number);
    if (node != NULL)
        node->text = node_text(laying->store, number, strlen(number));
    if (node == NULL || node->text == NULL)
        return NULL;
    node->kind = NODE_SCALAR;
    node->at = node->key_at = override->at;
    return node;
}

/* Lays the value over one instance, whose name is NULL in a ONE section. */
static bool set(struct laying *laying, const char *instance)
{
    struct node *value = value_of(laying);
    if (value == NULL)
        return fault_memory(laying->faults, "reading the scenario");
    struct node *mix = given_mix(laying, instance);
    if (mix != NULL)
        return set_share(laying, mix, value);
    if (laying->part != NULL)
        value = wrap(laying, laying->part, value);
    if (laying->field != NULL)
        value = wrap(laying, laying->field, value);
    if (instance != NULL)
        value = wrap(laying, instance, value);
    value = wrap(laying, laying->section, value);
    if (value == NULL)
        return fault_memory(laying->faults, "reading the scenario");
    merge_roots(laying->root, value);
    return true;
}

static bool set_all(struct laying *laying)
{
    if (laying->instance == NULL || strcmp(laying->instance, PATH_STAR) != 0)
        return set(laying, laying->instance);
    const struct node *section = node_find(laying->root, laying->section);
    const struct node *next;
    for (const struct node *node = section->first; node != NULL; node = next) {
        next = node->next; /* a null removes the instance */
        if (!set(laying, node->key))
            return false;
    }
    return true;
}

bool override_lay(const struct override *override, struct node_store *store, struct node *root,
                  struct faults *faults)
{
    struct laying laying = {.override = override, .store = store, .root = root, .faults = faults};
    char *rest = node_text(store, override->path, strlen(override->path));
    if (rest == NULL)
        return fault_memory(faults, "reading the scenario");
    laying.section = path_cut(&rest);
    if (!check_section(&laying))
        return false;
    bool one = schema()[section_find(laying.section)].shape == SECTION_ONE;
    laying.instance = one || rest == NULL ? NULL : path_cut(&rest);
    laying.field = rest == NULL ? NULL : path_cut(&rest);
    laying.part = rest;
    return check_instance(&laying) && check_field(&laying) && set_all(&laying);
}

bool override_read(struct override *override, struct node_store *store, const char *text,
                   struct faults *faults)
{
    const char *path = text + strlen(OVERRIDE_PREFIX), *equals = strchr(path, '=');
    *override = (struct override){.at = {.file = text}};
    if (equals == NULL || equals == path)
        return fault_input(faults, override->at, "expected path=value");
    override->path = node_text(store, path, (size_t)(equals - path));
    if (override->path == NULL)
        return fault_memory(faults, "reading the scenario");
    override->value = yaml_parse(store, (struct yaml_origin){.file = text}, equals + 1,
                                 strlen(equals + 1), faults);
    return override->value != NULL;
}
