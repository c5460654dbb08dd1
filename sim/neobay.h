/* neobay as a library: read a scenario, run replicates, ask for the odds, write the files.
 *
 * No global state, no printing, no exit (GSL's aborting handler is the caller's to switch off:
 * gsl_set_error_handler_off()). A scenario is read-only once loaded and may be shared by
 * threads. A run is a value: runs of the same scenario and seed over other replicates can be made
 * anywhere and merged, and merging in any order gives the bytes of the whole.
 *
 *     struct neobay_faults *faults = neobay_faults_create();
 *     struct neobay_scenario *scenario = neobay_load("district.yaml", NULL, 0, faults);
 *     struct neobay_options options = {.seed = 1, .replicates = 1000};
 *     struct neobay_run *run = scenario ? neobay_run(scenario, &options, faults) : NULL;
 *     for (size_t i = 0; run && i < neobay_target_count(run); i++) { … neobay_target(run, i) … }
 *
 * Link with libneobay.a, and with what `pkg-config --libs gsl yaml-0.1 sqlite3` says, -fopenmp and
 * -lm.
 */
#ifndef NEOBAY_H
#define NEOBAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* All functions check their arguments: a pointer that is NULL, a count or an index out of range is
 * a fault where there is a list for it, else false, NULL, 0, or a struct of NaN. The caller's
 * locale does not matter and is left as it is. */

/* The release, "0.1.0". */
const char *neobay_release(void);

/* A list of one-line messages about what went wrong. A function that takes one returns NULL or
 * false after adding to it. */
struct neobay_faults;
struct neobay_faults *neobay_faults_create(void); /* NULL without memory */
void neobay_faults_free(struct neobay_faults *faults);
size_t neobay_faults_count(const struct neobay_faults *faults);
const char *neobay_faults_message(const struct neobay_faults *faults, size_t i);
/* True if the world (memory, disk) is at fault, false if the input is. */
bool neobay_faults_of_world(const struct neobay_faults *faults);

/* A scenario, checked. */
struct neobay_scenario;

/* Reads a YAML file and all that it extends, with overrides "path=value" laid over it. */
struct neobay_scenario *neobay_load(const char *file, const char *const *overrides,
                                    size_t override_count, struct neobay_faults *faults);
void neobay_scenario_free(struct neobay_scenario *scenario);

/* The effective scenario as YAML that runs to the same bytes; free() it. NULL without memory. */
char *neobay_show(const struct neobay_scenario *scenario);

/* A number that changes with anything that bears on the results. */
uint64_t neobay_fingerprint(const struct neobay_scenario *scenario);

struct neobay_options {
    uint64_t seed;
    size_t first_replicate, replicates; /* numbers first … first + replicates - 1 */
    bool independent; /* uncertain values are drawn independently; else every 100 replicates from a
                         number that 100 divides on are a Latin hypercube */
    int threads;      /* 0: as many as the machine has */
    double precision; /* stop once every target's 95 % half-width is at most this; 0: never */
    /* Called in replicate order, one thread at a time; may be NULL. Return false to stop: the run
     * then holds the replicates before. */
    bool (*progress)(void *context, size_t done, size_t total);
    void *context;
};

struct neobay_run;

/* Runs replicates. The scenario must outlive the run. The result does not depend on `threads`. */
struct neobay_run *neobay_run(const struct neobay_scenario *scenario,
                              const struct neobay_options *options, struct neobay_faults *faults);
void neobay_run_free(struct neobay_run *run);

/* Adds the replicates of `other`, of the same scenario, seed and draws and none of them in `run`;
 * false, and nothing done, if one of them differs. */
bool neobay_run_merge(struct neobay_run *run, const struct neobay_run *other);

size_t neobay_run_replicates(const struct neobay_run *run);

/* The answer for a target; joint targets follow after the others. Numbers that do not exist (the
 * value of a joint target, the shortfall where none missed) are NaN. */
struct neobay_target {
    const char *name, *indicator;      /* indicator "" for a joint target */
    int year, month;                   /* 0 for a joint target */
    double probability, low95, high95; /* Wilson's score interval; one that holds at any
                                          time where `precision` was asked for */
    double mean, sd, p05, p50, p95;    /* of the indicator at the date */
    double median_shortfall;           /* where missed */
};
size_t neobay_target_count(const struct neobay_run *run);
struct neobay_target neobay_target(const struct neobay_run *run, size_t i);

/* One month of one indicator over all replicates. `part` is a zone, a sector, two zones "T>O", or
 * "" where the indicator has no parts. */
struct neobay_cell {
    double mean, sd, p05, p25, p50, p75, p95;
};
/* False if there is no such indicator, part or month. */
bool neobay_cell(const struct neobay_run *run, const char *indicator, const char *part, int year,
                 int month, struct neobay_cell *cell);

/* Writes targets.csv, trajectories.csv, first-reached.csv, columns.csv, scenario.yaml and run.json
 * into a folder, all or none; refuses one that holds another scenario's results unless `force`. */
bool neobay_run_save(const struct neobay_run *run, const char *folder, bool force,
                     struct neobay_faults *faults);

#ifdef __cplusplus
}
#endif

#endif
