#include "stats/holm.h"

#include <gsl/gsl_heapsort.h>
#include <math.h>

/* The items are compared where they lie, so equal ones can be told apart by place. */
static int by_p_then_place(const void *a, const void *b)
{
    const double *x = a, *y = b;
    if (isnan(*x) != isnan(*y))
        return isnan(*x) ? 1 : -1;
    if (*x != *y && !isnan(*x))
        return *x < *y ? -1 : 1;
    return (x > y) - (x < y);
}

void holm_adjust(const double *p, size_t count, size_t *order, double *adjusted)
{
    gsl_heapsort_index(order, p, count, sizeof *p, by_p_then_place);
    size_t family = count;
    while (family > 0 && isnan(p[order[family - 1]]))
        family--;
    double least = 0.0;
    for (size_t rank = 0; rank < count; rank++) {
        size_t i = order[rank];
        if (rank < family)
            least = fmin(1.0, fmax(least, (double)(family - rank) * p[i]));
        adjusted[i] = rank < family ? least : NAN;
    }
}
