/* Paths of a scenario: steps with dots between them, zones.T.floor_area_m2. A star stands for any
 * one step: zones.*.shelter. */
#ifndef NEOBAY_SCENARIO_PATH_H
#define NEOBAY_SCENARIO_PATH_H

#include <stdbool.h>
#include <stddef.h>

#define PATH_STAR "*" /* the step that stands for all */

bool path_has_star(const char *path);

/* Whether a path, perhaps with stars, covers another one whole; and whether it covers it or what it
 * begins with. */
bool path_covers(const char *stars, const char *path);
bool path_covers_below(const char *stars, const char *path);

/* Cuts the first step off a path, in place; *rest becomes what follows, or NULL at its end. */
char *path_cut(char **rest);

/* Length of the first step; the last step. */
size_t path_first(const char *path);
const char *path_last(const char *path);

#endif
