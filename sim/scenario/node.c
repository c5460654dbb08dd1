#include "scenario/node.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 16, LONGEST_FLOW = 80 };

struct node_block {
    struct node_block *next;
    size_t used, size;
    _Alignas(max_align_t) char bytes[];
};

void node_store_clear(struct node_store *store)
{
    while (store->block != NULL) {
        struct node_block *next = store->block->next;
        free(store->block);
        store->block = next;
    }
}

static void *take(struct node_store *store, size_t bytes)
{
    size_t wanted = (bytes + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    struct node_block *block = store->block;
    if (block == NULL || block->size - block->used < wanted) {
        size_t size = wanted > BLOCK_BYTES ? wanted : BLOCK_BYTES;
        block = malloc(sizeof *block + size);
        if (block == NULL)
            return NULL;
        *block = (struct node_block){.next = store->block, .size = size};
        store->block = block;
    }
    block->used += wanted;
    return block->bytes + block->used - wanted;
}

struct node *node_new(struct node_store *store)
{
    struct node *node = take(store, sizeof *node);
    return node == NULL ? NULL : memset(node, 0, sizeof *node);
}

char *node_text(struct node_store *store, const char *bytes, size_t length)
{
    char *text = take(store, length + 1);
    if (text == NULL)
        return NULL;
    memcpy(text, bytes, length);
    text[length] = '\0';
    return text;
}

const struct node node_null = {.kind = NODE_SCALAR, .text = "~"};

struct node *node_copy(struct node_store *store, const struct node *from)
{
    struct node *node = node_new(store);
    if (node == NULL)
        return NULL;
    *node = *from;
    node->next = NULL;
    struct node **end = &node->first;
    for (const struct node *child = from->first; child != NULL; child = child->next) {
        *end = node_copy(store, child);
        if (*end == NULL)
            return NULL;
        end = &(*end)->next;
    }
    return node;
}

struct node *node_find(const struct node *mapping, const char *key)
{
    if (mapping == NULL || mapping->kind != NODE_MAPPING)
        return NULL;
    struct node *child = mapping->first;
    while (child != NULL && strcmp(child->key, key) != 0)
        child = child->next;
    return child;
}

void node_append(struct node *parent, struct node *child)
{
    struct node **end = &parent->first;
    while (*end != NULL)
        end = &(*end)->next;
    *end = child;
    child->next = NULL;
}

void node_remove(struct node *parent, const struct node *child)
{
    for (struct node **link = &parent->first; *link != NULL; link = &(*link)->next)
        if (*link == child) {
            *link = child->next;
            return;
        }
}

void node_replace(struct node *node, const struct node *value)
{
    struct node *next = node->next;
    *node = *value;
    node->next = next;
}

bool node_is_blank(const struct node *node)
{
    return node->kind == NODE_SCALAR && !node->quoted && node->text[0] == '\0';
}

bool node_is_null(const struct node *node)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    if (node->kind != NODE_SCALAR || node->quoted)
        return false;
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
        if (strcmp(node->text, nulls[i]) == 0)
            return true;
    return false;
}

size_t node_count(const struct node *parent)
{
    size_t count = 0;
    for (const struct node *child = parent->first; child != NULL; child = child->next)
        count++;
    return count;
}

static void flow(const struct node *node, size_t limit, struct text *out)
{
    if (node->kind == NODE_SCALAR) {
        const char *quote = node->quoted ? "\"" : "";
        text_append(out, "%s%.*s%s", quote, LONGEST_FLOW, node_is_null(node) ? "null" : node->text,
                    quote);
        return;
    }
    text_append(out, node->kind == NODE_MAPPING ? "{" : "[");
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        if (out->length > limit) {
            text_append(out, "...");
            break;
        }
        if (child->key != NULL)
            text_append(out, "%s: ", child->key);
        flow(child, limit, out);
        if (child->next != NULL)
            text_append(out, ", ");
    }
    text_append(out, node->kind == NODE_MAPPING ? "}" : "]");
}

void node_flow(const struct node *node, struct text *out)
{
    flow(node, out->length + LONGEST_FLOW, out);
}
