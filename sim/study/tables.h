/* The files of a batch: points.csv, targets.csv, indicators.csv, columns.csv, the batch file's
 * copy and run.json, and for levers more. They can be written at any time, and again: each time all
 * appear at once. */
#ifndef NEOBAY_STUDY_TABLES_H
#define NEOBAY_STUDY_TABLES_H

#include "store/columns.h"
#include "store/file.h"
#include "study/home.h"
#include "study/tally.h"

/* What run.json says of a batch. */
struct batch_record {
    const char *command, *source;   /* batch or levers, and the file it was given */
    const struct text *source_text; /* copied to batch.yaml; NULL: not */
    double seconds;
};

/* Further files of a kind of batch. `files` is the group; the list ends with CSV_ALL. */
struct batch_extra {
    const enum csv_id *file;
    bool (*write)(void *context, struct ledger *ledger, struct file_group *files,
                  struct faults *faults);
    void *context;
};

bool tables_write_batch(const struct batch *batch, const char *folder,
                        const struct batch_record *record, const struct batch_extra *extra,
                        struct faults *faults);

/* Begins a file of the group, writes its header without ending the row. */
bool tables_begin(struct csv *csv, enum csv_id file, struct file_group *files,
                  struct faults *faults);

/* Writes columns.csv for these files, which end with CSV_ALL; the plan, or NULL, has the axes, and
 * `home` of each its unit. */
bool tables_columns(const enum csv_id *file, const struct plan *plan, const struct home *home,
                    struct file_group *files, struct faults *faults);

/* The fingerprint of a batch: that of all its points together. */
uint64_t tables_fingerprint(const struct batch *batch);

/* done, under way, elsewhere, failed */
const char *tables_status(const struct batch *batch, size_t point);

#endif
