#include "stats/split.h"

#include <math.h>

void split_add(struct split *split, uint64_t pair, double y, double twin)
{
    moments_add(&split->sum[pair % SPLIT_GROUPS], y + twin);
    moments_add(&split->difference[pair % SPLIT_GROUPS], y - twin);
}

void split_merge(struct split *split, const struct split *other)
{
    for (int group = 0; group < SPLIT_GROUPS; group++) {
        moments_merge(&split->sum[group], &other->sum[group]);
        moments_merge(&split->difference[group], &other->difference[group]);
    }
}

/* Ignorance and luck of a set of pairs, and the share of the first. */
struct parts {
    double ignorance, luck, share;
};

static struct parts parts_of(double variance_of_sum, double mean_square_difference)
{
    struct parts parts = {.luck = 0.5 * mean_square_difference};
    parts.ignorance = 0.25 * (variance_of_sum - mean_square_difference);
    parts.share = parts.ignorance / (parts.ignorance + parts.luck);
    return parts;
}

static struct parts parts_of_moments(const struct moments *sum, const struct moments *difference)
{
    double n = (double)sum->count;
    double sd = moments_sd(sum), mean = moments_mean(difference), spread = moments_sd(difference);
    return parts_of(sd * sd, mean * mean + spread * spread * (n - 1.0) / n);
}

/* Of all pairs but those of group `but`; of all where `but` is SPLIT_GROUPS. */
static struct parts parts_without(const struct split *split, int but)
{
    struct moments sum = {0}, difference = {0};
    for (int group = 0; group < SPLIT_GROUPS; group++) {
        if (group == but)
            continue;
        moments_merge(&sum, &split->sum[group]);
        moments_merge(&difference, &split->difference[group]);
    }
    return parts_of_moments(&sum, &difference);
}

/* Sums over the estimates that leave something out, each with how often it occurs. */
struct jackknife {
    double count, sum[2], squares[2];
};

/* About the estimate of the whole, which is near: no digits are lost. */
static void jackknife_add(struct jackknife *jackknife, double times, struct parts left,
                          struct parts whole)
{
    double off[2] = {left.ignorance - whole.ignorance, left.share - whole.share};
    jackknife->count += times;
    for (int i = 0; i < 2; i++) {
        jackknife->sum[i] += times * off[i];
        jackknife->squares[i] += times * off[i] * off[i];
    }
}

static double jackknife_error(const struct jackknife *jackknife, int i)
{
    double n = jackknife->count;
    double about = jackknife->squares[i] - jackknife->sum[i] * jackknife->sum[i] / n;
    return n < 3.0 ? NAN : sqrt(fmax(0.0, about) * (n - 1.0) / n);
}

static double clip(double share)
{
    return isnan(share) ? NAN : fmin(1.0, fmax(0.0, share));
}

static struct split_result result_of(struct parts whole, const struct jackknife *jackknife)
{
    bool varies = whole.ignorance + whole.luck > 0.0;
    return (struct split_result){
        .variance = whole.ignorance + whole.luck,
        .ignorance = whole.ignorance,
        .luck = whole.luck,
        .ignorance_error = isnan(whole.ignorance) ? NAN : jackknife_error(jackknife, 0),
        .ignorance_share = varies ? clip(whole.share) : NAN,
        .luck_share = varies ? 1.0 - clip(whole.share) : NAN,
        .raw_ignorance_share = varies ? whole.share : NAN,
        .ignorance_share_error = varies ? jackknife_error(jackknife, 1) : NAN,
    };
}

struct split_result split_of(const struct split *split)
{
    struct parts whole = parts_without(split, SPLIT_GROUPS);
    struct jackknife jackknife = {0};
    for (int group = 0; group < SPLIT_GROUPS; group++)
        if (split->sum[group].count > 0)
            jackknife_add(&jackknife, 1.0, parts_without(split, group), whole);
    return result_of(whole, &jackknife);
}

/* Twins of sums 2, 1 and 0, as numbers. */
struct twin_counts {
    double two, one, none;
};

static struct parts parts_of_twins(struct twin_counts twins)
{
    double n = twins.two + twins.one + twins.none;
    double mean = (2.0 * twins.two + twins.one) / n;
    double about = twins.two * (2.0 - mean) * (2.0 - mean) +
                   twins.one * (1.0 - mean) * (1.0 - mean) + twins.none * mean * mean;
    return n < 2.0 ? (struct parts){NAN, NAN, NAN} : parts_of(about / (n - 1.0), twins.one / n);
}

struct split_result split_odds(const struct paired_counts *counts)
{
    struct twin_counts twins = {(double)counts->both,
                                (double)(counts->first_only + counts->second_only),
                                (double)counts->neither};
    struct parts whole = parts_of_twins(twins);
    struct jackknife jackknife = {0};
    if (twins.two > 0.0)
        jackknife_add(&jackknife, twins.two,
                      parts_of_twins((struct twin_counts){twins.two - 1.0, twins.one, twins.none}),
                      whole);
    if (twins.one > 0.0)
        jackknife_add(&jackknife, twins.one,
                      parts_of_twins((struct twin_counts){twins.two, twins.one - 1.0, twins.none}),
                      whole);
    if (twins.none > 0.0)
        jackknife_add(&jackknife, twins.none,
                      parts_of_twins((struct twin_counts){twins.two, twins.one, twins.none - 1.0}),
                      whole);
    return result_of(whole, &jackknife);
}

bool split_is_told(const struct paired_counts *twins)
{
    return twins->both >= SPLIT_FEWEST && twins->neither >= SPLIT_FEWEST;
}

double split_most(const struct paired_counts *twins, double p)
{
    uint64_t twice = p <= 0.5 ? twins->both : twins->neither;
    uint64_t pairs = twice + twins->first_only + twins->second_only;
    double rarer = p <= 0.5 ? p : 1.0 - p;
    if (pairs == 0)
        return NAN;
    double t = estimate_proportion(twice, pairs, 0.95).high, again = 2.0 * t / (1.0 + t);
    return clip((again - rarer) / (1.0 - rarer));
}

void split_put(struct text *out, const struct split *split)
{
    for (int group = 0; group < SPLIT_GROUPS; group++) {
        moments_put(out, &split->sum[group]);
        moments_put(out, &split->difference[group]);
    }
}

void split_take(struct bytes_reader *reader, struct split *split)
{
    for (int group = 0; group < SPLIT_GROUPS; group++) {
        moments_take(reader, &split->sum[group]);
        moments_take(reader, &split->difference[group]);
    }
}
