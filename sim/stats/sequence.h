/* A confidence sequence for a probability: intervals that hold at all sample sizes at once.
 *
 * An ordinary interval that is looked at again and again, until it pleases, misses the truth far
 * more often than it says. This one may be looked at after every trial, and a run may stop for any
 * reason whatever: P(the truth is outside at any n) <= alpha. For h hits in n trials
 *     M_n(p) = B(1/2 + h, 1/2 + n - h) / (B(1/2, 1/2) p^h (1 - p)^(n - h)),
 * the likelihood averaged over Beta(1/2, 1/2) against that of p, is a martingale of mean 1 if p is
 * the truth, so by Ville's inequality it ever reaches 1 / alpha with probability at most alpha. The
 * interval is all p with M_n(p) < 1 / alpha. It depends on the counts alone, not on the path.
 *
 * Sources: Robbins (1970), Ann. Math. Statist. 41, 1397-1409; Howard, Ramdas, McAuliffe and Sekhon
 * (2021), Ann. Statist. 49, 1055-1080. Beta(1/2, 1/2): Krichevsky and Trofimov (1981).
 */
#ifndef NEOBAY_STATS_SEQUENCE_H
#define NEOBAY_STATS_SEQUENCE_H

#include "stats/estimate.h"

#include <stdint.h>

/* The interval after `hits` of `trials`, 0 < alpha < 1, to 1e-10. Its low end is 0 without hits,
 * its high end 1 if all are hits; [0, 1] without trials. A family of m probabilities that is
 * watched together takes alpha / m for each. */
struct interval sequence_interval(uint64_t hits, uint64_t trials, double alpha);

/* The same of a mean: half the width of an interval about it, in standard deviations,
 *     sqrt(2 (n r + 1) / (n^2 r) log(sqrt(n r + 1) / alpha)),
 * narrowest at SEQUENCE_NARROWEST values. As the central limit, it holds for many values. Source:
 * Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), Ann. Statist. 52, 2613-2640. */
enum { SEQUENCE_NARROWEST = 1000 };
double sequence_mean_half(uint64_t values, double alpha);

#endif
