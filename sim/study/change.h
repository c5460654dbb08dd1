/* What a batch file lays over a scenario, as text "path=value" that overrides take. */
#ifndef NEOBAY_STUDY_CHANGE_H
#define NEOBAY_STUDY_CHANGE_H

#include "scenario/node.h"

#define CHANGE_EXTENDS "extends"

/* Appends the node as YAML in flow form that reads back to the same node. */
void change_flow(const struct node *node, struct text *out);

/* Appends "path=value". The names of files that `extends` gives are taken relative to `file`. */
void change_text(const char *file, const char *path, const struct node *value, struct text *out);

/* Appends what names and tables call the value: 0.5, no-plan+shock-downturn. */
void change_label(const char *path, const struct node *value, struct text *out);

#endif
