#include "math/cholesky.h"

#include <float.h>
#include <math.h>

double cholesky_dot(const double *a, const double *b, size_t d)
{
    double sum[4] = {0.0};
    size_t i = 0;
    for (; i + 4 <= d; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += a[i + k] * b[i + k];
    for (; i < d; i++)
        sum[0] += a[i] * b[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

void cholesky_factorise(double *matrix, double penalty, size_t d)
{
    for (size_t j = 0; j < d; j++) {
        double *row = matrix + j * d;
        row[j] += penalty - cholesky_dot(row, row, j);
        row[j] = sqrt(fmax(row[j], DBL_MIN));
        for (size_t i = j + 1; i < d; i++) {
            double *below = matrix + i * d;
            below[j] = (below[j] - cholesky_dot(below, row, j)) / row[j];
        }
    }
}

void cholesky_lower(const double *factor, size_t d, double *x)
{
    for (size_t i = 0; i < d; i++)
        x[i] = (x[i] - cholesky_dot(factor + i * d, x, i)) / factor[i * d + i];
}

void cholesky_upper(const double *factor, size_t d, double *x)
{
    for (size_t i = d; i-- > 0;) {
        x[i] /= factor[i * d + i];
        for (size_t k = 0; k < i; k++)
            x[k] -= factor[i * d + k] * x[i];
    }
}
