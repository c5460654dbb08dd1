/* What is known of the real district, to be held against what is simulated.
 *
 * A CSV with the columns date, indicator, value, source, in this order and under these names; the
 * date is a month; or, as a run writes it, month, indicator, unit, value, source. Lines that start
 * with # are comments. A flow's value is that of the one month. An indicator has one row a month.
 */
#ifndef NEOBAY_STORE_OBSERVED_H
#define NEOBAY_STORE_OBSERVED_H

#include "engine/summary.h"

struct observation {
    unsigned line; /* of the file */
    int month;
    enum indicator_id indicator; /* one without zones or sectors */
    double value;
    char *source;
};

/* In the order of the file. Zero-initialise; free with observed_clear. */
struct observed {
    size_t count, capacity;
    struct observation *observation;
};

/* Reads the file; on failure every fault in it is reported, each with its line and column. */
bool observed_load(struct observed *observed, const char *file, struct faults *faults);
void observed_clear(struct observed *observed);

/* The cell of the summary that an observation stands beside; NULL if the clock does not show its
 * month. */
const struct cell *observed_cell(const struct summary *summary, const struct observation *seen);

/* What was observed of an indicator in a month; NaN if nothing. */
double observed_value(const struct observed *observed, enum indicator_id indicator, int month);

#endif
