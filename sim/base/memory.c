#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { CACHE_LINE_BYTES = 64, LARGE_PAGE_BYTES = 2 << 20, FIRST_CAPACITY = 16 };

bool memory_reserve(void **block, size_t *capacity, size_t wanted, size_t size)
{
    if (wanted <= *capacity)
        return true;
    size_t next = *capacity + *capacity / 2;
    if (next < wanted)
        next = wanted;
    if (next < FIRST_CAPACITY)
        next = FIRST_CAPACITY;
    if (next > SIZE_MAX / size)
        return false;
    void *grown = realloc(*block, next * size);
    if (grown == NULL)
        return false;
    *block = grown;
    *capacity = next;
    return true;
}

static void *aligned(size_t count, size_t size, size_t alignment)
{
    if (count > (PTRDIFF_MAX - alignment) / size) /* no object is larger */
        return NULL;
    size_t bytes = (count * size + alignment) / alignment * alignment;
    void *block = aligned_alloc(alignment, bytes);
    if (block == NULL)
        return NULL;
#ifdef MADV_HUGEPAGE
    if (alignment == LARGE_PAGE_BYTES)
        madvise(block, bytes, MADV_HUGEPAGE); /* a wish: small pages serve as well */
#endif
    return memset(block, 0, bytes);
}

void *memory_aligned(size_t count, size_t size)
{
    return aligned(count, size, CACHE_LINE_BYTES);
}

void *memory_large(size_t bytes)
{
    return aligned(bytes, 1, bytes < LARGE_PAGE_BYTES ? CACHE_LINE_BYTES : LARGE_PAGE_BYTES);
}

char *memory_copy_text(const char *text)
{
    size_t bytes = strlen(text) + 1;
    char *copy = malloc(bytes);
    return copy == NULL ? NULL : memcpy(copy, text, bytes);
}

bool memory_column(void **column, size_t old_count, size_t new_count, size_t size)
{
    void *grown = memory_aligned(new_count, size);
    if (grown == NULL)
        return false;
    if (*column != NULL)
        memcpy(grown, *column, old_count * size);
    free(*column);
    *column = grown;
    return true;
}
