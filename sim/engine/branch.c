#include "engine/branch.h"

/* A replicate under way. */
struct branching {
    struct workspace *workspace;
    const struct branch_group *group;
    const struct draw_replicate *which;
    size_t kept; /* states in workspace->kept, of rising rows */
    struct faults *faults;
};

static size_t kept_bytes(const struct branching *branching)
{
    size_t bytes = 0;
    for (size_t i = 0; i < branching->kept; i++)
        bytes += branching->workspace->kept[i].snapshot.length;
    return bytes;
}

/* Keeps the state after `row`, if there is room for one more like it. */
static bool keep(struct branching *branching, size_t row)
{
    struct workspace *workspace = branching->workspace;
    struct kept_state *kept = &workspace->kept[branching->kept];
    if (kept_bytes(branching) + state_bytes(&workspace->district) > BRANCH_MOST_BYTES)
        return true;
    kept->row = row;
    branching->kept++;
    return state_save(&workspace->district, &kept->snapshot, branching->faults);
}

/* The row, from `row` on, after which a later scenario leaves this one, the nearest: the state
 * there has to be kept. Those that leave later stand before those that leave earlier. */
static size_t next_parting(const struct branch_group *group, size_t member, size_t row)
{
    size_t nearest = SIZE_MAX, fewest = SIZE_MAX;
    for (size_t later = member + 1; later < group->count; later++) {
        fewest = group->shared[later] < fewest ? group->shared[later] : fewest;
        if (fewest <= row)
            break;
        nearest = fewest - 1;
    }
    return nearest;
}

/* Simulates rows [row, row_count) of a scenario, keeping states for those after it. */
static bool go_on(struct branching *branching, size_t member, size_t row)
{
    struct workspace *workspace = branching->workspace;
    const struct panel_layout *layout = &workspace->layout;
    bool ok = true;
    while (ok && row < layout->row_count) {
        size_t parting = next_parting(branching->group, member, row);
        size_t end = parting < layout->row_count ? parting + 1 : layout->row_count;
        ok = replicate_go_on(&workspace->replicate, &workspace->district, layout, row, end,
                             branching->faults);
        row = end;
        if (ok && parting != SIZE_MAX && row < layout->row_count)
            ok = keep(branching, parting);
    }
    return ok;
}

static bool begin(struct branching *branching, size_t member)
{
    struct workspace *workspace = branching->workspace;
    branching->kept = 0;
    if (!replicate_start(&workspace->replicate, &workspace->district, &workspace->layout,
                         branching->which, branching->faults))
        return false;
    return (next_parting(branching->group, member, 0) != 0 || keep(branching, 0)) &&
           go_on(branching, member, 1);
}

/* Goes on from the last state that the scenario shares with the one before. */
static bool branch_off(struct branching *branching, size_t member)
{
    struct workspace *workspace = branching->workspace;
    struct replicate *replicate = &workspace->replicate;
    const struct panel_layout *layout = &workspace->layout;
    size_t shared = branching->group->shared[member], row = shared;
    if (shared < layout->row_count) {
        while (branching->kept > 0 && workspace->kept[branching->kept - 1].row >= shared)
            branching->kept--;
        if (branching->kept == 0)
            return begin(branching, member);
        const struct kept_state *kept = &workspace->kept[branching->kept - 1];
        row = kept->row + 1;
        if (!state_restore(&workspace->district, &kept->snapshot, branching->faults))
            return false;
    }
    replicate_look_back(replicate, &workspace->district, layout, row);
    scenario_uncertain_values(workspace->scenario, workspace->district.base, replicate->drawn);
    return go_on(branching, member, row);
}

bool branch_run(struct workspace *workspace, const struct branch_group *group,
                const struct draw_replicate *which, void (*each)(void *context, size_t member),
                void *context, struct faults *faults)
{
    struct branching branching = {
        .workspace = workspace, .group = group, .which = which, .faults = faults};
    bool ok = true;
    for (size_t member = 0; ok && member < group->count; member++) {
        workspace_follow(workspace, group->scenario[member], which);
        ok = member == 0 ? begin(&branching, member) : branch_off(&branching, member);
        if (ok)
            each(context, member);
    }
    return ok;
}
