/* What may be written into a folder where something lies already, and what goes from there.
 *
 * A file is ours where the folder's run.json names it; tables of commands that write no run.json
 * are told by their columns.
 */
#ifndef NEOBAY_STORE_GUARD_H
#define NEOBAY_STORE_GUARD_H

#include "base/fault.h"
#include "store/columns.h"
#include "store/file.h"

/* Refuses a folder that holds the results of a run or batch, or a file of a name that is to be
 * written and whose first row has not our columns. CSV_ALL ends the list. */
bool guard_tables(const char *folder, const enum csv_id *file, struct faults *faults);

/* Refuses a folder that holds a file of one of these names which its run.json does not name. NULL
 * ends the list. */
bool guard_names(const char *folder, const char *const *name, struct faults *faults);

/* Lets those files go, once the group is committed, that the folder's run.json names and the group
 * does not write anew: they would be taken for new ones. */
bool guard_drop_stale(struct file_group *group, struct faults *faults);

#endif
