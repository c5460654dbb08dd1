/* Text: a growing buffer, numbers that read back exactly, and the nearest of some names. */
#ifndef NEOBAY_BASE_TEXT_H
#define NEOBAY_BASE_TEXT_H

#include "base/decimal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TEXT_NUMBER_BYTES = DECIMAL_BYTES, TEXT_MONTH_BYTES = 16 };

/* A growing, always terminated string. Zero-initialise; free with text_clear. Once memory has run
 * out `failed` is set and further appends do nothing, so one check at the end is enough. */
struct text {
    char *bytes;
    size_t length, capacity;
    bool failed;
};

void text_append(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_clear(struct text *text);

/* Writes the shortest decimal that reads back to the same double ("1e+30", "0.1", "nan", "inf").
 * Returns `out`, which holds at least TEXT_NUMBER_BYTES. */
const char *text_number(char out[TEXT_NUMBER_BYTES], double value);

/* Whether bytes are text in UTF-8, as RFC 3629 has it. */
bool text_is_utf8(const char *bytes);

/* The same with a point and a sign where there is an exponent, 1.0e-05: other readers of YAML take
 * 1e-05 for a word. */
const char *text_number_yaml(char out[TEXT_NUMBER_BYTES], double value);

/* Reads a whole text that is a finite decimal number ("0.1", "-3e5"; no hexadecimal, no inf). */
bool text_number_read(const char *text, double *value);

/* The name, of `count`, that is nearest to `word` by edit distance (transpositions count one), or
 * NULL if none is near enough to be a slip: at most a third of the letters, and at least one. */
const char *text_nearest(const char *word, const char *const *names, size_t count);

/* FNV-1a, 32 and 64 bits: the identity of a name in an address of chance; a fingerprint. */
uint32_t text_hash32(const char *text);
uint64_t text_hash64(const char *bytes, size_t length);

/* Months are counted from January of year 0, so that 2021-01 is 24252; see text_month_read.
 * MONTH_NEVER is a month that no clock reaches, and lies before every month that one does. */
enum { MONTH_NEVER = 0, MONTH_FIRST = 1900 * 12, MONTH_LAST = 2200 * 12 + 11 };

/* Reads "2021-01" into *month; false if the text is not a month of the years 1900 to 2200. */
bool text_month_read(const char *text, int *month);

/* Writes a month as "2021-01". Returns `out`. */
const char *text_month(char out[TEXT_MONTH_BYTES], int month);

#endif
