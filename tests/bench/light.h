/* Speed of light: what a step cannot do without, and nothing else.
 *
 * Each column of the firms' state that a step reads is read once, each that it changes is written
 * once, and the step's random blocks are drawn by the engine's own lanes_philox. What is left out
 * is all of the model: logarithms, exponentials, tables by kind, events, births, sums by kind.
 *
 * Read: log_output, youth, fragility, quality, year_volatility, raise_factor, value_myuan,
 * rd_share, born, kind, certified_until, agent, origin. Written: log_output, youth, output_myuan.
 * (output_myuan follows from log_output, so it need not be read; the columns that only a
 * certificate's window reads are left out, as are the engine's columns of scratch, which it may do
 * without.) Projects count as firms.
 */
#ifndef NEOBAY_TESTS_BENCH_LIGHT_H
#define NEOBAY_TESTS_BENCH_LIGHT_H

#include "model/firms.h"
#include "random/draw.h"

/* Months that one random block of a firm serves: as in the advance kernel
 * (model/kernels/kernel_firms.c), which draws PURPOSE_MONTHS in even months. */
enum { LIGHT_MONTHS_A_BLOCK = 2 };

/* One month. Returns a sum of all that was read, so that nothing is left out. */
typedef double light_month(struct firms *firms, const struct draw_stream *stream, int month);

/* The variant compiled for the instructions that the engine's kernels use here. */
light_month *light_best(void);

#endif
