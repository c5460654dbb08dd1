#include "scenario/extend.h"

#include "base/memory.h"
#include "scenario/merge.h"
#include "scenario/yaml.h"

#include <stdlib.h>
#include <string.h>

/* The files being read, innermost first: one that comes again closes a circle. */
struct chain {
    const struct chain *outer;
    const char *file;
    char *real; /* the file's one true path, or NULL */
};

struct reading {
    struct scenario *scenario;
    struct node_store *store;
    struct faults *faults;
    size_t reads;
};

static struct node *read_file(struct reading *reading, const char *file, struct place from,
                              const struct chain *outer);

char *extend_path(const char *file, const char *name)
{
    const char *slash = strrchr(file, '/');
    size_t folder = name[0] == '/' || slash == NULL ? 0 : (size_t)(slash - file) + 1;
    size_t length = strlen(name) + 1;
    char *path = malloc(folder + length);
    if (path == NULL)
        return NULL;
    memcpy(path, file, folder);
    memcpy(path + folder, name, length);
    return path;
}

static const char *keep_name(struct reading *reading, const char *file)
{
    struct scenario *scenario = reading->scenario;
    for (size_t i = 0; i < scenario->file_count; i++)
        if (strcmp(scenario->file[i], file) == 0)
            return scenario->file[i];
    char *copy = memory_copy_text(file);
    char **grown = realloc(scenario->file, (scenario->file_count + 1) * sizeof *grown);
    if (grown != NULL)
        scenario->file = grown;
    if (copy == NULL || grown == NULL) {
        free(copy);
        fault_memory(reading->faults, "reading the scenario");
        return NULL;
    }
    return grown[scenario->file_count++] = copy;
}

static void tell_chain(const struct chain *chain, const char *real, struct text *out)
{
    /* Outermost first, from where the circle starts. */
    if (chain->real == NULL || strcmp(chain->real, real) != 0)
        tell_chain(chain->outer, real, out);
    text_append(out, "%s -> ", chain->file);
}

static bool check_circle(struct reading *reading, const char *file, const char *real,
                         struct place from, const struct chain *outer)
{
    const struct chain *same = outer;
    while (same != NULL && (real == NULL || same->real == NULL || strcmp(same->real, real) != 0))
        same = same->outer;
    if (same == NULL)
        return true;
    struct text told = {0};
    tell_chain(outer, real, &told);
    if (told.failed)
        fault_memory(reading->faults, "reading the scenario");
    else
        fault_input(reading->faults, from, "files extend each other in a circle: %s%s", told.bytes,
                    file);
    text_clear(&told);
    return false;
}

static bool read_base(struct reading *reading, const struct node *name, const struct chain *chain,
                      struct node **merged)
{
    if (name->kind != NODE_SCALAR || node_is_null(name))
        return fault_input(reading->faults, name->at,
                           "extends expects the name of a file, or a list of names");
    char *path = extend_path(chain->file, name->text);
    if (path == NULL)
        return fault_memory(reading->faults, "reading the scenario");
    struct node *base = read_file(reading, path, name->at, chain);
    free(path);
    if (base == NULL)
        return false;
    if (*merged == NULL)
        *merged = base;
    else
        merge_roots(*merged, base);
    return true;
}

static bool read_bases(struct reading *reading, const struct node *extends,
                       const struct chain *chain, struct node **merged)
{
    if (extends->kind != NODE_SEQUENCE)
        return read_base(reading, extends, chain, merged);
    bool read = true;
    for (const struct node *name = extends->first; name != NULL; name = name->next)
        read &= read_base(reading, name, chain, merged);
    return read;
}

static struct node *extend_root(struct reading *reading, struct node *root,
                                const struct chain *chain)
{
    if (node_is_null(root))
        root->kind = NODE_MAPPING;
    if (root->kind != NODE_MAPPING) {
        fault_input(reading->faults, root->at, "a scenario is a mapping of sections");
        return NULL;
    }
    const struct node *extends = node_find(root, "extends");
    if (extends == NULL)
        return root;
    node_remove(root, extends);
    struct node *merged = NULL;
    if (!read_bases(reading, extends, chain, &merged))
        return NULL;
    if (merged == NULL)
        return root;
    merge_roots(merged, root);
    return merged;
}

static struct node *read_file(struct reading *reading, const char *file, struct place from,
                              const struct chain *outer)
{
    struct node *root = NULL;
    struct chain chain = {.outer = outer, .real = realpath(file, NULL)};
    if (++reading->reads > EXTEND_FILES) {
        fault_input(reading->faults, from, "more than %d files are extended", EXTEND_FILES);
        goto done;
    }
    if (!check_circle(reading, file, chain.real, from, outer))
        goto done;
    chain.file = keep_name(reading, file);
    if (chain.file == NULL)
        goto done;
    root = yaml_read(reading->store, chain.file, from, reading->faults);
    if (root != NULL)
        root = extend_root(reading, root, &chain);
done:
    free(chain.real);
    return root;
}

struct node *extend_read(struct scenario *scenario, struct node_store *store, const char *file,
                         struct faults *faults)
{
    struct reading reading = {.scenario = scenario, .store = store, .faults = faults};
    return read_file(&reading, file, (struct place){0}, NULL);
}

bool extend_lay(struct scenario *scenario, struct node_store *store, struct node *root,
                const struct node *names, const char *beside, struct faults *faults)
{
    struct reading reading = {.scenario = scenario, .store = store, .faults = faults};
    const struct chain chain = {.file = beside == NULL ? "" : beside};
    return read_bases(&reading, names, &chain, &root);
}
