/* neobay replay: one replicate of a run told again, month by month and event by event. */
#include "store/replay.h"

#include "base/csv_read.h"
#include "base/memory.h"
#include "cli/again.h"
#include "cli/cli.h"
#include "cli/grid.h"
#include "cli/life_words.h"
#include "cli/stop.h"
#include "engine/ensemble.h"
#include "store/digest_table.h"
#include "store/guard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A replicate that is being told. */
struct telling {
    const struct call *call;
    struct again again;
    struct replay replay;
    const char *firm; /* whose life is told; NULL: none */
    char **name;      /* of all firms, while one is looked for */
    size_t names, capacity;
    size_t count[LIFE_COUNT];
    struct text life;     /* of the firm, in words */
    struct firm_row last; /* its last month seen */
    bool left;
    double *panel, *value;
    int *reached;
    char digest[DIGEST_LISTED + 1];
    struct faults *faults;
};

/* ------------------------------------------------------------------ while it is lived */

/* Keeps the names of those who come, to find the nearest to one that never does. */
static bool keep_name(struct telling *telling, const char *name)
{
    bool ok = memory_reserve((void **)&telling->name, &telling->capacity, telling->names + 1,
                             sizeof *telling->name);
    char *copy = ok ? memory_copy_text(name) : NULL;
    if (copy == NULL)
        return fault_memory(telling->faults, "following firms");
    telling->name[telling->names++] = copy;
    return true;
}

static bool take_event(void *context, const struct life_event *event)
{
    struct telling *telling = context;
    bool comes = event->kind <= LIFE_ARRIVED;
    telling->count[event->kind]++;
    replay_event(&telling->replay, event);
    if (telling->firm == NULL)
        return true;
    if (strcmp(event->firm.id, telling->firm) == 0) {
        life_words_event(telling->again.run.input.scenario, event, &telling->life);
        telling->left |= event->kind >= LIFE_FAILED;
        telling->last = event->firm;
    }
    return !comes || keep_name(telling, event->firm.id);
}

static bool take_firm(void *context, const struct firm_row *row)
{
    struct telling *telling = context;
    if (replay_month(&telling->replay, row))
        telling->last = *row;
    return true;
}

static bool take_month(void *context, int month)
{
    (void)context;
    (void)month;
    return stop_signal() == 0;
}

static void *copy_of(const void *from, size_t count, size_t size)
{
    void *copy = calloc(count + 1, size);
    if (copy != NULL)
        memcpy(copy, from, count * size);
    return copy;
}

static void take_outcome(void *context, const struct outcome *outcome)
{
    struct telling *telling = context;
    const struct scenario *scenario = telling->again.run.input.scenario;
    size_t targets = scenario->centre.count[SECTION_TARGETS];
    struct panel_layout layout = {0};
    struct imprint imprint = {0};
    if (panel_layout_init(&layout, scenario, telling->faults) &&
        imprint_init(&imprint, scenario, &layout, telling->faults)) {
        telling->panel =
            copy_of(outcome->panel, layout.row_count * layout.column_count, sizeof(double));
        telling->value = copy_of(outcome->target_value, targets, sizeof(double));
        telling->reached = copy_of(outcome->target_reached, targets, sizeof(int));
        imprint_begin(&imprint, outcome->replicate);
        imprint_add(&imprint, outcome);
        snprintf(telling->digest, sizeof telling->digest, "%08x",
                 (unsigned)(imprint.replicate[0] >> 32));
        if (!telling->panel || !telling->value || !telling->reached)
            fault_memory(telling->faults, "telling a replicate");
    }
    imprint_clear(&imprint);
    panel_layout_clear(&layout);
}

/* ------------------------------------------------------------------ is it the one that was? */

enum known { KNOWN_SAME, KNOWN_OTHER, KNOWN_NOT };

/* Whether digests.csv knows the replicate by this digest. */
static enum known is_known(const struct telling *telling, struct csv_read *table)
{
    size_t number = telling->replay.number, block = number / IMPRINT_REPLICATES;
    size_t at = (DIGEST_LISTED + 1) * (number % IMPRINT_REPLICATES);
    struct faults ignored = {0};
    enum known known = KNOWN_NOT;
    bool ok = csv_read_open(table, telling->again.folder, csv_file_names[CSV_DIGESTS], &ignored) &&
              csv_read_next(table, &ignored);
    size_t column = ok ? csv_read_column(table, "by_replicate", strlen("by_replicate")) : 0;
    for (size_t i = 0; ok && i <= block; i++)
        ok = csv_read_next(table, &ignored);
    if (ok && column < table->count && strlen(csv_read_cell(table, column)) >= at + DIGEST_LISTED)
        known = strncmp(csv_read_cell(table, column) + at, telling->digest, DIGEST_LISTED) == 0
                    ? KNOWN_SAME
                    : KNOWN_OTHER;
    faults_clear(&ignored);
    return known;
}

static enum known look_up(const struct telling *telling)
{
    struct csv_read table = {0};
    enum known known = is_known(telling, &table);
    csv_read_close(&table);
    return known;
}

/* ------------------------------------------------------------------ what is said */

static void say_targets(const struct telling *telling, struct text *out)
{
    const struct scenario *scenario = telling->again.run.input.scenario;
    int before_first = (int)scenario->centre.clock->start - 1;
    struct grid grid = {.align = "llrrl"};
    static const char *const heads[] = {"target", "by", "value", "", "first reached"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        grid_add(&grid, "%s", heads[i]);
    for (size_t t = 0; t < scenario->centre.count[SECTION_TARGETS]; t++) {
        const struct target_params *target = &scenario->centre.targets[t];
        char number[HUMAN_BYTES], date[TEXT_MONTH_BYTES], month[TEXT_MONTH_BYTES];
        grid_add(&grid, "%s", scenario->name[SECTION_TARGETS][t]);
        grid_add(&grid, "%s", text_month(date, (int)target->date));
        grid_add(&grid, "%s", human_number(number, telling->value[t]));
        grid_add(&grid, "%s", target_met(target, telling->value[t]) ? "met" : "missed");
        grid_add(&grid, "%s",
                 telling->reached[t] == TARGET_NEVER
                     ? "never"
                     : text_month(month, before_first + telling->reached[t]));
    }
    grid_write(&grid, "", out);
    grid_clear(&grid);
}

static void say_events(const struct telling *telling, struct text *out)
{
    char number[HUMAN_BYTES];
    text_append(out, "\nEvents of firms\n");
    struct grid grid = {.align = "lr"};
    for (size_t i = 0; i < LIFE_COUNT; i++) {
        grid_add(&grid, "%s", life_names[i]);
        grid_add(&grid, "%s", human_number(number, (double)telling->count[i]));
    }
    grid_write(&grid, "", out);
    grid_clear(&grid);
}

static void say_life(struct telling *telling, struct text *out)
{
    if (telling->firm == NULL)
        return;
    if (!telling->left)
        life_words_end(telling->again.run.input.scenario, &telling->last, &telling->life);
    text_append(out, "\nThe life of %s\n%s", telling->firm, telling->life.bytes);
    out->failed |= telling->life.failed;
}

static int say(struct telling *telling, const char *folder)
{
    struct text out = {0};
    char number[HUMAN_BYTES], all[HUMAN_BYTES];
    enum known known = look_up(telling);
    if (known == KNOWN_OTHER)
        text_append(&out,
                    "This replicate is not as it was in the run: its digest differs; neobay "
                    "verify --full %s says where\n",
                    telling->again.folder);
    if (!telling->call->given[OPTION_ID_QUIET]) {
        text_append(&out, "Replicate %s of %s%s\n\n",
                    human_number(number, (double)telling->replay.number),
                    human_number(all, (double)telling->again.manifest.record.replicates),
                    known == KNOWN_SAME ? ", the same as in the run" : "");
        say_targets(telling, &out);
        say_events(telling, &out);
        say_life(telling, &out);
        text_append(&out, "\nResults: %s/\n", folder);
    }
    int code = cli_print(&out);
    return code == 0 && known == KNOWN_OTHER ? EXIT_DIFFERS : code;
}

/* ------------------------------------------------------------------ the whole */

static bool check_firm(const struct telling *telling)
{
    if (telling->life.failed)
        return fault_memory(telling->faults, "telling a firm's life");
    if (telling->firm == NULL || telling->life.length > 0)
        return true;
    const char *near =
        text_nearest(telling->firm, (const char *const *)telling->name, telling->names);
    return fault_input(telling->faults, (struct place){0},
                       "--firm = %s is no firm of replicate %zu%s%s; firms are named "
                       "ORIGIN:MONTH:RANK as in events.csv",
                       telling->firm, telling->replay.number,
                       near == NULL ? "" : "; nearest: ", near == NULL ? "" : near);
}

static bool check_replicate(const struct telling *telling)
{
    uint64_t number = telling->call->whole[OPTION_ID_REPLICATE];
    uint64_t replicates = telling->again.manifest.record.replicates;
    return number < replicates ||
           fault_input(telling->faults, (struct place){0},
                       "--replicate = %llu is outside [0, %llu]: the run has %llu replicates",
                       (unsigned long long)number, (unsigned long long)replicates - 1,
                       (unsigned long long)replicates);
}

static bool tell(struct telling *telling, const char *folder)
{
    const struct run_record *record = &telling->again.manifest.record;
    const struct scenario *scenario = telling->again.run.input.scenario;
    size_t number = (size_t)telling->call->whole[OPTION_ID_REPLICATE], before;
    if (!replay_open(&telling->replay, scenario, number, telling->firm, folder, telling->faults))
        return false;
    before = telling->faults->count;
    const struct ensemble_options options = {.seed = record->seed, .strata = record->strata};
    const struct draw_replicate which = ensemble_replicate(&options, number);
    const struct life_watch watch = {.event = take_event,
                                     .firm = telling->firm != NULL ? take_firm : NULL,
                                     .month = take_month,
                                     .outcome = take_outcome,
                                     .context = telling};
    bool ok = life_run(scenario, &which, &watch, telling->faults) && stop_signal() == 0;
    ok = ok && telling->faults->count == before && check_firm(telling);
    if (ok)
        return replay_commit(&telling->replay, telling->panel, record, telling->faults);
    replay_abandon(&telling->replay);
    return false;
}

static void clear(struct telling *telling)
{
    for (size_t i = 0; i < telling->names; i++)
        free(telling->name[i]);
    free(telling->name);
    free(telling->panel);
    free(telling->value);
    free(telling->reached);
    text_clear(&telling->life);
    again_clear(&telling->again);
}

static struct text choose_folder(const struct call *call)
{
    char name[64];
    snprintf(name, sizeof name, "replay-%llu",
             (unsigned long long)call->whole[OPTION_ID_REPLICATE]);
    const char *out = call->words[OPTION_ID_OUT];
    return out != NULL ? again_path(out, "") : again_path(call->operand, name);
}

/* What is in the folder must be of an earlier replay, or nothing that is written. */
static bool check_folder(const struct call *call, const char *folder, struct faults *faults)
{
    static const enum csv_id written[] = {CSV_REPLAY_INDICATORS, CSV_REPLAY_EVENTS, CSV_REPLAY_FIRM,
                                          CSV_BATCH_COLUMNS, CSV_ALL};
    return call->given[OPTION_ID_FORCE] || guard_tables(folder, written, faults);
}

int command_replay(const struct call *call)
{
    struct faults faults = {0};
    struct telling telling = {.call = call, .firm = call->words[OPTION_ID_FIRM], .faults = &faults};
    stop_on_signals();
    struct text folder = choose_folder(call);
    bool ok = !folder.failed || fault_memory(&faults, "naming the folder of results");
    ok = ok && again_open(&telling.again, call->operand, &faults);
    ok = ok && manifest_needs_run(&telling.again.manifest, call->operand, "replay", &faults) &&
         check_folder(call, folder.bytes, &faults) && check_replicate(&telling) &&
         again_load(&telling.again, &faults) && tell(&telling, folder.bytes);
    int code = ok                   ? say(&telling, folder.bytes)
               : stop_signal() != 0 ? EXIT_SIGNAL + stop_signal()
                                    : cli_report(&faults);
    faults_clear(&faults);
    clear(&telling);
    text_clear(&folder);
    return code;
}
