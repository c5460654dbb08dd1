/* Files that appear whole or not at all.
 *
 * The files of a run form a group in one folder. Each is written to a temporary beside its place;
 * at the end all are synced, then renamed, then the folder is synced. Whatever goes wrong before
 * that leaves the folder as it was: temporaries are removed, and the folder too if it is new.
 * While a group is open its folder is locked against other groups.
 */
#ifndef NEOBAY_STORE_FILE_H
#define NEOBAY_STORE_FILE_H

#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"

#include <stdio.h>

/* Files of a folder of results beside its tables. */
#define RECORD_NAME   "run.json"
#define SCENARIO_NAME "scenario.yaml"
#define BATCH_NAME    "batch.yaml"

struct output_file {
    char *path, *temporary; /* temporary is NULL for a file that only has to go */
    FILE *stream;
};

struct file_group {
    char *folder;
    size_t made; /* folders whose path is longer than this are ours */
    int lock;    /* descriptor of the folder */
    size_t count, capacity;
    struct output_file *file;
};

/* Makes the folder where it is missing, with all above it, and locks it. On failure nothing is
 * left behind, and the group needs no end. */
bool file_group_open(struct file_group *group, const char *folder, struct faults *faults);

/* Begins a file of the group; its stream, borrowed until the group ends, or NULL with a fault.
 * Errors of writing need not be looked for: they are found when the group is committed. */
FILE *file_group_add(struct file_group *group, const char *name, struct faults *faults);

/* Removes a file of an earlier run at the commit, if it is there. */
bool file_group_drop(struct file_group *group, const char *name, struct faults *faults);

/* Whether a file of this name is of the group, to be written or to go. */
bool file_group_has(const struct file_group *group, const char *name);

/* Writes the digests of the files so far as the member "files", {"name": "digest", …}; streams are
 * flushed. False with a fault. */
bool file_group_digests(struct file_group *group, struct json *json, struct faults *faults);

/* Puts all files in place, in the order of their adding, and ends the group. On failure the fault
 * says what was kept. */
bool file_group_commit(struct file_group *group, struct faults *faults);

/* Removes all temporaries and ends the group. */
void file_group_abandon(struct file_group *group);

#endif
