/* A block as a record: what was written is read back, and nothing else is taken for one. */
#include "study/block.h"

#include <criterion/criterion.h>

static struct block block_of_test(void)
{
    struct block block = {.key = {UINT64_C(0xfedcba9876543210), 7, UINT64_MAX, 300, 200, 3}};
    cr_assert(block_reset(&block, 5, 2));
    block.met[0] = 0x15;
    block.met[2] = 0x1f;
    moments_add(&block.cell[0].value, 2.385);
    moments_add(&block.cell[0].value, -17.25);
    moments_add(&block.cell[0].difference, -2.385);
    moments_add(&block.cell[1].value, 0x1p28); /* too large: an overflow */
    moments_add(&block.cell[1].difference, -0x1p26);
    return block;
}

Test(block, reads_back_what_was_written)
{
    struct block out = block_of_test(), in = {0};
    struct text bytes = {0};
    struct store_record record;
    cr_assert(block_bytes(&out, &bytes, &record));
    cr_assert(block_of(&in, &record));
    cr_expect(block_same(&in, &out));
    cr_expect(moments_mean(&in.cell[1].difference) == -0x1p26);
    in.cell[1].difference.sum++;
    cr_expect(!block_same(&in, &out), "the least change shows");
    block_clear(&in);
    block_clear(&out);
    text_clear(&bytes);
}

Test(block, takes_nothing_else_for_one)
{
    struct block out = block_of_test(), in = {0};
    struct text bytes = {0};
    struct store_record record, cut;
    cr_assert(block_bytes(&out, &bytes, &record));
    for (cut = record, cut.sums_bytes = 0; cut.sums_bytes < record.sums_bytes; cut.sums_bytes++)
        cr_expect(!block_of(&in, &cut), "%zu of %zu bytes", cut.sums_bytes, record.sums_bytes);
    cut = record;
    cut.hits_bytes -= 8;
    cr_expect(!block_of(&in, &cut), "a word of hits is missing");
    cut = record;
    cut.key.count = BLOCK_REPLICATES + 1;
    cr_expect(!block_of(&in, &cut), "too many replicates");
    block_clear(&in);
    block_clear(&out);
    text_clear(&bytes);
}
