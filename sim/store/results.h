/* The results of a run as files in one folder, out/NAME/: targets.csv, trajectories.csv,
 * first-reached.csv, columns.csv, what is watched for pictures (watch.h), digests.csv,
 * scenario.yaml (the effective one) and run.json; on request replicates.csv, firms.csv with
 * facts.csv, limits.csv. They appear all at once, at results_commit, or not at all.
 *
 * A folder that holds the results of another scenario, told by its fingerprint, or of another seed
 * or more replicates, or files of these names that are none of ours, is refused unless forced.
 */
#ifndef NEOBAY_STORE_RESULTS_H
#define NEOBAY_STORE_RESULTS_H

#include "base/csv.h"
#include "engine/bands.h"
#include "model/firm_row.h"
#include "store/digest_table.h"
#include "store/file.h"
#include "store/observed.h"
#include "store/run_record.h"
#include "store/watch.h"

/* Files that grow as replicates come in, and so are kept in pieces by checkpoints. */
enum { RESULTS_GROWING = 3 };

struct results {
    const struct scenario *scenario;
    struct file_group files;
    struct csv replicates, firms, limits; /* under way; no stream where not asked for */
    size_t firm_replicate;                /* whose firms come now */
    struct watch watch;
    struct digest_table digests;
    uint64_t kept[RESULTS_GROWING]; /* bytes of each that the last checkpoint has */
    const struct text *shown;       /* what scenario.yaml says; NULL: what scenario_show does */
};

/* Opens the folder and begins the files that are written while the run goes on: replicates.csv,
 * firms.csv and limits.csv, each if the record asks for it. On failure the results need no end. */
bool results_open(struct results *results, const struct scenario *scenario, const char *folder,
                  const struct run_record *record, bool force, struct faults *faults);

/* Watches a replicate, takes its digest, and adds a row to replicates.csv, if it is asked for: the
 * replicate; for each target its value and the month when first reached; what was drawn for each
 * uncertain number, under its path. */
void results_replicate(struct results *results, const struct outcome *outcome);

/* A firm as firms.csv shows it; names are borrowed from the scenario, the firm's from `row`. */
struct firms_row results_firms_row(const struct scenario *scenario, size_t replicate,
                                   const struct firm_row *row);

/* Adds a row to firms.csv; results->firm_replicate says whose firm it is. */
void results_firm(struct results *results, const struct firm_row *row);

/* Adds a row to limits.csv. */
void results_limit(struct results *results, const struct limits_row *row);

/* Writes the rest and puts all files in place. Ends the results either way. */
bool results_commit(struct results *results, const struct summary *summary,
                    const struct bands *bands, const struct observed *observed,
                    const struct run_record *record, struct faults *faults);

/* Ends the results and leaves the folder as it was. */
void results_abandon(struct results *results);

/* A file that grows; its stream is NULL where it is not asked for. */
struct growing_file {
    const char *name;
    FILE *stream;
};
struct growing_file results_growing(const struct results *results, size_t i);

/* What results have taken so far, as bytes for the store, but for the files that grow; taken into
 * results that are open for the same scenario. */
void results_put(struct text *out, struct results *results);
void results_take(struct bytes_reader *reader, struct results *results);

#endif
