#include "scenario/yaml.h"

#include "base/file.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* One conversion of libyaml's document, whose aliases may share or even contain themselves, to a
 * plain tree. */
struct conversion {
    struct node_store *store;
    struct yaml_origin origin;
    yaml_document_t *document;
    bool *open;    /* [node]: being converted, so that meeting it again is a circle */
    size_t budget; /* nodes and text that may still be made */
    struct faults *faults;
};

static struct place place_of(struct yaml_origin origin, yaml_mark_t mark)
{
    if (!origin.lines)
        return (struct place){.file = origin.file};
    return (struct place){origin.file, (unsigned)mark.line + 1, (unsigned)mark.column + 1};
}

static struct node *convert(struct conversion *conversion, int index, int depth);

static bool spend(struct conversion *conversion, size_t cost, struct place at)
{
    if (cost > conversion->budget)
        return fault_input(conversion->faults, at, "aliases expand to more than %d further values",
                           YAML_ALIAS_NODES);
    conversion->budget -= cost;
    return true;
}

static bool convert_scalar(struct conversion *conversion, const yaml_node_t *from,
                           struct node *node)
{
    const char *bytes = (const char *)from->data.scalar.value;
    size_t length = from->data.scalar.length;
    if (memchr(bytes, 0, length) != NULL)
        return fault_input(conversion->faults, node->at, "text contains a zero byte");
    /* Long text behind aliases is paid for like values, so that it cannot fill memory either. */
    if (!spend(conversion, length / 64, node->at))
        return false;
    node->kind = NODE_SCALAR;
    node->quoted = from->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->text = node_text(conversion->store, bytes, length);
    return node->text != NULL || fault_memory(conversion->faults, "reading the scenario");
}

static bool convert_sequence(struct conversion *conversion, const yaml_node_t *from,
                             struct node *node, int depth)
{
    node->kind = NODE_SEQUENCE;
    struct node **end = &node->first;
    for (const int *item = from->data.sequence.items.start; item < from->data.sequence.items.top;
         item++) {
        *end = convert(conversion, *item, depth + 1);
        if (*end == NULL)
            return false;
        end = &(*end)->next;
    }
    return true;
}

static bool convert_pair(struct conversion *conversion, const yaml_node_pair_t *pair, int depth,
                         struct node **out)
{
    struct node *key = convert(conversion, pair->key, depth + 1);
    if (key == NULL)
        return false;
    if (key->kind != NODE_SCALAR)
        return fault_input(conversion->faults, key->at,
                           "a key must be a name, not a list or mapping");
    if (strcmp(key->text, "<<") == 0 && !key->quoted)
        return fault_input(
            conversion->faults, key->at,
            "merge keys (<<) are not read; use extends, or an alias for a whole value");
    *out = convert(conversion, pair->value, depth + 1);
    if (*out == NULL)
        return false;
    (*out)->key = key->text;
    (*out)->key_at = key->at;
    return true;
}

static int compare_keys(const void *left, const void *right)
{
    const struct node *a = *(struct node *const *)left, *b = *(struct node *const *)right;
    int order = strcmp(a->key, b->key);
    if (order != 0)
        return order;
    if (a->key_at.line != b->key_at.line)
        return a->key_at.line > b->key_at.line ? 1 : -1;
    return (a->key_at.column > b->key_at.column) - (a->key_at.column < b->key_at.column);
}

static void drop_repeated(struct conversion *conversion, struct node *mapping, struct node **sorted,
                          size_t count)
{
    size_t kept = 0;
    for (size_t i = 1; i < count; i++) {
        if (strcmp(sorted[i]->key, sorted[kept]->key) != 0) {
            kept = i;
            continue;
        }
        if (conversion->origin.lines)
            fault_input(conversion->faults, sorted[i]->key_at,
                        "key %s is repeated; it was first given in line %u", sorted[i]->key,
                        sorted[kept]->key_at.line);
        else
            fault_input(conversion->faults, sorted[i]->key_at, "key %s is repeated",
                        sorted[i]->key);
        node_remove(mapping, sorted[i]);
    }
}

static bool check_repeated(struct conversion *conversion, struct node *mapping)
{
    size_t count = node_count(mapping), at = 0;
    if (count < 2)
        return true;
    struct node **sorted = malloc(count * sizeof *sorted);
    if (sorted == NULL)
        return fault_memory(conversion->faults, "reading the scenario");
    for (struct node *child = mapping->first; child != NULL; child = child->next)
        sorted[at++] = child;
    qsort(sorted, count, sizeof *sorted, compare_keys);
    drop_repeated(conversion, mapping, sorted, count);
    free(sorted);
    return true;
}

static bool convert_mapping(struct conversion *conversion, const yaml_node_t *from,
                            struct node *node, int depth)
{
    node->kind = NODE_MAPPING;
    struct node **end = &node->first;
    for (const yaml_node_pair_t *pair = from->data.mapping.pairs.start;
         pair < from->data.mapping.pairs.top; pair++) {
        if (!convert_pair(conversion, pair, depth, end))
            return false;
        end = &(*end)->next;
    }
    return check_repeated(conversion, node);
}

/* A number is what its tag says. Other tags say no more than the text does. */
static void check_tag(struct conversion *conversion, const yaml_node_t *from,
                      const struct node *node)
{
    const char *tag = from->tag == NULL ? "" : strrchr((const char *)from->tag, ':');
    bool whole = strcmp(tag, ":int") == 0, number = whole || strcmp(tag, ":float") == 0;
    double value;
    bool read = number && text_number_read(node->text, &value);
    if (number && !(read && (!whole || value == floor(value))))
        fault_input(conversion->faults, node->at, "!!%s %s is no %s", tag + 1, node->text,
                    whole ? "whole number" : "number");
}

static bool convert_into(struct conversion *conversion, const yaml_node_t *from, struct node *node,
                         int depth)
{
    static const char core[] = "tag:yaml.org,2002:";
    if (from->tag != NULL && strncmp((const char *)from->tag, core, sizeof core - 1) != 0)
        return fault_input(conversion->faults, node->at, "tags such as %s are not read", from->tag);
    switch (from->type) {
    case YAML_SCALAR_NODE:
        if (!convert_scalar(conversion, from, node))
            return false;
        check_tag(conversion, from, node);
        return true;
    case YAML_SEQUENCE_NODE:
        return convert_sequence(conversion, from, node, depth);
    default:
        return convert_mapping(conversion, from, node, depth);
    }
}

static struct node *convert(struct conversion *conversion, int index, int depth)
{
    const yaml_node_t *from = yaml_document_get_node(conversion->document, index);
    struct place at = place_of(conversion->origin, from->start_mark);
    if (conversion->open[index]) {
        fault_input(conversion->faults, at, "an alias stands inside the very value that it names");
        return NULL;
    }
    if (depth > YAML_DEPTH) {
        fault_input(conversion->faults, at, "nested more than %d deep", YAML_DEPTH);
        return NULL;
    }
    if (!spend(conversion, 1, at))
        return NULL;
    struct node *node = node_new(conversion->store);
    if (node == NULL) {
        fault_memory(conversion->faults, "reading the scenario");
        return NULL;
    }
    node->at = at;
    conversion->open[index] = true;
    bool converted = convert_into(conversion, from, node, depth);
    conversion->open[index] = false;
    return converted ? node : NULL;
}

static struct node *convert_document(struct node_store *store, struct yaml_origin origin,
                                     yaml_document_t *document, size_t length,
                                     struct faults *faults)
{
    size_t nodes = (size_t)(document->nodes.top - document->nodes.start);
    struct conversion conversion = {
        .store = store,
        .origin = origin,
        .document = document,
        .open = calloc(nodes + 1, sizeof(bool)),
        .budget = nodes + length / 64 + YAML_ALIAS_NODES,
        .faults = faults,
    };
    if (conversion.open == NULL) {
        fault_memory(faults, "reading the scenario");
        return NULL;
    }
    struct node *root = convert(&conversion, 1, 0);
    free(conversion.open);
    return root;
}

static struct node *empty_document(struct node_store *store, struct yaml_origin origin,
                                   struct faults *faults)
{
    struct node *node = node_new(store);
    if (node == NULL) {
        fault_memory(faults, "reading the scenario");
        return NULL;
    }
    node->text = "";
    node->at = place_of(origin, (yaml_mark_t){0});
    return node;
}

/* Line and column of a byte: libyaml tells no more of bytes that are not UTF-8. */
static struct place place_of_byte(struct yaml_origin origin, const char *bytes, size_t offset)
{
    yaml_mark_t mark = {0};
    for (size_t i = 0; i < offset; i++) {
        mark.column = bytes[i] == '\n' ? 0 : mark.column + 1;
        mark.line += bytes[i] == '\n';
    }
    return place_of(origin, mark);
}

static void report_syntax(const yaml_parser_t *parser, struct yaml_origin origin, const char *bytes,
                          struct faults *faults)
{
    const char *problem = parser->problem;
    if (problem == NULL) /* libyaml names every problem but want of memory, and not always that */
        fault_memory(faults, "reading the scenario");
    else if (parser->error == YAML_READER_ERROR)
        fault_input(faults, place_of_byte(origin, bytes, parser->problem_offset),
                    "not text in UTF-8: %s", problem);
    else if (parser->context != NULL && origin.lines &&
             parser->context_mark.line != parser->problem_mark.line)
        fault_input(faults, place_of(origin, parser->problem_mark),
                    "not valid YAML: %s, %s that began in line %zu", problem, parser->context,
                    parser->context_mark.line + 1);
    else
        fault_input(faults, place_of(origin, parser->problem_mark), "not valid YAML: %s%s%s",
                    problem, parser->context == NULL ? "" : ", ",
                    parser->context == NULL ? "" : parser->context);
}

/* Whether nothing but the end of the stream follows. */
static bool check_single(yaml_parser_t *parser, struct yaml_origin origin, const char *bytes,
                         struct faults *faults)
{
    yaml_document_t document;
    if (!yaml_parser_load(parser, &document)) {
        report_syntax(parser, origin, bytes, faults);
        return false;
    }
    bool single = yaml_document_get_root_node(&document) == NULL;
    if (!single)
        fault_input(faults, place_of(origin, document.start_mark),
                    "a second document starts here; a scenario is one");
    yaml_document_delete(&document);
    return single;
}

/* Editors of some systems put a byte order mark before the first line. */
static size_t mark_length(const char *bytes, size_t length)
{
    static const char mark[] = {'\xEF', '\xBB', '\xBF'};
    return length >= sizeof mark && memcmp(bytes, mark, sizeof mark) == 0 ? sizeof mark : 0;
}

static struct node *parse_with(yaml_parser_t *parser, struct node_store *store,
                               struct yaml_origin origin, const char *bytes, size_t length,
                               struct faults *faults)
{
    yaml_document_t document;
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(parser, (const unsigned char *)bytes, length);
    if (!yaml_parser_load(parser, &document)) {
        report_syntax(parser, origin, bytes, faults);
        return NULL;
    }
    struct node *root;
    if (yaml_document_get_root_node(&document) == NULL)
        root = empty_document(store, origin, faults);
    else
        root = convert_document(store, origin, &document, length, faults);
    bool empty = yaml_document_get_root_node(&document) == NULL;
    yaml_document_delete(&document);
    if (root != NULL && !empty && !check_single(parser, origin, bytes, faults))
        return NULL;
    return root;
}

struct node *yaml_parse(struct node_store *store, struct yaml_origin origin, const char *bytes,
                        size_t length, struct faults *faults)
{
    yaml_parser_t parser;
    size_t mark = mark_length(bytes, length);
    if (!yaml_parser_initialize(&parser)) {
        fault_memory(faults, "reading the scenario");
        return NULL;
    }
    struct node *root = parse_with(&parser, store, origin, bytes + mark, length - mark, faults);
    yaml_parser_delete(&parser);
    return root;
}

/* Says why a file could not be read, by errno. */
static bool report_unreadable(struct faults *faults, const char *file, struct place from)
{
    if (errno == ENOMEM)
        return fault_memory(faults, "reading the scenario");
    if (errno == EFBIG)
        return fault_input(faults, from, "cannot read %s: it is larger than 16 MB", file);
    return fault_input(faults, from, "cannot read %s: %s", file, strerror(errno));
}

struct node *yaml_read(struct node_store *store, const char *file, struct place from,
                       struct faults *faults)
{
    char *bytes;
    size_t length;
    if (!file_read(file, YAML_FILE_BYTES, &bytes, &length)) {
        report_unreadable(faults, file, from);
        return NULL;
    }
    struct node *root = yaml_parse(store, (struct yaml_origin){file, true}, bytes, length, faults);
    free(bytes);
    return root;
}
