#include "study/firm_history.h"

#include "base/memory.h"
#include "math/real.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_PLACES = 4096, MONTHS = 12 };

static bool make_room(struct firm_history *history, size_t places)
{
    history->past = calloc(places, sizeof *history->past);
    history->log_output = calloc(places * history->years, sizeof *history->log_output);
    history->heads = calloc(places * history->years, sizeof *history->heads);
    history->capacity = places;
    return history->past != NULL && history->log_output != NULL && history->heads != NULL;
}

bool firm_history_init(struct firm_history *history, const struct scenario *scenario,
                       struct faults *faults)
{
    int steps = scenario_steps(scenario), end = (int)scenario->centre.clock->end;
    *history = (struct firm_history){.years = (size_t)(steps / MONTHS) + 1,
                                     .first_month = end - steps / MONTHS * MONTHS,
                                     .end = end};
    return make_room(history, FIRST_PLACES) || fault_memory(faults, "following firms");
}

static void free_room(struct firm_history *history)
{
    free(history->past);
    free(history->log_output);
    free(history->heads);
}

void firm_history_clear(struct firm_history *history)
{
    free_room(history);
    *history = (struct firm_history){0};
}

/* The place of an identity: where it is, or the free one where it belongs. */
static size_t place_of(const struct firm_history *history, uint64_t identity)
{
    uint64_t mixed = identity * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(mixed >> 20) & (history->capacity - 1);
    while (history->past[at].identity != 0 && history->past[at].identity != identity)
        at = (at + 1) & (history->capacity - 1);
    return at;
}

static bool grow(struct firm_history *history)
{
    struct firm_history old = *history;
    size_t width = old.years;
    if (!make_room(history, 2 * old.capacity)) {
        free_room(history);
        *history = old;
        return false;
    }
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.past[i].identity == 0)
            continue;
        size_t at = place_of(history, old.past[i].identity);
        history->past[at] = old.past[i];
        memcpy(history->log_output + at * width, old.log_output + i * width,
               width * sizeof *old.log_output);
        memcpy(history->heads + at * width, old.heads + i * width, width * sizeof *old.heads);
    }
    free_room(&old);
    return true;
}

static void begin_firm(struct firm_history *history, size_t at, const struct district *district,
                       size_t row, uint64_t identity)
{
    const struct firms *firms = &district->firms;
    bool listed = kind_stage(firms->kind[row]) == STAGE_LISTED;
    bool before = district->month < (int)district->scenario->centre.clock->start;
    history->past[at] = (struct firm_past){
        .identity = identity,
        .born = firms->born[row],
        .listed = MONTH_NEVER,
        .was_listed = listed,
        .birth_log_output = before || firms->born[row] < district->month - 1
                                ? NAN
                                : (float)real_log((double)firms->output_myuan[row])};
    for (size_t year = 0; year < history->years; year++)
        history->log_output[at * history->years + year] = NAN;
    history->count++;
}

static size_t age_of(int months)
{
    return months < 0 ? 0 : (size_t)months / MONTHS;
}

static void take_firm(struct firm_history *history, size_t at, const struct district *district,
                      size_t row)
{
    const struct firms *firms = &district->firms;
    struct firm_past *past = &history->past[at];
    int month = district->month, since = month - history->first_month;
    size_t age = age_of(month - past->born);
    past->last = month;
    if (!past->was_listed && past->listed == MONTH_NEVER &&
        kind_stage(firms->kind[row]) == STAGE_LISTED)
        past->listed = month;
    if (age < HISTORY_AGES && month < history->end)
        history->months[age] += 1.0;
    if (since < 0 || since % MONTHS != 0)
        return;
    size_t cell = at * history->years + (size_t)(since / MONTHS);
    history->log_output[cell] = (float)real_log((double)firms->output_myuan[row]);
    history->heads[cell] =
        tables_staff(&district->tables, firms->kind[row], firms->output_myuan[row]);
}

bool firm_history_take(struct firm_history *history, const struct district *district)
{
    const struct firms *firms = &district->firms;
    for (size_t row = 0; row < firms->count; row++) {
        uint64_t identity = ((uint64_t)firms->origin[row] << 32 | firms->agent[row]) + 1;
        size_t at = place_of(history, identity);
        if (history->past[at].identity == 0) {
            if (2 * history->count >= history->capacity) {
                if (!grow(history))
                    return false;
                at = place_of(history, identity);
            }
            begin_firm(history, at, district, row, identity);
        }
        take_firm(history, at, district, row);
    }
    return true;
}

void firm_history_close(struct firm_history *history)
{
    for (size_t i = 0; i < history->capacity; i++) {
        const struct firm_past *past = &history->past[i];
        size_t age = age_of(past->last - past->born);
        if (past->identity != 0 && past->last < history->end && age < HISTORY_AGES)
            history->exits[age] += 1.0;
    }
}
