/* Overrides: values that are laid over the merged tree, where their paths lead.
 *
 * A path may hold a star for all instances, and may end at a section, an instance, a field, a share
 * of a mix, or an effect (whose own path has dots). The path `extends` lays further files over the
 * tree instead; later ones win.
 */
#ifndef NEOBAY_SCENARIO_OVERRIDE_H
#define NEOBAY_SCENARIO_OVERRIDE_H

#include "scenario/node.h"

/* All that it points to is borrowed, and places in what it makes are too. */
struct override {
    const char *path;
    const struct node *value; /* NULL: the number */
    double number;
    const char *beside; /* names of files are relative to this file; NULL: to where we are */
    struct place at;    /* where it was asked for */
};

#define OVERRIDE_PREFIX  "--set "
#define OVERRIDE_EXTENDS "extends"

/* Reads the text "--set path=value" whose value is YAML; the text is the place of all in it. Nodes
 * go to the store. False with a report if it is malformed. */
bool override_read(struct override *override, struct node_store *store, const char *text,
                   struct faults *faults);

/* Lays one that is no `extends` over a tree. False with a report if it leads to nothing. */
bool override_lay(const struct override *override, struct node_store *store, struct node *root,
                  struct faults *faults);

#endif
