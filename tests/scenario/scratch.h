/* A folder of its own for each test, with the fixture as base.yaml. */
#ifndef NEOBAY_TESTS_SCENARIO_SCRATCH_H
#define NEOBAY_TESTS_SCENARIO_SCRATCH_H

#include "scenario/scenario.h"

/* Enters a new empty folder and writes base.yaml; leaves and removes it. */
void scratch_enter(void);
void scratch_leave(void);

void scratch_write(const char *file, const char *bytes);

/* Loads a file, with one override unless NULL, and asserts that it is valid. */
struct scenario *scratch_load(const char *file, const char *override);

/* Loads "extends: base.yaml" followed by `more`. */
struct scenario *scratch_extend(const char *more);

/* All messages that a file, with one override unless NULL, earns; a line each. Free it. */
char *scratch_faults(const char *file, const char *override);

/* The value at a path, in the centre. */
double scratch_value(const struct scenario *scenario, const char *path);

/* The text of scenario_show. Free it. */
char *scratch_show(const struct scenario *scenario, bool comments);

#endif
