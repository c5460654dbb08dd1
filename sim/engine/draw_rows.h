/* What the first replicates drew for the uncertain values, and what their targets then said: the
 * rows from which the bands of probabilities are estimated (engine/bands.h).
 *
 * A row lies at the number of its replicate, so neither order nor parts leave a trace. Values are
 * kept in single precision.
 */
#ifndef NEOBAY_ENGINE_DRAW_ROWS_H
#define NEOBAY_ENGINE_DRAW_ROWS_H

#include "base/bytes.h"
#include "random/draw.h"
#include "scenario/scenario.h"

enum { DRAW_ROWS_MOST = 10000 };

enum draw_row { DRAW_ROW_NONE, DRAW_ROW_ALONE, DRAW_ROW_PAIRED };

struct draw_rows {
    size_t features, targets; /* uncertain values; targets that are not joint ones */
    size_t end;               /* number of the last row that is there, and one */
    unsigned char *state;     /* [row] an enum draw_row: paired with an inner replicate, or not */
    float *drawn;             /* [row * features] */
    float *value, *inner;     /* [row * targets]; of the inner replicate only where paired */
};

/* Zero-initialise; none are kept of a scenario in which nothing is uncertain. */
bool draw_rows_init(struct draw_rows *rows, const struct scenario *scenario, struct faults *faults);
void draw_rows_clear(struct draw_rows *rows);

/* Adds a replicate, if its number is below DRAW_ROWS_MOST; `inner` NULL where it has none. */
void draw_rows_add(struct draw_rows *rows, size_t replicate, const double *drawn,
                   const double *value, const double *inner);
void draw_rows_merge(struct draw_rows *rows, const struct draw_rows *other);

/* For the store, but for what was drawn, which draw_rows_redraw draws again. */
void draw_rows_put(struct text *out, const struct draw_rows *rows);
void draw_rows_take(struct bytes_reader *reader, struct draw_rows *rows);
bool draw_rows_redraw(struct draw_rows *rows, const struct scenario *scenario, uint64_t seed,
                      uint32_t strata, struct faults *faults);

#endif
