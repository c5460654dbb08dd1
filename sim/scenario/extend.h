/* Reading a scenario file with the files that it extends.
 *
 * `extends: base.yaml`, or a list of files, relative to the file that says so. Later files of the
 * list override earlier ones; a file's own content overrides them all. */
#ifndef NEOBAY_SCENARIO_EXTEND_H
#define NEOBAY_SCENARIO_EXTEND_H

#include "scenario/node.h"
#include "scenario/scenario.h"

enum { EXTEND_FILES = 200 }; /* files read for one scenario, repetitions counted */

/* The merged tree, a mapping of sections without `extends`; NULL, with faults, if any file cannot
 * be read or parsed or files extend each other in a circle. Appends the names of the files to
 * scenario->file. */
struct node *extend_read(struct scenario *scenario, struct node_store *store, const char *file,
                         struct faults *faults);

/* Lays further files over the merged tree: a name, or a list of them, that are relative to the file
 * `beside`, or to where we are where that is NULL; later ones win. False with a report. */
bool extend_lay(struct scenario *scenario, struct node_store *store, struct node *root,
                const struct node *names, const char *beside, struct faults *faults);

/* "dir/name" for a name given in the file "dir/file"; an absolute name stays. NULL if memory runs
 * out; free() it. */
char *extend_path(const char *file, const char *name);

#endif
