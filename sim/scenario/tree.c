#include "scenario/tree.h"

#include "base/memory.h"
#include "scenario/compile.h"
#include "scenario/extend.h"
#include "scenario/override.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ steps */

static bool keep_overrides(struct scenario *scenario, const char *const *overrides, size_t count)
{
    scenario->given = calloc(count + 1, sizeof *scenario->given);
    if (scenario->given == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct text given = {0};
        text_append(&given, OVERRIDE_PREFIX "%s", overrides[i]);
        if (given.failed) {
            text_clear(&given);
            return false;
        }
        scenario->given[scenario->given_count++] = given.bytes;
    }
    return true;
}

struct scenario *tree_begin(const char *const *overrides, size_t override_count,
                            struct faults *faults)
{
    struct scenario *scenario = calloc(1, sizeof *scenario);
    if (scenario != NULL && keep_overrides(scenario, overrides, override_count))
        return scenario;
    fault_memory(faults, "reading the scenario");
    scenario_free(scenario);
    return NULL;
}

/* Lays one override over the tree: files that it extends, or a value. */
static void lay(struct scenario *scenario, struct node_store *store, struct node *root,
                const char *given, struct reports *reports)
{
    if (strncmp(given, EXTEND_PREFIX, strlen(EXTEND_PREFIX)) == 0)
        extend_lay(scenario, store, root, given, reports);
    else
        override_apply(store, root, given, reports);
}

bool tree_compile(struct scenario *scenario, struct node_store *store, struct node *root,
                  struct reports *reports)
{
    for (size_t i = 0; i < scenario->given_count; i++)
        lay(scenario, store, root, scenario->given[i], reports);
    struct compiler compiler = {
        .scenario = scenario, .reports = reports, .root = root, .start = {scenario->file[0], 1, 1}};
    bool compiled = compile(&compiler);
    for (size_t s = 0; s < SECTION_COUNT; s++)
        free(compiler.instance[s]);
    return compiled;
}

struct scenario *tree_deliver(struct scenario *scenario, bool compiled, struct reports *reports,
                              struct faults *faults)
{
    if (reports_deliver(reports, scenario, faults) && compiled)
        return scenario;
    scenario_free(scenario);
    return NULL;
}

/* ------------------------------------------------------------------ reading and copying */

bool tree_read(struct tree *tree, const char *file, struct faults *faults)
{
    struct reports reports = {0};
    *tree = (struct tree){.names = tree_begin(NULL, 0, faults)};
    if (tree->names == NULL)
        return false;
    tree->root = extend_read(tree->names, &tree->store, file, &reports);
    bool read = reports_deliver(&reports, tree->names, faults) && tree->root != NULL;
    if (!read)
        tree_clear(tree);
    return read;
}

void tree_clear(struct tree *tree)
{
    node_store_clear(&tree->store);
    scenario_free(tree->names);
    *tree = (struct tree){0};
}

/* A copy under way. Texts stay those of the tree; names of files become those of the scenario,
 * which outlive it. */
struct copying {
    const struct scenario *from, *to;
    struct node_store *store;
    size_t last; /* file that was named last */
};

static const char *file_of(struct copying *copying, const char *file)
{
    for (size_t i = 0; i < copying->from->file_count; i++) {
        size_t which = (copying->last + i) % copying->from->file_count;
        if (copying->from->file[which] == file) {
            copying->last = which;
            return copying->to->file[which];
        }
    }
    return file;
}

/* NULL if memory runs out. */
static struct node *copy(struct copying *copying, const struct node *from)
{
    struct node *node = node_new(copying->store);
    if (node == NULL)
        return NULL;
    *node = *from;
    node->at.file = file_of(copying, from->at.file);
    node->key_at.file = file_of(copying, from->key_at.file);
    node->next = NULL;
    struct node **end = &node->first;
    for (const struct node *child = from->first; child != NULL; child = child->next) {
        *end = copy(copying, child);
        if (*end == NULL)
            return NULL;
        end = &(*end)->next;
    }
    return node;
}

static bool copy_names(struct scenario *scenario, const struct scenario *names)
{
    scenario->file = calloc(names->file_count + 1, sizeof *scenario->file);
    for (size_t i = 0; scenario->file != NULL && i < names->file_count; i++) {
        scenario->file[i] = memory_copy_text(names->file[i]);
        if (scenario->file[i] == NULL)
            return false;
        scenario->file_count++;
    }
    return scenario->file != NULL;
}

struct scenario *tree_scenario(const struct tree *tree, const char *const *overrides,
                               size_t override_count, struct faults *faults)
{
    struct reports reports = {0};
    struct node_store store = {0};
    struct scenario *scenario = tree_begin(overrides, override_count, faults);
    if (scenario == NULL)
        return NULL;
    struct copying copying = {.from = tree->names, .to = scenario, .store = &store};
    struct node *root = copy_names(scenario, tree->names) ? copy(&copying, tree->root) : NULL;
    bool compiled =
        root != NULL ? tree_compile(scenario, &store, root, &reports) : report_memory(&reports);
    node_store_clear(&store);
    return tree_deliver(scenario, compiled, &reports, faults);
}
