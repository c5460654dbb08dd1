/* The summary: what is kept of many replicates.
 *
 * Counts, exact sums and dyadic histograms: the summary of a set of replicates does not depend on
 * their order, nor on who computed them, and parts merge to the bytes of the whole. Memory does not
 * grow with the number of replicates beyond those of the draw rows.
 */
#ifndef NEOBAY_ENGINE_SUMMARY_H
#define NEOBAY_ENGINE_SUMMARY_H

#include "engine/draw_rows.h"
#include "engine/panel.h"
#include "stats/cells.h"
#include "stats/estimate.h"
#include "stats/split.h"

/* What one replicate says, by value of borrowed arrays. */
struct outcome {
    size_t replicate;
    const double *panel;        /* [row * column_count + column] */
    const double *target_value; /* [target] the indicator at the date (flows: summed since) */
    const int *target_reached;  /* [target] row when first met, or TARGET_NEVER */
    const double *drawn;        /* [uncertain leaf, in leaf order] */
    const struct outcome *twin; /* of the same world and other luck, or NULL */
};
enum { TARGET_NEVER = -1 };

struct target_summary {
    uint64_t met;
    struct cell value;          /* of the indicator at the date */
    struct histogram shortfall; /* distance to the threshold where missed, > 0 */
    uint64_t *first_reached;    /* [row] replicates that first met it then */
    uint64_t *met_then;         /* [row] replicates that met it then, first or again */
};

struct summary {
    const struct scenario *scenario;
    struct panel_layout layout;
    uint64_t replicates;
    struct cells cells; /* [row * column_count + column] */
    bool looked; /* whether to go on was decided by looking: intervals must hold at any time */
    struct target_summary *target;   /* [target] */
    uint64_t *joint_met;             /* [joint target] */
    struct split *split;             /* [column] of the last row: chance told from ignorance */
    struct paired_counts *twins_met; /* [target, then joint target] met by both twins, one, none */
    struct draw_rows draw_rows;      /* of the first replicates */
    uint64_t *reached_store;
    uint32_t *bin_store; /* of the targets' histograms */
};

bool summary_init(struct summary *summary, const struct scenario *scenario, struct faults *faults);
void summary_clear(struct summary *summary);

/* Adds one replicate; its twin speaks only of chance and ignorance. */
void summary_add(struct summary *summary, const struct outcome *outcome);

/* Puts the panels that wait into the cells. Before cells are read or merged. */
void summary_settle(struct summary *summary);

/* Bits of the targets that values at their dates meet, joint targets after the others. */
uint64_t targets_met(const struct params *params, const double *value);

/* Adds all replicates of another summary of the same scenario. */
void summary_merge(struct summary *summary, const struct summary *other);

/* For the store; taken into a summary that is initialised for the same scenario, but for what the
 * draw rows drew. */
void summary_put(struct text *out, struct summary *summary);
void summary_take(struct bytes_reader *reader, struct summary *summary);

/* The 95 % interval of a probability met by so many of the replicates: Wilson's score interval, or,
 * where `looked`, one that holds however the run was stopped (sequence.h). */
struct interval summary_interval(const struct summary *summary, uint64_t met);

/* True if the indicator of this target counts things, so that quantiles are whole. */
bool indicator_is_whole(enum indicator_id indicator);

/* What a target measures in a row of a panel: the cell, or, of a flow, the sum since the target's
 * first month, which grows in *sum from row to row. */
double target_value_at(const struct target_params *target, const struct panel_layout *layout,
                       const double *panel, size_t row, double *sum);

/* Whether a value meets a target, and by how much it misses it (0 if met). */
bool target_met(const struct target_params *target, double value);
double target_shortfall(const struct target_params *target, double value);

#endif
