/* neobay check and neobay show. */
#include "cli/cli.h"
#include "cli/input.h"

/* "no faults, 214 values (37 uncertain, 12 planned over time), 31 effects, 5 targets". */
static void describe(const struct scenario *scenario, const char *file, struct text *out)
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
    describe(input.scenario, call->operand, &text);
    input_clear(&input);
    return cli_print(&text);
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
