#include "study/tally.h"

#include "math/fine.h"
#include "stats/looks.h"
#include "stats/selection.h"
#include "stats/sequence.h"
#include "study/stopping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CONFIDENCE 0.95

size_t ledger_blocks(const struct batch *batch, size_t point)
{
    const struct standing *standing = &batch->standing[point];
    return standing->blocks < standing->goal ? standing->blocks : standing->goal;
}

static const struct ledger_reference *reference_of(const struct ledger *ledger, size_t point)
{
    size_t wanted = ledger->batch->roster.seat[point].reference;
    for (size_t i = 0; i < ledger->reference_count; i++)
        if (ledger->reference[i].point == wanted)
            return &ledger->reference[i];
    return NULL;
}

/* ------------------------------------------------------------------ one point */

void tally_clear(struct tally *tally)
{
    free(tally->cell);
    *tally = (struct tally){0};
}

static void add_pair(struct paired_counts *pair, bool first, bool second)
{
    pair->both += first && second;
    pair->first_only += first && !second;
    pair->second_only += !first && second;
    pair->neither += !first && !second;
}

/* Where the point's targets stand among those of its reference. */
static void match_targets(const struct ledger *ledger, size_t point,
                          const struct ledger_reference *reference, size_t other[SCENARIO_TARGETS])
{
    const struct layout *own = roster_layout(&ledger->batch->roster, point);
    const struct layout *theirs = roster_layout(&ledger->batch->roster, reference->point);
    for (size_t t = 0; t < own->target_count; t++) {
        other[t] = layout_target(theirs, own->target[t]);
        if (other[t] == theirs->target_count)
            other[t] = SCENARIO_TARGETS;
    }
}

static void add_pairs(struct tally *tally, const struct block *block,
                      const struct ledger_reference *reference,
                      const size_t other[SCENARIO_TARGETS])
{
    for (size_t i = 0; i < block->key.count && block->key.first + i < reference->replicates; i++) {
        uint64_t second = reference->met[block->key.first + i];
        for (size_t t = 0; t < block->targets; t++)
            if (other[t] < SCENARIO_TARGETS)
                add_pair(&tally->pair[t], block->met[i] >> t & 1, second >> other[t] & 1);
    }
}

static void add_block(struct tally *tally, const struct block *block)
{
    tally->replicates += block->key.count;
    for (size_t i = 0; i < block->key.count; i++)
        for (size_t t = 0; t < block->targets; t++)
            tally->met[t] += block->met[i] >> t & 1;
    for (size_t q = 0; q < block->quantities; q++)
        block_cell_merge(&tally->cell[q], &block->cell[q]);
}

bool tally_make(struct tally *tally, struct ledger *ledger, size_t point, struct faults *faults)
{
    const struct batch *batch = ledger->batch;
    const struct ledger_reference *reference = reference_of(ledger, point);
    size_t other[SCENARIO_TARGETS] = {0};
    tally_clear(tally);
    tally->point = point;
    tally->cell =
        calloc(roster_layout(&batch->roster, point)->quantity_count + 1, sizeof *tally->cell);
    if (tally->cell == NULL)
        return fault_memory(faults, "adding up a batch");
    if (reference != NULL)
        match_targets(ledger, point, reference, other);
    for (size_t b = 0; b < ledger_blocks(batch, point); b++) {
        if (!batch_read(batch, point, b, &ledger->block, faults))
            return false;
        add_block(tally, &ledger->block);
        if (reference != NULL)
            add_pairs(tally, &ledger->block, reference, other);
    }
    return true;
}

bool ledger_bits(struct ledger *ledger, size_t point, uint64_t *met, struct faults *faults)
{
    const struct block *block = &ledger->block;
    for (size_t b = 0; b < ledger_blocks(ledger->batch, point); b++) {
        if (!batch_read(ledger->batch, point, b, &ledger->block, faults))
            return false;
        memcpy(met + block->key.first, block->met, block->key.count * sizeof *met);
    }
    return true;
}

/* ------------------------------------------------------------------ references */

static bool add_reference(struct ledger *ledger, size_t point, struct faults *faults)
{
    const struct batch *batch = ledger->batch;
    struct ledger_reference *grown =
        realloc(ledger->reference, (ledger->reference_count + 1) * sizeof *grown);
    if (grown == NULL)
        return fault_memory(faults, "adding up a batch");
    ledger->reference = grown;
    struct ledger_reference *reference = &grown[ledger->reference_count];
    *reference = (struct ledger_reference){
        .point = point, .replicates = batch_replicates(batch, ledger_blocks(batch, point))};
    reference->met = calloc((size_t)reference->replicates + 1, sizeof *reference->met);
    if (reference->met == NULL)
        return fault_memory(faults, "adding up a batch");
    struct tally tally = {0};
    bool made = ledger_bits(ledger, point, reference->met, faults) &&
                tally_make(&tally, ledger, point, faults);
    reference->tally = tally;
    ledger->reference_count++;
    return made;
}

bool ledger_init(struct ledger *ledger, const struct batch *batch, struct faults *faults)
{
    *ledger = (struct ledger){.batch = batch};
    bool made = true;
    for (size_t p = 0; made && p < batch->plan->points; p++)
        if (batch->roster.seat[p].is_reference)
            made = add_reference(ledger, p, faults);
    if (!made)
        ledger_clear(ledger);
    return made;
}

void ledger_clear(struct ledger *ledger)
{
    for (size_t i = 0; i < ledger->reference_count; i++) {
        free(ledger->reference[i].met);
        tally_clear(&ledger->reference[i].tally);
    }
    free(ledger->reference);
    block_clear(&ledger->block);
    *ledger = (struct ledger){0};
}

/* ------------------------------------------------------------------ what it says */

bool tally_is_at_look(const struct ledger *ledger, const struct tally *tally)
{
    const struct batch *batch = ledger->batch;
    uint64_t blocks = (tally->replicates + BLOCK_REPLICATES - 1) / BLOCK_REPLICATES;
    return stopping_is_watched(batch) && looks_is_at(blocks, batch->last_look);
}

struct interval tally_odds(const struct ledger *ledger, const struct tally *tally, size_t target)
{
    if (tally_is_at_look(ledger, tally))
        return looks_interval(tally->met[target], tally->replicates, LOOKS_ERROR);
    if (stopping_is_adaptive(ledger->batch))
        return sequence_interval(tally->met[target], tally->replicates, STOPPING_ALPHA);
    return estimate_proportion(tally->met[target], tally->replicates, CONFIDENCE);
}

/* Bets on both sides, half of alpha each: see selection.h. */
static void make_anytime(struct difference *difference, const struct paired_counts *counts)
{
    const struct paired_counts swapped = {counts->both, counts->second_only, counts->first_only,
                                          counts->neither};
    difference->high = selection_upper(counts, 0.5 * STOPPING_ALPHA);
    difference->low = -selection_upper(&swapped, 0.5 * STOPPING_ALPHA);
    double above = selection_log_evidence(counts, 0.0);
    double below = selection_log_evidence(&swapped, 0.0);
    difference->p_value = fmin(1.0, 2.0 * fine_exp(-fmax(above, below)));
}

struct difference tally_difference(const struct batch *batch, const struct paired_counts *counts)
{
    struct difference difference = paired_proportions(counts, CONFIDENCE);
    if (stopping_is_adaptive(batch) && paired_total(counts) > 0)
        make_anytime(&difference, counts);
    return difference;
}

static const struct difference nothing = {NAN, NAN, NAN, NAN, NAN};

struct difference tally_target(const struct ledger *ledger, const struct tally *tally,
                               size_t target)
{
    if (reference_of(ledger, tally->point) == NULL || paired_total(&tally->pair[target]) == 0)
        return nothing;
    return tally_difference(ledger->batch, &tally->pair[target]);
}

double tally_p_above(const struct batch *batch, const struct paired_counts *counts)
{
    const struct paired_counts swapped = {counts->both, counts->second_only, counts->first_only,
                                          counts->neither};
    if (!stopping_is_adaptive(batch))
        return paired_p_above(counts);
    return fmin(1.0, fine_exp(-selection_log_evidence(&swapped, 0.0)));
}

static double finite_or_nan(double value)
{
    return isfinite(value) ? value : NAN;
}

/* To an interval that holds however the batch was stopped. */
static void widen(struct difference *difference, uint64_t count, double sd)
{
    double half = sd * sequence_mean_half(count, STOPPING_ALPHA);
    difference->low = difference->estimate - half;
    difference->high = difference->estimate + half;
}

const char *tally_interval_kind(const struct ledger *ledger, const struct tally *tally)
{
    if (tally_is_at_look(ledger, tally))
        return "repeated";
    return stopping_is_adaptive(ledger->batch) ? "anytime" : "fixed";
}

struct difference tally_mean(const struct ledger *ledger, const struct tally *tally,
                             size_t quantity)
{
    const struct moments *value = &tally->cell[quantity].value;
    const struct paired_values alone = {
        .count = value->count, .mean = moments_mean(value), .sd = moments_sd(value)};
    bool look = tally_is_at_look(ledger, tally);
    struct difference mean = paired_means(&alone, look ? 1.0 - LOOKS_ERROR : CONFIDENCE);
    if (!look && stopping_is_adaptive(ledger->batch) && value->count > 1)
        widen(&mean, value->count, alone.sd);
    mean.low = finite_or_nan(mean.low);
    mean.high = finite_or_nan(mean.high);
    return mean;
}

struct difference tally_quantity(const struct ledger *ledger, const struct tally *tally,
                                 size_t quantity)
{
    const struct ledger_reference *reference = reference_of(ledger, tally->point);
    const struct roster *roster = &ledger->batch->roster;
    const struct block_cell *cell = &tally->cell[quantity];
    if (reference == NULL || cell->difference.count == 0)
        return nothing;
    const struct layout *theirs = roster_layout(roster, reference->point);
    size_t other = layout_quantity(theirs, roster_layout(roster, tally->point)->quantity[quantity]);
    const struct paired_values values = {
        .count = cell->difference.count,
        .mean = moments_mean(&cell->difference),
        .sd = moments_sd(&cell->difference),
        .sd_first = moments_sd(&cell->value),
        .sd_second =
            other < theirs->quantity_count ? moments_sd(&reference->tally.cell[other].value) : NAN,
    };
    struct difference difference = paired_means(&values, CONFIDENCE);
    if (stopping_is_adaptive(ledger->batch))
        widen(&difference, values.count, values.sd);
    bool few = cell->changed < TALLY_FEWEST_CHANGES; /* too few for any law of means */
    difference.low = few ? NAN : finite_or_nan(difference.low);
    difference.high = few ? NAN : finite_or_nan(difference.high);
    return difference;
}
