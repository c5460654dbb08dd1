/* Comma-separated values after RFC 4180, with plain newlines. Numbers read back exactly; a number
 * that is none (NaN) is an empty cell. A row with more or fewer cells than the header is a bug. */
#ifndef NEOBAY_BASE_CSV_H
#define NEOBAY_BASE_CSV_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A table under way: set the stream, zero the rest. Errors stay in the stream (ferror). */
struct csv {
    FILE *stream;
    size_t cell;    /* cells of the present row so far */
    size_t columns; /* cells of the first row; 0 while in it */
};

void csv_text(struct csv *csv, const char *text); /* NULL: an empty cell */
void csv_number(struct csv *csv, double value);
void csv_whole(struct csv *csv, uint64_t value);
void csv_month(struct csv *csv, int month); /* MONTH_NEVER: an empty cell */
void csv_end_row(struct csv *csv);

#endif
