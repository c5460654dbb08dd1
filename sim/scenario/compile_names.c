#include "scenario/compile.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
static const char *const rounds_say = "a financing round; they are seed, a, b and late";

static void check_sections(struct compiler *compiler)
{
    const char *names[SECTION_COUNT];
    for (size_t s = 0; s < SECTION_COUNT; s++)
        names[s] = schema()[s].path;
    for (const struct node *node = compiler->root->first; node != NULL; node = node->next)
        if (section_find(node->key) == SECTION_COUNT)
            compile_unknown(compiler, node->key_at, node->key, "is not a section",
                            text_nearest(node->key, names, SECTION_COUNT));
}

static bool is_name(const char *text)
{
    size_t head = strspn(text, letters);
    return head > 0 &&
           text[strspn(text, letters) + strspn(text + head, "0123456789-_"
                                                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                            "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

/* Whether the node can be an instance; if not, it has been told why, or says to be left out. */
static bool check_instance(struct compiler *compiler, enum section_id section,
                           const struct node *node)
{
    const char *path = schema()[section].path;
    if (!is_name(node->key))
        fault_input(
            compiler->faults, node->key_at,
            "%s.%s: a name is made of letters, digits, _ and -, and starts with a letter or _",
            path, node->key);
    if (node_is_null(node))
        return fault_input(
            compiler->faults, node->key_at,
            "%s.%s is null, which removes what an extended file gives; none gives it", path,
            node->key);
    return true;
}

/* The section's node, or NULL where it is missing, empty or (then reported) no mapping. */
static const struct node *section_node(struct compiler *compiler, enum section_id section)
{
    const struct node *node = node_find(compiler->root, schema()[section].path);
    if (node == NULL || node_is_null(node) || node->kind == NODE_MAPPING)
        return node == NULL || node_is_null(node) ? NULL : node;
    fault_input(compiler->faults, node->at, "%s is not a mapping from %s", node->key,
                schema()[section].shape == SECTION_ONE ? "fields to values" : "names to fields");
    return NULL;
}

static bool is_reported(const struct compiler *compiler, enum section_id section)
{
    const struct node *node = node_find(compiler->root, schema()[section].path);
    return node != NULL && !node_is_null(node) && node->kind != NODE_MAPPING;
}

static struct place place_of_missing(const struct compiler *compiler, enum section_id section)
{
    const struct node *node = node_find(compiler->root, schema()[section].path);
    return node == NULL ? compiler->start : node->key_at;
}

static bool reserve(struct compiler *compiler, enum section_id section, size_t count)
{
    compiler->instance[section] = calloc(count + 1, sizeof(struct node *));
    if (schema()[section].shape != SECTION_ONE)
        compiler->scenario->name[section] = calloc(count + 1, sizeof(char *));
    if (compiler->instance[section] == NULL ||
        (schema()[section].shape != SECTION_ONE && compiler->scenario->name[section] == NULL))
        return fault_memory(compiler->faults, "reading the scenario");
    return true;
}

static void report_missing(struct compiler *compiler, enum section_id section)
{
    struct text needed = {0};
    const struct section *row = &schema()[section];
    for (size_t i = 0; i < row->field_count; i++)
        if (field_is_required(&row->field[i]))
            text_append(&needed, "%s%s", needed.length > 0 ? ", " : "", row->field[i].name);
    if (needed.failed)
        fault_memory(compiler->faults, "reading the scenario");
    else if (needed.length > 0)
        fault_input(compiler->faults, place_of_missing(compiler, section),
                    "%s is missing; it must give %s", row->path, needed.bytes);
    text_clear(&needed);
}

static bool collect_one(struct compiler *compiler, enum section_id section)
{
    if (!reserve(compiler, section, 1))
        return false;
    compiler->scenario->centre.count[section] = 1;
    compiler->instance[section][0] = section_node(compiler, section);
    if (compiler->instance[section][0] == NULL && !is_reported(compiler, section))
        report_missing(compiler, section);
    return true;
}

static bool add_instance(struct compiler *compiler, enum section_id section, const char *name,
                         const struct node *node)
{
    size_t *count = &compiler->scenario->centre.count[section];
    char *copy = memory_copy_text(name);
    if (copy == NULL)
        return fault_memory(compiler->faults, "reading the scenario");
    compiler->scenario->name[section][*count] = copy;
    compiler->instance[section][*count] = node;
    ++*count;
    if (node == NULL || node->kind == NODE_MAPPING)
        return true;
    compiler->instance[section][*count - 1] = NULL;
    fault_input(compiler->faults, node->at, "%s.%s is not a mapping from fields to values",
                schema()[section].path, name);
    return true;
}

static bool collect_many(struct compiler *compiler, enum section_id section)
{
    const struct node *node = section_node(compiler, section);
    if (!reserve(compiler, section, node == NULL ? 0 : node_count(node)))
        return false;
    for (const struct node *child = node == NULL ? NULL : node->first; child != NULL;
         child = child->next)
        if (check_instance(compiler, section, child) &&
            !add_instance(compiler, section, child->key, child))
            return false;
    bool needed = section == SECTION_ZONES || section == SECTION_SECTORS;
    if (needed && compiler->scenario->centre.count[section] == 0 && !is_reported(compiler, section))
        fault_input(compiler->faults, place_of_missing(compiler, section),
                    "%s is missing; it must give at least one", schema()[section].path);
    return true;
}

static void check_rounds(struct compiler *compiler, const struct node *node)
{
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        bool known = false;
        for (size_t i = 0; i < ROUND_COUNT; i++)
            known |= strcmp(child->key, round_names[i]) == 0;
        if (!known)
            fault_input(compiler->faults, child->key_at, "rounds.%s is not %s", child->key,
                        rounds_say);
    }
}

static bool collect_rounds(struct compiler *compiler, enum section_id section)
{
    const struct node *node = section_node(compiler, section);
    if (!reserve(compiler, section, ROUND_COUNT))
        return false;
    if (node != NULL)
        check_rounds(compiler, node);
    else if (!is_reported(compiler, section))
        fault_input(compiler->faults, place_of_missing(compiler, section),
                    "rounds is missing; it must give seed, a, b and late");
    for (size_t i = 0; i < ROUND_COUNT; i++) {
        const struct node *round = node_find(node, round_names[i]);
        if (node != NULL && (round == NULL || node_is_null(round))) {
            fault_input(compiler->faults, node->key_at, "rounds.%s is missing", round_names[i]);
            round = NULL;
        }
        if (!add_instance(compiler, section, round_names[i], round))
            return false;
    }
    return true;
}

static void check_counts(struct compiler *compiler)
{
    const size_t *count = compiler->scenario->centre.count;
    if (count[SECTION_TARGETS] > COMPILE_TARGETS)
        fault_input(compiler->faults, place_of_missing(compiler, SECTION_TARGETS),
                    "there are %zu targets; at most %d can be told apart", count[SECTION_TARGETS],
                    COMPILE_TARGETS);
    if (count[SECTION_TARGETS] + count[SECTION_JOINT_TARGETS] > SCENARIO_TARGETS)
        fault_input(compiler->faults, place_of_missing(compiler, SECTION_JOINT_TARGETS),
                    "there are %zu targets and %zu joint ones; at most %d in all can be told apart",
                    count[SECTION_TARGETS], count[SECTION_JOINT_TARGETS], SCENARIO_TARGETS);
    if (count[SECTION_ZONES] * count[SECTION_SECTORS] * STAGE_COUNT > COMPILE_CELLS)
        fault_input(
            compiler->faults, place_of_missing(compiler, SECTION_ZONES),
            "%zu zones and %zu sectors are too many; with %d stages at most %d cells are allowed",
            count[SECTION_ZONES], count[SECTION_SECTORS], STAGE_COUNT, COMPILE_CELLS);
}

bool compile_names(struct compiler *compiler)
{
    check_sections(compiler);
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        enum section_shape shape = schema()[s].shape;
        bool collected = shape == SECTION_ONE    ? collect_one(compiler, (enum section_id)s)
                         : shape == SECTION_MANY ? collect_many(compiler, (enum section_id)s)
                                                 : collect_rounds(compiler, (enum section_id)s);
        if (!collected)
            return false;
    }
    check_counts(compiler);
    return true;
}
