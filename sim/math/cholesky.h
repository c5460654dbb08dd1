/* Cholesky's factor of small symmetric matrices, and solving by it.
 *
 * In a fixed order of sums: the bytes of an answer hang on it, and BLAS promises none. Matrices are
 * row by row, [d * d]; only the lower triangle is read and written.
 */
#ifndef NEOBAY_MATH_CHOLESKY_H
#define NEOBAY_MATH_CHOLESKY_H

#include <stddef.h>

/* The factor of the matrix + penalty * identity, in place. A pivot that is not positive is taken
 * for the least that is. */
void cholesky_factorise(double *matrix, double penalty, size_t d);

/* x = L^-1 x, and x = L^-T x. */
void cholesky_lower(const double *factor, size_t d, double *x);
void cholesky_upper(const double *factor, size_t d, double *x);

/* The sum of products, in four sums that are put together at the end. */
double cholesky_dot(const double *a, const double *b, size_t d);

#endif
