#include "study/checkup.h"

#include "engine/pool.h"
#include "scenario/yaml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Staff of so many times the pool is taken for a slip. */
static const double far_too_tight = 2.0;

/* ------------------------------------------------------------------ what the file says */

static void warn_of_empty(const struct node *node, struct faults *warnings)
{
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        if (child->kind == NODE_MAPPING && child->first == NULL)
            fault_input(warnings, child->at,
                        "%s: {} adds nothing, and removes nothing of an extended file; null "
                        "removes",
                        child->key == NULL ? "an item" : child->key);
        warn_of_empty(child, warnings);
    }
}

static void look_at_file(struct checkup *checkup, const char *file)
{
    struct node_store store = {0};
    struct faults ignored = {0}; /* it was read without faults before */
    const struct node *root = yaml_read(&store, file, (struct place){0}, &ignored);
    if (root != NULL)
        warn_of_empty(root, &checkup->warnings);
    node_store_clear(&store);
    faults_clear(&ignored);
}

/* ------------------------------------------------------------------ levers and shocks */

static bool is_used_at_start_only(const struct leaf *leaf)
{
    return field_section(leaf->field) == SECTION_INCUMBENTS ||
           strcmp(leaf->field->name, "projects_at_start") == 0 ||
           strcmp(leaf->field->name, "stock_heads") == 0;
}

/* Whether a leaf may ever be above 0: by itself, or acted on. */
static bool may_be_positive(const struct scenario *scenario, const double *number)
{
    size_t index = scenario_leaf_of(scenario, number);
    const struct leaf *leaf = &scenario->leaf[index];
    bool positive = leaf->kind == LEAF_DISTRIBUTION || *number > 0.0;
    for (size_t i = 0; leaf->kind == LEAF_SERIES && i < leaf->series.count; i++)
        positive |= leaf->series.value[i] > 0.0;
    for (size_t i = 0; i < scenario->effect_count; i++)
        positive |= scenario->effect[i].target == index;
    return positive;
}

static double at_start(const struct scenario *scenario, const double *number)
{
    const struct leaf *leaf = &scenario->leaf[scenario_leaf_of(scenario, number)];
    int before = (int)scenario->centre.clock->start - 1;
    return leaf->kind == LEAF_SERIES ? series_at(&leaf->series, before) : *number;
}

static void look_at_amount(struct checkup *checkup, const struct scenario *scenario,
                           const struct effect *effect)
{
    const struct leaf *amount = &scenario->leaf[effect->amount];
    double value = scenario->centre.value[effect->amount];
    char number[3][TEXT_NUMBER_BYTES];
    if (effect->kind == EFFECT_MULTIPLIES && value > 1.0)
        fault_input(&checkup->warnings, amount->at,
                    "%s = %s makes it %s times as much; for %s times as much say scales",
                    amount->path, text_number(number[0], value),
                    text_number(number[1], 1.0 + value), text_number(number[2], value));
}

static void look_at_effect(struct checkup *checkup, const struct scenario *scenario,
                           const struct effect *effect)
{
    const struct leaf *amount = &scenario->leaf[effect->amount];
    const struct leaf *target = &scenario->leaf[effect->target];
    look_at_amount(checkup, scenario, effect);
    if (effect->owner != SECTION_LEVERS || !is_used_at_start_only(target))
        return;
    const struct lever_params *lever = &scenario->centre.levers[effect->instance];
    if (at_start(scenario, &lever->intensity) * at_start(scenario, &lever->scale) == 0.0)
        fault_input(&checkup->warnings, amount->at,
                    "%s acts on %s, which is used at the start only, when the lever is not pulled: "
                    "it has no effect",
                    amount->path, target->path);
}

static void look_at_lever(struct checkup *checkup, const struct scenario *scenario, size_t lever)
{
    const struct lever_params *params = &scenario->centre.levers[lever];
    const struct leaf *intensity = &scenario->leaf[scenario_leaf_of(scenario, &params->intensity)];
    if (scenario_has_effects(scenario, SECTION_LEVERS, lever) &&
        may_be_positive(scenario, &params->scale) && !may_be_positive(scenario, &params->intensity))
        fault_input(&checkup->warnings, intensity->at,
                    "%s is 0 throughout, so nothing of the lever acts", intensity->path);
}

/* ------------------------------------------------------------------ zones */

static bool has_mix(const struct scenario *scenario, enum section_id section, const char *zone)
{
    for (size_t i = 0; i < scenario->leaf_count; i++) {
        const struct leaf *leaf = &scenario->leaf[i];
        const char *last = strrchr(leaf->path, '.');
        if (field_section(leaf->field) == section && leaf->field->kind == FIELD_ZONE_MIX &&
            strcmp(last + 1, zone) == 0 &&
            (leaf->kind != LEAF_NUMBER || scenario->centre.value[i] > 0.0))
            return true;
    }
    return false;
}

/* Whether firms may climb the chain to a zone. */
static bool is_climbed_to(const struct params *centre, size_t zone)
{
    for (size_t i = 0; i < centre->count[SECTION_ZONES]; i++)
        if (centre->zones[i].chain_rank > 0.0 &&
            centre->zones[i].chain_rank < centre->zones[zone].chain_rank)
            return true;
    return false;
}

static void look_at_zone(struct checkup *checkup, const struct scenario *scenario, size_t zone)
{
    const struct params *centre = &scenario->centre;
    const struct leaf *area =
        &scenario->leaf[scenario_leaf_of(scenario, &centre->zones[zone].floor_area_m2)];
    const char *name = scenario->name[SECTION_ZONES][zone];
    bool used = (size_t)centre->projects->landing_zone == zone || is_climbed_to(centre, zone) ||
                has_mix(scenario, SECTION_INCUMBENTS, name);
    for (size_t i = 0; i < centre->count[SECTION_ARRIVALS]; i++)
        used |= (size_t)centre->arrivals[i].zone == zone;
    if (!used)
        fault_input(&checkup->warnings, area->at,
                    "zones.%s: nobody lands, settles, arrives or moves there", name);
}

/* ------------------------------------------------------------------ names */

static bool is_among(const char *name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    return false;
}

bool checkup_is_missing(const char *name)
{
    static const char *const words[] = {"NA", "NaN", "nan", "NULL", "null", "None"};
    return is_among(name, words, sizeof words / sizeof *words);
}

/* Words that they take for truths or numbers, where a column holds nothing else. */
static bool is_taken_for_value(const char *name)
{
    static const char *const words[] = {"T",    "F",     "True", "False", "TRUE", "FALSE",
                                        "true", "false", "inf",  "Inf",   "INF",  "infinity"};
    return is_among(name, words, sizeof words / sizeof *words);
}

/* The place of an instance: that of its first number. */
static struct place place_of(const struct scenario *scenario, enum section_id section,
                             const char *name)
{
    struct text path = {0};
    struct place at = {0};
    text_append(&path, "%s.%s.", schema()[section].path, name);
    for (size_t i = 0; !path.failed && i < scenario->leaf_count && at.line == 0; i++)
        if (strncmp(scenario->leaf[i].path, path.bytes, path.length) == 0 &&
            scenario->leaf[i].at.line > 0)
            at = scenario->leaf[i].at;
    text_clear(&path);
    return at;
}

static void look_at_name(struct checkup *checkup, const struct scenario *scenario,
                         enum section_id section, size_t instance)
{
    const char *name = scenario->name[section][instance], *path = schema()[section].path;
    size_t count = scenario->centre.count[section], values = 0;
    for (size_t i = 0; i < count; i++)
        values += is_taken_for_value(scenario->name[section][i]);
    if (checkup_is_missing(name) || (is_taken_for_value(name) && values == count))
        fault_input(&checkup->warnings, place_of(scenario, section, name),
                    "%s.%s: pandas or R take this name in a table for something else", path, name);
    for (size_t i = 0; i < instance; i++)
        if (strcasecmp(name, scenario->name[section][i]) == 0)
            fault_input(&checkup->warnings, place_of(scenario, section, name),
                        "%s.%s and %s.%s differ in case only; sqlite takes them for one", path,
                        name, path, scenario->name[section][i]);
}

/* ------------------------------------------------------------------ the start */

struct starting {
    struct start_state *state;
    const struct scenario *scenario;
};

static void add_start(struct start_state *state, const struct workspace *workspace)
{
    const double *row = workspace->replicate.panel;
    const size_t *first = workspace->layout.first;
    double share = 1.0 / CHECKUP_REPLICATES;
    state->firms += share * row[first[INDICATOR_FIRMS]];
    state->certified += share * row[first[INDICATOR_HIGHTECH_FIRMS]];
    state->staff_heads += share * row[first[INDICATOR_STAFF]];
    state->talent_heads += share * row[first[INDICATOR_TALENT]];
    state->early_met += share * row[first[INDICATOR_CLEARED_EARLY]];
    state->growth_met += share * row[first[INDICATOR_CLEARED_GROWTH]];
    for (size_t zone = 0; zone < workspace->scenario->centre.count[SECTION_ZONES]; zone++)
        state->occupancy[zone] += share * row[first[INDICATOR_OCCUPANCY] + zone];
}

static bool simulate_start(void *context, size_t index, struct workspace *workspace,
                           struct faults *faults)
{
    struct starting *starting = context;
    bool ok = workspace_keep(workspace, starting->scenario, faults);
    (void)index;
    for (uint32_t r = 0; ok && r < CHECKUP_REPLICATES; r++) {
        const struct draw_replicate which = {1, r, r, DRAW_BLOCK};
        ok = replicate_start(&workspace->replicate, &workspace->district, &workspace->layout,
                             &which, faults);
        if (ok)
            add_start(starting->state, workspace);
    }
    return ok;
}

static void look_at_start(struct checkup *checkup, const struct scenario *scenario)
{
    const struct start_state *start = &checkup->start;
    const struct leaf *stock =
        &scenario->leaf[scenario_leaf_of(scenario, &scenario->centre.talent->stock_heads)];
    char number[2][TEXT_NUMBER_BYTES];
    if (start->staff_heads > far_too_tight * start->talent_heads)
        fault_input(&checkup->warnings, stock->at,
                    "%s = %s heads, where the firms at the start have a staff of %s", stock->path,
                    text_number(number[0], round(start->talent_heads)),
                    text_number(number[1], round(start->staff_heads)));
}

bool checkup_run(struct checkup *checkup, const struct scenario *scenario, const char *file,
                 struct faults *faults)
{
    const size_t *count = scenario->centre.count;
    struct starting starting = {&checkup->start, scenario};
    *checkup = (struct checkup){0};
    checkup->start.occupancy = calloc(count[SECTION_ZONES] + 1, sizeof(double));
    if (checkup->start.occupancy == NULL)
        return fault_memory(faults, "looking at the scenario");
    if (!pool_map(1, 1, simulate_start, &starting, faults))
        return false;
    look_at_file(checkup, file);
    for (size_t i = 0; i < count[SECTION_LEVERS]; i++)
        look_at_lever(checkup, scenario, i);
    for (size_t i = 0; i < scenario->effect_count; i++)
        look_at_effect(checkup, scenario, &scenario->effect[i]);
    for (size_t i = 0; i < count[SECTION_ZONES]; i++)
        look_at_zone(checkup, scenario, i);
    for (size_t s = 0; s < SECTION_COUNT; s++)
        for (size_t i = 0; schema()[s].shape != SECTION_ONE && i < count[s]; i++)
            look_at_name(checkup, scenario, (enum section_id)s, i);
    look_at_start(checkup, scenario);
    return checkup->warnings.kind != FAULT_WORLD || fault_memory(faults, "looking at the scenario");
}

void checkup_clear(struct checkup *checkup)
{
    faults_clear(&checkup->warnings);
    free(checkup->start.occupancy);
    *checkup = (struct checkup){0};
}
