#include "store/file.h"

#include "base/digest.h"
#include "base/memory.h"
#include "store/columns.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NO_LOCK = -1 };

static bool is_folder(const char *path)
{
    struct stat what;
    return stat(path, &what) == 0 && S_ISDIR(what.st_mode);
}

/* ------------------------------------------------------------------ the folder */

/* Makes the folder and what is missing above it, and notes in `made` how much was there. */
static bool make_folders(struct file_group *group)
{
    char *path = group->folder;
    size_t length = strlen(path);
    group->made = length;
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        char kept = path[i];
        path[i] = '\0';
        bool fresh = mkdir(path, 0777) == 0;
        bool there = fresh || (errno == EEXIST && is_folder(path));
        path[i] = kept;
        if (fresh && group->made == length)
            group->made = i - 1;
        if (!there) {
            errno = errno == EEXIST ? ENOTDIR : errno;
            return false;
        }
    }
    return true;
}

/* Removes the folders that make_folders made, as far as they are empty. */
static void unmake_folders(struct file_group *group)
{
    char *path = group->folder;
    for (size_t length = strlen(path); length > group->made; length--) {
        if (path[length] != '/' && path[length] != '\0')
            continue;
        path[length] = '\0';
        if (rmdir(path) != 0 && errno != ENOENT)
            break;
    }
}

static void end_group(struct file_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        free(group->file[i].path);
        free(group->file[i].temporary);
    }
    free(group->file);
    free(group->folder);
    if (group->lock != NO_LOCK)
        close(group->lock);
    *group = (struct file_group){.lock = NO_LOCK};
}

static bool lock_folder(struct file_group *group, struct faults *faults)
{
    group->lock = open(group->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (group->lock == NO_LOCK)
        return fault_world(faults, "cannot open folder %s: %s; nothing was written", group->folder,
                           strerror(errno));
    /* Some file systems know no locks; there the user has to look out for himself. */
    if (flock(group->lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return fault_world(faults, "another run is writing to %s; nothing was written",
                           group->folder);
    if (access(group->folder, W_OK | X_OK) != 0)
        return fault_world(faults, "cannot write to folder %s: %s; nothing was written",
                           group->folder, strerror(errno));
    return true;
}

/* Temporaries of a group that was killed. The folder is locked, so nobody writes to them. */
static void sweep(const struct file_group *group)
{
    static const char *const others[] = {SCENARIO_NAME, BATCH_NAME, RECORD_NAME};
    enum { OTHERS = sizeof others / sizeof *others };
    for (size_t i = 0; i < CSV_ALL + OTHERS; i++) {
        const char *name = i < CSV_ALL ? csv_file_names[i] : others[i - CSV_ALL];
        char path[PATH_MAX];
        int length = snprintf(path, sizeof path, "%s/.%s.part", group->folder, name);
        if (length > 0 && (size_t)length < sizeof path)
            unlink(path);
    }
}

bool file_group_open(struct file_group *group, const char *folder, struct faults *faults)
{
    *group = (struct file_group){.lock = NO_LOCK, .folder = memory_copy_text(folder)};
    if (group->folder == NULL)
        return fault_memory(faults, "opening the folder of results");
    bool ok = make_folders(group);
    if (!ok)
        fault_world(faults, "cannot make folder %s: %s; nothing was written", folder,
                    strerror(errno));
    ok = ok && lock_folder(group, faults);
    if (ok)
        sweep(group);
    if (!ok) {
        unmake_folders(group);
        end_group(group);
    }
    return ok;
}

/* ------------------------------------------------------------------ its files */

static char *format_path(const char *format, const char *folder, const char *name)
{
    struct text path = {0};
    text_append(&path, format, folder, name);
    if (path.failed)
        text_clear(&path);
    return path.bytes;
}

/* A new row of the group with its path, or NULL. */
static struct output_file *append_file(struct file_group *group, const char *name,
                                       struct faults *faults)
{
    char *path = format_path("%s/%s", group->folder, name);
    if (path == NULL || !memory_reserve((void **)&group->file, &group->capacity, group->count + 1,
                                        sizeof *group->file)) {
        free(path);
        fault_memory(faults, "adding a file of results");
        return NULL;
    }
    struct output_file *file = &group->file[group->count++];
    *file = (struct output_file){.path = path};
    return file;
}

bool file_group_has(const struct file_group *group, const char *name)
{
    for (size_t i = 0; i < group->count; i++)
        if (strcmp(strrchr(group->file[i].path, '/') + 1, name) == 0)
            return true;
    return false;
}

FILE *file_group_add(struct file_group *group, const char *name, struct faults *faults)
{
    struct output_file *file = append_file(group, name, faults);
    if (file == NULL)
        return NULL;
    if (is_folder(file->path)) {
        fault_world(faults, "%s is a folder, so no file can take its place; nothing was written",
                    file->path);
        return NULL;
    }
    file->temporary = format_path("%s/.%s.part", group->folder, name);
    file->stream = file->temporary == NULL ? NULL : fopen(file->temporary, "w+e");
    if (file->temporary == NULL)
        fault_memory(faults, "adding a file of results");
    else if (file->stream == NULL)
        fault_world(faults, "cannot write %s: %s; nothing was written", file->path,
                    strerror(errno));
    return file->stream;
}

bool file_group_drop(struct file_group *group, const char *name, struct faults *faults)
{
    return append_file(group, name, faults) != NULL;
}

static bool cannot_write(const struct output_file *file, struct faults *faults)
{
    return fault_world(faults,
                       "cannot write %s: %s; nothing was kept of this run, and what was there "
                       "before is untouched",
                       file->path, strerror(errno));
}

bool file_group_digests(struct file_group *group, struct json *json, struct faults *faults)
{
    char digits[DIGEST_TEXT_BYTES];
    uint64_t digest = 0;
    json_open_object(json, "files", JSON_LINES);
    for (size_t i = 0; i < group->count; i++) {
        const struct output_file *file = &group->file[i];
        if (file->stream == NULL)
            continue;
        if (fflush(file->stream) != 0 || !digest_file(file->temporary, &digest))
            return cannot_write(file, faults);
        json_text(json, strrchr(file->path, '/') + 1, digest_text(digits, digest));
    }
    json_close_object(json);
    return true;
}

/* ------------------------------------------------------------------ the end */

void file_group_abandon(struct file_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        struct output_file *file = &group->file[i];
        if (file->stream != NULL)
            fclose(file->stream);
        if (file->temporary != NULL)
            unlink(file->temporary);
    }
    if (group->folder != NULL)
        unmake_folders(group);
    end_group(group);
}

/* Brings the file's bytes to the disk and closes it; sets errno to the first error. */
static bool finish_file(struct output_file *file)
{
    FILE *stream = file->stream;
    file->stream = NULL;
    errno = 0;
    bool ok = fflush(stream) == 0 && !ferror(stream) && fsync(fileno(stream)) == 0;
    int why = errno;
    if (fclose(stream) != 0 && ok) {
        ok = false;
        why = errno;
    }
    errno = why == 0 ? EIO : why;
    return ok;
}

static bool finish_all(struct file_group *group, struct faults *faults)
{
    for (size_t i = 0; i < group->count; i++) {
        struct output_file *file = &group->file[i];
        if (file->stream != NULL && !finish_file(file))
            return cannot_write(file, faults);
    }
    return true;
}

/* Puts one file in its place, or removes the old one where there is no new one. */
static bool place_file(struct output_file *file)
{
    if (file->temporary == NULL)
        return unlink(file->path) == 0 || errno == ENOENT;
    return rename(file->temporary, file->path) == 0;
}

static bool place_all(struct file_group *group, struct faults *faults)
{
    for (size_t i = 0; i < group->count; i++) {
        struct output_file *file = &group->file[i];
        if (!place_file(file))
            return fault_world(faults,
                               "cannot put %s in place: %s; of this run the first %zu of "
                               "%zu files were kept",
                               file->path, strerror(errno), i, group->count);
        free(file->temporary);
        file->temporary = NULL;
    }
    return true;
}

bool file_group_commit(struct file_group *group, struct faults *faults)
{
    bool ok = finish_all(group, faults) && place_all(group, faults);
    if (ok)
        fsync(group->lock); /* the names too; a file system that cannot has done all it can */
    file_group_abandon(group);
    return ok;
}
