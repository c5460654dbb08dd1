#include "scenario/compile.h"

#include "base/memory.h"
#include "scenario/extend.h"
#include "scenario/layout.h"
#include "scenario/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct place by_default = {.file = "default"};

/* One field of one instance. */
struct item {
    enum section_id section;
    size_t instance;
    const struct field *field;
    const struct node *node; /* what is given, or NULL */
};

/* The names that a field may speak of; a NULL list where there are none to speak of. */
struct names {
    const char *const *name;
    size_t count;
    bool told; /* that there are none */
    const char *indicator[INDICATOR_COUNT];
};

static void list_names(const struct compiler *compiler, enum field_kind kind, struct names *names)
{
    const struct scenario *scenario = compiler->scenario;
    enum section_id section = kind == FIELD_ZONE || kind == FIELD_ZONE_MIX    ? SECTION_ZONES
                              : kind == FIELD_TARGET || kind == FIELD_TARGETS ? SECTION_TARGETS
                                                                              : SECTION_SECTORS;
    names->name = (const char *const *)scenario->name[section];
    names->count = scenario->centre.count[section];
    names->told = section != SECTION_TARGETS && names->count == 0;
    if (kind == FIELD_STAGE) {
        names->name = stage_names;
        names->count = STAGE_COUNT;
    } else if (kind == FIELD_CLASS) {
        names->name = capital_names;
        names->count = CAPITAL_COUNT;
    } else if (kind == FIELD_INDICATOR) {
        for (size_t i = 0; i < INDICATOR_COUNT; i++)
            names->indicator[i] = indicators[i].name;
        names->name = names->indicator;
        names->count = INDICATOR_COUNT;
    }
}

/* The index of the name that a node gives, or names->count with a report, unless it has been told
 * that the section of the names is missing as a whole. */
static size_t read_name(struct compiler *compiler, const struct names *names, const char *path,
                        const struct node *node, const char *expects)
{
    size_t i = 0;
    if (node->kind != NODE_SCALAR) {
        value_unexpected(compiler->faults, path, node, expects);
        return names->count;
    }
    while (i < names->count && strcmp(names->name[i], node->text) != 0)
        i++;
    if (i < names->count || names->told)
        return i;
    const char *near = text_nearest(node->text, names->name, names->count);
    fault_input(compiler->faults, node->at, "%s = %s is not %s%s%s%s", path, node->text, expects,
                near == NULL ? "" : "; did you mean ", near == NULL ? "" : near,
                near == NULL ? "" : "?");
    return i;
}

static void read_one_name(struct compiler *compiler, const struct item *item, const char *path,
                          double *value)
{
    struct names names;
    list_names(compiler, item->field->kind, &names);
    size_t i = read_name(compiler, &names, path, item->node, field_expects(item->field));
    if (i < names.count)
        *value = (double)i;
}

static void read_targets(struct compiler *compiler, const struct item *item, const char *path,
                         double *value)
{
    struct names names;
    list_names(compiler, item->field->kind, &names);
    if (item->node->kind != NODE_SEQUENCE || item->node->first == NULL) {
        value_unexpected(compiler->faults, path, item->node, field_expects(item->field));
        return;
    }
    uint64_t mask = 0;
    for (const struct node *name = item->node->first; name != NULL; name = name->next) {
        size_t i = read_name(compiler, &names, path, name, "the name of a target");
        if (i >= names.count || i >= COMPILE_TARGETS)
            continue;
        if (mask >> i & 1)
            fault_input(compiler->faults, name->at, "%s names %s twice", path, name->text);
        mask |= (uint64_t)1 << i;
    }
    *value = (double)mask;
}

static void read_month(struct compiler *compiler, const struct item *item, const char *path,
                       double *value)
{
    int month;
    if (item->node->kind == NODE_SCALAR && text_month_read(item->node->text, &month))
        *value = month;
    else
        value_unexpected(compiler->faults, path, item->node, field_expects(item->field));
}

static void read_scalar(struct compiler *compiler, const struct item *item, struct leaf *leaf,
                        double *value)
{
    leaf->at = item->node->at;
    switch (item->field->kind) {
    case FIELD_NUMBER:
        value_leaf(compiler->faults, leaf, item->node, value);
        break;
    case FIELD_PLAIN:
        value_number(compiler->faults, leaf->path, item->field, item->node, value);
        break;
    case FIELD_WHOLE:
        value_whole(compiler->faults, leaf->path, item->field, item->node, value);
        break;
    case FIELD_MONTH:
        read_month(compiler, item, leaf->path, value);
        break;
    case FIELD_TARGETS:
        read_targets(compiler, item, leaf->path, value);
        break;
    default:
        read_one_name(compiler, item, leaf->path, value);
    }
}

static struct leaf *start_leaf(struct compiler *compiler, const struct item *item, size_t index,
                               const char *part)
{
    struct leaf *leaf = &compiler->scenario->leaf[index];
    leaf->field = item->field;
    leaf->at = by_default;
    leaf->path = compile_path(compiler, item->section, item->instance, item->field->name, part);
    if (leaf->path == NULL)
        return NULL;
    leaf->hash = text_hash32(leaf->path);
    return leaf;
}

/* A field that must be given, in an instance that is there. */
static void report_missing(struct compiler *compiler, const struct item *item, const char *path)
{
    const struct node *instance = compiler->instance[item->section][item->instance];
    if (instance != NULL && field_is_required(item->field))
        fault_input(compiler->faults, instance->key_at, "%s is missing; expected %s", path,
                    field_expects(item->field));
}

static bool compile_scalar(struct compiler *compiler, const struct item *item)
{
    struct scenario *scenario = compiler->scenario;
    size_t index = layout_scalar(scenario->centre.count, item->section, item->instance,
                                 field_slot(item->field));
    struct leaf *leaf = start_leaf(compiler, item, index, NULL);
    if (leaf == NULL)
        return false;
    if (item->node != NULL)
        read_scalar(compiler, item, leaf, &scenario->centre.value[index]);
    else
        scenario->centre.value[index] = item->field->standard;
    if (item->node == NULL)
        report_missing(compiler, item, leaf->path);
    return true;
}

/* A path that is the same wherever the program runs; links are followed as far as files exist. */
static char *absolute_path(const char *file, const char *name)
{
    char *path = extend_path(file, name), *real = NULL;
    if (path != NULL)
        real = realpath(path, NULL);
    if (path == NULL || real != NULL || path[0] == '/') {
        if (real == NULL)
            return path;
        free(path);
        return real;
    }
    char *folder = realpath(".", NULL);
    struct text joined = {0};
    text_append(&joined, "%s/%s", folder == NULL ? "." : folder, path);
    free(folder);
    free(path);
    if (joined.failed)
        text_clear(&joined);
    return joined.bytes;
}

static char *copy_words(const struct item *item)
{
    bool names_file = item->section == SECTION_ABOUT && strcmp(item->field->name, "observed") == 0;
    if (node_is_null(item->node) || item->node->text[0] == '\0')
        return memory_copy_text("");
    if (!names_file)
        return memory_copy_text(item->node->text);
    const char *file = item->node->at.line == 0 ? "" : item->node->at.file;
    return absolute_path(file, item->node->text);
}

static bool compile_text(struct compiler *compiler, const struct item *item)
{
    if (item->node == NULL)
        return true;
    if (item->node->kind != NODE_SCALAR) {
        fault_input(compiler->faults, item->node->at, "%s.%s is not text",
                    schema()[item->section].path, item->field->name);
        return true;
    }
    size_t index = item->instance * schema()[item->section].text_count + field_slot(item->field);
    char **text = &compiler->scenario->text[item->section][index];
    char *words = copy_words(item);
    if (words == NULL)
        return fault_memory(compiler->faults, "reading the scenario");
    free(*text);
    *text = words;
    return true;
}

static bool is_listed(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->name[i], name) == 0)
            return true;
    return false;
}

/* Shares of names that are not there, unless no names are: that has been told. */
static bool check_shares(struct compiler *compiler, const struct item *item,
                         const struct names *names)
{
    const char *says = item->field->kind == FIELD_ZONE_MIX ? "is not the share of a zone"
                                                           : "is not the share of a sector";
    for (const struct node *share = item->node->first; share != NULL && names->count > 0;
         share = share->next) {
        if (is_listed(names, share->key))
            continue;
        char *path =
            compile_path(compiler, item->section, item->instance, item->field->name, share->key);
        if (path == NULL)
            return false;
        compile_unknown(compiler, share->key_at, path, says,
                        text_nearest(share->key, names->name, names->count));
        free(path);
    }
    return true;
}

/* Reads the shares to value[0, count); a name that the mix leaves out has none. */
static bool read_shares(struct compiler *compiler, const struct item *item,
                        const struct names *names, size_t index, bool *sound)
{
    for (size_t i = 0; i < names->count; i++) {
        struct leaf *leaf = start_leaf(compiler, item, index + i, names->name[i]);
        if (leaf == NULL)
            return false;
        const struct node *share = node_find(item->node, names->name[i]);
        double *value = &compiler->scenario->centre.value[index + i];
        if (item->node != NULL)
            leaf->at = item->node->at;
        if (share != NULL && share->at.line == 0)
            leaf->at = share->at; /* an override of this share alone */
        if (share == NULL)
            *value = 0;
        else
            *sound &= value_number(compiler->faults, leaf->path, item->field, share, value);
    }
    return true;
}

static void check_sum(struct compiler *compiler, const struct item *item, const char *path,
                      const double *share, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += share[i];
    if (fabs(sum - 1) > 1e-6)
        fault_input(compiler->faults, item->node->at, "%s sums to %.9g; shares must sum to 1", path,
                    sum);
}

static bool compile_mix(struct compiler *compiler, const struct item *item)
{
    struct names names;
    list_names(compiler, item->field->kind, &names);
    size_t index =
        scenario_mix(compiler->scenario, item->section, item->instance, field_slot(item->field));
    size_t before = compiler->faults->count;
    bool sound = item->node != NULL && item->node->kind == NODE_MAPPING;
    char *path = compile_path(compiler, item->section, item->instance, item->field->name, NULL);
    if (path == NULL)
        return false;
    if (item->node == NULL)
        report_missing(compiler, item, path);
    else if (!sound)
        value_unexpected(compiler->faults, path, item->node, field_expects(item->field));
    bool read = (!sound || check_shares(compiler, item, &names)) &&
                read_shares(compiler, item, &names, index, &sound);
    if (read && sound && names.count > 0 && compiler->faults->count == before)
        check_sum(compiler, item, path, &compiler->scenario->centre.value[index], names.count);
    free(path);
    return read;
}

static bool compile_item(struct compiler *compiler, const struct item *item)
{
    if (item->field->kind == FIELD_TEXT)
        return compile_text(compiler, item);
    if (field_is_mix(item->field))
        return compile_mix(compiler, item);
    return item->field->kind == FIELD_EFFECTS || compile_scalar(compiler, item);
}

static bool check_known(struct compiler *compiler, enum section_id section, size_t instance)
{
    const struct node *node = compiler->instance[section][instance];
    const struct section *row = &schema()[section];
    const char *names[32];
    ASSERT(row->field_count <= sizeof names / sizeof *names);
    for (size_t i = 0; i < row->field_count; i++)
        names[i] = row->field[i].name;
    for (const struct node *child = node == NULL ? NULL : node->first; child != NULL;
         child = child->next) {
        if (section_field(row, child->key) != NULL)
            continue;
        char *path = compile_path(compiler, section, instance, child->key, NULL);
        if (path == NULL)
            return false;
        compile_unknown(compiler, child->key_at, path, "is not a field",
                        text_nearest(child->key, names, row->field_count));
        free(path);
    }
    return true;
}

static bool compile_instance(struct compiler *compiler, enum section_id section, size_t instance)
{
    const struct section *row = &schema()[section];
    for (size_t i = 0; i < row->field_count; i++) {
        struct item item = {section, instance, &row->field[i],
                            node_find(compiler->instance[section][instance], row->field[i].name)};
        if (!compile_item(compiler, &item))
            return false;
    }
    return check_known(compiler, section, instance);
}

bool compile_fields(struct compiler *compiler)
{
    for (size_t s = 0; s < SECTION_COUNT; s++)
        for (size_t i = 0; i < compiler->scenario->centre.count[s]; i++)
            if (!compile_instance(compiler, (enum section_id)s, i))
                return false;
    return true;
}
