#include "engine/trunk.h"

#include "base/digest.h"
#include "model/policy.h"

#include <stdlib.h>
#include <string.h>

/* A trunk under way. */
struct growing {
    const struct scenario *scenario;
    uint64_t hash;
    bool *active;   /* [lever] it may have had strength by now */
    size_t *series; /* leaves that are dated, of the sections that act from the start */
    size_t series_count;
    size_t *first_effect; /* [lever] of scenario->effect, which lie owner by owner; one more */
    size_t *acting;       /* effects of shocks and reviews, some of which act on levers */
    size_t acting_count;
};

static void add_word(struct growing *growing, uint64_t word)
{
    const uint64_t both[2] = {growing->hash, word};
    growing->hash = digest_bytes(both, sizeof both);
}

static void add_number(struct growing *growing, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    add_word(growing, bits);
}

/* ------------------------------------------------------------------ leaves */

static void add_distribution(struct growing *growing, const struct distribution *distribution)
{
    add_word(growing, distribution->kind);
    add_word(growing, distribution->count);
    for (size_t i = 0; i < distribution->count; i++)
        add_number(growing, distribution->argument[i]);
}

/* A leaf as it is in a month; a series has its value of that month. */
static void add_leaf(struct growing *growing, size_t index, int month)
{
    const struct leaf *leaf = &growing->scenario->leaf[index];
    add_word(growing, leaf->kind == LEAF_DISTRIBUTION);
    if (leaf->kind == LEAF_DISTRIBUTION)
        add_distribution(growing, &leaf->distribution);
    else if (leaf->kind == LEAF_SERIES)
        add_number(growing, series_at(&leaf->series, month));
    else
        add_number(growing, growing->scenario->centre.value[index]);
}

/* Sections whose numbers act at times of their own. */
static bool is_special(enum section_id section)
{
    static const enum section_id special[] = {SECTION_SHOCKS,  SECTION_POLICY,
                                              SECTION_LEVERS,  SECTION_REVIEWS,
                                              SECTION_TARGETS, SECTION_JOINT_TARGETS};
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (special[i] == section)
            return true;
    return false;
}

/* ------------------------------------------------------------------ from the first month on */

static void add_layout(struct growing *growing)
{
    const struct scenario *scenario = growing->scenario;
    for (size_t s = 0; s < SECTION_COUNT; s++)
        add_word(growing, scenario->centre.count[s]);
    for (size_t i = 0; i < scenario->leaf_count; i++)
        add_word(growing, scenario->leaf[i].hash);
    for (size_t i = 0; i < scenario->effect_count; i++) {
        const struct effect *effect = &scenario->effect[i];
        const uint64_t word[] = {effect->owner, effect->instance, effect->kind, effect->target,
                                 effect->amount};
        for (size_t w = 0; w < sizeof word / sizeof *word; w++)
            add_word(growing, word[w]);
    }
}

/* Numbers and distributions of the sections that act from the start; notes what is dated there. */
static void add_constants(struct growing *growing)
{
    const struct scenario *scenario = growing->scenario;
    for (size_t i = 0; i < scenario->leaf_count; i++) {
        if (is_special(field_section(scenario->leaf[i].field)))
            continue;
        if (scenario->leaf[i].kind == LEAF_SERIES)
            growing->series[growing->series_count++] = i;
        else
            add_leaf(growing, i, 0);
    }
}

/* ------------------------------------------------------------------ month by month */

static void add_series(struct growing *growing, int month)
{
    for (size_t i = 0; i < growing->series_count; i++)
        add_leaf(growing, growing->series[i], month);
}

/* A leaf that acts from now on, or acted before: then only what is dated may have changed. */
static void add_acting(struct growing *growing, size_t index, int month, bool acted)
{
    if (!acted || growing->scenario->leaf[index].kind == LEAF_SERIES)
        add_leaf(growing, index, month);
}

static void add_amounts(struct growing *growing, enum section_id owner, size_t instance, int month,
                        bool acted)
{
    const struct effect *effect = growing->scenario->effect;
    for (size_t i = 0; i < growing->acting_count; i++) {
        const struct effect *acting = &effect[growing->acting[i]];
        if (acting->owner == owner && acting->instance == instance)
            add_acting(growing, acting->amount, month, acted);
    }
}

static void add_scalars(struct growing *growing, enum section_id section, const double *first,
                        int month, bool acted)
{
    for (size_t slot = 0; slot < schema()[section].scalar_count; slot++)
        add_acting(growing, scenario_leaf_of(growing->scenario, first) + slot, month, acted);
}

static void add_shocks(struct growing *growing, int month)
{
    const struct scenario *scenario = growing->scenario;
    for (size_t i = 0; i < scenario->centre.count[SECTION_SHOCKS]; i++) {
        const struct shock_params *shock = &scenario->centre.shocks[i];
        bool lasts = policy_shock_lasts(shock, month);
        add_word(growing, lasts);
        if (!lasts)
            continue;
        add_number(growing, shock->probability);
        add_amounts(growing, SECTION_SHOCKS, i, month, false);
    }
}

static void add_reviews(struct growing *growing, int month)
{
    const struct params *centre = &growing->scenario->centre;
    for (size_t i = 0; i < centre->count[SECTION_REVIEWS]; i++) {
        const struct review_params *rule = &centre->reviews[i];
        bool looks = policy_review_looks(centre, i, month);
        add_word(growing, looks);
        if (!looks)
            continue;
        add_number(growing, centre->policy->delay_months);
        add_scalars(growing, SECTION_REVIEWS, (const double *)rule, month, false);
        add_scalars(growing, SECTION_TARGETS,
                    (const double *)&centre->targets[(size_t)rule->target], month, false);
        add_amounts(growing, SECTION_REVIEWS, i, month, false);
    }
}

/* Whether a shock that lasts or a review that looks acts on a leaf. */
static bool is_acted_on(const struct growing *growing, size_t leaf, int month)
{
    const struct scenario *scenario = growing->scenario;
    const struct params *centre = &scenario->centre;
    for (size_t i = 0; i < growing->acting_count; i++) {
        const struct effect *effect = &scenario->effect[growing->acting[i]];
        bool acts = (effect->owner == SECTION_SHOCKS &&
                     policy_shock_lasts(&centre->shocks[effect->instance], month)) ||
                    (effect->owner == SECTION_REVIEWS &&
                     policy_review_looks(centre, effect->instance, month));
        if (acts && effect->target == leaf)
            return true;
    }
    return false;
}

/* Whether a number of a lever may be above 0 in a month; `at` is the month, less the delay. */
static bool may_be_positive(const struct growing *growing, const double *number, int month, int at)
{
    const struct scenario *scenario = growing->scenario;
    size_t index = scenario_leaf_of(scenario, number);
    const struct leaf *leaf = &scenario->leaf[index];
    double planned = leaf->kind == LEAF_SERIES ? series_at(&leaf->series, at) : *number;
    return planned != 0.0 || leaf->kind == LEAF_DISTRIBUTION || is_acted_on(growing, index, month);
}

/* Levers and their budget, whose series come later by the delay. */
static void add_levers(struct growing *growing, int month)
{
    const struct scenario *scenario = growing->scenario;
    const struct params *centre = &scenario->centre;
    int at = month - (int)centre->policy->delay_months;
    bool any = false;
    for (size_t i = 0; i < centre->count[SECTION_LEVERS]; i++) {
        const struct lever_params *lever = &centre->levers[i];
        bool acted = growing->active[i];
        growing->active[i] = acted || (may_be_positive(growing, &lever->intensity, month, at) &&
                                       may_be_positive(growing, &lever->scale, month, at));
        any |= growing->active[i];
        add_word(growing, growing->active[i]);
        if (!growing->active[i])
            continue;
        add_scalars(growing, SECTION_LEVERS, (const double *)&centre->levers[i], at, acted);
        for (size_t e = growing->first_effect[i]; e < growing->first_effect[i + 1]; e++)
            add_acting(growing, scenario->effect[e].amount, month, acted); /* no delay moves it */
    }
    if (any)
        add_leaf(growing, scenario_leaf_of(scenario, &centre->policy->budget_myuan_per_year), at);
}

/* ------------------------------------------------------------------ the whole */

/* Notes where the effects of each lever begin, and which are of shocks and reviews. */
static void find_effects(struct growing *growing)
{
    const struct scenario *scenario = growing->scenario;
    size_t levers = scenario->centre.count[SECTION_LEVERS], next = 0, end = 0;
    for (size_t i = 0; i < scenario->effect_count; i++) {
        const struct effect *effect = &scenario->effect[i];
        if (effect->owner != SECTION_LEVERS) {
            growing->acting[growing->acting_count++] = i;
            continue;
        }
        while (next <= effect->instance)
            growing->first_effect[next++] = i;
        end = i + 1;
    }
    while (next <= levers)
        growing->first_effect[next++] = end;
}

static void grow(struct growing *growing, struct trunk *trunk)
{
    int first = (int)growing->scenario->centre.clock->start - 1;
    find_effects(growing);
    add_layout(growing);
    add_constants(growing);
    for (size_t row = 0; row < trunk->rows; row++) {
        int month = first + (int)row;
        add_series(growing, month);
        add_shocks(growing, month);
        add_reviews(growing, month);
        add_levers(growing, month);
        trunk->hash[row] = growing->hash;
    }
}

bool trunk_of(struct trunk *trunk, const struct scenario *scenario, struct faults *faults)
{
    size_t rows = (size_t)scenario_steps(scenario) + 1;
    struct growing growing = {.scenario = scenario};
    *trunk = (struct trunk){rows, calloc(rows, sizeof *trunk->hash)};
    growing.active = calloc(scenario->centre.count[SECTION_LEVERS] + 1, sizeof *growing.active);
    growing.series = calloc(scenario->leaf_count + 1, sizeof *growing.series);
    growing.acting = calloc(scenario->effect_count + 1, sizeof *growing.acting);
    growing.first_effect =
        calloc(scenario->centre.count[SECTION_LEVERS] + 1, sizeof *growing.first_effect);
    if (trunk->hash && growing.active && growing.series && growing.acting && growing.first_effect)
        grow(&growing, trunk);
    else
        trunk_clear(trunk);
    free(growing.active);
    free(growing.series);
    free(growing.acting);
    free(growing.first_effect);
    return trunk->hash != NULL || fault_memory(faults, "comparing scenarios");
}

void trunk_clear(struct trunk *trunk)
{
    free(trunk->hash);
    *trunk = (struct trunk){0};
}

size_t trunk_shared(const struct trunk *a, const struct trunk *b)
{
    size_t rows = a->rows < b->rows ? a->rows : b->rows, shared = 0;
    while (shared < rows && a->hash[shared] == b->hash[shared])
        shared++;
    return shared;
}

int trunk_compare(const struct trunk *a, const struct trunk *b)
{
    size_t shared = trunk_shared(a, b);
    if (shared == a->rows || shared == b->rows)
        return (a->rows > b->rows) - (a->rows < b->rows);
    return (a->hash[shared] > b->hash[shared]) - (a->hash[shared] < b->hash[shared]);
}
