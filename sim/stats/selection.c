#include "stats/selection.h"

#include "math/cdf.h"
#include "math/fine.h"
#include "stats/holm.h"

#include <math.h>

enum { BETS = 12, BISECTIONS = 50 };

/* Bets from 0.95 down by halves to 5e-4: one of them grows at five sixths of the best one's rate or
 * more, for all differences that runs of up to a hundred million replicates can tell. */
#define BET_LARGEST 0.95
#define BET_RATIO   0.5

double selection_log_evidence(const struct paired_counts *counts, double advantage)
{
    double better = (double)counts->first_only, worse = (double)counts->second_only;
    double same = (double)(counts->both + counts->neither);
    double log_wealth[BETS], largest = -INFINITY, sum = 0.0, bet = BET_LARGEST;
    for (int i = 0; i < BETS; i++, bet *= BET_RATIO) {
        double scaled = bet / (1.0 - advantage);
        log_wealth[i] = better * fine_log1p(-bet) + same * fine_log1p(scaled * advantage) +
                        worse * fine_log1p(scaled * (1.0 + advantage));
        largest = fmax(largest, log_wealth[i]);
    }
    for (int i = 0; i < BETS; i++)
        sum += fine_exp(log_wealth[i] - largest);
    return largest + fine_log(sum / BETS);
}

double selection_upper(const struct paired_counts *counts, double alpha)
{
    double low = -1.0, high = 1.0; /* the evidence rises with the advantage */
    if (paired_total(counts) == 0)
        return 1.0;
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = 0.5 * (low + high);
        if (selection_log_evidence(counts, middle) >= -fine_log(alpha))
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* Normal probability that the first is better by `indifference` or more. Half a pair is added to
 * either side of the discordant ones, so that none seen is not taken for none possible. */
static double doubt_of(const struct paired_counts *counts, double indifference)
{
    double n = (double)paired_total(counts) + 1.0;
    double better = ((double)counts->first_only + 0.5) / n;
    double worse = ((double)counts->second_only + 0.5) / n;
    double advantage = better - worse;
    double error = sqrt((better + worse - advantage * advantage) / n);
    if (!(error > 0.0))
        return 0.5;
    return cdf_normal_above((indifference - advantage) / error);
}

static struct rival judge_rival(const struct paired_counts *counts, double alpha,
                                double indifference)
{
    double log_evidence = selection_log_evidence(counts, indifference);
    return (struct rival){
        .upper = selection_upper(counts, alpha),
        .p_value = fmin(1.0, fine_exp(-log_evidence)),
        .doubt = doubt_of(counts, indifference),
        .open = log_evidence < -fine_log(alpha),
    };
}

size_t selection_leader(const uint64_t *hits, const uint64_t *trials, size_t points)
{
    size_t leader = 0;
    double highest = -1.0;
    for (size_t i = 0; i < points; i++) {
        double share = ((double)hits[i] + 0.5) / ((double)trials[i] + 1.0);
        if (share > highest) {
            highest = share;
            leader = i;
        }
    }
    return leader;
}

struct selection selection_judge(const struct paired_counts *against, size_t points, size_t leader,
                                 const struct selection_rule *rule, struct rival *rival)
{
    struct selection selection = {.leader = leader};
    double rivals = (double)(points - 1), doubts = 0.0, largest_p = 0.0;
    for (size_t i = 0; i < points; i++) {
        rival[i] = (struct rival){0};
        if (i == leader)
            continue;
        rival[i] = judge_rival(&against[i], rule->alpha / rivals, rule->indifference);
        selection.open += rival[i].open;
        doubts += rival[i].doubt;
        largest_p = fmax(largest_p, rival[i].p_value);
    }
    selection.confidence = fmax(0.0, 1.0 - rivals * largest_p);
    selection.probability = fmax(0.0, 1.0 - doubts);
    return selection;
}

/* The first of those still in question that have the fewest trials. */
static size_t hungriest(const struct rival *rival, size_t points, size_t leader,
                        const uint64_t *trials)
{
    size_t found = leader;
    for (size_t i = points; i-- > 0;)
        if ((rival[i].open || i == leader) && trials[i] <= trials[found])
            found = i;
    return found;
}

void selection_allocate(const struct rival *rival, size_t points, size_t leader, uint64_t blocks,
                        uint64_t block, uint64_t *trials, uint64_t *given)
{
    bool any_open = false;
    for (size_t i = 0; i < points; i++) {
        given[i] = 0;
        any_open |= rival[i].open;
    }
    for (; any_open && blocks > 0; blocks--) {
        size_t next = hungriest(rival, points, leader, trials);
        given[next]++;
        trials[next] += block;
    }
}

/* The rank of i: behind all that are surely above it, before all that are surely below it. */
static struct rank_range range_of(const double *adjusted, size_t points, size_t i, double alpha)
{
    struct rank_range range = {1, points};
    for (size_t j = 0; j < points; j++) {
        if (j == i)
            continue;
        range.best += adjusted[j * points + i] <= alpha;
        range.worst -= adjusted[i * points + j] <= alpha;
    }
    return range;
}

void selection_ranks(const double *p_above, size_t points, double alpha, size_t *order,
                     double *adjusted, struct rank_range *range)
{
    for (size_t i = 0; i < points * points; i++)
        adjusted[i] = i % (points + 1) == 0 ? NAN : p_above[i];
    holm_adjust(adjusted, points * points, order, adjusted);
    for (size_t i = 0; i < points; i++)
        range[i] = range_of(adjusted, points, i, alpha);
}
