#include "store/guard.h"

#include "base/csv_read.h"
#include "base/file.h"
#include "store/manifest.h"

#include <string.h>

static bool refuse(const char *folder, const char *name, const char *what, struct faults *faults)
{
    return fault_input(faults, (struct place){0},
                       "%s holds a file %s that %s; nothing was written; --force overwrites it, "
                       "--out DIR goes elsewhere",
                       folder, name, what);
}

/* Whether a table begins with the columns that we give it; further ones may follow. What cannot be
 * read is not ours; what cannot be told for want of memory is a fault. */
static bool is_ours(const char *folder, enum csv_id file, struct faults *faults)
{
    struct csv_read table;
    struct faults unread = {0};
    size_t count;
    const struct column *column = csv_columns(file, &count);
    bool ours = csv_read_open(&table, folder, csv_file_names[file], &unread);
    if (ours) {
        ours = csv_read_next(&table, &unread) && table.count >= count;
        for (size_t i = 0; ours && i < count; i++)
            ours = strcmp(csv_read_cell(&table, i), column[i].name) == 0;
        csv_read_close(&table);
    }
    if (unread.kind == FAULT_WORLD)
        faults_take(faults, &unread);
    faults_clear(&unread);
    return ours;
}

bool guard_names(const char *folder, const char *const *name, struct faults *faults)
{
    struct manifest manifest;
    bool found = manifest_find(&manifest, folder), ok = true;
    uint64_t digest;
    for (; ok && *name != NULL; name++)
        if (file_is_in(folder, *name) && !(found && manifest_digest(&manifest, *name, &digest)))
            ok = refuse(folder, *name, "neobay did not leave there", faults);
    if (found)
        manifest_clear(&manifest);
    return ok;
}

bool guard_drop_stale(struct file_group *group, struct faults *faults)
{
    struct manifest manifest;
    bool ok = true;
    if (!manifest_find(&manifest, group->folder))
        return true;
    for (size_t i = 0; ok && i < manifest.file_count; i++)
        if (!file_group_has(group, manifest.file[i].name))
            ok = file_group_drop(group, manifest.file[i].name, faults);
    manifest_clear(&manifest);
    return ok;
}

bool guard_tables(const char *folder, const enum csv_id *file, struct faults *faults)
{
    size_t before = faults->count;
    if (file_is_in(folder, RECORD_NAME))
        return refuse(folder, RECORD_NAME, "is of a run or batch", faults);
    for (; *file != CSV_ALL; file++)
        if (file_is_in(folder, csv_file_names[*file]) && !is_ours(folder, *file, faults))
            return faults->count == before &&
                   refuse(folder, csv_file_names[*file], "neobay did not leave there", faults);
    return true;
}
