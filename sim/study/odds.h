/* The odds of one target from few lives: screening (stats/screening.h) over an ensemble.
 *
 * A pilot of plain replicates teaches a predictor (stats/predictor.h) what a target's indicators
 * will be, from what is known of a replicate before it is lived: the values that are not known, and
 * the paths of macro growth and sentiment as if nothing acted on them. Then rounds: ODDS_CANDIDATES
 * candidates for each life are guessed at, the open ones lived, and as lives gather the predictor
 * learns anew. Candidate i is replicate i of a run of `--design plain`; the pilot's numbers lie
 * beyond, and its replicates are not part of the estimate.
 *
 * An answer is a pure function of scenario, seed, target and number of replicates.
 */
#ifndef NEOBAY_STUDY_ODDS_H
#define NEOBAY_STUDY_ODDS_H

#include "scenario/scenario.h"
#include "stats/screening.h"
#include "study/odds_store.h"

enum {
    ODDS_CANDIDATES = 40, /* a life; what they add to the variance is a 40th of a plain life's */
    ODDS_ROUND = 250,     /* lives a round, about */
    ODDS_PILOT = 500,     /* lives at most, and a fifth of all at most */
    ODDS_FEWEST = 100,    /* replicates that can be asked for */
    ODDS_MOST = 1000000
};

struct odds_options {
    uint64_t seed;
    size_t target;     /* joint targets follow after the others */
    size_t replicates; /* lives, the pilot's included: about so many, since chance decides */
    int threads;
    struct odds_store *store; /* open, for rounds that are done and to be kept; may be NULL */
    bool (*progress)(void *context, size_t done, size_t total); /* may be NULL; false: stop */
    void *context;
};

struct odds {
    size_t pilot; /* lives that taught the predictor only */
    struct screening screening;
    bool plain;   /* guesses did worse than none, so that rounds went on as plain sampling */
    bool stopped; /* by `progress` */
};

/* False with a fault if memory cannot be had. */
bool odds_run(struct odds *odds, const struct scenario *scenario,
              const struct odds_options *options, struct faults *faults);

#endif
