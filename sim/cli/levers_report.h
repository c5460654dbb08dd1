/* What neobay levers says at its end: what the plan adds, which levers and actions it owes it to.
 */
#ifndef NEOBAY_CLI_LEVERS_REPORT_H
#define NEOBAY_CLI_LEVERS_REPORT_H

#include "cli/job.h"

/* Appends the tables. */
bool levers_report(const struct job *job, bool colour, struct text *out, struct faults *faults);

#endif
