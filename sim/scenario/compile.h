/* From the merged tree to a scenario: names, leaves, effects, checks, in that order.
 *
 * A number that is missing or wrong stays NAN in centre.value, so that later checks, which compare,
 * pass it over: each mistake is told once. The functions below report what is wrong with the input
 * and go on; they return false only where memory runs out. */
#ifndef NEOBAY_SCENARIO_COMPILE_H
#define NEOBAY_SCENARIO_COMPILE_H

#include "scenario/node.h"
#include "scenario/scenario.h"

enum { COMPILE_TARGETS = 50, COMPILE_CELLS = 60000 };

struct compiler {
    struct scenario *scenario;
    struct faults *faults;
    struct node *root;
    struct place start;                          /* of the main file: for what is not there */
    const struct node **instance[SECTION_COUNT]; /* NULL where missing, or told to be wrong */
};

/* Compiles the tree into compiler->scenario, whose file names are set. */
bool compile(struct compiler *compiler);

/* Names of instances, checked; their number in centre.count. */
bool compile_names(struct compiler *compiler);

/* All fields but effects: scalars, texts, mixes. */
bool compile_fields(struct compiler *compiler);

/* Amounts in all effects of the tree; then the effects themselves. */
size_t compile_count_effects(const struct compiler *compiler);
bool compile_effects(struct compiler *compiler);

/* What no single field can tell: dates within the clock, targets, paths of one hash. */
bool compile_checks(struct compiler *compiler);

/* "zones.T" or "exit", then ".field" unless NULL, then ".part" unless NULL. NULL if memory runs
 * out; free() it. */
char *compile_path(const struct compiler *compiler, enum section_id section, size_t instance,
                   const char *field, const char *part);

/* Reports at `at` that `path` is wrong as `says`, with the nearest of some names if one is near. */
void compile_unknown(struct compiler *compiler, struct place at, const char *path, const char *says,
                     const char *nearest);

#endif
