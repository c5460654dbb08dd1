/* All comparisons of a batch's targets with references, corrected together (stats/holm.h). */
#ifndef NEOBAY_STUDY_FAMILY_H
#define NEOBAY_STUDY_FAMILY_H

#include "study/tally.h"

struct family {
    size_t count;       /* rows: every target of every point, in order */
    size_t comparisons; /* of them, those that are one */
    double *p, *p_holm;
};

bool family_init(struct family *family, struct ledger *ledger, struct faults *faults);
void family_clear(struct family *family);

#endif
