/* Which of k points is the likeliest to say yes, with a stated probability of being right.
 *
 * Every look compares the leader b with each rival j over the replicates that both have run, which
 * are the first so many: every point runs its replicates in the same order. With
 * D_r = y_j - y_b of replicate r in {-1, 0, 1}, and for a supposed advantage d of the rival,
 *     W_n(g) = product over r <= n of (1 + g (d - D_r) / (1 - d)),   0 < g < 1,
 * is a bet against "the rival is at least d better": if that is so, W is a nonnegative
 * supermartingale from 1, and so is the mean of W over a few fixed g. By Ville's inequality it ever
 * reaches (k - 1) / alpha with probability at most alpha / (k - 1). The run stops once that
 * evidence has been reached at d = indifference against every rival. Then P(the leader is within
 * the indifference of the best) >= 1 - alpha: a wrong choice needs that the true best was rejected
 * as a rival, and there are k - 1 choices of leader. This holds for any number of looks, any rule
 * of allocation that looks at the past, luck that is shared or not (W feels the pairing: the fewer
 * pairs disagree, the faster it grows), and for counts as they are, without normality; Kim and
 * Nelson's procedure (2001), which samples in the same way, promises as much for normal outcomes.
 * Unlike there nothing is remembered but the counts: a rival that was out and looks good against a
 * new leader is open again.
 *
 * Sources: Waudby-Smith and Ramdas (2024), J. R. Statist. Soc. B 86, 1-27 (bets); Kim and Nelson
 * (2001), ACM TOMACS 11, 251-273 (setting); Chen et al. (2000), Discrete Event Dyn. Syst. 10,
 * 251-270 (estimated probability); Klein, Wright and Wieczorek (2020), J. R. Statist. Soc. A 183,
 * and Holm (1979) (ranks).
 */
#ifndef NEOBAY_STATS_SELECTION_H
#define NEOBAY_STATS_SELECTION_H

#include "stats/paired.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct selection_rule {
    double alpha;        /* 1 - the probability of a right choice */
    double indifference; /* >= 0, < 1: probabilities this near to the best's are as good */
};

/* A rival as seen from the leader. The leader's own entry has upper 0, p_value and doubt 0. */
struct rival {
    double upper;   /* anytime-valid bound at alpha / (k - 1) on its advantage over the leader */
    double p_value; /* anytime-valid, of "it is better by the indifference or more" */
    double doubt;   /* estimated probability that it is (normal, with the paired variance) */
    bool open;      /* the evidence against it does not suffice yet */
};

struct selection {
    size_t leader;
    size_t open; /* rivals; the run may stop at 0 */
    /* What may be said if the run is stopped now, for whatever reason: 1 - (k - 1) times the
     * largest p-value, at least 0; at least 1 - alpha if no rival is open. For each level that was
     * fixed beforehand, P(wrong choice, and confidence at least 1 - level) <= level. */
    double confidence;
    double probability; /* estimated, of correct selection: 1 - the sum of doubts (Chen et al.) */
};

/* The point with the largest share of hits, each with half a hit and half a miss added; the first
 * of equals. The promise does not depend on how the leader is found. */
size_t selection_leader(const uint64_t *hits, const uint64_t *trials, size_t points);

/* Judges the rivals: against[j] counts the pairs of rival (first) and leader (second) over the
 * replicates that both have run; against[leader] is not read. Writes rival[points]. */
struct selection selection_judge(const struct paired_counts *against, size_t points, size_t leader,
                                 const struct selection_rule *rule, struct rival *rival);

/* Deals out `blocks` blocks of `block` replicates one by one, each to the point with the fewest
 * trials among the leader and the open rivals (the first of equals), so that they grow in step and
 * share as many replicates as they can. Adds to trials[points] what they will have, and writes how
 * many blocks each gets; nothing where no rival is open. */
void selection_allocate(const struct rival *rival, size_t points, size_t leader, uint64_t blocks,
                        uint64_t block, uint64_t *trials, uint64_t *given);

/* Largest advantage of the first over the second at which the bets do not reach 1 / alpha: with
 * probability 1 - alpha no n has it below the truth. 1 without pairs. */
double selection_upper(const struct paired_counts *counts, double alpha);

/* Logarithm of the mean of W over the bets, -1 <= advantage < 1. 0 without pairs. */
double selection_log_evidence(const struct paired_counts *counts, double advantage);

struct rank_range {
    size_t best, worst; /* from 1 */
};

/* Ranks, all of which hold at once with probability 1 - alpha. p_above[i * points + j] is the
 * one-sided p-value of "i is not above j" (paired_p_above, or, where the run was stopped by what it
 * showed, an anytime-valid one: exp(-selection_log_evidence) with i and j exchanged, at advantage
 * 0); its diagonal is not read. They are corrected by Holm over both directions of all pairs, so
 * direction is covered as well. adjusted and order, points^2 each, are scratch; adjusted holds the
 * corrected p-values afterwards, NaN on the diagonal. */
void selection_ranks(const double *p_above, size_t points, double alpha, size_t *order,
                     double *adjusted, struct rank_range *range);

#endif
