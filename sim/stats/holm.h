/* Holm's correction: p-values of a family of comparisons such that the chance of any false finding
 * among those at most alpha is at most alpha, however the comparisons hang together.
 *
 * Source: Holm (1979), Scand. J. Statist. 6, 65-70.
 */
#ifndef NEOBAY_STATS_HOLM_H
#define NEOBAY_STATS_HOLM_H

#include <stddef.h>

/* Writes adjusted[i] for p[i], both of `count`; the two may be one array. A NaN is no comparison:
 * it stays NaN and does not count in the family. order[count] is scratch, and holds the indices by
 * rising p afterwards: equal p-values in the order in which they came, NaN last. */
void holm_adjust(const double *p, size_t count, size_t *order, double *adjusted);

#endif
