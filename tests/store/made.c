#include "store/made.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { TARGETS = 3, LEAVES_DRAWN = 2 };

void made_replicates(const struct made *made,
                     void (*each)(void *context, const struct outcome *outcome), void *context)
{
    const struct panel_layout *layout = &made->summary.layout;
    double *panel = calloc(layout->row_count * layout->column_count, sizeof *panel);
    for (size_t r = 0; r < MADE_REPLICATES; r++) {
        for (size_t i = 0; i < layout->row_count * layout->column_count; i++)
            panel[i] = (double)r + (double)(i % layout->column_count) / 1000;
        for (size_t i = 0; r % 2 == 0 && i < layout->column_count; i++)
            panel[i] = NAN;
        double value[TARGETS] = {100 + (double)r, 4000.5, 10};
        int reached[TARGETS] = {r >= 10 ? 3 : TARGET_NEVER, 0, TARGET_NEVER};
        double drawn[LEAVES_DRAWN] = {0.125, 0.25 + (double)r};
        each(context, &(struct outcome){.replicate = r,
                                        .panel = panel,
                                        .target_value = value,
                                        .target_reached = reached,
                                        .drawn = drawn});
    }
    free(panel);
}

static void add(void *context, const struct outcome *outcome)
{
    summary_add(context, outcome);
}

struct made made_new(void)
{
    struct made made = {0};
    struct faults faults = {0};
    made.scenario = scenario_load("tests/small.yaml", NULL, 0, &faults);
    cr_assert(made.scenario != NULL, "%s", faults.count > 0 ? faults.fault[0].message : "");
    cr_assert(observed_load(&made.observed, "tests/small-observed.csv", made.scenario, &faults));
    cr_assert(summary_init(&made.summary, made.scenario, &faults));
    made_replicates(&made, add, &made.summary);
    summary_settle(&made.summary);
    return made;
}

void made_free(struct made *made)
{
    summary_clear(&made->summary);
    observed_clear(&made->observed);
    scenario_free(made->scenario);
}
