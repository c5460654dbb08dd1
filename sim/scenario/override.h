/* Overrides "path=value" of the command line, laid over the merged tree.
 *
 * The value is YAML. The path may hold a star for all instances, and may end at a section, an
 * instance, a field, a share of a mix, or an effect (whose own path has dots). */
#ifndef NEOBAY_SCENARIO_OVERRIDE_H
#define NEOBAY_SCENARIO_OVERRIDE_H

#include "scenario/node.h"
#include "scenario/report.h"

/* Applies one override; `origin` is its text "--set path=value", which places borrow. Returns false
 * with a report if it is malformed or leads to nothing. */
bool override_apply(struct node_store *store, struct node *root, const char *origin,
                    struct reports *reports);

#define OVERRIDE_PREFIX "--set "

#endif
