#include "base/text.h"
#include "random/philox.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The shortest of 15, 16 and 17 digits, all of them tried. */
static const char *shortest(char out[TEXT_NUMBER_BYTES], double value)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, TEXT_NUMBER_BYTES, "%.*g", digits, value);
        if (strtod(out, NULL) == value)
            break;
    }
    return out;
}

static void expect_shortest(double value)
{
    char wanted[TEXT_NUMBER_BYTES], is[TEXT_NUMBER_BYTES];
    cr_expect_str_eq(text_number(is, value), shortest(wanted, value));
}

Test(text, a_number_is_the_shortest_that_reads_back)
{
    const double given[] = {0.0,
                            -0.0,
                            0.1,
                            1.0 / 3.0,
                            2.385,
                            -7.0,
                            1e15,
                            1e15 - 1,
                            1e16,
                            0x1p53,
                            -0x1p62,
                            1e300,
                            1e-5,
                            123456.7,
                            0x1p-1022,
                            0x1p-1074,
                            3e-320,
                            100.0,
                            INFINITY,
                            -INFINITY,
                            NAN,
                            0.3 - 0.1,
                            5e-324 * 7,
                            999999999999999.9,
                            0x1p-13,
                            0.5,
                            1e-4,
                            9.999999999999999e-5,
                            0.99999999999999989};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        expect_shortest(given[i]);
}

/* Any bits, at an exponent for which digits are worked out in whole numbers. */
static double any_in_reach(uint32_t high, uint32_t low)
{
    double mantissa = 1.0 + high * 0x1p-32 + (low >> 12) * 0x1p-52;
    return ldexp(mantissa, (int)(low % 64) - 14);
}

/* Doubles of any bits; decimals of few digits and their neighbours; whole numbers. */
Test(text, so_are_many_others)
{
    for (uint32_t i = 0; i < 50000; i++) {
        struct philox_words words = philox((struct philox_words){{i, 0, 0, 0}}, 1, 2);
        uint64_t bits = (uint64_t)words.word[0] << 32 | words.word[1];
        double any;
        memcpy(&any, &bits, sizeof any);
        if (isfinite(any))
            expect_shortest(any);
        double decimal = (int32_t)words.word[2] / pow(10.0, words.word[3] % 12);
        expect_shortest(decimal);
        expect_shortest(nextafter(decimal, INFINITY));
        expect_shortest(decimal * 1.1);
        expect_shortest(any_in_reach(words.word[0], words.word[1]));
        expect_shortest((double)(int32_t)words.word[3] * (i % 1000));
    }
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
    struct text none = {0};
    text_append(&none, "%s", (const char *)text.bytes);
    cr_expect(!none.failed);
    const char *volatile nothing = NULL;
    text_append(&none, "%s", nothing);
    cr_expect(none.failed, "what holds a text without memory is without it, too");
    text_clear(&none);
    text.failed = true;
    text_append(&text, "%s", "no more");
    cr_expect_eq(text.length, 9 + 5000);
    text_clear(&text);
}

/* First and last characters of each length are text; what is spelled too long, halves of pairs and
 * what lies beyond are none. */
Test(text, tells_utf8)
{
    static const char *const text[] = {"",
                                       "plain",
                                       "\x7F",
                                       "\xC2\x80",
                                       "\xDF\xBF",
                                       "\xE0\xA0\x80",
                                       "\xED\x9F\xBF",
                                       "\xEF\xBF\xBF",
                                       "\xF0\x90\x80\x80",
                                       "\xF4\x8F\xBF\xBF",
                                       "m\xC2\xB2 \xE5\x8C\xBA"};
    static const char *const other[] = {"\x80",
                                        "\xC1\xBF",
                                        "\xC2",
                                        "\xC2x",
                                        "\xE0\x9F\xBF",
                                        "\xED\xA0\x80",
                                        "\xE2\x82",
                                        "\xF0\x8F\xBF\xBF",
                                        "\xF4\x90\x80\x80",
                                        "\xF5\x80\x80\x80",
                                        "caf\xE9"};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        cr_expect(text_is_utf8(text[i]), "text %zu", i);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        cr_expect(!text_is_utf8(other[i]), "other %zu", i);
}

Test(text, numbers_that_all_readers_of_yaml_take_for_numbers)
{
    char number[TEXT_NUMBER_BYTES];
    cr_expect_str_eq(text_number_yaml(number, 1e-5), "1.0e-05");
    cr_expect_str_eq(text_number_yaml(number, -2.5e-7), "-2.5e-07");
    cr_expect_str_eq(text_number_yaml(number, 3e22), "3.0e+22");
    cr_expect_str_eq(text_number_yaml(number, 0.125), "0.125");
    cr_expect_str_eq(text_number_yaml(number, 1e6), "1000000");
}
