#include "district/project.h"

#include "base/memory.h"
#include "district/birth.h"
#include "district/district.h"
#include "district/space.h"
#include "random/real.h"

#include <stdlib.h>
#include <string.h>

static bool reserve(struct projects *projects, size_t wanted)
{
    if (wanted + SUM_LANES <= projects->capacity) /* kernels read whole vectors */
        return true;
    size_t rows = firms_padded(wanted + wanted / 2 + SUM_LANES);
    bool grown = true;
#define GROW(name)                                                                                 \
    {                                                                                              \
        void *block = grown ? memory_aligned(rows, sizeof *projects->name) : NULL;                 \
        grown = block != NULL;                                                                     \
        if (grown && projects->count > 0)                                                          \
            memcpy(block, projects->name, projects->count * sizeof *projects->name);               \
        if (grown) {                                                                               \
            free(projects->name);                                                                  \
            projects->name = block;                                                                \
        }                                                                                          \
    }
    GROW(work_years)
    GROW(quality)
    GROW(draw)
    GROW(sector)
    GROW(agent)
    GROW(origin)
#undef GROW
    if (grown)
        projects->capacity = rows;
    return grown;
}

bool projects_add(struct projects *projects, const struct project *project, struct faults *faults)
{
    if (!reserve(projects, projects->count + 1))
        return fault_memory(faults, "adding a project");
    size_t row = projects->count++;
    projects->work_years[row] = project->work_years;
    projects->quality[row] = project->quality;
    projects->sector[row] = project->sector;
    projects->agent[row] = project->agent.born;
    projects->origin[row] = project->agent.origin;
    return true;
}

void projects_clear(struct projects *projects)
{
    free(projects->work_years);
    free(projects->quality);
    free(projects->draw);
    free(projects->sector);
    free(projects->agent);
    free(projects->origin);
    *projects = (struct projects){0};
}

double project_work_years(double mean_years, double u1, double u2)
{
    return -0.5 * mean_years * real_log(u1 * u2);
}

static void keep(struct projects *projects, size_t from, size_t to)
{
    projects->work_years[to] = projects->work_years[from];
    projects->quality[to] = projects->quality[from];
    projects->sector[to] = projects->sector[from];
    projects->agent[to] = projects->agent[from];
    projects->origin[to] = projects->origin[from];
}

/* Appends a firm row for a project; what else it is born with is drawn for all at once. */
static bool found_firm(struct district *district, size_t project, struct faults *faults)
{
    struct projects *projects = &district->projects;
    struct firms *firms = &district->firms;
    size_t zone = (size_t)district->now.projects->landing_zone;
    if (!firms_reserve(firms, firms->count + 1))
        return fault_memory(faults, "founding a firm");
    size_t row = firms->count++;
    firms->agent[row] = projects->agent[project];
    firms->origin[row] = projects->origin[project];
    firms->quality[row] = projects->quality[project];
    firms->kind[row] =
        kind_of(&district->kinds, zone, (size_t)projects->sector[project], STAGE_SELF);
    district->flows.founded++;
    return true;
}

enum fate { STAYS, GOES, FOUNDS };

static enum fate fate_of(struct district *district, size_t row, double abandon, double leak)
{
    struct projects *projects = &district->projects;
    const struct params *now = &district->now;
    double u = projects->draw[row];
    bool working = projects->work_years[row] > 0.0;
    projects->work_years[row] -= STEP_YEARS * now->projects->maturation_speed;
    if (working) {
        bool abandoned = u < abandon;
        district->flows.abandoned += abandoned;
        if (abandoned)
            return GOES;
    }
    if (projects->work_years[row] > 0.0)
        return STAYS;
    double area = now->staff->fewest_heads * now->sectors[projects->sector[row]].area_per_head_m2;
    if (space_take(district, (size_t)now->projects->landing_zone, area))
        return FOUNDS;
    district->flows.no_room++;
    bool leaks = !working && u < leak;
    district->flows.leaked += leaks;
    return leaks ? GOES : STAYS;
}

bool project_step(struct district *district, struct faults *faults)
{
    struct projects *projects = &district->projects;
    double abandon = real_chance(district->now.projects->abandon_rate_per_year * STEP_YEARS);
    double leak = real_chance(district->now.projects->wait_leak_rate_per_year * STEP_YEARS);
    district->kernels->uniforms(
        projects->agent, projects->origin, projects->count, &district->stream,
        draw_when(district->month, PURPOSE_PROJECT_MONTH, 0), projects->draw);
    size_t first = district->firms.count, kept = 0;
    for (size_t row = 0; row < projects->count; row++) {
        enum fate fate = fate_of(district, row, abandon, leak);
        if (fate == FOUNDS && !found_firm(district, row, faults))
            return false;
        if (fate == STAYS)
            keep(projects, row, kept++);
    }
    projects->count = kept;
    return birth_of_startups(district, first, faults);
}
