/* The small scenario with a summary of made-up replicates, so that each number is known.
 *
 * Replicate r of MADE_REPLICATES has the value r + column / 1000 in every cell; target 0
 * (firms_110) has the value 100 + r and is first met in row 3 where 110 or more; target 1 the
 * value 4000.5 and is met in row 0; target 2 the value 10, never met. Row 0's cells of even
 * replicates are NaN. */
#ifndef NEOBAY_TESTS_OUTPUT_MADE_H
#define NEOBAY_TESTS_OUTPUT_MADE_H

#include "engine/summary.h"
#include "store/observed.h"

enum { MADE_REPLICATES = 20 };

struct made {
    struct scenario *scenario;
    struct observed observed;
    struct summary summary;
};

struct made made_new(void);
void made_free(struct made *made);

/* Calls `each` with every replicate. */
void made_replicates(const struct made *made,
                     void (*each)(void *context, const struct outcome *outcome), void *context);

#endif
