#include "scenario/tree.h"

#include "base/memory.h"
#include "scenario/compile.h"
#include "scenario/extend.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ steps */

static struct scenario *begin(struct faults *faults)
{
    struct scenario *scenario = calloc(1, sizeof *scenario);
    if (scenario == NULL)
        fault_memory(faults, "reading the scenario");
    return scenario;
}

/* Lays one override over the tree: files, or a value. */
static bool lay(struct scenario *scenario, struct node_store *store, struct node *root,
                const struct override *override, struct faults *own)
{
    if (strcmp(override->path, OVERRIDE_EXTENDS) != 0)
        return override_lay(override, store, root, own);
    if (override->value == NULL)
        return fault_input(own, override->at, "extends expects names of files, not a number");
    return extend_lay(scenario, store, root, override->value, override->beside, own);
}

/* Lays overrides over a tree, and compiles it. */
static bool finish(struct scenario *scenario, struct node_store *store, struct node *root,
                   const struct override *override, size_t count, struct faults *own)
{
    for (size_t i = 0; i < count; i++)
        lay(scenario, store, root, &override[i], own);
    struct compiler compiler = {
        .scenario = scenario, .faults = own, .root = root, .start = {scenario->file[0], 1, 1}};
    bool compiled = compile(&compiler);
    for (size_t s = 0; s < SECTION_COUNT; s++)
        free(compiler.instance[s]);
    return compiled;
}

/* What is told of no file comes first, then files in the order read, then overrides. */
static size_t rank_of(const void *context, const char *file)
{
    const struct scenario *scenario = context;
    if (file == NULL)
        return 0;
    for (size_t i = 0; i < scenario->file_count; i++)
        if (scenario->file[i] == file)
            return 1 + i;
    for (size_t i = 0; i < scenario->given_count; i++)
        if (scenario->given[i] == file)
            return 1 + scenario->file_count + i;
    return 1 + scenario->file_count + scenario->given_count;
}

static bool deliver_faults(const struct scenario *scenario, struct faults *own,
                           struct faults *faults)
{
    bool none = own->count == 0 && !own->truncated;
    faults_sort(own, rank_of, scenario);
    faults_take(faults, own);
    return none;
}

static struct scenario *deliver(struct scenario *scenario, bool compiled, struct faults *own,
                                struct faults *faults)
{
    if (deliver_faults(scenario, own, faults) && compiled)
        return scenario;
    scenario_free(scenario);
    return NULL;
}

/* Reads the file, and finishes; the scenario is delivered or freed. */
static struct scenario *load(struct scenario *scenario, struct node_store *store, const char *file,
                             const struct override *override, size_t count, struct faults *own,
                             struct faults *faults)
{
    struct node *root = extend_read(scenario, store, file, own);
    bool loaded = root != NULL && finish(scenario, store, root, override, count, own);
    if (loaded && own->count == 0 && !own->truncated && !scenario_set_fingerprint(scenario))
        fault_memory(own, "reading the scenario");
    return deliver(scenario, loaded, own, faults);
}

struct scenario *tree_load(const char *file, const struct override *override, size_t count,
                           struct faults *faults)
{
    struct faults own = {0};
    struct node_store store = {0};
    struct scenario *scenario = begin(faults);
    if (scenario != NULL)
        scenario = load(scenario, &store, file, override, count, &own, faults);
    node_store_clear(&store);
    return scenario;
}

/* ------------------------------------------------------------------ overrides as text */

/* Keeps "--set path=value" of each, which places borrow. */
static bool keep_texts(struct scenario *scenario, const char *const *overrides, size_t count)
{
    scenario->given = calloc(count + 1, sizeof *scenario->given);
    for (size_t i = 0; scenario->given != NULL && i < count; i++) {
        struct text given = {0};
        text_append(&given, OVERRIDE_PREFIX "%s", overrides[i]);
        if (given.failed) {
            text_clear(&given);
            return false;
        }
        scenario->given[scenario->given_count++] = given.bytes;
    }
    return scenario->given != NULL;
}

struct scenario *scenario_load(const char *file, const char *const *overrides,
                               size_t override_count, struct faults *faults)
{
    struct faults own = {0};
    struct node_store store = {0};
    size_t sound = 0;
    struct scenario *scenario = begin(faults);
    struct override *override = calloc(override_count + 1, sizeof *override);
    if (scenario == NULL || override == NULL || !keep_texts(scenario, overrides, override_count)) {
        if (scenario != NULL)
            fault_memory(faults, "reading the scenario");
        scenario_free(scenario);
        free(override);
        return NULL;
    }
    for (size_t i = 0; i < override_count; i++)
        sound += override_read(&override[sound], &store, scenario->given[i], &own);
    scenario = load(scenario, &store, file, override, sound, &own, faults);
    node_store_clear(&store);
    free(override);
    return scenario;
}

/* ------------------------------------------------------------------ reading and copying */

bool tree_read(struct tree *tree, const char *file, struct faults *faults)
{
    struct faults own = {0};
    *tree = (struct tree){.names = begin(faults)};
    if (tree->names == NULL)
        return false;
    tree->root = extend_read(tree->names, &tree->store, file, &own);
    bool read = deliver_faults(tree->names, &own, faults) && tree->root != NULL;
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

/* The name that the scenario has for a file of the tree, which may be gone before it. */
static const char *file_of(const struct scenario *from, const struct scenario *to, const char *file)
{
    for (size_t i = 0; i < from->file_count; i++)
        if (from->file[i] == file)
            return to->file[i];
    return file;
}

/* Texts stay those of the tree; names of files become those of the scenario. */
static void rename_files(struct node *node, const struct scenario *from, const struct scenario *to)
{
    for (; node != NULL; node = node->next) {
        node->at.file = file_of(from, to, node->at.file);
        node->key_at.file = file_of(from, to, node->key_at.file);
        rename_files(node->first, from, to);
    }
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

struct scenario *tree_scenario(const struct tree *tree, const struct override *override,
                               size_t count, struct faults *faults)
{
    struct faults own = {0};
    struct node_store store = {0};
    struct scenario *scenario = begin(faults);
    if (scenario == NULL)
        return NULL;
    struct node *root = copy_names(scenario, tree->names) ? node_copy(&store, tree->root) : NULL;
    rename_files(root, tree->names, scenario);
    bool compiled = root != NULL ? finish(scenario, &store, root, override, count, &own)
                                 : fault_memory(&own, "reading the scenario");
    node_store_clear(&store);
    return deliver(scenario, compiled, &own, faults);
}
