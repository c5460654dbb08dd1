#include "engine/life.h"
#include "engine/pool.h"

#include "base/memory.h"
#include "engine/firm_panel.h"
#include "model/district.h"
#include "model/exit.h"

#include <stdlib.h>
#include <string.h>

#define LIFE_NAME(upper, name, says) [LIFE_##upper] = name,
const char *const life_names[LIFE_COUNT] = {LIFE_TABLE(LIFE_NAME)};

/* A candidate that stays, as it was before the events of the month. */
struct before {
    uint32_t origin, agent;
    int32_t kind;
};

/* What is remembered from before a phase to after it. */
struct life {
    const struct life_watch *watch;
    struct faults *faults;
    size_t firms;         /* rows before the phase */
    float *ip_count;      /* [row] */
    int32_t *certified;   /* [row] certified_until */
    struct before *stays; /* [stay_count] by origin and agent */
    size_t stay_count, ip_capacity, certified_capacity, stay_capacity;
};

static bool tell(const struct life *life, const struct district *district, size_t row,
                 enum life_kind kind)
{
    struct life_event event = {.kind = kind, .firm = firm_panel_row(district, row)};
    event.zone_left = event.firm.zone;
    return life->watch->event(life->watch->context, &event);
}

static bool tell_from(const struct life *life, const struct district *district, size_t first,
                      enum life_kind kind)
{
    bool on = true;
    for (size_t row = first; on && row < district->firms.count; row++)
        on = tell(life, district, row, kind);
    return on;
}

static bool out_of_memory(struct life *life)
{
    return fault_memory(life->faults, "following firms");
}

/* ------------------------------------------------------------------ licences */

static bool keep_ip(struct life *life, const struct district *district)
{
    const struct firms *firms = &district->firms;
    if (!memory_reserve((void **)&life->ip_count, &life->ip_capacity, firms->count + 1,
                        sizeof *life->ip_count))
        return out_of_memory(life);
    memcpy(life->ip_count, firms->ip_count, firms->count * sizeof *life->ip_count);
    return true;
}

/* Each licence adds one to the firm's intellectual property. */
static bool tell_licences(struct life *life, const struct district *district)
{
    bool on = true;
    for (size_t row = 0; on && row < life->firms; row++)
        for (float more = district->firms.ip_count[row] - life->ip_count[row]; on && more > 0.5f;
             more -= 1.0f)
            on = tell(life, district, row, LIFE_LICENSED);
    return on;
}

/* ------------------------------------------------------------------ leaving, rising, moving */

static int compare(const void *left, const void *right)
{
    const struct before *a = left, *b = right;
    int order = (a->origin > b->origin) - (a->origin < b->origin);
    return order != 0 ? order : (a->agent > b->agent) - (a->agent < b->agent);
}

/* Tells who will leave, and keeps the other candidates. */
static bool tell_exits(struct life *life, const struct district *district)
{
    const struct firms *firms = &district->firms;
    bool on = true;
    life->stay_count = 0;
    if (!memory_reserve((void **)&life->stays, &life->stay_capacity, firms->candidate_count + 1,
                        sizeof *life->stays))
        return out_of_memory(life);
    for (size_t i = 0; on && i < firms->candidate_count; i++) {
        size_t row = firms->candidate[i];
        double rest;
        enum exit_cause cause = exit_cause(district, i, &rest);
        if (cause != EXIT_NONE)
            on = tell(life, district, row, cause == EXIT_FAILED ? LIFE_FAILED : LIFE_RELOCATED);
        else
            life->stays[life->stay_count++] =
                (struct before){firms->origin[row], firms->agent[row], firms->kind[row]};
    }
    if (life->stay_count > 0)
        qsort(life->stays, life->stay_count, sizeof *life->stays, compare);
    return on;
}

/* Tells what a change of kind means: a round or listing, then a move. */
static bool tell_change(const struct life *life, const struct district *district, size_t row,
                        int32_t was)
{
    struct life_event event = {.firm = firm_panel_row(district, row)};
    int zone_left = (int)kind_zone(&district->kinds, was), zone = event.firm.zone;
    size_t stage = kind_stage(was);
    bool on = true;
    event.zone_left = event.firm.zone = zone_left;
    if (stage != (size_t)event.firm.stage) {
        bool listed = event.firm.stage == STAGE_LISTED;
        event.kind = listed ? LIFE_LISTED : LIFE_FUNDED;
        event.raised_myuan = listed ? 0.0 : district->now.rounds[stage].ticket_myuan;
        if (!listed)
            event.firm.value_myuan = district->firms.value_myuan[row];
        on = life->watch->event(life->watch->context, &event);
    }
    if (on && zone != zone_left) {
        event = (struct life_event){LIFE_MOVED, firm_panel_row(district, row), zone_left, 0.0};
        on = life->watch->event(life->watch->context, &event);
    }
    return on;
}

static bool tell_changes(struct life *life, const struct district *district)
{
    const struct firms *firms = &district->firms;
    bool on = true;
    for (size_t row = 0; on && life->stay_count > 0 && row < firms->count; row++) {
        const struct before key = {firms->origin[row], firms->agent[row], 0};
        const struct before *was =
            bsearch(&key, life->stays, life->stay_count, sizeof *life->stays, compare);
        if (was != NULL && was->kind != firms->kind[row])
            on = tell_change(life, district, row, was->kind);
    }
    return on;
}

/* ------------------------------------------------------------------ certificates */

static bool keep_certificates(struct life *life, const struct district *district)
{
    const struct firms *firms = &district->firms;
    if (!memory_reserve((void **)&life->certified, &life->certified_capacity, firms->count + 1,
                        sizeof *life->certified))
        return out_of_memory(life);
    memcpy(life->certified, firms->certified_until, firms->count * sizeof *life->certified);
    return true;
}

static bool tell_certificates(struct life *life, const struct district *district)
{
    bool on = true;
    for (size_t row = 0; on && row < life->firms; row++) {
        int32_t was = life->certified[row], is = district->firms.certified_until[row];
        if (is != was)
            on = tell(life, district, row, was == district->month ? LIFE_RENEWED : LIFE_CERTIFIED);
        else if (is == district->month)
            on = tell(life, district, row, LIFE_LAPSED);
    }
    return on;
}

/* ------------------------------------------------------------------ the phases */

/* What is done before and after each phase that changes firms. */
static const struct look {
    bool (*keep)(struct life *life, const struct district *district);
    bool (*tell)(struct life *life, const struct district *district);
    enum life_kind born; /* of phases that add firms; else LIFE_COUNT */
    bool changes;        /* whether the phase changes firms at all */
} looks[PHASE_COUNT] = {
    [PHASE_SOURCES] = {keep_ip, tell_licences, LIFE_COUNT, true},
    [PHASE_PROJECTS] = {NULL, NULL, LIFE_FOUNDED, true},
    [PHASE_ARRIVALS] = {NULL, NULL, LIFE_ARRIVED, true},
    [PHASE_EVENTS] = {tell_exits, tell_changes, LIFE_COUNT, true},
    [PHASE_CERTIFICATE] = {keep_certificates, tell_certificates, LIFE_COUNT, true},
};

static bool before(void *context, const struct district *district, enum phase_id phase)
{
    struct life *life = context;
    life->firms = district->firms.count;
    return looks[phase].keep == NULL || looks[phase].keep(life, district);
}

static bool after(void *context, const struct district *district, enum phase_id phase)
{
    struct life *life = context;
    const struct look *look = &looks[phase];
    if (!look->changes)
        return true;
    if (look->born != LIFE_COUNT)
        return tell_from(life, district, life->firms, look->born);
    return look->tell(life, district);
}

static bool month(void *context, const struct district *district)
{
    struct life *life = context;
    const struct life_watch *watch = life->watch;
    bool first = district->month < (int)district->scenario->centre.clock->start;
    bool on = !first || tell_from(life, district, 0, LIFE_PRESENT);
    for (size_t i = 0; on && watch->firm != NULL && i < district->firms.count; i++) {
        struct firm_row row = firm_panel_row(district, i);
        on = watch->firm(watch->context, &row);
    }
    return on && (watch->month == NULL || watch->month(watch->context, district->month));
}

bool life_run(const struct scenario *scenario, const struct draw_replicate *which,
              const struct life_watch *watch, struct faults *faults)
{
    struct life life = {.watch = watch, .faults = faults};
    size_t faults_before = faults->count;
    struct replicate_watch on = {
        .before = before, .after = after, .month = month, .context = &life};
    bool ok = pool_again(scenario, which, &on, watch->outcome, watch->context, faults);
    free(life.ip_count);
    free(life.certified);
    free(life.stays);
    return ok && faults->count == faults_before;
}
