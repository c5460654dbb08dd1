/* The engine against the plain program, against the speed of light, and against itself on one
 * thread: nanoseconds an agent-step a core. */
#ifndef NEOBAY_TESTS_BENCH_RIVALS_H
#define NEOBAY_TESTS_BENCH_RIVALS_H

#include "scenario/scenario.h"

bool bench_rivals(const struct scenario *scenario, struct faults *faults);

#endif
