/* What is watched while replicates come in, so that it can be drawn: a few single paths
 * (paths.csv), the odds as they settle (convergence.csv), the years (pipeline.csv and
 * bottlenecks.csv), the stylised facts of the firm panel (facts.csv), what was observed
 * (observed.csv) and what the run is called (about.csv).
 */
#ifndef NEOBAY_STORE_WATCH_H
#define NEOBAY_STORE_WATCH_H

#include "store/convergence.h"
#include "store/facts.h"
#include "store/file.h"
#include "store/observed.h"
#include "store/run_record.h"
#include "store/yearly.h"

struct watch {
    const struct scenario *scenario;
    struct csv paths; /* under way */
    struct convergence convergence;
    struct yearly yearly;
    struct facts *facts; /* NULL where no firms are asked for */
};

/* Begins; facts.csv of an earlier run goes where no firms are asked for. After a failure too,
 * watch_clear. */
bool watch_open(struct watch *watch, const struct scenario *scenario, bool firms,
                struct file_group *files, struct faults *faults);
void watch_clear(struct watch *watch);

/* Each takes one replicate, or one firm in one month of a replicate of the panel. */
void watch_replicate(struct watch *watch, const struct outcome *outcome);
void watch_firm(struct watch *watch, size_t replicate, const struct firm_row *row);

/* Adds the files to the group. */
bool watch_write(struct watch *watch, const struct observed *observed,
                 const struct run_record *record, struct file_group *files, struct faults *faults);

/* Writes about.csv, header included. */
void watch_write_about(const struct scenario *scenario, const struct run_record *record,
                       struct csv *csv);

#endif
