#include "model/project.h"

#include "base/memory.h"
#include "math/real.h"
#include "model/birth.h"
#include "model/district.h"
#include "model/space.h"

#include <stdlib.h>
#include <string.h>

bool projects_reserve(struct projects *projects, size_t wanted)
{
    if (wanted + SUM_LANES <= projects->capacity) /* kernels read whole vectors */
        return true;
    size_t rows = firms_padded(wanted + wanted / 2 + SUM_LANES), old = projects->capacity;
    bool grown = true;
    /* A column grown before a failure is merely larger than it need be. */
#define GROW(type, name)                                                                           \
    grown = grown && memory_column((void **)&projects->name, old, rows, sizeof(type));
    PROJECT_COLUMNS(GROW)
    GROW(float, draw)
#undef GROW
    if (grown)
        projects->capacity = rows;
    return grown;
}

bool projects_add(struct projects *projects, const struct project *project, struct faults *faults)
{
    if (!projects_reserve(projects, projects->count + 1))
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
#define FREE(type, name) free(projects->name);
    PROJECT_COLUMNS(FREE)
    FREE(float, draw)
#undef FREE
    *projects = (struct projects){0};
}

double project_work_years(double mean_years, double u1, double u2)
{
    return -0.5 * mean_years * real_log(u1 * u2);
}

static void keep(struct projects *projects, size_t from, size_t to)
{
    if (from == to) /* as long as none has left */
        return;
#define COPY(type, name) projects->name[to] = projects->name[from];
    PROJECT_COLUMNS(COPY)
#undef COPY
}

static struct project project_at(const struct projects *projects, size_t row)
{
    return (struct project){projects->work_years[row],
                            projects->quality[row],
                            projects->sector[row],
                            {projects->origin[row], projects->agent[row]}};
}

/* Appends a firm row for a project; what else it is born with is drawn for all at once. */
static bool found_firm(struct district *district, const struct project *project,
                       struct faults *faults)
{
    struct firms *firms = &district->firms;
    size_t zone = (size_t)district->now.projects->landing_zone;
    if (!firms_reserve(firms, firms->count + 1))
        return fault_memory(faults, "founding a firm");
    size_t row = firms->count++;
    firms->agent[row] = project->agent.born;
    firms->origin[row] = project->agent.origin;
    firms->quality[row] = (float)project->quality;
    firms->kind[row] = kind_of(&district->kinds, zone, (size_t)project->sector, STAGE_SELF);
    district->flows.founded++;
    return true;
}

/* Takes room in the landing zone for the smallest firm of the project's sector. */
static bool finds_room(struct district *district, const struct project *project)
{
    const struct params *now = &district->now;
    double area = now->staff->fewest_heads * now->sectors[project->sector].area_per_head_m2;
    bool found = space_take(district, (size_t)now->projects->landing_zone, area);
    district->flows.no_room += !found;
    return found;
}

/* Draws this month's uniform of each row. */
static void draw_month(struct district *district, struct projects *projects)
{
    district->kernels->uniforms(
        projects->agent, projects->origin, projects->count, &district->stream,
        draw_when(district->month, PURPOSE_PROJECT_MONTH, 0), projects->draw);
}

static bool serve_waiting(struct district *district, struct faults *faults)
{
    struct projects *waiting = &district->waiting;
    if (waiting->count == 0)
        return true;
    double leak = real_chance(district->now.projects->wait_leak_rate_per_year * STEP_YEARS);
    size_t kept = 0;
    draw_month(district, waiting);
    for (size_t row = 0; row < waiting->count; row++) {
        struct project project = project_at(waiting, row);
        if (finds_room(district, &project)) {
            if (!found_firm(district, &project, faults))
                return false;
        } else if ((double)waiting->draw[row] < leak) {
            district->flows.leaked++;
        } else {
            keep(waiting, row, kept++);
        }
    }
    waiting->count = kept;
    return true;
}

/* A project whose work is done founds a firm, or waits. */
static bool ripen(struct district *district, size_t row, struct faults *faults)
{
    struct project project = project_at(&district->projects, row);
    return finds_room(district, &project) ? found_firm(district, &project, faults)
                                          : projects_add(&district->waiting, &project, faults);
}

static bool incubate(struct district *district, struct faults *faults)
{
    struct projects *projects = &district->projects;
    const struct projects_params *rates = district->now.projects;
    double abandon = real_chance(rates->abandon_rate_per_year * STEP_YEARS);
    double work = STEP_YEARS * rates->maturation_speed;
    size_t kept = 0;
    draw_month(district, projects);
    for (size_t row = 0; row < projects->count; row++) {
        bool abandoned = (double)projects->draw[row] < abandon;
        projects->work_years[row] -= work;
        if (abandoned)
            district->flows.abandoned++;
        else if (projects->work_years[row] > 0.0)
            keep(projects, row, kept++);
        else if (!ripen(district, row, faults))
            return false;
    }
    projects->count = kept;
    return true;
}

bool project_step(struct district *district, struct faults *faults)
{
    size_t first = district->firms.count;
    if (!serve_waiting(district, faults) || !incubate(district, faults))
        return false;
    birth_of_startups(district, first);
    return true;
}
