#include "engine/draw_rows.h"

#include "model/policy.h"

#include <stdlib.h>
#include <string.h>

/* Untouched pages of these cost nothing, so room for all rows is had at once. */
bool draw_rows_init(struct draw_rows *rows, const struct scenario *scenario, struct faults *faults)
{
    size_t features = scenario_uncertain_count(scenario);
    size_t targets = scenario->centre.count[SECTION_TARGETS];
    *rows = (struct draw_rows){.features = features, .targets = targets};
    if (features == 0 || targets == 0)
        return true;
    rows->state = calloc(DRAW_ROWS_MOST, sizeof *rows->state);
    rows->drawn = calloc(DRAW_ROWS_MOST * features, sizeof *rows->drawn);
    rows->value = calloc(DRAW_ROWS_MOST * targets, sizeof *rows->value);
    rows->inner = calloc(DRAW_ROWS_MOST * targets, sizeof *rows->inner);
    return (rows->state && rows->drawn && rows->value && rows->inner) ||
           fault_memory(faults, "keeping what replicates drew");
}

void draw_rows_clear(struct draw_rows *rows)
{
    free(rows->state);
    free(rows->drawn);
    free(rows->value);
    free(rows->inner);
    *rows = (struct draw_rows){0};
}

static void copy(float *to, const double *from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        to[i] = (float)from[i];
}

void draw_rows_add(struct draw_rows *rows, size_t replicate, const double *drawn,
                   const double *value, const double *inner)
{
    if (rows->state == NULL || replicate >= DRAW_ROWS_MOST)
        return;
    rows->state[replicate] = inner == NULL ? DRAW_ROW_ALONE : DRAW_ROW_PAIRED;
    copy(rows->drawn + replicate * rows->features, drawn, rows->features);
    copy(rows->value + replicate * rows->targets, value, rows->targets);
    if (inner != NULL)
        copy(rows->inner + replicate * rows->targets, inner, rows->targets);
    rows->end = replicate >= rows->end ? replicate + 1 : rows->end;
}

void draw_rows_merge(struct draw_rows *rows, const struct draw_rows *other)
{
    size_t d = rows->features, t = rows->targets;
    for (size_t i = 0; i < other->end; i++) {
        if (other->state[i] == DRAW_ROW_NONE)
            continue;
        rows->state[i] = other->state[i];
        memcpy(rows->drawn + i * d, other->drawn + i * d, d * sizeof *rows->drawn);
        memcpy(rows->value + i * t, other->value + i * t, t * sizeof *rows->value);
        memcpy(rows->inner + i * t, other->inner + i * t, t * sizeof *rows->inner);
    }
    rows->end = other->end > rows->end ? other->end : rows->end;
}

/* ------------------------------------------------------------------ bytes */

void draw_rows_put(struct text *out, const struct draw_rows *rows)
{
    bytes_put(out, rows->end);
    for (size_t i = 0; i < rows->end; i++) {
        bytes_put(out, rows->state[i]);
        for (size_t t = 0; t < rows->targets && rows->state[i] != DRAW_ROW_NONE; t++)
            bytes_put_double(out, (double)rows->value[i * rows->targets + t]);
        for (size_t t = 0; t < rows->targets && rows->state[i] == DRAW_ROW_PAIRED; t++)
            bytes_put_double(out, (double)rows->inner[i * rows->targets + t]);
    }
}

void draw_rows_take(struct bytes_reader *reader, struct draw_rows *rows)
{
    rows->end = (size_t)bytes_take_most(reader, rows->state == NULL ? 0 : DRAW_ROWS_MOST);
    for (size_t i = 0; i < rows->end; i++) {
        rows->state[i] = (unsigned char)bytes_take_most(reader, DRAW_ROW_PAIRED);
        for (size_t t = 0; t < rows->targets && rows->state[i] != DRAW_ROW_NONE; t++)
            rows->value[i * rows->targets + t] = (float)bytes_take_double(reader);
        for (size_t t = 0; t < rows->targets && rows->state[i] == DRAW_ROW_PAIRED; t++)
            rows->inner[i * rows->targets + t] = (float)bytes_take_double(reader);
    }
}

bool draw_rows_redraw(struct draw_rows *rows, const struct scenario *scenario, uint64_t seed,
                      uint32_t strata, struct faults *faults)
{
    if (rows->end == 0)
        return true;
    double *base = calloc(scenario->leaf_count, sizeof *base);
    double *drawn = calloc(rows->features, sizeof *drawn);
    bool ok = base != NULL && drawn != NULL;
    for (size_t i = 0; ok && i < rows->end; i++) {
        const struct draw_replicate which = {seed, (uint32_t)i, (uint32_t)i, strata};
        if (rows->state[i] == DRAW_ROW_NONE)
            continue;
        policy_draw_uncertain(scenario, &which, base);
        scenario_uncertain_values(scenario, base, drawn);
        copy(rows->drawn + i * rows->features, drawn, rows->features);
    }
    free(base);
    free(drawn);
    return ok || fault_memory(faults, "drawing what replicates drew");
}
