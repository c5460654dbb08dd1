/* A batch that was run, as its store says it was asked for. */
#ifndef NEOBAY_CLI_SETTLED_H
#define NEOBAY_CLI_SETTLED_H

#include "cli/job.h"

struct settled {
    struct job job;
    char *lines; /* what the request borrows */
    const char **overrides;
};

/* Reads the request from the store in the folder. After a failure too, settled_clear. */
bool settled_read(struct settled *settled, const struct call *call, const char *folder,
                  struct faults *faults);
void settled_clear(struct settled *settled);

#endif
