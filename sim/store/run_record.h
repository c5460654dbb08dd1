/* run.json: how a run came about, so that it can be run again and told from others. It is read back
 * by manifest.h. */
#ifndef NEOBAY_STORE_RUN_RECORD_H
#define NEOBAY_STORE_RUN_RECORD_H

#include "base/json.h"
#include "scenario/scenario.h"

#include <time.h>

struct run_record {
    bool library; /* saved by a program through the library, perhaps put together from parts */
    const char *scenario_file;
    const char *const *overrides; /* path=value, as given */
    size_t override_count;
    uint64_t seed, replicates_asked, replicates, agent_steps;
    uint32_t strata; /* replicates of each Latin hypercube; 0: independent draws */
    int threads;
    double precision;    /* 0: none asked for */
    bool replicate_rows; /* replicates.csv is written */
    uint64_t firms;      /* replicates of the firm panel */
    bool limits;         /* limits.csv is written */
    time_t started;
    double seconds; /* of simulating */
};

/* Writes the record as members of the object that is open. */
void run_record_write(const struct run_record *record, const struct scenario *scenario,
                      struct json *json);

/* What the bytes of results hang on: compiler, libraries. */
enum { RUN_RECORD_MAKERS = 4 };
struct run_record_maker {
    const char *name, *version;
};
void run_record_makers(struct run_record_maker makers[RUN_RECORD_MAKERS]);

#endif
