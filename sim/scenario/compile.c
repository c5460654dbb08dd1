#include "scenario/compile.h"

#include "base/memory.h"
#include "scenario/layout.h"

#include <stdlib.h>
#include <string.h>

/* Appends a dot and a step of a path at `end`; returns the new end. */
static char *add_step(char *end, const char *step)
{
    return step == NULL ? end : stpcpy(stpcpy(end, "."), step);
}

/* Every number has a path, so this is done without printf. */
char *compile_path(const struct compiler *compiler, enum section_id section, size_t instance,
                   const char *field, const char *part)
{
    const char *name =
        schema()[section].shape == SECTION_ONE ? NULL : compiler->scenario->name[section][instance];
    const char *step[] = {name, field, part};
    size_t length = strlen(schema()[section].path) + 1;
    for (size_t i = 0; i < 3; i++)
        length += step[i] == NULL ? 0 : strlen(step[i]) + 1;
    char *path = malloc(length);
    if (path == NULL) {
        fault_memory(compiler->faults, "reading the scenario");
        return NULL;
    }
    char *end = stpcpy(path, schema()[section].path);
    for (size_t i = 0; i < 3; i++)
        end = add_step(end, step[i]);
    return path;
}

void compile_unknown(struct compiler *compiler, struct place at, const char *path, const char *says,
                     const char *nearest)
{
    if (nearest == NULL)
        fault_input(compiler->faults, at, "%s %s", path, says);
    else
        fault_input(compiler->faults, at, "%s %s; did you mean %s?", path, says, nearest);
}

static bool allocate_texts(struct scenario *scenario)
{
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        size_t count = scenario->centre.count[s] * schema()[s].text_count;
        scenario->text[s] = calloc(count + 1, sizeof(char *));
        if (scenario->text[s] == NULL)
            return false;
        for (size_t i = 0; i < count; i++)
            if ((scenario->text[s][i] = memory_copy_text("")) == NULL)
                return false;
    }
    return true;
}

static bool allocate(struct compiler *compiler)
{
    struct scenario *scenario = compiler->scenario;
    size_t count = layout_effects(scenario->centre.count) + compile_count_effects(compiler);
    scenario->leaf = calloc(count, sizeof *scenario->leaf);
    scenario->centre.value = memory_aligned(count, sizeof(double));
    if (scenario->leaf == NULL || scenario->centre.value == NULL || !allocate_texts(scenario))
        return fault_memory(compiler->faults, "reading the scenario");
    scenario->leaf_count = count;
    for (size_t i = 0; i < count; i++)
        scenario->centre.value[i] = NAN;
    params_bind(&scenario->centre, scenario, scenario->centre.value);
    return true;
}

/* Until here a series counts with its first value, since the clock may not have been read. */
static void centre_series(struct scenario *scenario)
{
    double start = scenario->centre.clock->start;
    for (size_t i = 0; i < scenario->leaf_count; i++) {
        struct leaf *leaf = &scenario->leaf[i];
        if (leaf->kind == LEAF_SERIES && leaf->series.count > 0 && !isnan(start))
            scenario->centre.value[i] = series_at(&leaf->series, (int)start);
    }
}

bool compile(struct compiler *compiler)
{
    if (!compile_names(compiler) || !allocate(compiler) || !compile_fields(compiler) ||
        !compile_effects(compiler))
        return false;
    centre_series(compiler->scenario);
    return compile_checks(compiler);
}
