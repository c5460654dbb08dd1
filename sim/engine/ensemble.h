/* The ensemble: many replicates of one scenario, in parallel, put together in order. */
#ifndef NEOBAY_ENGINE_ENSEMBLE_H
#define NEOBAY_ENGINE_ENSEMBLE_H

#include "engine/summary.h"
#include "random/draw.h"

/* Every ninth replicate with a twin keeps the split's error near a third of a tenth at 10,000
 * replicates, for a ninth of the time. Odd, so that twins fall into all groups of the split. */
enum { ENSEMBLE_MOST_REPLICATES = 10000000, ENSEMBLE_TWIN_EVERY = 9 };

struct ensemble_options {
    uint64_t seed;
    size_t first, replicates; /* replicate numbers first … first + replicates - 1 */
    uint32_t strata;          /* uncertain values of so many replicates in a row are a Latin
                                 hypercube: DRAW_BLOCK, or 0 for independent draws */
    size_t twin_every; /* every so many replicates one has a twin, of the same world and other
                          luck, that tells chance from ignorance; 0: none has */
    int threads;       /* see pool_threads */
    double precision;  /* stop when every target's 95 % half-width is at most this; 0: never */

    /* Called in replicate order by the calling thread; may be NULL. Return false to stop. */
    bool (*progress)(void *context, size_t done, size_t total);
    bool (*each)(void *context, const struct outcome *outcome);
    void *context;
};

/* Runs the replicates and adds them to `summary`, which is initialised for the same scenario.
 * Returns false with a fault if memory cannot be had; sets *stopped if a callback ended the run, in
 * which case the summary holds the replicates before it. The summary's bytes do not depend on
 * `threads`. Also writes the agent-steps done (firms and projects, months) to *agent_steps. */
bool ensemble_run(const struct scenario *scenario, const struct ensemble_options *options,
                  struct summary *summary, uint64_t *agent_steps, bool *stopped,
                  struct faults *faults);

/* The address of a replicate of these options. */
struct draw_replicate ensemble_replicate(const struct ensemble_options *options, size_t number);

/* Largest half-width of the targets' 95 % intervals, joint targets included. */
double ensemble_half_width(const struct summary *summary);

#endif
