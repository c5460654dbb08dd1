/* Numbers as bytes: they come back as they were, and what is none of ours is noticed. */
#include "base/bytes.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static struct bytes_reader reader_of(const struct text *text, size_t cut)
{
    const unsigned char *at = (const unsigned char *)text->bytes;
    return (struct bytes_reader){at, at + text->length - cut};
}

static const uint64_t wholes[] = {0, 1, 127, 128, 300, 1u << 20, UINT64_MAX};
enum { WHOLES = sizeof wholes / sizeof *wholes };

Test(bytes, numbers_come_back)
{
    const double reals[] = {0.0, -0.0, 1.5, -1e300, INFINITY, NAN, 0x1p-1070};
    struct text text = {0};
    for (size_t i = 0; i < WHOLES; i++) {
        bytes_put(&text, wholes[i]);
        bytes_put_signed(&text, -(bytes_signed)wholes[i]);
    }
    for (size_t i = 0; i < 7; i++)
        bytes_put_double(&text, reals[i]);
    struct bytes_reader reader = reader_of(&text, 0);
    for (size_t i = 0; i < WHOLES; i++) {
        cr_expect(bytes_take(&reader) == wholes[i]);
        cr_expect(bytes_take_signed(&reader) == -(bytes_signed)wholes[i]);
    }
    for (size_t i = 0; i < 7; i++) {
        double back = bytes_take_double(&reader);
        cr_expect_eq(memcmp(&back, &reals[i], sizeof back), 0, "number %zu", i);
    }
    cr_expect(reader.at == reader.end);
    text_clear(&text);
}

Test(bytes, rows_of_zeros_come_back_and_are_short)
{
    uint64_t count[1000] = {[0] = 7, [1] = 0, [500] = 9, [999] = 0}, back[1000];
    struct text text = {0};
    bytes_put_counts(&text, count, 1000);
    cr_expect_lt(text.length, 12);
    struct bytes_reader reader = reader_of(&text, 0);
    memset(back, 0xff, sizeof back);
    bytes_take_counts(&reader, back, 1000);
    cr_expect(reader.at == reader.end && memcmp(count, back, sizeof count) == 0);
    text_clear(&text);
}

/* Cut anywhere, the reader says so at the end and never reads beyond. */
Test(bytes, what_is_cut_is_noticed)
{
    uint64_t count[50] = {[3] = 300, [49] = 1}, back[50];
    struct text text = {0};
    bytes_put(&text, UINT64_MAX);
    bytes_put_counts(&text, count, 50);
    bytes_put_double(&text, 1.0);
    for (size_t cut = 1; cut <= text.length; cut++) {
        struct bytes_reader reader = reader_of(&text, cut);
        bytes_take(&reader);
        bytes_take_counts(&reader, back, 50);
        bytes_take_double(&reader);
        cr_expect(reader.at == NULL, "cut by %zu", cut);
    }
    text_clear(&text);
}

Test(bytes, more_than_may_be_is_none_of_ours)
{
    struct text text = {0};
    bytes_put(&text, 11);
    struct bytes_reader reader = reader_of(&text, 0);
    cr_expect_eq(bytes_take_most(&reader, 11), 11u);
    reader = reader_of(&text, 0);
    cr_expect_eq(bytes_take_most(&reader, 10), 0u);
    cr_expect(reader.at == NULL);
    text_clear(&text);
}
