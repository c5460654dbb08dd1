/* The rows of shapley.csv, and the files of levers. */
#include "study/levers.h"

#include "base/memory.h"
#include "math/cdf.h"
#include "stats/shapley.h"
#include "stats/signed_mean.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CONFIDENCE 0.95

struct shapley_making {
    const struct levers *levers;
    const struct lever_rows *effects;
    struct ledger *ledger;
    struct shapley_rows *rows;
    struct faults *faults;
    const struct layout *layout;
};

void shapley_rows_clear(struct shapley_rows *rows)
{
    free(rows->row);
    *rows = (struct shapley_rows){0};
}

/* The cost of a lever or action alone, as levers.csv has it. */
static double cost_alone(const struct shapley_making *making, const char *player)
{
    for (size_t i = 0; i < making->effects->count; i++) {
        const struct levers_row *row = &making->effects->row[i];
        bool alone =
            strcmp(row->comparison, "alone") == 0 || strcmp(row->comparison, "action_alone") == 0;
        if (alone && strcmp(row->lever, player) == 0)
            return row->cost_myuan_per_year;
    }
    return NAN;
}

/* A Shapley value with its error and limits. */
struct worth_limits {
    struct worth worth;
    double low, high;
};

static bool add_row(struct shapley_making *making, const char *player, const char *method,
                    size_t target, struct worth_limits limits)
{
    struct shapley_rows *rows = making->rows;
    struct worth worth = limits.worth;
    double cost = cost_alone(making, player);
    if (!memory_reserve((void **)&rows->row, &rows->capacity, rows->count + 1, sizeof *rows->row))
        return fault_memory(making->faults, "sharing out what the plan adds");
    rows->row[rows->count++] = (struct shapley_row){
        .player = player,
        .method = method,
        .target = making->layout->target[target],
        .value = worth.value,
        .standard_error = worth.standard_error,
        .low95 = limits.low,
        .high95 = limits.high,
        .cost_myuan_per_year = cost,
        .points_per_100_myuan_per_year = levers_per_100_myuan(worth.value, cost),
    };
    return true;
}

/* ------------------------------------------------------------------ exact, of actions */

static size_t shared_blocks(const struct shapley_making *making, const size_t *point, size_t count)
{
    size_t shared = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t own = ledger_blocks(making->ledger->batch, point[i]);
        shared = own < shared ? own : shared;
    }
    return shared;
}

/* The bits of all points of a list in one block: [point * BLOCK_REPLICATES + replicate]. */
static bool read_block(struct shapley_making *making, const size_t *point, size_t count,
                       size_t block, uint64_t *met)
{
    struct ledger *ledger = making->ledger;
    for (size_t i = 0; i < count; i++) {
        if (!batch_read(ledger->batch, point[i], block, &ledger->block, making->faults))
            return false;
        memcpy(met + i * BLOCK_REPLICATES, ledger->block.met, sizeof ledger->block.met);
    }
    return true;
}

/* Shapley values of the actions for one target. */
struct exact {
    struct shapley shapley;
    struct signed_mean each[SHAPLEY_PLAYERS]; /* of the replicates' values */
};

static void add_replicates(struct shapley_making *making, const uint64_t *met, uint32_t replicates,
                           size_t sets, double *v, struct exact *exact)
{
    double value[SHAPLEY_PLAYERS];
    for (size_t t = 0; t < making->layout->target_count; t++)
        for (uint32_t r = 0; r < replicates; r++) {
            for (size_t set = 0; set < sets; set++)
                v[set] = (double)(met[set * BLOCK_REPLICATES + r] >> t & 1);
            shapley_add(&exact[t].shapley, v, value);
            for (size_t i = 0; i < exact[t].shapley.players; i++)
                signed_mean_add(&exact[t].each[i], value[i]);
        }
}

/* The value is the exact sum's; the limits, which hold at few changes, are of the same mean. */
static bool add_exact_row(struct shapley_making *making, const struct exact *exact, size_t target,
                          size_t action)
{
    struct signed_limits limits = signed_mean_limits(&exact->each[action], CONFIDENCE);
    return add_row(
        making, making->levers->action[action].label, "exact", target,
        (struct worth_limits){shapley_worth(&exact->shapley, action), limits.low, limits.high});
}

static bool add_exact(struct shapley_making *making)
{
    const struct levers *levers = making->levers;
    if (levers->set == NULL)
        return true;
    size_t sets = (size_t)1 << levers->action_count, targets = making->layout->target_count;
    uint64_t *met = calloc(sets * BLOCK_REPLICATES, sizeof *met);
    double *v = calloc(sets, sizeof *v);
    struct exact *exact = memory_aligned(targets + 1, sizeof *exact); /* of 128-bit sums */
    bool ok = (met != NULL && v != NULL && exact != NULL) ||
              fault_memory(making->faults, "sharing out what the plan adds");
    for (size_t t = 0; ok && t < targets; t++)
        exact[t].shapley.players = levers->action_count;
    size_t blocks = shared_blocks(making, levers->set, sets);
    for (size_t b = 0; ok && b < blocks; b++) {
        ok = read_block(making, levers->set, sets, b, met);
        if (ok)
            add_replicates(making, met, batch_block_count(making->ledger->batch, b), sets, v,
                           exact);
    }
    for (size_t t = 0; ok && t < targets; t++)
        for (size_t i = 0; ok && i < levers->action_count; i++)
            ok = add_exact_row(making, &exact[t], t, i);
    free(met);
    free(v);
    free(exact);
    return ok;
}

/* ------------------------------------------------------------------ sampled, of levers */

/* Error of the mean over replicates of what a lever adds, averaged over the orders; the rest of the
 * error is that of the orders. */
struct walk_sums {
    struct moments *orders;         /* [target * levers + lever] */
    struct signed_mean *replicates; /* the same */
    double *added;                  /* [replicate of block * levers + lever], of one target */
};

/* Probability of each target at each point along a walk, added to the orders' sums. */
static bool add_walk(struct shapley_making *making, size_t walk, struct walk_sums *sums)
{
    const struct levers *levers = making->levers;
    size_t count = levers->count, targets = making->layout->target_count;
    const size_t *along = levers->along + walk * (count + 1);
    double *p = calloc((count + 1) * SCENARIO_TARGETS, sizeof *p);
    struct tally tally = {0};
    bool ok = p != NULL || fault_memory(making->faults, "sharing out what the plan adds");
    for (size_t turn = 0; ok && turn <= count; turn++) {
        ok = tally_make(&tally, making->ledger, along[turn], making->faults);
        for (size_t t = 0; ok && t < targets; t++)
            p[t * (count + 1) + turn] = (double)tally.met[t] / (double)tally.replicates;
    }
    for (size_t t = 0; ok && t < targets; t++)
        shapley_walk(levers->order + walk * count, p + t * (count + 1), count,
                     sums->orders + t * count);
    tally_clear(&tally);
    free(p);
    return ok;
}

/* What each lever adds in one block, averaged over all orders, replicate by replicate. */
static bool add_block(struct shapley_making *making, size_t block, size_t target, uint64_t *met,
                      struct walk_sums *sums)
{
    const struct levers *levers = making->levers;
    size_t count = levers->count;
    uint32_t replicates = batch_block_count(making->ledger->batch, block);
    memset(sums->added, 0, BLOCK_REPLICATES * count * sizeof *sums->added);
    for (size_t walk = 0; walk < levers->permutations; walk++) {
        const size_t *along = levers->along + walk * (count + 1);
        const size_t *order = levers->order + walk * count;
        if (!read_block(making, along, count + 1, block, met))
            return false;
        for (size_t turn = 0; turn < count; turn++)
            for (uint32_t r = 0; r < replicates; r++) {
                const uint64_t *at = met + turn * BLOCK_REPLICATES + r;
                double step =
                    (double)(at[BLOCK_REPLICATES] >> target & 1) - (double)(*at >> target & 1);
                sums->added[r * count + order[turn]] += step / (double)levers->permutations;
            }
    }
    for (uint32_t r = 0; r < replicates; r++)
        for (size_t i = 0; i < count; i++)
            signed_mean_add(&sums->replicates[target * count + i],
                            fmin(fmax(sums->added[r * count + i], -1.0), 1.0)); /* to rounding */
    return true;
}

static bool add_blocks(struct shapley_making *making, struct walk_sums *sums)
{
    const struct levers *levers = making->levers;
    uint64_t *met = calloc((levers->count + 1) * BLOCK_REPLICATES, sizeof *met);
    bool ok = met != NULL || fault_memory(making->faults, "sharing out what the plan adds");
    size_t blocks =
        shared_blocks(making, levers->along, levers->permutations * (levers->count + 1));
    for (size_t b = 0; ok && b < blocks; b++)
        for (size_t t = 0; ok && t < making->layout->target_count; t++)
            ok = add_block(making, b, t, met, sums);
    free(met);
    return ok;
}

/* Standard error of a mean of values, most of which are 0. */
static double error_of(const struct signed_mean *sums)
{
    double n = (double)sums->count, mean = (sums->above.sum - sums->below.sum) / n;
    double squares = sums->above.squares + sums->below.squares - n * mean * mean;
    return n > 1.0 ? sqrt(fmax(0.0, squares) / (n - 1.0) / n) : NAN;
}

/* Squared errors of the orders and of the replicates add up, on either side. */
static struct worth_limits limits_of(const struct moments *orders,
                                     const struct signed_mean *replicates)
{
    struct worth worth = shapley_sampled(orders);
    struct signed_limits own = signed_mean_limits(replicates, CONFIDENCE);
    double half = cdf_normal_quantile(0.5 + 0.5 * CONFIDENCE) * worth.standard_error;
    double error = error_of(replicates), below = own.mean - own.low, above = own.high - own.mean;
    double low = sqrt(below * below + half * half), high = sqrt(above * above + half * half);
    return (struct worth_limits){
        {worth.value, sqrt(worth.standard_error * worth.standard_error + error * error)},
        worth.value - low,
        worth.value + high,
    };
}

static bool add_worths(struct shapley_making *making, const struct walk_sums *sums)
{
    const struct levers *levers = making->levers;
    bool ok = true;
    for (size_t t = 0; ok && t < making->layout->target_count; t++)
        for (size_t i = 0; ok && i < levers->count; i++) {
            size_t at = t * levers->count + i;
            ok = add_row(making, levers->lever[i].name, "sampled", t,
                         limits_of(&sums->orders[at], &sums->replicates[at]));
        }
    return ok;
}

static bool add_sampled(struct shapley_making *making)
{
    const struct levers *levers = making->levers;
    size_t cells = making->layout->target_count * levers->count;
    if (levers->permutations == 0)
        return true;
    struct walk_sums sums = {
        .orders = calloc(cells + 1, sizeof *sums.orders),
        .replicates = calloc(cells + 1, sizeof *sums.replicates),
        .added = calloc(BLOCK_REPLICATES * levers->count, sizeof *sums.added),
    };
    bool ok = (sums.orders != NULL && sums.replicates != NULL && sums.added != NULL) ||
              fault_memory(making->faults, "sharing out what the plan adds");
    for (size_t walk = 0; ok && walk < levers->permutations; walk++)
        ok = add_walk(making, walk, &sums);
    ok = ok && add_blocks(making, &sums) && add_worths(making, &sums);
    free(sums.orders);
    free(sums.replicates);
    free(sums.added);
    return ok;
}

bool shapley_rows_make(struct shapley_rows *rows, const struct levers *levers,
                       const struct lever_rows *effects, struct ledger *ledger,
                       struct faults *faults)
{
    struct shapley_making making = {
        levers, effects, ledger, rows, faults, roster_layout(&ledger->batch->roster, LEVERS_PLAN)};
    *rows = (struct shapley_rows){0};
    return add_exact(&making) && add_sampled(&making);
}
