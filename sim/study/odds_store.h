/* The store of a screening: what came of the replicates of each round, so that one that was ended
 * goes on to the same bytes.
 *
 * A round is chosen from what the rounds before it taught, so it needs no list of its replicates:
 * whoever goes on chooses the same ones, and takes what came of them from here.
 */
#ifndef NEOBAY_STUDY_ODDS_STORE_H
#define NEOBAY_STUDY_ODDS_STORE_H

#include "scenario/scenario.h"
#include "store/store.h"

struct odds_store {
    struct store *store;
    const char *folder; /* borrowed */
    uint64_t fingerprint, seed;
    size_t rounds; /* that it holds */
    bool is_part;  /* under the name of a screening that has not come to its end */
    bool is_new;   /* nothing of an earlier call is in it */
};

/* What came of the replicates of a round: [replicate], and rows [replicate * width] of numbers. */
struct odds_round {
    uint32_t first; /* number of the round's first replicate */
    size_t count;   /* replicates of the round */
    bool *met;
    double *feature, *response;
    size_t features, responses; /* widths of the rows */
};

/* Opens a store in the folder for a screening of the scenario, anew, or with `resume` to go on.
 * `asked` tells what it depends on besides scenario and seed, on lines of their own. False with a
 * fault, where there is nothing to go on with or it belongs to something else. */
bool odds_store_open(struct odds_store *store, const char *folder, const struct scenario *scenario,
                     uint64_t seed, uint64_t replicates, const char *asked, bool resume,
                     struct faults *faults);

/* Fills the round where the store has it; *found says whether. */
bool odds_store_take(struct odds_store *store, struct odds_round *round, bool *found,
                     struct faults *faults);

/* Puts a round that was simulated. */
bool odds_store_put(struct odds_store *store, const struct odds_round *round,
                    struct faults *faults);

/* Closes the store of a screening that came to its end, and puts it in its place. */
bool odds_store_finish(struct odds_store *store, struct faults *faults);

/* Closes the store of one that did not; it stays if it holds a round. */
void odds_store_abandon(struct odds_store *store);

#endif
