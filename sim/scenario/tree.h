/* The merged tree of a scenario file and all that it extends, read once for many scenarios.
 *
 * Scenarios that differ by overrides are compiled from copies of it, without reading a file again.
 */
#ifndef NEOBAY_SCENARIO_TREE_H
#define NEOBAY_SCENARIO_TREE_H

#include "scenario/override.h"

struct tree {
    struct node_store store;
    struct node *root;
    struct scenario *names; /* of the files read; nothing else of it is set */
};

/* Reads a file; on failure there is nothing to clear. */
bool tree_read(struct tree *tree, const char *file, struct faults *faults);
void tree_clear(struct tree *tree);

/* The scenario of the tree as it was read, with overrides laid over it in order; without a
 * fingerprint, which stays 0. NULL with faults, in the order of files and then of places. Any
 * thread may; the scenario does not depend on the tree afterwards, but places in it borrow from the
 * overrides. */
struct scenario *tree_scenario(const struct tree *tree, const struct override *override,
                               size_t count, struct faults *faults);

/* The same of a file, which is read; with a fingerprint. */
struct scenario *tree_load(const char *file, const struct override *override, size_t count,
                           struct faults *faults);

#endif
