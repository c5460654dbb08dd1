/* The ensemble: many replicates of one scenario, in parallel, put together in order. */
#ifndef NEOBAY_ENSEMBLE_ENSEMBLE_H
#define NEOBAY_ENSEMBLE_ENSEMBLE_H

#include "measure/summary.h"
#include "random/draw.h"

enum { ENSEMBLE_MOST_REPLICATES = 10000000 };

struct ensemble_options {
    uint64_t seed;
    size_t first, replicates; /* replicate numbers first … first + replicates - 1 */
    uint32_t strata;          /* worlds of the Latin hypercube that uncertain values are drawn from,
                                 at least first + replicates; 0: independent draws */
    int threads;              /* 0: as many as the machine has */
    double precision; /* stop when every target's 95 % half-width is at most this; 0: never */

    /* Called in replicate order from one thread at a time; may be NULL. Return false to stop. */
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
