/* What a run says at its end: the odds of each target, what was observed beside what was
 * simulated, what ignorance does to the odds, what holds the plan back, how long it took and where
 * the files are. */
#ifndef NEOBAY_CLI_REPORT_H
#define NEOBAY_CLI_REPORT_H

#include "engine/bands.h"
#include "store/observed.h"
#include "store/run_record.h"
#include "study/limits.h"

struct run_report {
    const struct summary *summary;
    const struct bands *bands;
    const struct observed *observed;
    const struct run_record *record;
    const struct limits *limits; /* NULL: not studied */
    const char *folder;
    bool colour;
};

/* Appends the title of a part, bold where there is colour; and what begins and ends dim words. */
void report_heading(const struct run_report *report, const char *words, struct text *out);
const char *report_dim(const struct run_report *report);
const char *report_plain(const struct run_report *report);

/* Appends the report. */
void report_write(const struct run_report *report, struct text *out);

#endif
