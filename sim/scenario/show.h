/* The effective scenario as YAML; see also scenario_show. */
#ifndef NEOBAY_SCENARIO_SHOW_H
#define NEOBAY_SCENARIO_SHOW_H

#include "scenario/scenario.h"

/* Appends what bears on the results: all but words. The fingerprint is its hash. */
void show_results(const struct scenario *scenario, struct text *out);

/* Appends the value of a leaf as a scenario would say it: 2023-08, O, 0.5. */
void show_leaf(const struct scenario *scenario, size_t leaf, struct text *out);

#endif
