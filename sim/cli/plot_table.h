/* Reading a CSV file row by row, as far as a check needs it. */
#ifndef NEOBAY_CLI_PLOT_TABLE_H
#define NEOBAY_CLI_PLOT_TABLE_H

#include "base/fault.h"

#include <stdio.h>

enum { TABLE_MOST_CELLS = 8192 };

/* A table under way. Zero-initialise; free with table_close. */
struct table {
    char *path;
    FILE *stream;
    unsigned line, next_line; /* of the present row; after it */
    char *row; /* first as it stands, then its cells without quotes, each ended by 0 */
    size_t capacity, length;
    size_t count;
    size_t at[TABLE_MOST_CELLS]; /* where in `row` each begins */
};

/* Opens FOLDER/FILE. */
bool table_open(struct table *table, const char *folder, const char *file, struct faults *faults);
void table_close(struct table *table);

/* Reads the next row; false at the end, or with a fault if it is broken (see table_broken). */
bool table_next(struct table *table, struct faults *faults);

const char *table_cell(const struct table *table, size_t column);

/* The column of this name in the present row, the header; or `count`. */
size_t table_column(const struct table *table, const char *name, size_t length);

/* Reports something about the present row. Returns false. */
bool table_broken(const struct table *table, struct faults *faults, const char *why);

#endif
