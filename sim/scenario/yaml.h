/* YAML text to a tree of nodes, by libyaml. */
#ifndef NEOBAY_SCENARIO_YAML_H
#define NEOBAY_SCENARIO_YAML_H

#include "scenario/node.h"

enum {
    YAML_FILE_BYTES = 16 << 20, /* the largest file that is read */
    YAML_ALIAS_NODES = 200000,  /* what aliases may add to a file's own nodes */
    YAML_DEPTH = 100
};

/* Where YAML text comes from. Without lines (an override) every place is the name alone. */
struct yaml_origin {
    const char *file;
    bool lines;
};

/* Parses one document; an empty one is a null scalar. Returns NULL, with a report, if the syntax is
 * broken, bytes are not UTF-8, aliases expand without bound, or memory runs out. Repeated keys are
 * reported, and the first stays. */
struct node *yaml_parse(struct node_store *store, struct yaml_origin origin, const char *bytes,
                        size_t length, struct faults *faults);

/* Reads and parses a file; trouble with reading it is reported at `from`, which asked for it. */
struct node *yaml_read(struct node_store *store, const char *file, struct place from,
                       struct faults *faults);

#endif
