/* What a batch file lays over a scenario. */
#ifndef NEOBAY_STUDY_CHANGE_H
#define NEOBAY_STUDY_CHANGE_H

#include "scenario/override.h"

/* The override of a path by a value that stands in a batch file; borrows all three. */
struct override change_override(const char *file, const char *path, const struct node *value);

/* Appends what names and tables call the value: 0.5, no-plan+shock-downturn. */
void change_label(const char *path, const struct node *value, struct text *out);

#endif
