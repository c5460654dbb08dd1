/* Reading comma-separated values row by row, after RFC 4180, with any line ends.
 *
 * A row may go over lines within quotes. A byte order mark before the first row is skipped. Lines
 * and columns count from 1, columns in characters.
 */
#ifndef NEOBAY_BASE_CSV_READ_H
#define NEOBAY_BASE_CSV_READ_H

#include "base/fault.h"

#include <stdio.h>

#define CSV_READ_ANEW "write the results anew" /* advice about tables of ours */

struct csv_cell {
    size_t at; /* where in `row` it begins */
    unsigned line, column;
};

/* A file under way. Zero-initialise; free with csv_read_close. */
struct csv_read {
    char *path;
    FILE *stream;
    bool comments;      /* to be set: blank lines, and those that begin with #, are skipped */
    const char *advice; /* to be set: what to do about a row that is broken; NULL: nothing */
    unsigned next_line;
    char *row; /* first as it stands, then its cells without quotes, each ended by 0 */
    size_t capacity, length;
    struct csv_cell *cell; /* [count] of the present row */
    size_t count, cell_capacity;
};

/* Opens FOLDER/FILE, or FILE where the folder is NULL. On failure there is nothing to close. */
bool csv_read_open(struct csv_read *read, const char *folder, const char *file,
                   struct faults *faults);
void csv_read_close(struct csv_read *read);

/* Reads the next row; false at the end, or with a fault if it is broken. */
bool csv_read_next(struct csv_read *read, struct faults *faults);

/* A cell of the present row; "" beyond the last. */
const char *csv_read_cell(const struct csv_read *read, size_t column);

/* Where a cell stands that is there. */
struct place csv_read_place(const struct csv_read *read, size_t column);

/* The column of this name in the present row, the header; or `count`. */
size_t csv_read_column(const struct csv_read *read, const char *name, size_t length);

/* Reports something about the present row, with the advice. Returns false. */
bool csv_read_broken(const struct csv_read *read, struct faults *faults, const char *why);

#endif
