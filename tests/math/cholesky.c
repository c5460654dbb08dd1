/* Cholesky's factor: a matrix of known factor, and a system solved. */
#include "math/cholesky.h"

#include <criterion/criterion.h>
#include <math.h>

enum { D = 7 };

/* A lower triangle of numbers that are neither 0 nor 1. */
static double part(size_t i, size_t j)
{
    return j > i ? 0.0 : i == j ? 1.3 + 0.2 * (double)i : sin(1.7 * (double)(3 * i + j));
}

static void multiply(double matrix[D * D])
{
    for (size_t i = 0; i < D; i++)
        for (size_t j = 0; j < D; j++) {
            matrix[i * D + j] = 0.0;
            for (size_t k = 0; k < D; k++)
                matrix[i * D + j] += part(i, k) * part(j, k);
        }
}

Test(cholesky, factor_of_a_product_is_its_part)
{
    double matrix[D * D];
    multiply(matrix);
    cholesky_factorise(matrix, 0.0, D);
    for (size_t i = 0; i < D; i++)
        for (size_t j = 0; j <= i; j++)
            cr_expect_float_eq(matrix[i * D + j], part(i, j), 1e-12);
}

Test(cholesky, solves)
{
    double matrix[D * D], x[D];
    multiply(matrix);
    for (size_t i = 0; i < D; i++) {
        x[i] = 0.385 * ((double)i - 2.0); /* the penalty's part */
        for (size_t j = 0; j < D; j++)
            x[i] += matrix[i * D + j] * ((double)j - 2.0);
    }
    cholesky_factorise(matrix, 0.385, D);
    cholesky_lower(matrix, D, x);
    cholesky_upper(matrix, D, x);
    for (size_t i = 0; i < D; i++)
        cr_expect_float_eq(x[i], (double)i - 2.0, 1e-11);
}
