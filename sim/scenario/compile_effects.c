#include "scenario/compile.h"
#include "scenario/path.h"

#include "base/memory.h"
#include "scenario/layout.h"
#include "scenario/value.h"

#include <stdlib.h>
#include <string.h>

/* One path of one lever, shock or review, and where its amount goes. */
struct action {
    enum section_id owner;
    size_t instance;
    const struct field *field; /* multiplies, scales or adds */
    const struct node *node;   /* its key is the path */
    size_t amount;             /* leaf */
    size_t capacity;           /* of scenario->effect */
};

static const struct node *effects_node(const struct compiler *compiler, enum section_id section,
                                       size_t instance, const struct field *field)
{
    const struct node *node = node_find(compiler->instance[section][instance], field->name);
    return node != NULL && node->kind == NODE_MAPPING ? node : NULL;
}

size_t compile_count_effects(const struct compiler *compiler)
{
    size_t count = 0;
    for (size_t s = 0; s < SECTION_COUNT; s++)
        for (size_t i = 0; i < compiler->scenario->centre.count[s]; i++)
            for (size_t f = 0; f < schema()[s].field_count; f++) {
                const struct field *field = &schema()[s].field[f];
                const struct node *node = effects_node(compiler, (enum section_id)s, i, field);
                if (field->kind == FIELD_EFFECTS && node != NULL)
                    count += node_count(node);
            }
    return count;
}

/* NULL if the owner may act on the leaf, else why not. */
static const char *forbidden(const struct action *action, const struct leaf *target)
{
    enum section_id section = field_section(target->field);
    bool intensity = section == SECTION_LEVERS && strcmp(target->field->name, "intensity") == 0;
    if (target->field->kind != FIELD_NUMBER && !field_is_mix(target->field))
        return "cannot be acted on: only numbers that may be uncertain, and shares, can";
    if (action->owner == SECTION_REVIEWS && !intensity)
        return "cannot be acted on by a review: only levers.NAME.intensity can";
    if (action->owner == SECTION_LEVERS && (section == SECTION_LEVERS || section == SECTION_POLICY))
        return "cannot be acted on: levers act neither on levers nor on their budget";
    return NULL;
}

static enum effect_kind kind_of(const struct field *field)
{
    if (strcmp(field->name, "multiplies") == 0)
        return EFFECT_MULTIPLIES;
    return strcmp(field->name, "scales") == 0 ? EFFECT_SCALES : EFFECT_ADDS;
}

static bool add_effect(struct compiler *compiler, struct action *action, size_t target)
{
    struct scenario *scenario = compiler->scenario;
    if (!memory_reserve((void **)&scenario->effect, &action->capacity, scenario->effect_count + 1,
                        sizeof *scenario->effect))
        return fault_memory(compiler->faults, "reading the scenario");
    scenario->effect[scenario->effect_count++] = (struct effect){
        .owner = action->owner,
        .instance = action->instance,
        .kind = kind_of(action->field),
        .target = target,
        .amount = action->amount,
    };
    return true;
}

/* The known path nearest to one that leads nowhere. */
static bool report_nowhere(struct compiler *compiler, const struct action *action)
{
    const struct scenario *scenario = compiler->scenario;
    size_t count = layout_effects(scenario->centre.count), known = 0;
    if (scenario->centre.count[SECTION_ZONES] == 0 || scenario->centre.count[SECTION_SECTORS] == 0)
        return true; /* which has been told, and takes paths with it */
    const char **paths = calloc(count + 1, sizeof *paths);
    if (paths == NULL)
        return fault_memory(compiler->faults, "reading the scenario");
    for (size_t i = 0; i < count; i++)
        if (forbidden(action, &scenario->leaf[i]) == NULL)
            paths[known++] = scenario->leaf[i].path;
    struct text says = {0};
    text_append(&says, "leads to nothing that %s can act on", schema()[action->owner].path);
    if (says.failed)
        fault_memory(compiler->faults, "reading the scenario");
    else
        compile_unknown(compiler, action->node->key_at, scenario->leaf[action->amount].path,
                        says.bytes, text_nearest(action->node->key, paths, known));
    text_clear(&says);
    free(paths);
    return true;
}

/* What has no value, an infinite limit that is not given, can neither be scaled nor shifted. */
static bool report_target(struct compiler *compiler, const struct action *action, size_t target,
                          bool found_other)
{
    const struct leaf *leaf = &compiler->scenario->leaf[target];
    const char *wrong = forbidden(action, leaf);
    if (wrong == NULL && isinf(compiler->scenario->centre.value[target]))
        wrong = "cannot be acted on: it has no limit that could change";
    if (wrong == NULL)
        return false;
    if (!found_other)
        fault_input(compiler->faults, action->node->key_at, "%s: %s %s",
                    compiler->scenario->leaf[action->amount].path, leaf->path, wrong);
    return true;
}

/* What came of a path with stars: leaves that are acted on, and the last that cannot be. */
struct covered {
    size_t found, refused;
};

static bool resolve_range(struct compiler *compiler, struct action *action, size_t first,
                          size_t end, struct covered *covered)
{
    for (size_t i = first; i < end; i++) {
        if (!path_covers(action->node->key, compiler->scenario->leaf[i].path))
            continue;
        if (report_target(compiler, action, i, true)) {
            covered->refused = i;
            continue;
        }
        covered->found++;
        if (!add_effect(compiler, action, i))
            return false;
    }
    return true;
}

/* Looks among the scalars and the mixes of the section that the path begins with. */
static bool resolve_star(struct compiler *compiler, struct action *action)
{
    const size_t *count = compiler->scenario->centre.count;
    struct covered covered = {.refused = layout_effects(count)};
    enum section_id section = section_of_path(action->node->key);
    if (section < SECTION_COUNT &&
        !(resolve_range(compiler, action, layout_scalar(count, section, 0, 0),
                        layout_scalar(count, section, count[section], 0), &covered) &&
          resolve_range(compiler, action, layout_mix(count, section, 0, 0),
                        layout_mix(count, section, count[section], 0), &covered)))
        return false;
    if (covered.found == 0 && covered.refused < layout_effects(count))
        report_target(compiler, action, covered.refused, false);
    else if (covered.found == 0)
        return report_nowhere(compiler, action);
    return true;
}

static bool resolve(struct compiler *compiler, struct action *action)
{
    if (path_has_star(action->node->key))
        return resolve_star(compiler, action);
    size_t target = scenario_leaf(compiler->scenario, action->node->key);
    if (target >= layout_effects(compiler->scenario->centre.count))
        return report_nowhere(compiler, action);
    return report_target(compiler, action, target, false) || add_effect(compiler, action, target);
}

static bool compile_action(struct compiler *compiler, struct action *action)
{
    struct scenario *scenario = compiler->scenario;
    struct leaf *leaf = &scenario->leaf[action->amount];
    leaf->field = action->field;
    leaf->path = compile_path(compiler, action->owner, action->instance, action->field->name,
                              action->node->key);
    if (leaf->path == NULL)
        return false;
    leaf->hash = text_hash32(leaf->path);
    if (node_is_null(action->node)) {
        fault_input(compiler->faults, action->node->key_at,
                    "%s is null, which removes what an extended file gives; none gives it",
                    leaf->path);
        return true;
    }
    value_leaf(compiler->faults, leaf, action->node, &scenario->centre.value[action->amount]);
    return resolve(compiler, action);
}

static bool compile_field(struct compiler *compiler, struct action *action)
{
    const struct node *given =
        node_find(compiler->instance[action->owner][action->instance], action->field->name);
    if (given == NULL || node_is_null(given))
        return true;
    if (given->kind != NODE_MAPPING) {
        fault_input(compiler->faults, given->at, "%s.%s.%s is not %s", schema()[action->owner].path,
                    compiler->scenario->name[action->owner][action->instance], action->field->name,
                    field_expects(action->field));
        return true;
    }
    for (action->node = given->first; action->node != NULL; action->node = action->node->next) {
        if (!compile_action(compiler, action))
            return false;
        action->amount++;
    }
    return true;
}

bool compile_effects(struct compiler *compiler)
{
    struct action action = {.amount = layout_effects(compiler->scenario->centre.count)};
    for (size_t s = 0; s < SECTION_COUNT; s++)
        for (size_t i = 0; i < compiler->scenario->centre.count[s]; i++)
            for (size_t f = 0; f < schema()[s].field_count; f++) {
                action.owner = (enum section_id)s;
                action.instance = i;
                action.field = &schema()[s].field[f];
                if (action.field->kind == FIELD_EFFECTS && !compile_field(compiler, &action))
                    return false;
            }
    return true;
}
