#include "study/levers.h"

#include "base/memory.h"
#include "scenario/path.h"
#include "scenario/scenario.h"
#include "stats/shapley.h"

#include <stdlib.h>
#include <string.h>

/* The plan under way. */
struct making {
    struct levers *levers;
    struct plan *plan;
    const struct request *request;
    const struct scenario *scenario;
    struct faults *faults;
    bool *on; /* [lever] scratch */
};

static bool out_of_memory(const struct making *making)
{
    return fault_memory(making->faults, "planning the levers");
}

/* ------------------------------------------------------------------ the levers */

static const char *text_of(const struct scenario *scenario, size_t lever, const char *field)
{
    const struct section *section = &schema()[SECTION_LEVERS];
    size_t slot = field_slot(section_field(section, field));
    return scenario->text[SECTION_LEVERS][lever * section->text_count + slot];
}

static char *keep(const struct making *making, const char *text)
{
    return node_text(&making->plan->store, text, strlen(text));
}

/* Whether a review raises the lever. */
static bool is_raised(const struct scenario *scenario, size_t lever)
{
    size_t leaf = scenario_leaf_of(scenario, &scenario->centre.levers[lever].intensity);
    for (size_t i = 0; i < scenario->effect_count; i++)
        if (scenario->effect[i].owner == SECTION_REVIEWS && scenario->effect[i].target == leaf)
            return true;
    return false;
}

static bool read_lever(const struct making *making, struct lever *lever, size_t index)
{
    const struct scenario *scenario = making->scenario;
    size_t leaf = scenario_leaf_of(scenario, &scenario->centre.levers[index].scale);
    lever->name = memory_copy_text(scenario->name[SECTION_LEVERS][index]);
    lever->task = memory_copy_text(text_of(scenario, index, "task"));
    lever->off = (struct override){.path = keep(making, scenario->leaf[leaf].path),
                                   .at = {making->plan->file, 0, 0}};
    lever->reviews =
        !is_raised(scenario, index) && !scenario_has_effects(scenario, SECTION_LEVERS, index);
    return (lever->name && lever->task && lever->off.path) || out_of_memory(making);
}

/* The action of this number, which is added if it is new; in rising order of number. */
static bool find_action(struct making *making, int number)
{
    struct levers *levers = making->levers;
    size_t at = 0;
    while (at < levers->action_count && levers->action[at].number < number)
        at++;
    if (at < levers->action_count && levers->action[at].number == number)
        return true;
    struct lever_action *grown =
        realloc(levers->action, (levers->action_count + 1) * sizeof *grown);
    if (grown == NULL)
        return out_of_memory(making);
    levers->action = grown;
    memmove(grown + at + 1, grown + at, (levers->action_count - at) * sizeof *grown);
    grown[at] = (struct lever_action){.number = number};
    snprintf(grown[at].label, sizeof grown[at].label, "action %d", number);
    levers->action_count++;
    return true;
}

static bool read_levers(struct making *making)
{
    const struct params *params = &making->scenario->centre;
    struct levers *levers = making->levers;
    size_t count = params->count[SECTION_LEVERS];
    if (count == 0)
        return fault_input(making->faults, (struct place){making->request->file, 0, 0},
                           "the scenario has no levers");
    if (panel_targets(params) == 0)
        return fault_input(making->faults, (struct place){making->request->file, 0, 0},
                           "the scenario has no targets that levers could be compared by");
    levers->lever = calloc(count, sizeof *levers->lever);
    if (levers->lever == NULL)
        return out_of_memory(making);
    levers->count = count;
    for (size_t i = 0; i < count; i++) {
        if (!read_lever(making, &levers->lever[i], i) ||
            !find_action(making, (int)params->levers[i].action))
            return false;
    }
    for (size_t i = 0; i < count; i++)
        while (levers->action[levers->lever[i].action].number != (int)params->levers[i].action)
            levers->lever[i].action++;
    return true;
}

/* ------------------------------------------------------------------ the points */

/* Takes a review out. */
static bool add_removal(struct making *making, struct entry *entry, const char *review)
{
    struct text path = {0};
    text_append(&path, "%s.%s", schema()[SECTION_REVIEWS].path, review);
    struct override removal = {.path = path.failed ? NULL : keep(making, path.bytes),
                               .value = &node_null,
                               .at = {making->plan->file, 0, 0}};
    text_clear(&path);
    return removal.path != NULL && change_add(&entry->change, &entry->count, &removal, NULL);
}

/* Whether all that are on have a scale that is a plain number, and they are the fewer. */
static bool are_few_on(const struct making *making)
{
    const struct scenario *scenario = making->scenario;
    size_t on = 0, count = making->levers->count;
    for (size_t i = 0; i < count; i++) {
        size_t leaf = scenario_leaf_of(scenario, &scenario->centre.levers[i].scale);
        if (making->on[i] && scenario->leaf[leaf].kind != LEAF_NUMBER)
            return false;
        on += making->on[i];
    }
    return 2 * on < count;
}

/* Switches all levers off at once, and those that are on back to their scale: of many levers, alone
 * on top of none, a point takes as little time as its scenario. */
static bool add_star(const struct making *making, struct entry *entry)
{
    static const char all[] = "levers." PATH_STAR ".scale";
    struct override star = making->levers->lever[0].off;
    star.path = all;
    bool added = change_add(&entry->change, &entry->count, &star, NULL);
    for (size_t i = 0; added && i < making->levers->count; i++) {
        struct override back = making->levers->lever[i].off;
        back.number = making->scenario->centre.levers[i].scale;
        if (making->on[i])
            added = change_add(&entry->change, &entry->count, &back, NULL);
    }
    return added;
}

static bool add_each(const struct making *making, struct entry *entry)
{
    bool added = true;
    for (size_t i = 0; added && i < making->levers->count; i++)
        if (!making->on[i])
            added = change_add(&entry->change, &entry->count, &making->levers->lever[i].off, NULL);
    return added;
}

/* Without its lever there are no reviews. */
static bool add_offs(struct making *making, struct entry *entry)
{
    const struct scenario *scenario = making->scenario;
    bool reviews = true;
    for (size_t i = 0; i < making->levers->count; i++)
        reviews &= making->on[i] || !making->levers->lever[i].reviews;
    bool added = are_few_on(making) ? add_star(making, entry) : add_each(making, entry);
    for (size_t i = 0; added && !reviews && i < scenario->centre.count[SECTION_REVIEWS]; i++)
        added = add_removal(making, entry, scenario->name[SECTION_REVIEWS][i]);
    return added;
}

/* Adds the point with the levers of making->on; its number to *point. */
static bool add_point(struct making *making, size_t reference, size_t *point, const char *format,
                      const char *name)
{
    struct text text = {0};
    struct entry *entry = plan_add_entry(making->plan);
    if (entry == NULL)
        return out_of_memory(making);
    text_append(&text, format, name);
    entry->name = text.bytes;
    entry->reference = reference;
    bool added = !text.failed;
    *point = making->plan->points++;
    return (added && add_offs(making, entry)) || out_of_memory(making);
}

static void set_all(struct making *making, bool on)
{
    for (size_t i = 0; i < making->levers->count; i++)
        making->on[i] = on;
}

static void set_action(struct making *making, size_t action, bool on)
{
    for (size_t i = 0; i < making->levers->count; i++)
        if (making->levers->lever[i].action == action)
            making->on[i] = on;
}

static bool add_levers(struct making *making)
{
    bool added = true;
    for (size_t i = 0; added && i < making->levers->count; i++) {
        struct lever *lever = &making->levers->lever[i];
        set_all(making, false);
        making->on[i] = true;
        added = add_point(making, LEVERS_NONE, &lever->alone, "%s alone", lever->name);
        set_all(making, true);
        making->on[i] = false;
        added = added && add_point(making, LEVERS_PLAN, &lever->without, "without %s", lever->name);
    }
    return added;
}

static bool add_actions(struct making *making)
{
    bool added = true;
    for (size_t i = 0; added && i < making->levers->action_count; i++) {
        struct lever_action *action = &making->levers->action[i];
        set_all(making, false);
        set_action(making, i, true);
        added = add_point(making, LEVERS_NONE, &action->alone, "%s alone", action->label);
        set_all(making, true);
        set_action(making, i, false);
        added =
            added && add_point(making, LEVERS_PLAN, &action->without, "without %s", action->label);
    }
    return added;
}

/* The point of a set that is there already, or 0 entries' worth of one: SIZE_MAX. */
static size_t known_set(const struct levers *levers, size_t set)
{
    size_t all = ((size_t)1 << levers->action_count) - 1;
    if (set == all)
        return LEVERS_PLAN;
    if (set == 0)
        return LEVERS_NONE;
    for (size_t i = 0; i < levers->action_count; i++) {
        if (set == (size_t)1 << i)
            return levers->action[i].alone;
        if (set == (all ^ (size_t)1 << i))
            return levers->action[i].without;
    }
    return SIZE_MAX;
}

static bool add_set(struct making *making, size_t set)
{
    struct levers *levers = making->levers;
    struct text name = {0};
    set_all(making, false);
    for (size_t i = 0; i < levers->action_count; i++)
        if (set >> i & 1) {
            set_action(making, i, true);
            text_append(&name, " %d", levers->action[i].number);
        }
    bool added =
        !name.failed && add_point(making, LEVERS_NONE, &levers->set[set], "actions%s", name.bytes);
    text_clear(&name);
    return added;
}

static bool add_sets(struct making *making)
{
    struct levers *levers = making->levers;
    if (levers->action_count > LEVERS_MOST_ACTIONS)
        return true;
    size_t sets = (size_t)1 << levers->action_count;
    levers->set = calloc(sets, sizeof *levers->set);
    bool added = levers->set != NULL || out_of_memory(making);
    for (size_t set = 0; added && set < sets; set++) {
        levers->set[set] = known_set(levers, set);
        added = levers->set[set] != SIZE_MAX || add_set(making, set);
    }
    return added;
}

/* ------------------------------------------------------------------ random orders */

static bool add_walk(struct making *making, size_t walk)
{
    struct levers *levers = making->levers;
    size_t *order = levers->order + walk * levers->count;
    size_t *along = levers->along + walk * (levers->count + 1);
    bool added = true;
    shapley_order(making->request->seed, (uint32_t)walk, levers->count, order);
    set_all(making, false);
    along[0] = LEVERS_NONE;
    along[levers->count] = LEVERS_PLAN;
    for (size_t turn = 1; added && turn < levers->count; turn++) {
        char name[64];
        making->on[order[turn - 1]] = true;
        snprintf(name, sizeof name, "order %zu, first %zu", walk + 1, turn);
        if (turn == 1)
            along[turn] = levers->lever[order[0]].alone;
        else if (turn + 1 == levers->count)
            along[turn] = levers->lever[order[turn]].without;
        else
            added = add_point(making, LEVERS_NONE, &along[turn], "%s", name);
    }
    return added;
}

static bool add_walks(struct making *making)
{
    struct levers *levers = making->levers;
    levers->permutations = (size_t)making->request->permutations;
    levers->order = calloc(levers->permutations * levers->count + 1, sizeof *levers->order);
    levers->along = calloc(levers->permutations * (levers->count + 1) + 1, sizeof *levers->along);
    bool added = (levers->order != NULL && levers->along != NULL) || out_of_memory(making);
    for (size_t walk = 0; added && walk < levers->permutations; walk++)
        added = add_walk(making, walk);
    return added;
}

/* ------------------------------------------------------------------ the whole */

static bool add_ends(struct making *making)
{
    size_t point;
    set_all(making, true);
    bool added = add_point(making, LEVERS_NONE, &point, "%s", "plan");
    set_all(making, false);
    return added && add_point(making, PLAN_NO_REFERENCE, &point, "%s", "no plan");
}

static bool make(struct making *making)
{
    if (!read_levers(making))
        return false;
    making->on = calloc(making->levers->count, sizeof *making->on);
    if (making->on == NULL)
        return out_of_memory(making);
    return add_ends(making) && add_levers(making) && add_actions(making) && add_sets(making) &&
           add_walks(making);
}

static bool fill_plan(struct making *making)
{
    struct plan *plan = making->plan;
    const struct request *request = making->request;
    *plan = (struct plan){.file = memory_copy_text(request->file), .seed = request->seed};
    plan->base = memory_copy_text(request->file);
    const struct field *title = section_field(&schema()[SECTION_ABOUT], "title");
    const char *called = making->scenario->text[SECTION_ABOUT][field_slot(title)];
    struct text text = {0};
    text_append(&text, "%s: what its levers are worth", called[0] == '\0' ? request->file : called);
    plan->title = text.bytes;
    return (plan->file != NULL && plan->base != NULL && !text.failed) || out_of_memory(making);
}

bool levers_plan(struct levers **levers, struct plan *plan, const struct request *request,
                 struct faults *faults)
{
    struct making making = {.plan = plan, .request = request, .faults = faults};
    struct scenario *scenario =
        scenario_load(request->file, request->overrides, request->override_count, faults);
    if (scenario == NULL)
        return false;
    making.scenario = scenario;
    making.levers = *levers = calloc(1, sizeof **levers);
    bool made = *levers != NULL || out_of_memory(&making);
    made = made && fill_plan(&making) &&
           plan_set(plan, request->overrides, request->override_count, faults) && make(&making);
    free(making.on);
    scenario_free(scenario);
    return made;
}

void levers_free(struct levers *levers)
{
    if (levers == NULL)
        return;
    for (size_t i = 0; i < levers->count; i++) {
        free(levers->lever[i].name);
        free(levers->lever[i].task);
    }
    free(levers->lever);
    free(levers->action);
    free(levers->set);
    free(levers->order);
    free(levers->along);
    free(levers);
}
