/* What is known of the real district, to be held against what is simulated.
 *
 * A CSV whose first line names its columns, in any order: date (or month), indicator, value and
 * source, and where they are needed
 *     zone, sector   of an indicator that has one
 *     kind           value; at_least or at_most, a bound; between, from value up to the column `to`
 *     error          standard deviation of what was measured: a number, or a percentage of value
 *     discrepancy    how far the model may be off by itself, as a percentage, 5 % at least
 *     assumed        yes: nobody saw it, it is reasoned; it is never shown as observed
 *     grade          how good the evidence is
 *     use            set: it chose a number of the scenario; fit: the scenario is fitted to it;
 *                    test: neither, so that it may test the model; none
 * Lines that start with # are comments. A flow's value is that of the one month. A figure is given
 * once, and has one use.
 */
#ifndef NEOBAY_STORE_OBSERVED_H
#define NEOBAY_STORE_OBSERVED_H

#include "engine/summary.h"

/* K(UPPER, word): kinds, and uses. */
#define OBSERVED_KINDS(K)                                                                          \
    K(VALUE, "value") K(AT_LEAST, "at_least") K(AT_MOST, "at_most") K(BETWEEN, "between")
#define OBSERVED_USES(K) K(NONE, "none") K(SET, "set") K(FIT, "fit") K(TEST, "test")

enum observed_kind {
#define OBSERVED_KIND(upper, word) OBSERVED_##upper,
    OBSERVED_KINDS(OBSERVED_KIND)
#undef OBSERVED_KIND
        OBSERVED_KIND_COUNT
};
enum observed_use {
#define OBSERVED_USE(upper, word) OBSERVED_FOR_##upper,
    OBSERVED_USES(OBSERVED_USE)
#undef OBSERVED_USE
        OBSERVED_USE_COUNT
};
extern const char *const observed_kind_names[OBSERVED_KIND_COUNT];
extern const char *const observed_use_names[OBSERVED_USE_COUNT];

struct observation {
    unsigned line; /* of the file */
    int month;
    enum indicator_id indicator;
    int zone, sector; /* PANEL_NO_NAME where the indicator has none */
    enum observed_kind kind;
    enum observed_use use;
    bool assumed;
    double value, to;   /* to: NaN but for between */
    double error;       /* standard deviation in the unit of value; NaN: not given */
    double discrepancy; /* share of value */
    char *source, *grade;
};

/* In the order of the file. Zero-initialise; free with observed_clear. */
struct observed {
    size_t count, capacity;
    struct observation *observation;
};

/* Reads the file, whose zones and sectors are those of the scenario; on failure every fault in it
 * is reported, each with its line and column. */
bool observed_load(struct observed *observed, const char *file, const struct scenario *scenario,
                   struct faults *faults);
void observed_clear(struct observed *observed);

/* The cell of the summary that an observation stands beside; NULL if the clock does not show its
 * month. */
const struct cell *observed_cell(const struct summary *summary, const struct observation *seen);

/* What an observation leaves open: from its value, or -INFINITY, to its upper end, or INFINITY. */
struct interval observed_range(const struct observation *seen);

/* Where an observation lies against a range that was simulated: -1 below it, 1 above, 0 within; a
 * bound is within where the range reaches it. */
int observed_side(const struct observation *seen, double low, double high);

/* What was observed of an indicator of the whole district in a month; NaN if nothing, or a bound,
 * or an assumption. */
double observed_value(const struct observed *observed, enum indicator_id indicator, int month);

#endif
