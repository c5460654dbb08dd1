/* How a batch was asked for: what its results depend on, but for the files that it names.
 *
 * The store keeps it, so that parts can be told to be of one batch and put together. */
#ifndef NEOBAY_STUDY_REQUEST_H
#define NEOBAY_STUDY_REQUEST_H

#include "base/fault.h"
#include "base/text.h"
#include "store/store.h"

#include <stdint.h>

enum { REQUEST_OVERRIDES = 1000 };

struct request {
    bool levers;      /* else a batch file */
    const char *file; /* the batch file or the scenario */
    const char *const *overrides;
    size_t override_count;
    uint64_t seed, replicates, permutations;
    bool plain; /* uncertain values are drawn independently */
    double precision;
    const char *best; /* NULL: none */
    double confidence, indifference;
};

/* Appends the request, a line each. */
void request_write(const struct request *request, struct text *out);

/* Reads it from lines, which it borrows and cuts up; overrides go to `overrides`, which has room
 * for REQUEST_OVERRIDES. False if they are no request. */
bool request_read(struct request *request, char *lines, const char **overrides);

/* Whose store it is, by its last request: what that of a run or of a screening begins with. */
#define REQUEST_RUN  "run="
#define REQUEST_ODDS "odds="
enum request_of { REQUEST_OF_NOBODY, REQUEST_OF_RUN, REQUEST_OF_ODDS, REQUEST_OF_BATCH };

/* What goes on from a store of its own kind, or from an empty one, and from no other. False with a
 * fault that names the folder. */
bool request_expect(struct store *store, enum request_of of, const char *folder,
                    struct faults *faults);

#endif
