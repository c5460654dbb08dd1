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

/* Whether the parts make up the whole, or are not asked to: where some are missing, tables would
 * rank points by few replicates, or leave them out. */
static bool check_whole(struct job *job, struct faults *faults)
{
    const struct batch *batch = &job->batch;
    struct batch_count count = batch_count(batch);
    struct point point = {0};
    size_t lacking = 0;
    if (count.points == count.all_points || job->call->given[OPTION_ID_PARTIAL])
        return true;
    while (batch->standing[lacking].reason != NULL ||
           batch->standing[lacking].blocks >= batch->standing[lacking].goal)
        lacking++;
    if (plan_point(&job->plan, lacking, &point, faults))
        fault_input(faults, (struct place){0},
                    "%zu of %zu points lack replicates, %s the first: parts are missing, or were "
                    "ended early; nothing was written; --partial puts together what there is",
                    count.all_points - count.points, count.all_points, point.name);
    point_clear(&point);
    return false;
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
        job.check = check_whole;
    }
    int code = ok ? job_do(&job) : cli_report(&faults);
    faults_clear(&faults);
    free(merging.lines);
    free(overrides);
    return code;
}
