#include "model/state.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void snapshot_clear(struct snapshot *snapshot)
{
    free(snapshot->bytes);
    *snapshot = (struct snapshot){0};
}

size_t state_bytes(const struct district *district)
{
    size_t bytes = 0;
#define VALUE_BYTES(member)         bytes += sizeof district->member;
#define ARRAY_BYTES(member, length) bytes += (length) * sizeof *district->member;
#define FIRM_BYTES(type, name)      bytes += district->firms.count * sizeof(type);
#define PROJECT_BYTES(type, name)   bytes += district_projects(district) * sizeof(type);
    STATE_VALUES(VALUE_BYTES)
    STATE_ARRAYS(ARRAY_BYTES)
    FIRM_COLUMNS(FIRM_BYTES)
    PROJECT_COLUMNS(PROJECT_BYTES)
    return bytes;
}

static void put(char **to, const void *from, size_t bytes)
{
    if (bytes > 0)
        memcpy(*to, from, bytes);
    *to += bytes;
}

static void take(const char **from, void *to, size_t bytes)
{
    if (bytes > 0)
        memcpy(to, *from, bytes);
    *from += bytes;
}

static void put_projects(char **to, const struct projects *projects)
{
#define PUT_PROJECTS(type, name) put(to, projects->name, projects->count * sizeof(type));
    PROJECT_COLUMNS(PUT_PROJECTS)
}

static bool take_projects(const char **from, struct projects *projects)
{
    if (!projects_reserve(projects, projects->count))
        return false;
#define TAKE_PROJECTS(type, name) take(from, projects->name, projects->count * sizeof(type));
    PROJECT_COLUMNS(TAKE_PROJECTS)
    return true;
}

bool state_save(const struct district *district, struct snapshot *snapshot, struct faults *faults)
{
    size_t bytes = state_bytes(district);
    if (!memory_reserve((void **)&snapshot->bytes, &snapshot->capacity, bytes, 1))
        return fault_memory(faults, "keeping the state of a replicate");
    char *to = snapshot->bytes;
#define PUT_VALUE(member)         put(&to, &district->member, sizeof district->member);
#define PUT_ARRAY(member, length) put(&to, district->member, (length) * sizeof *district->member);
#define PUT_FIRMS(type, name)     put(&to, district->firms.name, district->firms.count * sizeof(type));
    STATE_VALUES(PUT_VALUE)
    STATE_ARRAYS(PUT_ARRAY)
    FIRM_COLUMNS(PUT_FIRMS)
    put_projects(&to, &district->projects);
    put_projects(&to, &district->waiting);
    snapshot->length = bytes;
    return true;
}

/* Counts come before the columns that they are the length of. */
bool state_restore(struct district *district, const struct snapshot *snapshot,
                   struct faults *faults)
{
    const char *from = snapshot->bytes;
#define TAKE_VALUE(member) take(&from, &district->member, sizeof district->member);
#define TAKE_ARRAY(member, length)                                                                 \
    take(&from, district->member, (length) * sizeof *district->member);
#define TAKE_FIRMS(type, name)                                                                     \
    take(&from, district->firms.name, district->firms.count * sizeof(type));
    STATE_VALUES(TAKE_VALUE)
    STATE_ARRAYS(TAKE_ARRAY)
    bool room = firms_reserve(&district->firms, district->firms.count);
    if (room) {
        FIRM_COLUMNS(TAKE_FIRMS)
    }
    if (!room || !take_projects(&from, &district->projects) ||
        !take_projects(&from, &district->waiting))
        return fault_memory(faults, "going on from the state of a replicate");
    ASSERT(from == snapshot->bytes + snapshot->length);
    return true;
}
