#include "store/manifest.h"

#include "base/file.h"

#include "base/digest.h"
#include "engine/ensemble.h"
#include "scenario/yaml.h"
#include "store/file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20 };

/* The members of run.json under way. */
struct reader {
    struct manifest *manifest;
    const struct node *root;
    struct faults *faults;
};

/* ------------------------------------------------------------------ members */

static struct place place_of(const struct reader *reader, const struct node *node)
{
    return node != NULL ? node->at : (struct place){reader->manifest->path, 1, 1};
}

static bool bad(const struct reader *reader, const struct node *node, const char *name,
                const char *kind)
{
    if (node == NULL)
        return fault_input(reader->faults, place_of(reader, node),
                           "no member %s: the file was changed, or an older neobay wrote it; run "
                           "again what it speaks of",
                           name);
    return fault_input(reader->faults, node->at, "%s is not %s", name, kind);
}

static bool read_text(const struct reader *reader, const char *name, const char **value)
{
    const struct node *node = node_find(reader->root, name);
    if (node == NULL || node->kind != NODE_SCALAR || !node->quoted)
        return bad(reader, node, name, "a text in quotes");
    *value = node->text;
    return true;
}

static bool read_whole(const struct reader *reader, const char *name, uint64_t *value)
{
    const struct node *node = node_find(reader->root, name);
    size_t digits = node == NULL || node->kind != NODE_SCALAR ? 0 : strlen(node->text);
    errno = 0;
    if (digits == 0 || strspn(node->text, "0123456789") != digits)
        return bad(reader, node, name, "a whole number");
    *value = strtoull(node->text, NULL, 10);
    return errno == 0 || bad(reader, node, name, "a whole number below 2^64");
}

static bool read_number(const struct reader *reader, const char *name, double *value)
{
    const struct node *node = node_find(reader->root, name);
    char *end = NULL;
    if (node != NULL && node->kind == NODE_SCALAR && *node->text != '\0')
        *value = strtod(node->text, &end);
    return (end != NULL && *end == '\0') || bad(reader, node, name, "a number");
}

static bool read_yes(const struct reader *reader, const char *name, bool *value)
{
    const struct node *node = node_find(reader->root, name);
    bool scalar = node != NULL && node->kind == NODE_SCALAR;
    *value = scalar && strcmp(node->text, "true") == 0;
    return (scalar && (*value || strcmp(node->text, "false") == 0)) ||
           bad(reader, node, name, "true or false");
}

static bool read_digest(const struct reader *reader, const struct node *node, const char *name,
                        uint64_t *digest)
{
    return (node != NULL && node->kind == NODE_SCALAR && digest_read(node->text, digest)) ||
           bad(reader, node, name, "a digest of 16 hexadecimal digits");
}

/* ------------------------------------------------------------------ lists */

static bool read_overrides(const struct reader *reader)
{
    struct manifest *manifest = reader->manifest;
    const struct node *list = node_find(reader->root, "overrides");
    if (list == NULL || list->kind != NODE_SEQUENCE)
        return bad(reader, list, "overrides", "a list");
    manifest->overrides = calloc(node_count(list) + 1, sizeof *manifest->overrides);
    if (manifest->overrides == NULL)
        return fault_memory(reader->faults, "reading run.json");
    for (const struct node *item = list->first; item != NULL; item = item->next) {
        if (item->kind != NODE_SCALAR)
            return bad(reader, item, "overrides", "a list of texts");
        manifest->overrides[manifest->record.override_count++] = item->text;
    }
    manifest->record.overrides = manifest->overrides;
    return true;
}

static bool read_files(const struct reader *reader)
{
    struct manifest *manifest = reader->manifest;
    const struct node *files = node_find(reader->root, "files");
    bool ok = true;
    if (files == NULL || files->kind != NODE_MAPPING)
        return bad(reader, files, "files", "an object");
    manifest->file = calloc(node_count(files) + 1, sizeof *manifest->file);
    if (manifest->file == NULL)
        return fault_memory(reader->faults, "reading run.json");
    for (const struct node *node = files->first; ok && node != NULL; node = node->next) {
        struct manifest_file *file = &manifest->file[manifest->file_count++];
        file->name = node->key;
        ok = strchr(node->key, '/') == NULL ? read_digest(reader, node, node->key, &file->digest)
                                            : bad(reader, node, node->key, "a file of the folder");
    }
    return ok;
}

/* What wrote the results: the compiler, then libraries. Those not named stay NULL. */
static void read_makers(const struct reader *reader)
{
    struct run_record_maker *maker = reader->manifest->maker;
    run_record_makers(maker);
    const struct node *libraries = node_find(reader->root, "libraries");
    for (size_t i = 0; i < RUN_RECORD_MAKERS; i++) {
        const struct node *node = node_find(i == 0 ? reader->root : libraries, maker[i].name);
        maker[i].version = node != NULL && node->kind == NODE_SCALAR ? node->text : NULL;
    }
}

/* ------------------------------------------------------------------ the whole */

static bool read_run(const struct reader *reader)
{
    struct run_record *record = &reader->manifest->record;
    uint64_t threads = 0;
    bool ok = read_text(reader, "scenario", &record->scenario_file);
    ok &= read_whole(reader, "replicates", &record->replicates);
    ok &= read_yes(reader, "replicate_rows", &record->replicate_rows);
    ok &= read_whole(reader, "firms", &record->firms);
    if (node_find(reader->root, "limits") != NULL) /* older versions wrote none */
        ok &= read_yes(reader, "limits", &record->limits);
    ok &= read_whole(reader, "threads", &threads);
    record->threads = (int)threads;
    if (ok && record->replicates > record->replicates_asked)
        ok = bad(reader, node_find(reader->root, "replicates"), "replicates",
                 "replicates_asked or fewer");
    return ok && read_overrides(reader);
}

static bool read_batch(const struct reader *reader)
{
    struct manifest *manifest = reader->manifest;
    bool ok = read_text(reader, "shard", &manifest->shard);
    ok &= read_whole(reader, "points", &manifest->points);
    return read_whole(reader, "points_done", &manifest->points_done) && ok;
}

static bool read_all(const struct reader *reader)
{
    struct manifest *manifest = reader->manifest;
    struct run_record *record = &manifest->record;
    const struct node *fingerprint = node_find(reader->root, "fingerprint");
    uint64_t strata = 0, most = ENSEMBLE_MOST_REPLICATES;
    bool ok = read_text(reader, "command", &manifest->command);
    ok &= read_text(reader, "version", &manifest->version);
    ok &= read_text(reader, "commit", &manifest->commit);
    ok &= read_digest(reader, fingerprint, "fingerprint", &manifest->fingerprint);
    ok &= read_whole(reader, "seed", &record->seed);
    ok &= read_whole(reader, "replicates_asked", &record->replicates_asked);
    ok &= read_whole(reader, "strata", &strata);
    ok &= read_number(reader, "precision", &record->precision);
    ok &= read_files(reader);
    if (ok && (record->replicates_asked == 0 || record->replicates_asked > most))
        ok = bad(reader, node_find(reader->root, "replicates_asked"), "replicates_asked",
                 "within [1, 10000000]");
    if (ok && strata != 0 && strata != DRAW_BLOCK)
        ok = bad(reader, node_find(reader->root, "strata"), "strata",
                 "0 or 100; an older version made these results: run the scenario again");
    record->strata = (uint32_t)strata;
    read_makers(reader);
    return ok && (manifest_is_run(manifest) || manifest_is_library(manifest) ? read_run(reader)
                                                                             : read_batch(reader));
}

static struct node *parse(struct manifest *manifest, struct faults *faults)
{
    char *bytes = NULL;
    size_t length = 0;
    if (!file_read(manifest->path, MOST_BYTES, &bytes, &length)) {
        if (errno == ENOMEM)
            fault_memory(faults, "reading run.json");
        else
            fault_input(faults, (struct place){.file = manifest->path},
                        "cannot be read: %s; give the folder of a run or batch, such as out/NAME",
                        strerror(errno));
        return NULL;
    }
    struct node *root = yaml_parse(&manifest->store, (struct yaml_origin){manifest->path, true},
                                   bytes, length, faults);
    free(bytes);
    if (root != NULL && root->kind != NODE_MAPPING) {
        fault_input(faults, (struct place){manifest->path, 1, 1}, "is no JSON object");
        root = NULL;
    }
    return root;
}

bool manifest_read(struct manifest *manifest, const char *folder, struct faults *faults)
{
    struct text path = {0};
    text_append(&path, "%s/" RECORD_NAME, folder);
    *manifest = (struct manifest){.path = path.bytes};
    size_t before = faults->count;
    bool ok = !path.failed || fault_memory(faults, "reading run.json");
    const struct node *root = ok ? parse(manifest, faults) : NULL;
    ok = root != NULL && faults->count == before &&
         read_all(&(struct reader){manifest, root, faults});
    if (!ok)
        manifest_clear(manifest);
    return ok;
}

bool manifest_find(struct manifest *manifest, const char *folder)
{
    struct faults unread = {0};
    bool found = manifest_read(manifest, folder, &unread);
    faults_clear(&unread);
    return found;
}

void manifest_clear(struct manifest *manifest)
{
    node_store_clear(&manifest->store);
    free(manifest->overrides);
    free(manifest->file);
    free(manifest->path);
    *manifest = (struct manifest){0};
}

bool manifest_is_run(const struct manifest *manifest)
{
    return manifest->command != NULL && strcmp(manifest->command, "run") == 0;
}

bool manifest_is_library(const struct manifest *manifest)
{
    return manifest->command != NULL && strcmp(manifest->command, "library") == 0;
}

bool manifest_can_repeat(const struct manifest *manifest, struct faults *faults)
{
    return !manifest_is_library(manifest) ||
           fault_input(faults, (struct place){.file = manifest->path},
                       "the results were saved by a program through the library, which keeps no "
                       "digests of replicates; neobay run makes those that can be repeated");
}

bool manifest_needs_run(const struct manifest *manifest, const char *folder, const char *command,
                        struct faults *faults)
{
    return manifest_is_run(manifest) ||
           fault_input(faults, (struct place){.file = folder},
                       "is of neobay %s; neobay %s takes the folder of a run", manifest->command,
                       command);
}

bool manifest_digest(const struct manifest *manifest, const char *name, uint64_t *digest)
{
    for (size_t i = 0; i < manifest->file_count; i++)
        if (strcmp(manifest->file[i].name, name) == 0) {
            *digest = manifest->file[i].digest;
            return true;
        }
    return false;
}
