#include "base/decimal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { FEWEST_DIGITS = 15, MOST_DIGITS = 17, MANTISSA_BITS = 53, LEAST_EXPONENT = -4 };

__extension__ typedef unsigned __int128 wide;

/* Writes `digits` with a point before the last `behind` of them; no zeros at the end. */
static void write_digits(char out[DECIMAL_BYTES], bool negative, uint64_t digits, int behind)
{
    char *at = out + DECIMAL_BYTES;
    for (; behind > 0 && digits % 10 == 0; behind--)
        digits /= 10;
    *--at = '\0';
    for (int place = 0; place <= behind || digits > 0; place++, digits /= 10) {
        if (place == behind && behind > 0)
            *--at = '.';
        *--at = (char)('0' + digits % 10);
    }
    if (negative)
        *--at = '-';
    memmove(out, at, (size_t)(out + DECIMAL_BYTES - at));
}

/* e with 10^e <= value < 10^(e + 1). The doubles nearest to 10^-1 … 10^-4 lie above them. */
static int decimal_exponent(double value)
{
    static const double power[] = {1e-4, 1e-3, 1e-2, 1e-1, 1e0,  1e1,  1e2,  1e3,  1e4, 1e5,
                                   1e6,  1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14};
    int e = 0;
    while (e + 1 < (int)(sizeof power / sizeof *power) && value >= power[e + 1])
        e++;
    return e + LEAST_EXPONENT;
}

static uint64_t power_of_ten(int k)
{
    uint64_t power = 1;
    for (; k > 0; k--)
        power *= 10;
    return power;
}

/* x / 2^shift, rounded, ties to even. */
static wide rounded(wide x, int shift)
{
    wide whole = x >> shift, rest = x - (whole << shift), half = (wide)1 << (shift - 1);
    return whole + (rest > half || (rest == half && (whole & 1)));
}

static void write_fraction(char out[DECIMAL_BYTES], double value)
{
    int exponent;
    uint64_t m = (uint64_t)ldexp(frexp(fabs(value), &exponent), MANTISSA_BITS);
    int shift = MANTISSA_BITS - exponent;
    int behind = FEWEST_DIGITS - 1 - decimal_exponent(fabs(value));
    wide unit = power_of_ten(behind), scaled = m * unit, digits;
    for (int count = FEWEST_DIGITS;; count++, behind++, unit *= 10, scaled *= 10) {
        digits = rounded(scaled, shift);
        wide back = digits << shift, off = back > scaled ? back - scaled : scaled - back;
        if (count == MOST_DIGITS || 2 * off < unit || (2 * off == unit && m % 2 == 0))
            break;
    }
    write_digits(out, value < 0.0, (uint64_t)digits, behind);
}

bool decimal_write(char out[DECIMAL_BYTES], double value)
{
    double size = fabs(value);
    if (!(size < 1e15))
        return false;
    if (value == floor(value)) {
        if (value == 0.0 && signbit(value))
            return false;
        write_digits(out, value < 0.0, (uint64_t)size, 0);
    } else if (size >= 1e-4) {
        write_fraction(out, value);
    } else {
        return false;
    }
    return true;
}
