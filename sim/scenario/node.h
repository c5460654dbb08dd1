/* A tree of what a scenario file says, each node with its place. */
#ifndef NEOBAY_SCENARIO_NODE_H
#define NEOBAY_SCENARIO_NODE_H

#include "base/fault.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING };

/* A child of a mapping bears its key. Children are a list in the order of the file. */
struct node {
    enum node_kind kind;
    bool quoted; /* a scalar in quotes, or block text: never a number or null */
    struct place at, key_at;
    const char *text; /* of a scalar */
    const char *key;  /* NULL outside mappings */
    struct node *first, *next;
};

/* Memory of trees: blocks that are freed together. Zero-initialise; free with node_store_clear. */
struct node_store {
    struct node_block *block;
};

void node_store_clear(struct node_store *store);

/* A zeroed scalar node, a copy of some bytes as text; NULL if memory runs out. */
struct node *node_new(struct node_store *store);
char *node_text(struct node_store *store, const char *bytes, size_t length);

/* What removes whatever it is laid over. */
extern const struct node node_null;

/* A copy of a tree, its texts and places shared; NULL if memory runs out. */
struct node *node_copy(struct node_store *store, const struct node *from);

/* The child of this key, or NULL (also where `mapping` is NULL or no mapping). */
struct node *node_find(const struct node *mapping, const char *key);

void node_append(struct node *parent, struct node *child);
void node_remove(struct node *parent, const struct node *child);

/* Puts `value`, with its key and places, where `node` stands in its list. */
void node_replace(struct node *node, const struct node *value);

/* Whether the node says nothing: blank, ~ or null, without quotes; and whether it is blank. An
 * explicit null removes what is below it, a blank adds nothing. */
bool node_is_null(const struct node *node);
bool node_is_blank(const struct node *node);

size_t node_count(const struct node *parent);

/* Appends the node in flow form, "{normal: [1, 0.5]}", cut where it is long: for messages. */
void node_flow(const struct node *node, struct text *out);

#endif
