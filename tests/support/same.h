/* Whether histograms and cells hold the same, to the last bit. */
#ifndef NEOBAY_TESTS_SUPPORT_SAME_H
#define NEOBAY_TESTS_SUPPORT_SAME_H

#include "stats/cells.h"

bool same_histogram(const struct histogram *a, const struct histogram *b);
bool same_cell(const struct cell *a, const struct cell *b);

#endif
