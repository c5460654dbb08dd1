#include "engine/workspace.h"

uint64_t workspace_agent_steps(const struct workspace *workspace)
{
    return workspace->agent_steps + workspace->district.agent_steps;
}

void workspace_clear(struct workspace *workspace)
{
    uint64_t agent_steps = workspace_agent_steps(workspace);
    replicate_clear(&workspace->replicate);
    district_clear(&workspace->district);
    panel_layout_clear(&workspace->layout);
    for (size_t i = 0; i < WORKSPACE_STATES; i++)
        snapshot_clear(&workspace->kept[i].snapshot);
    *workspace = (struct workspace){.agent_steps = agent_steps};
}

bool workspace_bind(struct workspace *workspace, const struct scenario *scenario,
                    struct faults *faults)
{
    workspace_clear(workspace);
    workspace->scenario = scenario;
    bool bound = panel_layout_init(&workspace->layout, scenario, faults) &&
                 district_init(&workspace->district, scenario, kernels_supported(0), faults) &&
                 replicate_init(&workspace->replicate, scenario, &workspace->layout, faults);
    if (!bound)
        workspace_clear(workspace);
    return bound;
}

void workspace_follow(struct workspace *workspace, const struct scenario *scenario,
                      const struct draw_replicate *which)
{
    if (workspace->scenario != scenario)
        district_follow(&workspace->district, scenario, which);
    workspace->scenario = scenario;
}

bool workspace_keep(struct workspace *workspace, const struct scenario *scenario,
                    struct faults *faults)
{
    return workspace->scenario == scenario || workspace_bind(workspace, scenario, faults);
}
