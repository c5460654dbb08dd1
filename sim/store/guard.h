/* Whether tables may be written into a folder where others may lie. */
#ifndef NEOBAY_STORE_GUARD_H
#define NEOBAY_STORE_GUARD_H

#include "base/fault.h"
#include "store/columns.h"

/* Refuses a folder that holds the results of a run or batch, or a file of a name that is to be
 * written and whose first row has not our columns. CSV_ALL ends the list. */
bool guard_tables(const char *folder, const enum csv_id *file, struct faults *faults);

#endif
