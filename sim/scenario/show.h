/* The effective scenario as YAML; see also scenario_show. */
#ifndef NEOBAY_SCENARIO_SHOW_H
#define NEOBAY_SCENARIO_SHOW_H

#include "scenario/scenario.h"

/* Appends what bears on the results: all but words. The fingerprint is its hash. */
void show_results(const struct scenario *scenario, struct text *out);

#endif
