#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_LINE_BYTES = 64, FIRST_CAPACITY = 16 };

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

void *memory_aligned(size_t count, size_t size)
{
    if (count > (SIZE_MAX - CACHE_LINE_BYTES) / size)
        return NULL;
    size_t bytes = (count * size + CACHE_LINE_BYTES) / CACHE_LINE_BYTES * CACHE_LINE_BYTES;
    void *block = aligned_alloc(CACHE_LINE_BYTES, bytes);
    return block == NULL ? NULL : memset(block, 0, bytes);
}

char *memory_copy_text(const char *text)
{
    size_t bytes = strlen(text) + 1;
    char *copy = malloc(bytes);
    return copy == NULL ? NULL : memcpy(copy, text, bytes);
}
