#include "model/firms.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

bool firms_reserve(struct firms *firms, size_t wanted)
{
    size_t rows = firms_padded(wanted + SUM_LANES); /* a kernel may write a vector past the end */
    if (rows <= firms->capacity)
        return true;
    rows = firms_padded(rows + rows / 2);
    bool grown = true;
    /* A column grown before a failure is merely larger than it need be. */
#define GROW(type, name)                                                                           \
    grown = grown && memory_column((void **)&firms->name, firms->capacity, rows, sizeof(type));
    FIRM_COLUMNS(GROW)
    FIRM_SCRATCH(GROW)
    FIRM_CANDIDATES(GROW)
#undef GROW
    if (grown)
        firms->capacity = rows;
    return grown;
}

void firms_copy(struct firms *firms, size_t from, size_t to)
{
#define COPY(type, name) firms->name[to] = firms->name[from];
    FIRM_COLUMNS(COPY)
#undef COPY
}

void firms_remove(struct firms *firms, size_t row)
{
    size_t last = --firms->count;
    if (row != last)
        firms_copy(firms, last, row);
    if (last < firms->known)
        firms->known = last;
    else if (row < firms->known) /* what has moved there is new */
        firms->known = row;
}

void firms_clear(struct firms *firms)
{
#define FREE(type, name) free(firms->name);
    FIRM_COLUMNS(FREE)
    FIRM_SCRATCH(FREE)
    FIRM_CANDIDATES(FREE)
#undef FREE
    *firms = (struct firms){0};
}
