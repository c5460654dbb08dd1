/* Laying one scenario over another: what the later file says overrides the earlier.
 *
 * Sections merge by key, MANY sections instance by instance and field by field, EFFECTS path by
 * path. Any other value, a distribution, series or mix among them, is replaced whole. A null in
 * place of an instance or an effect removes it. What is new comes after what was there. */
#ifndef NEOBAY_SCENARIO_MERGE_H
#define NEOBAY_SCENARIO_MERGE_H

#include "scenario/node.h"

/* Moves the nodes of `over` into `base`; both are mappings of sections. */
void merge_roots(struct node *base, struct node *over);

#endif
