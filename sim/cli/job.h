/* What neobay batch, levers and merge share: from a request to tables. */
#ifndef NEOBAY_CLI_JOB_H
#define NEOBAY_CLI_JOB_H

#include "cli/options.h"
#include "cli/progress.h"
#include "study/best.h"
#include "study/request.h"
#include "study/tables.h"
#include "study/trial.h"

struct job {
    const struct call *call; /* for what does not bear on the results */
    struct request request;
    struct plan plan;
    struct levers *levers; /* of neobay levers; else NULL */
    struct batch batch;
    struct best best;   /* with --best */
    struct text source; /* the batch file's bytes */
    char *folder;
    struct progress progress;
    struct batch_record record;
    double written, writing;  /* second of the last tables, and the seconds that they took */
    double counted;           /* second of the last count for the progress */
    const char *const *parts; /* folders to be merged */
    size_t part_count;
    bool settled;   /* the request says all, seed too: it comes from a batch that was run */
    bool no_report; /* nothing is printed but progress and faults */
    bool (*check)(struct job *job, struct faults *faults); /* of the parts put together; or NULL */
};

/* Runs the request that is set, prints what there is to say and clears the job. Returns the exit
 * code. */
int job_do(struct job *job);
void job_clear(struct job *job);

/* Reads the batch file, or plans the levers; fills in what the request leaves to the file. */
bool job_plan(struct job *job, struct faults *faults);

/* How the batch is to run. */
struct batch_options job_options(struct job *job);

/* Fills the request from the call, but for seed and replicates that the batch file may give. */
void job_request(struct job *job, const struct call *call);

/* out/NAME for some/where/NAME.yaml, with an ending; or what --out says; on the heap. */
char *job_folder(const struct call *call, const char *file, const char *ending);

#endif
