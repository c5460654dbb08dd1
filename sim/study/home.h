/* Where the base of a design lies on its axes: the number it has at their paths, the median of a
 * distribution, or a series at the clock's end; NaN where the path leads to no one number. */
#ifndef NEOBAY_STUDY_HOME_H
#define NEOBAY_STUDY_HOME_H

#include "study/roster.h"

struct home {
    double value;
    char *words;      /* for a date, a name and the like: as a scenario says it; else NULL */
    const char *unit; /* of the parameter; "" if it has none */
};

/* One for each axis of the plan, on the heap; NULL with a fault. */
struct home *home_find(const struct roster *roster, struct faults *faults);
void home_free(struct home *home, const struct plan *plan);

#endif
