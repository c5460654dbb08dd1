/* Tables for the eye: cells of text in aligned columns, and numbers as people write them. */
#ifndef NEOBAY_CLI_GRID_H
#define NEOBAY_CLI_GRID_H

#include "base/text.h"

enum { GRID_COLUMNS = 12, HUMAN_BYTES = 64 };

/* Set `align`, one letter a column, l or r; zero the rest. Free with grid_clear. */
struct grid {
    const char *align;
    size_t count, capacity; /* cells, row by row */
    struct text *cell;
    bool failed;
};

/* Appends the next cell; a row is full when it has as many as `align` has letters. */
void grid_add(struct grid *grid, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends a cell for each of some words, such as a head. */
void grid_add_words(struct grid *grid, const char *const *words, size_t count);

/* Appends all rows to `out`, each indented by two blanks; the first, the head, in `head` style
 * (an escape sequence, or ""). */
void grid_write(const struct grid *grid, const char *head, struct text *out);
void grid_clear(struct grid *grid);

/* How many characters a UTF-8 text shows. */
size_t text_width(const char *text);

/* 1,234,567 or 12.3 or 0.0457: three figures, or all before the point. "–" for NaN. Returns `out`.
 */
const char *human_number(char out[HUMAN_BYTES], double value);

/* A share as 63.2 %, 0.04 % near the ends, <0.01 % and >99.99 % beyond, 0 % or 100 % at them only.
 * Returns `out`. */
const char *human_share(char out[HUMAN_BYTES], double share);

/* Two shares with one % for both: 61.2 – 64.0 %. Returns `out`. */
const char *human_share_range(char out[HUMAN_BYTES], double low, double high);

/* 8.4 s, 42 s, 3 min 20 s, 2 h 05 min. Returns `out`. */
const char *human_time(char out[HUMAN_BYTES], double seconds);

#endif
