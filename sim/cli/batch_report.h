/* What a batch says at its end: each point's odds of each target, and how they differ. */
#ifndef NEOBAY_CLI_BATCH_REPORT_H
#define NEOBAY_CLI_BATCH_REPORT_H

#include "cli/job.h"

/* Appends title and question, and the table of the points. */
bool batch_report(const struct job *job, bool colour, struct text *out, struct faults *faults);

/* Appends how long it took and where the files are. */
void batch_report_foot(const struct job *job, struct text *out);

#endif
