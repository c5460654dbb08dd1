/* A few looks at a probability, at numbers of trials that double: stopping as soon as it is known
 * well enough costs little.
 *
 * An interval that is looked at again and again misses the truth more often than it says. With
 * LOOKS_MOST looks, each at twice the trials of the one before, all of the intervals below hold at
 * once with probability 95 %: each is Clopper and Pearson's at the error LOOKS_ERROR, for which a
 * Brownian motion that is looked at so stays inside with 95 %. Their errors added up exactly, over
 * binomial trials, are in tests/stats/looks.c. An interval is at most 1.35 times as wide as
 * Wilson's at 95 %. That of sequence.h, which holds at all times, is 1.9 times as wide.
 *
 * Sources: Pocock (1977), Biometrika 64, 191-199; Clopper and Pearson (1934), Biometrika 26,
 * 404-413; Armitage, McPherson and Rowe (1969), J. R. Statist. Soc. A 132, 235-244.
 */
#ifndef NEOBAY_STATS_LOOKS_H
#define NEOBAY_STATS_LOOKS_H

#include "stats/estimate.h"

#include <stdbool.h>
#include <stdint.h>

enum { LOOKS_MOST = 5 };
#define LOOKS_ERROR      0.01298 /* of a look, so that all hold with 95 % */
#define LOOKS_HALF_ERROR 0.0062  /* with 97.5 %, for two that are compared */

/* Blocks of so many trials at the last look: all of them, or as many as are enough for intervals of
 * this half-width whatever the probability is. */
uint64_t looks_last(double half_width, uint64_t block, uint64_t all);

/* Whether there is a look after `done` blocks where the last is after `last`: all of them, half, a
 * quarter …, rounded up to whole blocks. */
bool looks_is_at(uint64_t done, uint64_t last);

/* The interval of a look with one of the errors above. [0, 1] without trials. */
struct interval looks_interval(uint64_t hits, uint64_t trials, double error);

#endif
