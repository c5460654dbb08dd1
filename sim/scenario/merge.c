#include "scenario/merge.h"

#include "scenario/schema.h"

/* How one child of two mappings is laid over the one of the same key in `parent`. */
typedef void merge_rule(struct node *parent, struct node *below, struct node *above,
                        const struct section *section);

static void merge_children(struct node *base, struct node *over, merge_rule *rule,
                           const struct section *section)
{
    for (struct node *child = over->first, *next; child != NULL; child = next) {
        next = child->next;
        struct node *below = node_find(base, child->key);
        if (below == NULL)
            node_append(base, child);
        else
            rule(base, below, child, section);
    }
}

static bool both_mappings(const struct node *a, const struct node *b)
{
    return a->kind == NODE_MAPPING && b->kind == NODE_MAPPING;
}

/* An explicit null. A blank removes nothing: it is what is left of a mapping without lines. */
static bool removes(const struct node *node)
{
    return node_is_null(node) && !node_is_blank(node);
}

static void merge_effect(struct node *parent, struct node *below, struct node *above,
                         const struct section *section)
{
    (void)section;
    if (removes(above))
        node_remove(parent, below);
    else
        node_replace(below, above);
}

static void merge_field(struct node *parent, struct node *below, struct node *above,
                        const struct section *section)
{
    const struct field *field = section_field(section, above->key);
    if (removes(above))
        node_remove(parent, below);
    else if (field != NULL && field->kind == FIELD_EFFECTS && both_mappings(below, above))
        merge_children(below, above, merge_effect, section);
    else
        node_replace(below, above);
}

static void merge_instance(struct node *parent, struct node *below, struct node *above,
                           const struct section *section)
{
    if (removes(above))
        node_remove(parent, below);
    else if (node_is_blank(above))
        return;
    else if (both_mappings(below, above))
        merge_children(below, above, merge_field, section);
    else
        node_replace(below, above);
}

static void merge_section(struct node *parent, struct node *below, struct node *above,
                          const struct section *section)
{
    (void)section;
    enum section_id id = section_find(above->key);
    if (removes(above)) {
        node_remove(parent, below);
        return;
    }
    if (node_is_blank(above))
        return;
    if (id == SECTION_COUNT || !both_mappings(below, above))
        node_replace(below, above);
    else if (schema()[id].shape == SECTION_ONE)
        merge_children(below, above, merge_field, &schema()[id]);
    else
        merge_children(below, above, merge_instance, &schema()[id]);
}

void merge_roots(struct node *base, struct node *over)
{
    merge_children(base, over, merge_section, NULL);
}
