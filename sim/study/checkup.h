/* A checkup of a scenario that has no faults: what it may not mean, and where it starts.
 *
 * What cannot be meant is a fault. What may be meant, but often is not, is a warning, each with its
 * place: {} (which adds nothing; null removes), a lever that never acts or acts on what is used at
 * the start only, multiplies above 1, a zone that nobody uses, a pool of talent far below the
 * staff, a name that readers of tables mistake.
 */
#ifndef NEOBAY_STUDY_CHECKUP_H
#define NEOBAY_STUDY_CHECKUP_H

#include "scenario/scenario.h"

enum { CHECKUP_REPLICATES = 20 };

/* Means over CHECKUP_REPLICATES of the state before the first step. */
struct start_state {
    double firms, certified, staff_heads, talent_heads;
    double early_met, growth_met; /* share of the money that rounds sought which there is */
    double *occupancy;            /* [zone] */
};

struct checkup {
    struct faults warnings; /* as messages with their places; none is a fault */
    struct start_state start;
};

/* Looks at a scenario and the file that it came from. False with a fault if memory runs out. */
bool checkup_run(struct checkup *checkup, const struct scenario *scenario, const char *file,
                 struct faults *faults);
void checkup_clear(struct checkup *checkup);

/* Whether pandas or R take a name for no value, wherever it stands in a table. */
bool checkup_is_missing(const char *name);

#endif
