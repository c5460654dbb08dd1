/* What the summary says, as rows of the CSV files. */
#ifndef NEOBAY_STORE_TABLES_H
#define NEOBAY_STORE_TABLES_H

#include "store/columns.h"
#include "store/observed.h"

/* How many targets, joint ones after the others. */
size_t tables_target_count(const struct scenario *scenario);

/* One target, or the joint target that follows after them (number of targets + j). The names of
 * the targets that a joint one asks for are put into `all_of`, which the row borrows. */
struct targets_row tables_target(const struct summary *summary, const struct observed *observed,
                                 size_t target, struct text *all_of);

enum { TABLES_ZONES_BYTES = 512 };

/* Zones of a column: "T", or "T>O" for what goes from one to another; NULL if it has none. May be
 * written to `out`. */
const char *tables_zones(char out[TABLES_ZONES_BYTES], const struct scenario *scenario,
                         const struct panel_column *column);

/* One month of one column of the panel; the row may borrow `zones`. */
struct trajectories_row tables_trajectory(const struct summary *summary, size_t row, size_t column,
                                          char zones[TABLES_ZONES_BYTES]);

/* Each writes a whole file, header included. False if memory ran out; errors of writing stay in
 * the stream. */
bool tables_write_targets(struct csv *csv, const struct summary *summary,
                          const struct observed *observed);
void tables_write_trajectories(struct csv *csv, const struct summary *summary);
void tables_write_first_reached(struct csv *csv, const struct summary *summary);

#endif
