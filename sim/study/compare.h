/* Runs held against the first of them, target by target. */
#ifndef NEOBAY_STUDY_COMPARE_H
#define NEOBAY_STUDY_COMPARE_H

#include "store/columns.h"
#include "study/run_read.h"

struct comparison {
    struct comparison_row *row; /* words are borrowed from the runs */
    size_t count;
};

/* Whether two runs have the same luck, and both a row a replicate. */
bool compare_is_paired(const struct run_read *run, const struct run_read *first);

/* Replicates that both have. */
size_t compare_shared(const struct run_read *run, const struct run_read *first);

/* Fills the rows: those of the first run, held against nothing, come first. Runs that differ in
 * seed from the first, or share no target with it, are faults. */
bool compare_runs(struct comparison *comparison, const struct run_read *run, size_t count,
                  struct faults *faults);
void comparison_clear(struct comparison *comparison);

/* Writes comparison.csv and columns.csv into a folder. */
bool compare_write(const struct comparison *comparison, const char *folder, struct faults *faults);

#endif
