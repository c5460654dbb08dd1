#include "support/same.h"

#include <string.h>

bool same_histogram(const struct histogram *a, const struct histogram *b)
{
    if (a->count == 0)
        return b->count == 0;
    return a->count == b->count && a->zeros == b->zeros && a->first == b->first &&
           a->last == b->last && a->exponent == b->exponent && a->low == b->low &&
           a->high == b->high && memcmp(a->bin, b->bin, HISTOGRAM_BINS * sizeof *a->bin) == 0;
}

bool same_cell(const struct cell *a, const struct cell *b)
{
    return moments_same(&a->moments, &b->moments) && same_histogram(&a->histogram, &b->histogram);
}
