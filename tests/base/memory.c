/* Blocks of memory: zeroed, aligned, refused where there are too many bytes. */
#include "base/memory.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_LINE = 64, LARGE_PAGE = 2 << 20 };

/* Of memory that was used before, so that zeros do not come by themselves. */
static bool all_zero(const unsigned char *byte, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (byte[i] != 0)
            return false;
    return true;
}

Test(memory, large_blocks_are_zero_and_aligned)
{
    const size_t bytes[] = {1, 999, LARGE_PAGE - 1, LARGE_PAGE, 3 * LARGE_PAGE + 17};
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++)
        for (int again = 0; again < 2; again++) {
            unsigned char *block = memory_large(bytes[i]);
            cr_assert_not_null(block);
            cr_expect(all_zero(block, bytes[i]), "%zu bytes", bytes[i]);
            size_t alignment = bytes[i] < LARGE_PAGE ? CACHE_LINE : LARGE_PAGE;
            cr_expect_eq((uintptr_t)block % alignment, 0, "%zu bytes", bytes[i]);
            memset(block, 0xa5, bytes[i]);
            free(block);
        }
}

Test(memory, refuses_more_than_there_can_be)
{
    const size_t counts[] = {SIZE_MAX, SIZE_MAX - 100, SIZE_MAX / 8 + 1, SIZE_MAX / 8};
    cr_expect_null(memory_large(SIZE_MAX));
    cr_expect_null(memory_large(SIZE_MAX - LARGE_PAGE));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        cr_expect_null(memory_aligned(counts[i], 8), "%zu", counts[i]);
    }
}
