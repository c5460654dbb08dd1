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

/* The bytes rounded up to what the alignment is, or 0 where there are too many. */
static size_t whole_of(size_t count, size_t size, size_t alignment)
{
    if (count > (SIZE_MAX - alignment) / size)
        return 0;
    return (count * size + alignment) / alignment * alignment;
}

void *memory_aligned(size_t count, size_t size)
{
    size_t bytes = whole_of(count, size, CACHE_LINE_BYTES);
    void *block = bytes > 0 ? aligned_alloc(CACHE_LINE_BYTES, bytes) : NULL;
    return block == NULL ? NULL : memset(block, 0, bytes);
}

void *memory_large(size_t count, size_t size)
{
    size_t bytes = whole_of(count, size, LARGE_PAGE_BYTES);
    if (count * size < LARGE_PAGE_BYTES)
        return memory_aligned(count, size);
    void *block = bytes > 0 ? aligned_alloc(LARGE_PAGE_BYTES, bytes) : NULL;
    if (block == NULL)
        return NULL;
#ifdef MADV_HUGEPAGE
    madvise(block, bytes, MADV_HUGEPAGE); /* a wish: without it the pages are as small as ever */
#endif
    return memset(block, 0, bytes);
}

char *memory_copy_text(const char *text)
{
    size_t bytes = strlen(text) + 1;
    char *copy = malloc(bytes);
    return copy == NULL ? NULL : memcpy(copy, text, bytes);
}
