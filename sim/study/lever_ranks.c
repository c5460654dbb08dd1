/* Ranks of levers by what they do for one target, and how sure they are.
 *
 * Points are held against each other pair by pair, replicate by replicate (selection_ranks): a
 * range of ranks for each, all of which hold at once at 95 %. */
#include "stats/selection.h"
#include "study/levers.h"

#include <stdlib.h>

#define ALPHA 0.05

/* Yes or no of each point's replicates: [point * words + word]. */
struct bit_rows {
    uint64_t *bit;
    size_t words;
    uint64_t shared; /* replicates that all points have */
};

static uint64_t shared_replicates(const struct batch *batch, const size_t *point, size_t count)
{
    uint64_t shared = UINT64_MAX;
    for (size_t i = 0; i < count; i++) {
        uint64_t own = batch_replicates(batch, ledger_blocks(batch, point[i]));
        shared = own < shared ? own : shared;
    }
    return shared;
}

static bool read_bits(struct bit_rows *rows, const size_t *point, size_t count, size_t target,
                      struct ledger *ledger, struct faults *faults)
{
    uint64_t *met = calloc((size_t)ledger->batch->options.replicates + 1, sizeof *met);
    rows->shared = shared_replicates(ledger->batch, point, count);
    rows->words = (size_t)rows->shared / 64 + 1;
    rows->bit = calloc(count * rows->words, sizeof *rows->bit);
    bool ok = (met != NULL && rows->bit != NULL) || fault_memory(faults, "ranking the levers");
    for (size_t i = 0; ok && i < count; i++) {
        ok = ledger_bits(ledger, point[i], met, faults);
        for (size_t r = 0; ok && r < rows->shared; r++)
            rows->bit[i * rows->words + r / 64] |= (met[r] >> target & 1) << r % 64;
    }
    free(met);
    return ok;
}

/* Ranges of ranks into the rows; `fewer`: the point with fewer hits is the better one. */
static bool fill_ranges(struct levers_row *const *row, const struct bit_rows *rows, size_t count,
                        bool fewer, const struct batch *batch, struct faults *faults)
{
    double *p = calloc(count * count, sizeof *p), *adjusted = calloc(count * count, sizeof *p);
    size_t *order = calloc(count * count, sizeof *order);
    struct rank_range *range = calloc(count, sizeof *range);
    bool ok = p != NULL && adjusted != NULL && order != NULL && range != NULL;
    for (size_t i = 0; ok && i < count; i++)
        for (size_t j = 0; j < count; j++) {
            const uint64_t *a = rows->bit + i * rows->words, *b = rows->bit + j * rows->words;
            struct paired_counts counts =
                paired_count_bits(fewer ? b : a, fewer ? a : b, (size_t)rows->shared);
            p[i * count + j] = tally_p_above(batch, &counts);
        }
    if (ok)
        selection_ranks(p, count, ALPHA, order, adjusted, range);
    for (size_t i = 0; ok && i < count; i++) {
        row[i]->rank_low = (double)range[i].best;
        row[i]->rank_high = (double)range[i].worst;
    }
    free(p);
    free(adjusted);
    free(order);
    free(range);
    return ok || fault_memory(faults, "ranking the levers");
}

bool lever_ranks(struct levers_row *const *row, const size_t *point, size_t count, bool fewer,
                 size_t target, struct ledger *ledger, struct faults *faults)
{
    struct bit_rows rows = {0};
    for (size_t i = 0; i < count; i++) {
        size_t better = 0;
        for (size_t j = 0; j < count; j++)
            better += row[j]->effect > row[i]->effect;
        row[i]->rank = (double)better + 1.0;
    }
    bool ok = read_bits(&rows, point, count, target, ledger, faults) &&
              fill_ranges(row, &rows, count, fewer, ledger->batch, faults);
    free(rows.bit);
    return ok;
}
