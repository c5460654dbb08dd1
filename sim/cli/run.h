/* A run of a scenario, from what it reads to the files of its results: neobay run, and whoever runs
 * one again. */
#ifndef NEOBAY_CLI_RUN_H
#define NEOBAY_CLI_RUN_H

#include "cli/input.h"
#include "cli/progress.h"
#include "store/results.h"
#include "study/limits.h"
#include "study/run_store.h"

struct run {
    struct input input;
    struct run_record record; /* what is asked for; then what came of it */
    const char *folder;       /* of the results */
    const struct text *shown; /* what scenario.yaml is to say; NULL: the effective scenario */
    bool force, quiet;
    bool keeps;   /* a store, from which the run can go on and grow */
    bool resume;  /* goes on from it */
    bool stopped; /* by a signal */
    struct results results;
    struct summary summary;
    struct progress progress;
    struct run_store store;
    struct bands bands;
    struct limits limits;  /* if the record asks for them */
    struct faults *faults; /* while it goes on */
};

/* Runs the input as the record says and puts the results into the folder, all or none. */
bool run_produce(struct run *run, struct faults *faults);

/* Frees the summary and the input. */
void run_clear(struct run *run);

/* Says on stderr that a signal stopped the run. Returns the exit code. */
int run_say_stopped(const struct run *run);

#endif
