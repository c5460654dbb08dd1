/* neobay check and neobay show. */
#include "cli/cli.h"
#include "cli/grid.h"
#include "cli/input.h"
#include "study/checkup.h"

#include <math.h>
#include <stdio.h>

/* "no faults, 214 values (37 uncertain, 12 planned over time), 31 effects, 5 targets". */
static void describe_values(const struct scenario *scenario, const char *file, struct text *out)
{
    size_t kinds[LEAF_SERIES + 1] = {0};
    for (size_t i = 0; i < scenario->leaf_count; i++)
        kinds[scenario->leaf[i].kind]++;
    text_append(out,
                "%s: no faults, %zu values (%zu uncertain, %zu over time), %zu effects, "
                "%zu targets, %d months\n",
                file, scenario->leaf_count, kinds[LEAF_DISTRIBUTION], kinds[LEAF_SERIES],
                scenario->effect_count, scenario->centre.count[SECTION_TARGETS],
                scenario_steps(scenario));
}

static const char *count_of(char out[HUMAN_BYTES], double mean)
{
    return human_number(out, round(mean));
}

/* "2022-12: 2,948 firms, 389 of them certified; …", the state before the first step. */
static void describe_start(const struct scenario *scenario, const struct start_state *start,
                           struct text *out)
{
    char month[TEXT_MONTH_BYTES], number[HUMAN_BYTES];
    text_append(out, "The start, %s, in the mean of %d replicates:\n",
                text_month(month, (int)scenario->centre.clock->start - 1), CHECKUP_REPLICATES);
    text_append(out, "  %s firms, ", count_of(number, start->firms));
    text_append(out, "%s of them certified\n", count_of(number, start->certified));
    text_append(out, "  a staff of %s heads, ", count_of(number, start->staff_heads));
    text_append(out, "a pool of %s\n", count_of(number, start->talent_heads));
    text_append(out, "  floor area in use:");
    for (size_t zone = 0; zone < scenario->centre.count[SECTION_ZONES]; zone++)
        text_append(out, "%s %s %s", zone == 0 ? "" : ",", scenario->name[SECTION_ZONES][zone],
                    human_share(number, start->occupancy[zone]));
    text_append(out, "\n  of the money that rounds seek there is %s early, ",
                human_share(number, start->early_met));
    text_append(out, "%s for growth\n", human_share(number, start->growth_met));
}

static void describe(const struct scenario *scenario, const struct checkup *checkup,
                     const char *file, struct text *out)
{
    size_t warnings = checkup->warnings.count;
    describe_values(scenario, file, out);
    if (warnings > 0)
        text_append(out, "%zu %s\n", warnings, warnings == 1 ? "warning" : "warnings");
    describe_start(scenario, &checkup->start, out);
}

int command_check(const struct call *call)
{
    struct input input;
    struct text text = {0};
    struct faults faults = {0};
    if (!input_read(&input, call, &faults)) {
        size_t count = faults.count;
        int code = cli_report(&faults);
        text_append(&text, "%s: %zu %s\n", call->operand, count, count == 1 ? "fault" : "faults");
        cli_print(&text);
        return code;
    }
    struct checkup checkup;
    bool ok = checkup_run(&checkup, input.scenario, call->operand, &faults);
    for (size_t i = 0; ok && i < checkup.warnings.count; i++)
        fprintf(stderr, "warning: %s\n", checkup.warnings.fault[i].message);
    if (ok)
        describe(input.scenario, &checkup, call->operand, &text);
    checkup_clear(&checkup);
    input_clear(&input);
    return ok ? cli_print(&text) : cli_report(&faults);
}

int command_show(const struct call *call)
{
    struct text text = {0};
    struct faults faults = {0};
    struct scenario *scenario =
        scenario_load(call->operand, call->overrides, call->override_count, &faults);
    if (scenario == NULL)
        return cli_report(&faults);
    scenario_show(scenario, !call->given[OPTION_ID_PLAIN], &text);
    scenario_free(scenario);
    return cli_print(&text);
}
