/* What a run says of what holds the plan back: what each target gains where a limit is lifted; else
 * the share of months in which each market was short. */
#ifndef NEOBAY_CLI_LIMITS_REPORT_H
#define NEOBAY_CLI_LIMITS_REPORT_H

#include "cli/report.h"

/* Appends the part of the report. */
void limits_report(const struct run_report *report, struct text *out);

#endif
