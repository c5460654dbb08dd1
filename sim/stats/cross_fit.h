/* Cross-fitted ridge regression: each row's response as those rows say that are not near it.
 *
 * Rows fall into CROSS_FIT_FOLDS runs of consecutive rows. A row is predicted by the regression of
 * all folds but its own on the standardised features; the penalty is the one of four with the least
 * error of such predictions, for each response. So predictions hold no noise of their own row.
 *
 * Sources: Hoerl and Kennard (1970), Technometrics 12, 55-67; Stone (1974), J. R. Statist. Soc. B
 * 36, 111-147.
 */
#ifndef NEOBAY_STATS_CROSS_FIT_H
#define NEOBAY_STATS_CROSS_FIT_H

#include "base/fault.h"

enum { CROSS_FIT_FOLDS = 10 };

struct cross_fit_rows {
    size_t rows, features, responses;
    const float *feature;   /* row i has those from feature + at[i] * features on */
    const size_t *at;       /* [row] */
    const double *response; /* [row * responses] */
};

/* The fold of a row. */
static inline size_t cross_fit_fold(size_t row, size_t rows)
{
    return row * CROSS_FIT_FOLDS / rows;
}

/* Writes predicted[row * responses]. Rows: CROSS_FIT_FOLDS at least. False with a fault if memory
 * runs out. */
bool cross_fit(const struct cross_fit_rows *data, double *predicted, struct faults *faults);

#endif
