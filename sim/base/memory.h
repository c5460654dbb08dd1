/* Heap memory: growing arrays and aligned blocks. Every failure is returned, none aborts. */
#ifndef NEOBAY_BASE_MEMORY_H
#define NEOBAY_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Makes room for at least `wanted` items of `size` bytes in *block, growing by half; what was there
 * stays. On failure returns false and leaves the block as it was. */
bool memory_reserve(void **block, size_t *capacity, size_t wanted, size_t size);

/* Returns count * size zeroed bytes aligned to a cache line (64 bytes), or NULL; free() it. */
void *memory_aligned(size_t count, size_t size);

/* Moves an aligned block of `old_count` items, or NULL, to a larger one, for realloc knows no
 * alignment. On failure returns false and leaves the block as it was. */
bool memory_column(void **column, size_t old_count, size_t new_count, size_t size);

/* As memory_aligned, in large pages where there are some and the block is one or more: for what is
 * touched all over. Small pages cost a fault each, up to ten microseconds in a virtual machine. */
void *memory_large(size_t bytes);

/* A copy of `text` on the heap, or NULL. */
char *memory_copy_text(const char *text);

#endif
