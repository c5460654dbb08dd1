/* Where a replicate's time goes: each phase of a step, on one core. */
#ifndef NEOBAY_TESTS_BENCH_PHASES_H
#define NEOBAY_TESTS_BENCH_PHASES_H

#include "scenario/scenario.h"

bool bench_phases(const struct scenario *scenario, struct faults *faults);

#endif
