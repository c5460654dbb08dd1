/* neobay batch, levers and merge. */
#include "cli/cli.h"
#include "cli/job.h"
#include "study/checkup.h"

#include <stdio.h>

/* Warns of names of points that readers of tables mistake. */
static bool warn_of_names(struct job *job, struct faults *faults)
{
    (void)faults;
    for (size_t i = 0; i < job->plan.entry_count; i++)
        if (job->plan.entry[i].name != NULL && checkup_is_missing(job->plan.entry[i].name))
            fprintf(stderr, "warning: %s: pandas or R take the name %s in a table for no value\n",
                    job->plan.file, job->plan.entry[i].name);
    return true;
}

int command_batch(const struct call *call)
{
    struct job job = {.check = warn_of_names};
    job_request(&job, call);
    return job_do(&job);
}

int command_levers(const struct call *call)
{
    return command_batch(call);
}
