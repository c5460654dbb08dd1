/* What branching saves: agent-steps, and time on the wall, with and without it in turn. */
#ifndef NEOBAY_TESTS_BENCH_BRANCHES_H
#define NEOBAY_TESTS_BENCH_BRANCHES_H

#include "base/fault.h"

/* Prints it for the levers of the scenario and for the shipped batches of levers and delays, from
 * the top of the repository, and for the levers the time of the plain program over ours. */
bool bench_branches(const char *scenario, struct faults *faults);

#endif
