/* neobay verify: whether a folder still holds what its run gave, and the run still gives it. */
#include "cli/verify.h"

#include "base/digest.h"
#include "cli/cli.h"
#include "cli/grid.h"
#include "cli/stop.h"
#include "store/version.h"

#include <string.h>

bool verify_is_chosen(size_t index, size_t count, size_t wanted)
{
    return (index + 1) * wanted / count > index * wanted / count;
}

size_t verify_wanted(const struct verify *verify, size_t count)
{
    size_t wanted = (size_t)verify->call->whole[OPTION_ID_BLOCKS];
    return verify->call->given[OPTION_ID_FULL] || wanted > count ? count : wanted;
}

bool verify_take_faults(struct verify *verify)
{
    struct faults *faults = verify->faults;
    if (faults->kind != FAULT_INPUT || faults->truncated)
        return false;
    for (size_t i = 0; i < faults->count; i++)
        text_append(&verify->said, "%s\n", faults->fault[i].message);
    verify->others += faults->count;
    faults_clear(faults);
    return true;
}

/* ------------------------------------------------------------------ files and makers */

static bool verify_file(struct verify *verify, const struct manifest_file *file)
{
    uint64_t digest = 0;
    struct text path = again_path(verify->again.folder, file->name);
    if (path.failed)
        return fault_memory(verify->faults, "looking at files");
    bool there = digest_file(path.bytes, &digest);
    text_clear(&path);
    verify->files++;
    if (there && digest == file->digest)
        return true;
    verify->files_differ++;
    text_append(&verify->said, "%s %s\n", file->name,
                there ? "was changed after the run" : "is gone, or cannot be read");
    return true;
}

static bool verify_files(struct verify *verify)
{
    const struct manifest *manifest = &verify->again.manifest;
    bool ok = true;
    for (size_t i = 0; ok && i < manifest->file_count; i++)
        ok = verify_file(verify, &manifest->file[i]);
    return ok;
}

/* Another program may rightly give other bytes, so it is said; by itself it is no difference. */
static void note_makers(const struct manifest *manifest, struct text *out)
{
    struct run_record_maker now[RUN_RECORD_MAKERS];
    run_record_makers(now);
    if (strcmp(manifest->version, neobay_version) != 0 ||
        strcmp(manifest->commit, neobay_commit) != 0)
        text_append(out, "note: made by neobay %s (%s), this is %s (%s)\n", manifest->version,
                    manifest->commit, neobay_version, neobay_commit);
    for (size_t i = 0; i < RUN_RECORD_MAKERS; i++)
        if (manifest->maker[i].version != NULL &&
            strcmp(manifest->maker[i].version, now[i].version) != 0)
            text_append(out, "note: made with %s %s, this has %s\n", now[i].name,
                        manifest->maker[i].version, now[i].version);
}

/* ------------------------------------------------------------------ what is said */

static void say_counts(const struct verify *verify, struct text *out)
{
    char number[HUMAN_BYTES];
    text_append(out, "%s: %zu files looked at, %zu of %zu blocks lived again (%s replicates): ",
                verify->again.folder, verify->files, verify->blocks_relived, verify->blocks,
                human_number(number, (double)verify->replicates_relived));
    if (verify->files_differ + verify->blocks_differ + verify->others == 0)
        text_append(out, "all as it was\n");
    else if (verify->files_differ + verify->blocks_differ == 0)
        text_append(out, "not as it was\n");
    else
        text_append(out, "%zu %s and %zu %s differ\n", verify->files_differ,
                    verify->files_differ == 1 ? "file" : "files", verify->blocks_differ,
                    verify->blocks_differ == 1 ? "block" : "blocks");
}

static int say(struct verify *verify)
{
    struct text out = {0};
    bool differs = verify->files_differ + verify->blocks_differ + verify->others > 0;
    text_append(&out, "%s", verify->said.length > 0 ? verify->said.bytes : "");
    out.failed |= verify->said.failed;
    if (!verify->call->given[OPTION_ID_QUIET]) {
        note_makers(&verify->again.manifest, &out);
        say_counts(verify, &out);
    }
    int code = cli_print(&out);
    return code == 0 && differs ? EXIT_DIFFERS : code;
}

static int say_stopped(struct verify *verify)
{
    fprintf(stderr, "%s after %zu blocks; nothing was written\n", strsignal(stop_signal()),
            verify->blocks_relived);
    faults_clear(verify->faults);
    return EXIT_SIGNAL + stop_signal();
}

int command_verify(const struct call *call)
{
    struct faults faults = {0};
    struct verify verify = {.call = call, .faults = &faults};
    stop_on_signals();
    if (!again_open(&verify.again, call->operand, &faults))
        return cli_report(&faults);
    bool ok = verify_files(&verify);
    ok = ok &&
         (manifest_is_run(&verify.again.manifest) ? verify_run(&verify) : verify_batch(&verify));
    int code = stop_signal() != 0 ? say_stopped(&verify) : ok ? say(&verify) : cli_report(&faults);
    text_clear(&verify.said);
    again_clear(&verify.again);
    return code;
}
