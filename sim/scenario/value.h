/* Reading numbers: plain ones, distributions, dated series. */
#ifndef NEOBAY_SCENARIO_VALUE_H
#define NEOBAY_SCENARIO_VALUE_H

#include "scenario/node.h"
#include "scenario/scenario.h"

/* Reads a plain number in the field's range into *value; else faults, with `path` as its name. */
bool value_number(struct faults *faults, const char *path, const struct field *field,
                  const struct node *node, double *value);

/* Reads a whole number in the field's range. */
bool value_whole(struct faults *faults, const char *path, const struct field *field,
                 const struct node *node, double *value);

/* Reads a number, distribution or series into the leaf, whose path and field are set. *centre
 * becomes the number, the median, or the first value of the series. */
bool value_leaf(struct faults *faults, struct leaf *leaf, const struct node *node, double *centre);

/* Reports that the node is not what its field expects. */
bool value_unexpected(struct faults *faults, const char *path, const struct node *node,
                      const char *expects);

/* Appends "{normal: [1, 0.5]}" and "{2021-01: 5800}" as a scenario spells them. */
void value_show_distribution(const struct distribution *distribution, struct text *out);
void value_show_series(const struct series *series, struct text *out);

#endif
