/* neobay batch, levers and merge. */
#include "cli/cli.h"
#include "cli/job.h"

#include <stdlib.h>
#include <string.h>

int command_batch(const struct call *call)
{
    struct job job = {0};
    job_request(&job, call);
    return job_do(&job);
}

int command_levers(const struct call *call)
{
    return command_batch(call);
}
