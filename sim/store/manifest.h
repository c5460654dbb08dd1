/* run.json read back: what a folder's results came from, and what they were. */
#ifndef NEOBAY_STORE_MANIFEST_H
#define NEOBAY_STORE_MANIFEST_H

#include "scenario/node.h"
#include "store/run_record.h"

struct manifest_file {
    const char *name;
    uint64_t digest;
};

/* Text lives as long as the manifest. */
struct manifest {
    char *path;          /* of run.json */
    const char *command; /* run, batch, levers, library */
    const char *version, *commit;
    const char *shard;            /* of a batch: 1/1, if it is whole */
    uint64_t points, points_done; /* of a batch */
    uint64_t fingerprint;         /* of the scenario, or of all points of a batch */
    struct run_record record; /* of a run; of a batch the seed, strata and replicates asked for */
    struct run_record_maker maker[RUN_RECORD_MAKERS];
    struct manifest_file *file; /* those written with run.json */
    size_t file_count;
    const char **overrides; /* record.overrides */
    struct node_store store;
};

/* Reads FOLDER/run.json. On failure there is nothing to clear. */
bool manifest_read(struct manifest *manifest, const char *folder, struct faults *faults);

/* The same where it is no fault if there is none that can be read. */
bool manifest_find(struct manifest *manifest, const char *folder);
void manifest_clear(struct manifest *manifest);

bool manifest_is_run(const struct manifest *manifest);
bool manifest_is_library(const struct manifest *manifest);

/* Refuses results that a program saved through the library. */
bool manifest_can_repeat(const struct manifest *manifest, struct faults *faults);

/* Refuses the folder of a batch, for a command that takes runs alone. */
bool manifest_needs_run(const struct manifest *manifest, const char *folder, const char *command,
                        struct faults *faults);

/* The digest noted of a file; false if it was not written with run.json. */
bool manifest_digest(const struct manifest *manifest, const char *name, uint64_t *digest);

#endif
