/* How much of the cores' time a batch spends in replicates, what a point costs beyond them, and
 * what is left where they do nothing.
 */
#ifndef NEOBAY_TESTS_BENCH_BATCH_H
#define NEOBAY_TESTS_BENCH_BATCH_H

#include "base/fault.h"

/* Prints them, from the top of the repository; files go to a folder of its own under /tmp. */
bool bench_batch(const char *scenario, struct faults *faults);

#endif
