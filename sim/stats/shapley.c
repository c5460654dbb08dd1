#include "stats/shapley.h"

#include "random/draw.h"

#include <math.h>

#define UNIT 0x1p-24

enum { SETS = 1 << SHAPLEY_PLAYERS };

/* SHAPLEY_SHARES |S|! (k - |S| - 1)! / k! for |S| = 0 ... k - 1: SHAPLEY_SHARES over k times the
 * number of sets of that size among k - 1. */
static void share_by_size(size_t players, int64_t share[SHAPLEY_PLAYERS])
{
    int64_t sets = 1, others = (int64_t)players - 1;
    for (int64_t size = 0; size <= others; size++) {
        share[size] = SHAPLEY_SHARES / ((int64_t)players * sets);
        sets = sets * (others - size) / (size + 1);
    }
}

static bool has_player(size_t set, size_t player)
{
    return set >> player & 1;
}

static int size_of(size_t set)
{
    return __builtin_popcountll(set);
}

/* Rounds to units; false if a value does not fit. */
static bool to_units(const double *v, size_t sets, int64_t *units)
{
    for (size_t set = 0; set < sets; set++) {
        if (!(fabs(v[set]) <= MOMENTS_LARGEST))
            return false;
        units[set] = (int64_t)rint(v[set] * (1.0 / UNIT));
    }
    return true;
}

/* One player's value, exactly: in units, times SHAPLEY_SHARES. */
static moments_sum exact_value(const int64_t *units, size_t players, size_t player,
                               const int64_t *share)
{
    moments_sum total = 0;
    for (size_t set = 0; set < (size_t)1 << players; set++)
        if (!has_player(set, player))
            total +=
                (moments_sum)share[size_of(set)] * (units[set | (size_t)1 << player] - units[set]);
    return total;
}

void shapley_add(struct shapley *shapley, const double *v, double *value)
{
    int64_t units[SETS], share[SHAPLEY_PLAYERS];
    size_t players = shapley->players;
    bool fits = to_units(v, (size_t)1 << players, units);
    share_by_size(players, share);
    for (size_t player = 0; player < players; player++) {
        moments_sum exact = fits ? exact_value(units, players, player, share) : 0;
        shapley->weighted[player] += exact;
        double own = fits ? (double)exact / SHAPLEY_SHARES * UNIT : NAN;
        moments_add(&shapley->each[player], own);
        if (value != NULL)
            value[player] = own;
    }
}

struct worth shapley_worth(const struct shapley *shapley, size_t player)
{
    const struct moments *each = &shapley->each[player];
    struct worth worth = {NAN, moments_sd(each) / sqrt((double)each->count)};
    for (size_t i = 0; i < shapley->players; i++)
        if (shapley->each[i].overflow)
            return (struct worth){NAN, NAN};
    if (each->count > 0) {
        /* Quotient and remainder apart, as in moments_mean. */
        moments_sum parts = (moments_sum)each->count * SHAPLEY_SHARES;
        moments_sum sum = shapley->weighted[player];
        worth.value = ((double)(sum / parts) + (double)(sum % parts) / (double)parts) * UNIT;
    }
    return worth;
}

void shapley_order(uint64_t seed, uint32_t index, size_t players, size_t *order)
{
    struct draw_stream stream = {seed, index};
    uint32_t origin = text_hash32("shapley.order");
    uint32_t when = draw_when(MONTH_NEVER, PURPOSE_UNCERTAIN, 0);
    for (size_t turn = 0; turn < players; turn++) {
        /* Fisher and Yates's shuffle, from the inside out */
        struct draw_agent agent = {origin, draw_born(MONTH_NEVER, (uint32_t)turn)};
        size_t other = (size_t)(draw(&stream, agent, when).u[0] * (double)(turn + 1));
        order[turn] = turn;
        order[turn] = order[other];
        order[other] = turn;
    }
}

void shapley_walk(const size_t *order, const double *along, size_t players, struct moments *added)
{
    for (size_t turn = 0; turn < players; turn++) {
        /* both rounded first: their difference is exact, so that the sum telescopes */
        double before = rint(along[turn] * (1.0 / UNIT)) * UNIT;
        double after = rint(along[turn + 1] * (1.0 / UNIT)) * UNIT;
        moments_add(&added[order[turn]], after - before);
    }
}

struct worth shapley_sampled(const struct moments *added)
{
    return (struct worth){moments_mean(added), moments_sd(added) / sqrt((double)added->count)};
}
