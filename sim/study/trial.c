#include "study/trial.h"

#include "base/clock.h"
#include "engine/workspace.h"
#include "study/roster.h"

enum { TRIAL_REPLICATES = 20 };

static bool simulate(const struct scenario *scenario, uint64_t seed, struct faults *faults)
{
    struct workspace workspace = {0};
    bool ok = workspace_bind(&workspace, scenario, faults);
    for (uint32_t i = 0; ok && i < TRIAL_REPLICATES; i++) {
        const struct draw_replicate which = {.seed = seed, .luck = i, .world = i};
        ok = replicate_run(&workspace.replicate, &workspace.district, &workspace.layout, &which,
                           faults);
    }
    workspace_clear(&workspace);
    return ok;
}

bool trial_run(const struct roster *roster, uint64_t seed, double *seconds, struct faults *faults)
{
    const size_t tried[2] = {0, roster->plan->points - 1};
    bool ok = true;
    *seconds = 0.0;
    for (size_t i = 0; ok && i < 2; i++) {
        const struct scenario *scenario = roster_get(roster, tried[i], faults);
        double begun = clock_now_s();
        ok = scenario != NULL && simulate(scenario, seed, faults);
        *seconds += (clock_now_s() - begun) / (2 * TRIAL_REPLICATES);
        if (scenario != NULL)
            stock_return(roster->stock, tried[i], scenario);
    }
    return ok;
}
