#include "scenario/scenario.h"

#include "scenario/layout.h"
#include "scenario/show.h"

#include <stdlib.h>
#include <string.h>

static void free_list(char **list, size_t count)
{
    for (size_t i = 0; list != NULL && i < count; i++)
        free(list[i]);
    free(list);
}

void scenario_free(struct scenario *scenario)
{
    if (scenario == NULL)
        return;
    for (size_t i = 0; i < scenario->leaf_count; i++) {
        free(scenario->leaf[i].path);
        free(scenario->leaf[i].series.month);
        free(scenario->leaf[i].series.value);
    }
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        size_t count = scenario->centre.count[s];
        free_list(scenario->name[s], count);
        free_list(scenario->text[s], count * schema()[s].text_count);
    }
    free_list(scenario->file, scenario->file_count);
    free_list(scenario->given, scenario->given_count);
    free(scenario->leaf);
    free(scenario->effect);
    free(scenario->centre.value);
    free(scenario);
}

size_t scenario_leaf(const struct scenario *scenario, const char *path)
{
    uint32_t hash = text_hash32(path);
    for (size_t i = 0; i < scenario->leaf_count; i++)
        if (scenario->leaf[i].hash == hash && scenario->leaf[i].path != NULL &&
            strcmp(scenario->leaf[i].path, path) == 0)
            return i;
    return scenario->leaf_count;
}

bool scenario_has_effects(const struct scenario *scenario, enum section_id owner, size_t instance)
{
    for (size_t i = 0; i < scenario->effect_count; i++)
        if (scenario->effect[i].owner == owner && scenario->effect[i].instance == instance)
            return true;
    return false;
}

size_t scenario_mix(const struct scenario *scenario, enum section_id section, size_t instance,
                    size_t slot)
{
    return layout_mix(scenario->centre.count, section, instance, slot);
}

void params_bind(struct params *params, const struct scenario *scenario, double *value)
{
    size_t at = 0;
    params->value = value;
    memmove(params->count, scenario->centre.count, sizeof params->count);
#define BIND(upper, path, one, many, says)                                                         \
    params->path = (struct one##_params *)(value + at);                                            \
    at += params->count[SECTION_##upper] * schema()[SECTION_##upper].scalar_count;
    SECTION_TABLE(BIND)
#undef BIND
}

double series_at(const struct series *series, int month)
{
    size_t after = 0;
    while (after < series->count && series->month[after] <= month)
        after++;
    if (after == 0)
        return series->value[0];
    if (after == series->count)
        return series->value[after - 1];
    const int *x = &series->month[after - 1];
    const double *y = &series->value[after - 1];
    return y[0] + (y[1] - y[0]) * (month - x[0]) / (x[1] - x[0]);
}

int scenario_steps(const struct scenario *scenario)
{
    return (int)(scenario->centre.clock->end - scenario->centre.clock->start) + 1;
}

size_t scenario_uncertain_count(const struct scenario *scenario)
{
    size_t count = 0;
    for (size_t i = 0; i < scenario->leaf_count; i++)
        count += scenario->leaf[i].kind == LEAF_DISTRIBUTION;
    return count;
}

void scenario_uncertain_values(const struct scenario *scenario, const double *value, double *out)
{
    for (size_t i = 0; i < scenario->leaf_count; i++)
        if (scenario->leaf[i].kind == LEAF_DISTRIBUTION)
            *out++ = value[i];
}

bool scenario_set_fingerprint(struct scenario *scenario)
{
    struct text shown = {0};
    show_results(scenario, &shown);
    if (!shown.failed)
        scenario->fingerprint = text_hash64(shown.bytes, shown.length);
    bool set = !shown.failed;
    text_clear(&shown);
    return set;
}
