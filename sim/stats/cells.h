/* Cells: mean, spread and quantiles of many quantities, of which each replicate has one value.
 *
 * Cells take up a hundred times the cache, so rows of values wait until there are many of them:
 * then each cell is met once for all. Counts, exact sums and dyadic histograms: what is kept does
 * not depend on the order of the rows.
 */
#ifndef NEOBAY_STATS_CELLS_H
#define NEOBAY_STATS_CELLS_H

#include "stats/histogram.h"
#include "stats/moments.h"

struct cell {
    struct moments moments;
    struct histogram histogram;
};

/* Adds a value; NaN is none. */
void cell_add(struct cell *cell, double value);

/* Adds all values of another. */
void cell_merge(struct cell *cell, const struct cell *other);

/* Mean of a cell, held to what was seen: the moments round each value to 2^-24. NaN if empty. */
double cell_mean(const struct cell *cell);

enum { CELLS_WAITING = 64 };

struct cells {
    size_t count;
    struct cell *cell; /* [count]; its block holds the rows that wait, and all bins */
    double *waiting;   /* [CELLS_WAITING rows of count] not yet in `cell` */
    size_t waiting_count;
};

/* False if memory cannot be had; clear it in any case. */
bool cells_init(struct cells *cells, size_t count);
void cells_clear(struct cells *cells);

/* A row of `count` values for the caller to fill, all of it, before anything else is asked of the
 * cells; NaN where there is none. */
double *cells_row(struct cells *cells);

/* Puts the rows that wait into the cells. Before cells are read or merged. */
void cells_settle(struct cells *cells);

/* Adds all rows of others of the same count. */
void cells_merge(struct cells *cells, const struct cells *other);

/* For the store: the cells, once they are settled; taken into cells of the same count. */
void cells_put(struct text *out, const struct cells *cells);
void cells_take(struct bytes_reader *reader, struct cells *cells);

void cell_put(struct text *out, const struct cell *cell);
void cell_take(struct bytes_reader *reader, struct cell *cell);

#endif
