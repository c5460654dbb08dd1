/* Screening: of many candidates only those are lived whose answer is open, and the estimate of the
 * probability stays without bias.
 *
 * Candidate i meets a target, y = 1, or not, y = 0; a guess p of y's mean costs next to nothing, y
 * costs a life. It is lived (I = 1) with chance pi > 0, decided by a uniform that serves nothing
 * else. Then
 *     t = p + I (y - p) / pi,   estimate = mean of t
 * has the mean of y whatever the guesses are, good or bad. Its variance is Var(y) + E (y - p)^2
 * (1 / pi - 1), least for pi in proportion to sqrt(p (1 - p)), the sd of y. Part of the lives goes
 * to all candidates alike, so that no surprise weighs without limit.
 *
 * Candidates come in rounds of one size; guesses and chances of a round may rest on all rounds
 * before it. A round's terms are then independent draws given the past, so the mean of the rounds
 * has no bias, and the sum of their sample variances none either.
 *
 * The interval is Wilson's with the number of plain replicates that are worth as much, p (1 - p) /
 * variance. Where all that was lived says the same there is no variance to see: then only the lives
 * that went to all candidates alike count.
 *
 * Sources: Horvitz and Thompson (1952), JASA 47, 663-685; Cassel, Sarndal and Wretman (1976),
 * Biometrika 63, 615-620 (difference estimator); Neyman (1934), J. R. Statist. Soc. 97, 558-625;
 * Korn and Graubard (1998), Survey Methodology 24, 193-201 (intervals by effective size).
 */
#ifndef NEOBAY_STATS_SCREENING_H
#define NEOBAY_STATS_SCREENING_H

#include "stats/estimate.h"

#include <stdbool.h>
#include <stddef.h>

/* Share of the lives that goes to all candidates alike. */
#define SCREENING_ALIKE 0.2

/* Turns guesses p of `count` candidates into chances of being lived, min(1, a + c sqrt(p (1 - p)))
 * with a the part that goes to all alike, such that their sum is `wanted`, 0 < wanted <= count. In
 * place. */
void screening_chances(double *chance, size_t count, double wanted);

/* Sums over candidates. Zero-initialise. Added to in one order, the same bytes. */
struct screening {
    uint64_t screened, lived, met; /* met: of the lived */
    double rounds, sum, variance;  /* of the rounds that are over: of their means */
    double count, mean, squares;   /* of the terms of the round */
};

/* Adds a candidate; `met` is looked at only if it was lived. */
void screening_add(struct screening *screening, double guess, double chance, bool lived, bool met);
void screening_end_round(struct screening *screening);

struct screening_result {
    double probability;       /* without bias, so it may lie a little outside [0, 1] */
    double standard_error;    /* NaN without a round of two candidates */
    struct interval interval; /* 95 % */
    double plain_replicates;  /* that would know it as well */
};
struct screening_result screening_result(const struct screening *screening);

#endif
