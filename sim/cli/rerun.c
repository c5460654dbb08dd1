/* neobay rerun: repeats the run or batch that a folder holds, elsewhere, and says whether the same
 * came of it. */
#include "cli/rerun.h"

#include "base/digest.h"
#include "cli/again.h"
#include "cli/cli.h"
#include "cli/difference.h"
#include "cli/stop.h"

#include <stdlib.h>
#include <string.h>

bool rerun_digests(const struct manifest *manifest, const char *folder, uint64_t **digest,
                   struct faults *faults)
{
    *digest = calloc(manifest->file_count + 1, sizeof **digest);
    bool ok = *digest != NULL;
    for (size_t i = 0; ok && i < manifest->file_count; i++) {
        struct text path = again_path(folder, manifest->file[i].name);
        ok = !path.failed;
        if (ok && !digest_file(path.bytes, &(*digest)[i]))
            (*digest)[i] = ~manifest->file[i].digest; /* gone: the same as none */
        text_clear(&path);
    }
    return ok || fault_memory(faults, "comparing files");
}

/* A file that came out otherwise than it stood in the old folder. */
static bool say_difference(const char *was, const char *is, const char *name, struct text *out,
                           struct faults *faults)
{
    size_t length = strlen(name);
    bool csv = length > 4 && strcmp(name + length - 4, ".csv") == 0, ok = true;
    text_append(out, "%s differs", name);
    struct text where = {0};
    if (csv && strcmp(was, is) != 0)
        ok = difference_of_files(was, is, name, &where, faults);
    if (where.length > 0)
        text_append(out, ": %s", where.bytes);
    text_append(out, "\n");
    text_clear(&where);
    return ok;
}

bool rerun_compare(const struct manifest *was, const uint64_t *digest, const char *was_folder,
                   const char *is_folder, struct text *out, size_t *differ, struct faults *faults)
{
    struct manifest is;
    if (!manifest_read(&is, is_folder, faults))
        return false;
    bool ok = true;
    *differ = 0;
    if (is.fingerprint != was->fingerprint)
        text_append(out, "batch or scenario files were changed since: the points are others\n");
    for (size_t i = 0; ok && i < was->file_count; i++) {
        const struct manifest_file *file = &was->file[i];
        uint64_t now = 0;
        bool there = manifest_digest(&is, file->name, &now);
        if (there && now == digest[i])
            continue;
        (*differ)++;
        if (now == file->digest)
            text_append(out, "%s was changed after the run; it comes out as it was then\n",
                        file->name);
        else
            ok = say_difference(was_folder, is_folder, file->name, out, faults);
    }
    manifest_clear(&is);
    return ok;
}

int rerun_say(const struct call *call, const struct manifest *was, const uint64_t *digest,
              const char *was_folder, const char *is_folder, struct faults *faults)
{
    struct text out = {0};
    size_t differ = 0;
    if (!rerun_compare(was, digest, was_folder, is_folder, &out, &differ, faults)) {
        text_clear(&out);
        return cli_report(faults);
    }
    bool quiet = call->given[OPTION_ID_QUIET];
    if (differ > 0)
        text_append(&out, "%s: %zu of %zu files differ from those of %s\n", is_folder, differ,
                    was->file_count, was_folder);
    else if (!quiet)
        text_append(&out, "%s: %zu files, byte for byte those of %s\n", is_folder, was->file_count,
                    was_folder);
    int code = cli_print(&out);
    return code == 0 && differ > 0 ? EXIT_DIFFERS : code;
}

/* ------------------------------------------------------------------ a run */

static int rerun_run(const struct call *call, struct again *again, const char *folder,
                     struct faults *faults)
{
    uint64_t *digest = NULL;
    struct run *run = &again->run;
    run->folder = folder;
    run->force = call->given[OPTION_ID_FORCE];
    run->quiet = call->given[OPTION_ID_QUIET];
    bool ok = again_load(again, faults) &&
              rerun_digests(&again->manifest, again->folder, &digest, faults);
    if (ok && call->given[OPTION_ID_THREADS])
        run->record.threads = (int)call->whole[OPTION_ID_THREADS];
    ok = ok && run_produce(run, faults);
    int code = ok ? rerun_say(call, &again->manifest, digest, again->folder, folder, faults)
               : run->stopped ? run_say_stopped(run)
                              : cli_report(faults);
    free(digest);
    return code;
}

int command_rerun(const struct call *call)
{
    struct again again;
    struct faults faults = {0};
    stop_on_signals();
    if (!again_open(&again, call->operand, &faults))
        return cli_report(&faults);
    const char *out = call->words[OPTION_ID_OUT];
    struct text folder = out != NULL ? again_path(out, "") : again_path(call->operand, "-rerun");
    int code = folder.failed
                   ? (fault_memory(&faults, "naming the folder of results"), cli_report(&faults))
               : manifest_is_run(&again.manifest)
                   ? rerun_run(call, &again, folder.bytes, &faults)
                   : rerun_batch(call, &again.manifest, folder.bytes, &faults);
    text_clear(&folder);
    again_clear(&again);
    faults_clear(&faults);
    return code;
}
