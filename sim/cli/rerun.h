/* Running again what a folder holds, and holding the files of both against each other. */
#ifndef NEOBAY_CLI_RERUN_H
#define NEOBAY_CLI_RERUN_H

#include "cli/options.h"
#include "store/manifest.h"

/* Digests of the manifest's files as they stand in the folder, on the heap: taken before a run that
 * may write to the same folder. */
bool rerun_digests(const struct manifest *manifest, const char *folder, uint64_t **digest,
                   struct faults *faults);

/* Appends a line for each file that came out otherwise than it stood, and counts them. */
bool rerun_compare(const struct manifest *was, const uint64_t *digest, const char *was_folder,
                   const char *is_folder, struct text *out, size_t *differ, struct faults *faults);

/* Prints that, and how many there are. Returns the exit code. */
int rerun_say(const struct call *call, const struct manifest *was, const uint64_t *digest,
              const char *was_folder, const char *is_folder, struct faults *faults);

/* Runs a batch again. Returns the exit code. */
int rerun_batch(const struct call *call, const struct manifest *manifest, const char *folder,
                struct faults *faults);

#endif
