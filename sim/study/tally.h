/* What a batch says so far, read back from its store point by point.
 *
 * Only references are kept: the bits of their replicates and their sums. A reference may have fewer
 * blocks than a point that is held against it; then only those count that both have.
 */
#ifndef NEOBAY_STUDY_TALLY_H
#define NEOBAY_STUDY_TALLY_H

#include "stats/paired.h"
#include "study/batch.h"

struct tally {
    size_t point;
    uint64_t replicates;
    uint64_t met[SCENARIO_TARGETS];
    struct paired_counts pair[SCENARIO_TARGETS]; /* this point first, its reference second */
    struct block_cell *cell;                     /* [quantity], of the point's layout */
};

struct ledger_reference {
    size_t point;
    uint64_t replicates;
    uint64_t *met; /* [replicate] */
    struct tally tally;
};

struct ledger {
    const struct batch *batch;
    struct ledger_reference *reference;
    size_t reference_count;
    struct block block;
};

/* Reads the references. */
bool ledger_init(struct ledger *ledger, const struct batch *batch, struct faults *faults);
void ledger_clear(struct ledger *ledger);

/* Blocks of a point that count: those done in a row, up to its goal. */
size_t ledger_blocks(const struct batch *batch, size_t point);

/* Adds up one point; zero-initialise the tally the first time. */
bool tally_make(struct tally *tally, struct ledger *ledger, size_t point, struct faults *faults);
void tally_clear(struct tally *tally);

/* The bits of a point's replicates, [replicate]; room for all that count. */
bool ledger_bits(struct ledger *ledger, size_t point, uint64_t *met, struct faults *faults);

/* Whether a point stands at a look of those that --precision takes (stats/looks.h). */
bool tally_is_at_look(const struct ledger *ledger, const struct tally *tally);

/* Probability of a target, and its interval: the one that holds for how the batch stopped. */
struct interval tally_odds(const struct ledger *ledger, const struct tally *tally, size_t target);

/* The paired difference from the reference, of a target and of a quantity; estimate NaN where there
 * is nothing to hold it against. Of a quantity that changed in fewer than TALLY_FEWEST_CHANGES
 * replicates there is no interval: how many they are, and the largest change, say what there is. */
enum { TALLY_FEWEST_CHANGES = 20 };
struct difference tally_target(const struct ledger *ledger, const struct tally *tally,
                               size_t target);
struct difference tally_quantity(const struct ledger *ledger, const struct tally *tally,
                                 size_t quantity);

/* The mean of a quantity, with an interval of the kind that tally_odds gives; ends NaN where too
 * few replicates have a value. And how that kind is called: fixed, repeated or anytime. */
struct difference tally_mean(const struct ledger *ledger, const struct tally *tally,
                             size_t quantity);
const char *tally_interval_kind(const struct ledger *ledger, const struct tally *tally);

/* p-value of "the first is not likelier than the second", of the kind that the batch's stopping
 * asks for. */
double tally_p_above(const struct batch *batch, const struct paired_counts *counts);

/* Difference from the counts, with intervals of the kind that the batch's stopping asks for. */
struct difference tally_difference(const struct batch *batch, const struct paired_counts *counts);

#endif
