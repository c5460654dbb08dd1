/* Cost a replicate by the number of firms and of months: a power law, whose exponent is wanted
 * at 1. */
#ifndef NEOBAY_TESTS_BENCH_SCALING_H
#define NEOBAY_TESTS_BENCH_SCALING_H

#include "base/fault.h"

/* Prints the costs of a scenario like tests/bench/firms.yaml, and the exponents. */
bool bench_scaling(const char *file, struct faults *faults);

#endif
