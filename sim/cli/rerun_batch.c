/* neobay rerun of a batch; see rerun.h. */
#include "cli/rerun.h"

#include "base/memory.h"
#include "cli/cli.h"
#include "cli/settled.h"

#include <stdlib.h>
#include <string.h>

static bool check_whole(const struct manifest *manifest, struct faults *faults)
{
    return manifest->points_done == manifest->points || strcmp(manifest->shard, "1/1") != 0 ||
           fault_input(faults, (struct place){.file = manifest->path},
                       "the batch is not finished; finish it with --resume, then rerun it");
}

int rerun_batch(const struct call *call, const struct manifest *manifest, const char *folder,
                struct faults *faults)
{
    struct settled settled = {0};
    uint64_t *digest = NULL;
    struct call own = *call;
    own.words[OPTION_ID_SHARD] = manifest->shard;
    bool ok = check_whole(manifest, faults) &&
              settled_read(&settled, &own, call->operand, faults) &&
              rerun_digests(manifest, call->operand, &digest, faults);
    settled.job.no_report = true;
    settled.job.folder = ok ? memory_copy_text(folder) : NULL;
    if (ok && settled.job.folder == NULL)
        ok = fault_memory(faults, "naming the folder of results");
    int code = ok ? job_do(&settled.job) : cli_report(faults);
    if (ok && code == 0)
        code = rerun_say(call, manifest, digest, call->operand, folder, faults);
    settled_clear(&settled);
    free(digest);
    return code;
}
