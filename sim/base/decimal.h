/* The shortest decimal of 15 to 17 digits that reads back to a double, as "%.*g" would write it.
 *
 * A double in [1e-4, 1e15) is m 2^-s with m of 53 bits, and m 10^k fits 128 bits for all k wanted
 * here: digits and what they leave out are whole numbers, and rounding is exact, to even where it
 * is a tie. D 10^-k reads back if it lies within half a unit of m:  |D 2^s - m 10^k| <= 10^k / 2.
 * A C library does the same for any double, with numbers of any length, twenty times slower.
 */
#ifndef NEOBAY_BASE_DECIMAL_H
#define NEOBAY_BASE_DECIMAL_H

#include <stdbool.h>

enum { DECIMAL_BYTES = 32 };

/* Writes the decimal; false, with nothing written, for values out of range. */
bool decimal_write(char out[DECIMAL_BYTES], double value);

#endif
