/* neobay merge: the parts of a batch put together. */
#include "base/memory.h"
#include "cli/cli.h"
#include "cli/job.h"

#include <stdlib.h>
#include <string.h>

/* The request of the first part, and whether the others are of the same. */
struct merging {
    const char *folder;
    char *lines; /* of the first part */
    bool found, differs;
};

static bool look(void *context, const char *lines)
{
    struct merging *merging = context;
    merging->found = true;
    if (merging->lines == NULL)
        merging->lines = memory_copy_text(lines);
    else
        merging->differs |= strcmp(merging->lines, lines) != 0;
    return merging->lines != NULL;
}

static bool look_at(struct merging *merging, const char *folder, struct faults *faults)
{
    struct store_found found;
    const struct store_visit visit = {.context = merging, .request = look};
    merging->found = merging->differs = false;
    if (!store_scan(folder, &visit, &found, faults))
        return false;
    if (!merging->found)
        return fault_input(faults, (struct place){0}, "%s holds no part of a batch", folder);
    if (merging->differs)
        return fault_input(faults, (struct place){0},
                           "%s holds a part of another batch than %s: file, seed, replicates or "
                           "overrides differ",
                           folder, merging->folder);
    return true;
}

int command_merge(const struct call *call)
{
    struct job job = {.call = call};
    struct merging merging = {0};
    struct faults faults = {0};
    const char **overrides = calloc(REQUEST_OVERRIDES, sizeof *overrides);
    bool ok = overrides != NULL || fault_memory(&faults, "merging");
    if (call->operand_count < 2)
        ok = fault_input(&faults, (struct place){0}, "usage: neobay merge OUT PART...");
    merging.folder = call->operand_count < 2 ? "" : call->operands[1];
    for (size_t i = 1; ok && i < call->operand_count; i++)
        ok = look_at(&merging, call->operands[i], &faults);
    if (ok && !request_read(&job.request, merging.lines, overrides))
        ok = fault_input(&faults, (struct place){0}, "%s holds no part of a batch", merging.folder);
    if (ok) {
        struct text folder = {0};
        text_append(&folder, "%s", call->operand);
        job.folder = folder.bytes;
        job.parts = call->operands + 1;
        job.part_count = call->operand_count - 1;
        job.settled = true;
    }
    int code = ok ? job_do(&job) : cli_report(&faults);
    faults_clear(&faults);
    free(merging.lines);
    free(overrides);
    return code;
}
