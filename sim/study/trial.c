#include "study/trial.h"

#include "base/clock.h"
#include "engine/pool.h"
#include "study/roster.h"

enum { TRIAL_POINTS = 2, TRIAL_REPLICATES = 20 };

struct trial {
    const struct roster *roster;
    uint64_t seed;
    double seconds; /* of a replicate, mean of the points */
};

static bool simulate(const struct trial *trial, const struct scenario *scenario,
                     struct workspace *workspace, struct faults *faults)
{
    bool ok = workspace_bind(workspace, scenario, faults);
    for (uint32_t i = 0; ok && i < TRIAL_REPLICATES; i++) {
        const struct draw_replicate which = {.seed = trial->seed, .luck = i, .world = i};
        ok = replicate_run(&workspace->replicate, &workspace->district, &workspace->layout, &which,
                           faults);
    }
    workspace_clear(workspace); /* the scenario may go before the workspace does */
    return ok;
}

static bool time_point(void *context, size_t index, struct workspace *workspace,
                       struct faults *faults)
{
    struct trial *trial = context;
    size_t point = index == 0 ? 0 : trial->roster->plan->points - 1;
    const struct scenario *scenario = roster_get(trial->roster, point, faults);
    double begun = clock_now_s();
    if (scenario == NULL)
        return false;
    bool ok = simulate(trial, scenario, workspace, faults);
    trial->seconds += (clock_now_s() - begun) / (TRIAL_POINTS * TRIAL_REPLICATES);
    stock_return(trial->roster->stock, point, scenario);
    return ok;
}

bool trial_run(const struct roster *roster, uint64_t seed, double *seconds, struct faults *faults)
{
    struct trial trial = {.roster = roster, .seed = seed};
    bool ok = pool_map(1, TRIAL_POINTS, time_point, &trial, faults);
    *seconds = trial.seconds;
    return ok;
}
