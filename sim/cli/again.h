/* A run that is in a folder, made ready to be run again as its run.json says. */
#ifndef NEOBAY_CLI_AGAIN_H
#define NEOBAY_CLI_AGAIN_H

#include "cli/run.h"
#include "store/manifest.h"

struct again {
    const char *folder;
    struct manifest manifest;
    struct run run; /* but for its folder of results */
    struct text shown;
};

/* Reads the folder's manifest; on failure there is nothing to clear. */
bool again_open(struct again *again, const char *folder, struct faults *faults);
void again_clear(struct again *again);

/* Loads the scenario of a run and what was observed. A scenario that is no longer that of the run
 * is a fault of the input. */
bool again_load(struct again *again, struct faults *faults);

/* FOLDER/NAME, without slashes at the folder's end; failed if memory ran out. */
struct text again_path(const char *folder, const char *name);

#endif
