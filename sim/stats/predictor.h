/* A predictor guesses what a replicate will say from what is known of it before it is lived.
 *
 * Features z (standardised) and a response y of some replicates that were lived give
 *     t = (ridge regression of y on z, less the mean of y) / sd of y,   guess = c0 + c1 t + c2 t^2,
 * the curve being fitted to the regression's leave-one-out values, as is the sd of what it misses.
 * The regression is done twice, the second time with each feature weighted by its first slope, so
 * that the many that matter little are shrunk and the few that matter are not. The penalty is the
 * one of five with the least leave-one-out error. A guess is held where the curve would turn back.
 * A bad guess costs time, never truth: see screening.h.
 *
 * Sources: Hoerl and Kennard (1970), Technometrics 12, 55-67; Allen (1974), Technometrics 16,
 * 125-127 (leave-one-out); Grandvalet (1998), ICANN 98 (adaptive ridge).
 */
#ifndef NEOBAY_STATS_PREDICTOR_H
#define NEOBAY_STATS_PREDICTOR_H

#include "base/fault.h"

/* Rows that a fit needs; and beyond which none is looked at: a fit costs rows * features^2. */
enum { PREDICTOR_FEWEST = 3, PREDICTOR_ROWS = 1500 };

struct predictor_curve {
    double centre, unit; /* of the response */
    double c[3];
    double sd; /* of what a guess misses */
};

struct predictor {
    size_t features, responses, rows;
    double *feature, *response;    /* [row * features], [row * responses] */
    double *centre, *scale;        /* [feature] */
    double *slope;                 /* [response * features] of standardised features */
    struct predictor_curve *curve; /* [response] */
    double *scratch;
};

bool predictor_init(struct predictor *predictor, size_t features, size_t responses,
                    struct faults *faults);
void predictor_clear(struct predictor *predictor);

/* Adds a replicate that was lived; does nothing when there are PREDICTOR_ROWS. */
void predictor_add(struct predictor *predictor, const double *feature, const double *response);

/* Fits all responses to the rows so far, PREDICTOR_FEWEST at least. */
void predictor_fit(struct predictor *predictor);

/* The guess of a response; predictor->curve[response].sd says how far off it is. */
double predictor_guess(const struct predictor *predictor, size_t response, const double *feature);

#endif
