/* Running gnuplot: what it is given are words of its command line and files, never a command. */
#ifndef NEOBAY_CLI_PLOT_GNUPLOT_H
#define NEOBAY_CLI_PLOT_GNUPLOT_H

#include "base/fault.h"

#include <stddef.h>

/* Whether gnuplot is there and new enough. */
bool gnuplot_check(struct faults *faults);

/* Runs `gnuplot -d -c arguments…`; the list ends with NULL. What gnuplot says goes to the file
 * `log`; its last line is part of the fault if it fails. */
bool gnuplot_run(const char *const *arguments, size_t count, const char *picture, const char *log,
                 struct faults *faults);

/* The folder of the scripts, absolute: plots/ beside the program or above it, or where make install
 * puts it; on the heap, or NULL with a fault. */
char *gnuplot_scripts(struct faults *faults);

#endif
