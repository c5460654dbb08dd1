/* Faults found in a scenario, gathered in any order and told in the order of the files. */
#ifndef NEOBAY_SCENARIO_REPORT_H
#define NEOBAY_SCENARIO_REPORT_H

#include "base/fault.h"
#include "scenario/scenario.h"

struct report {
    struct place at;
    char *message;
    size_t order; /* file, or override, of the place; then as found */
    size_t found;
};

/* Zero-initialise; reports_deliver empties it. */
struct reports {
    struct report *report;
    size_t count, capacity;
    bool memory; /* ran out */
};

/* Notes one fault of the input. Always returns false. */
bool report(struct reports *reports, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Notes that memory ran out. Always returns false. */
bool report_memory(struct reports *reports);

/* Hands all to `faults`, sorted by file (of scenario->file), override, line and column, each once.
 * Returns whether there were none. */
bool reports_deliver(struct reports *reports, const struct scenario *scenario,
                     struct faults *faults);

#endif
