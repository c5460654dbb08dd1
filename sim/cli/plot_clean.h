/* Tables without control characters, for gnuplot: it takes the end of a line within quotes for that
 * of a row, and writes what no reader of SVG takes. */
#ifndef NEOBAY_CLI_PLOT_CLEAN_H
#define NEOBAY_CLI_PLOT_CLEAN_H

#include "base/fault.h"

/* Whether a table that pictures are drawn from has such characters in a cell. */
bool plot_clean_needed(const char *folder);

/* Copies those tables, with a blank for each such character, into a folder that is there. */
bool plot_clean_copy(const char *folder, const char *to, struct faults *faults);

/* Removes the copies. */
void plot_clean_remove(const char *to);

#endif
