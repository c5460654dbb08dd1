/* The program as it is started from a shell: seconds from start to end, and the memory it took. */
#ifndef NEOBAY_TESTS_BENCH_SHELL_H
#define NEOBAY_TESTS_BENCH_SHELL_H

#include <stdbool.h>

/* Prints how long 500 replicates of a scenario take with everything written, and what a run of a
 * million firms takes. False, with a line on stderr, if a run fails. */
bool bench_shell(const char *program, const char *scenario, const char *firms);

#endif
