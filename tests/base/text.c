/* Numbers as the shortest decimals that read back, and text that grows. */
#include "base/text.h"

#include "random/draw.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* As printf alone would find it. */
static const char *by_printf(char out[TEXT_NUMBER_BYTES], double value)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, TEXT_NUMBER_BYTES, "%.*g", digits, value);
        if (strtod(out, NULL) == value)
            break;
    }
    return out;
}

static void expect_same(double value)
{
    char quick[TEXT_NUMBER_BYTES], slow[TEXT_NUMBER_BYTES];
    cr_assert_str_eq(text_number(quick, value), by_printf(slow, value), "%.17g", value);
    cr_assert_str_eq(text_number(quick, -value), by_printf(slow, -value), "%.17g", -value);
}

/* Decimals of every size and length, and numbers that are none. */
Test(text, numbers_are_those_that_printf_would_find)
{
    const double edges[] = {0,    1,    1e-6,   99e-6,  1e-4,   0.000101, 999999999.999999, 1e9,
                            1e15, 1e16, 1e-300, 0x1p53, 0.1f,   1.0 / 3,  INFINITY,         1e5,
                            1e6,  10,   100.5,  2.385,  123e-6, 0.5e-6,   999999999,        1e22};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        expect_same(edges[i]);
    for (uint32_t i = 0; i < 20000; i++) {
        const struct draw_stream stream = {2385, i};
        struct draw_uniforms drawn = draw(&stream, (struct draw_agent){1, 1}, 0);
        double whole = floor(pow(10.0, 12.0 * drawn.u[0]) * drawn.u[1]);
        expect_same(whole / pow(10.0, floor(9.0 * drawn.u[2])));
        expect_same(drawn.u[3] * pow(10.0, floor(20.0 * drawn.u[2]) - 8.0));
    }
}

/* Twin: 0.1 + 0.2 is not 0.3. */
Test(text, a_number_reads_back)
{
    char number[TEXT_NUMBER_BYTES];
    cr_expect_str_eq(text_number(number, 0.3), "0.3");
    cr_expect_str_eq(text_number(number, 0.1 + 0.2), "0.30000000000000004");
    cr_expect_str_eq(text_number(number, NAN), "nan");
}

Test(text, words_and_numbers_are_appended_alike)
{
    struct text text = {0};
    text_append(&text, "%s", "");
    cr_expect_str_eq(text.bytes, "");
    text_append(&text, "a%sc%s", "b", "d");
    text_append(&text, "%d%%", 7);
    text_append(&text, "end");
    cr_expect_str_eq(text.bytes, "abcd7%end");
    cr_expect_eq(text.length, 9);
    for (int i = 0; i < 1000; i++)
        text_append(&text, "%s.", "word");
    cr_expect_eq(text.length, 9 + 5000);
    cr_expect_eq(text.bytes[text.length], '\0');
    text.failed = true;
    text_append(&text, "%s", "no more");
    cr_expect_eq(text.length, 9 + 5000);
    text_clear(&text);
}
