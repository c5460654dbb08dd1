/* The merged tree of a scenario file and all that it extends, read once for many scenarios.
 *
 * Scenarios that differ by overrides are compiled from copies of it, without reading a file again.
 */
#ifndef NEOBAY_SCENARIO_TREE_H
#define NEOBAY_SCENARIO_TREE_H

#include "scenario/node.h"
#include "scenario/report.h"

struct tree {
    struct node_store store;
    struct node *root;
    struct scenario *names; /* of the files read; nothing else of it is set */
};

/* Reads a file; on failure there is nothing to clear. */
bool tree_read(struct tree *tree, const char *file, struct faults *faults);
void tree_clear(struct tree *tree);

/* As scenario_load, from the tree as it was read, but for the fingerprint, which stays 0. Any
 * thread may; the scenario does not depend on the tree afterwards. */
struct scenario *tree_scenario(const struct tree *tree, const char *const *overrides,
                               size_t override_count, struct faults *faults);

/* Steps of the above and of scenario_load: an empty scenario that keeps its overrides, or NULL; the
 * overrides laid over a tree, which is compiled; a sound scenario delivered, or freed with faults.
 */
struct scenario *tree_begin(const char *const *overrides, size_t override_count,
                            struct faults *faults);
bool tree_compile(struct scenario *scenario, struct node_store *store, struct node *root,
                  struct reports *reports);
struct scenario *tree_deliver(struct scenario *scenario, bool compiled, struct reports *reports,
                              struct faults *faults);

#endif
