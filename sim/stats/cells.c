#include "stats/cells.h"

#include "base/fault.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/* Between the bins of one histogram and the next: a cache line more than the bins, or the low bins
 * of all of them, which are the ones most used, would fall into the same few sets of a cache. */
enum { BIN_STRIDE = HISTOGRAM_BINS + 16 };

void cell_add(struct cell *cell, double value)
{
    if (isnan(value))
        return;
    moments_add(&cell->moments, value);
    histogram_add(&cell->histogram, value);
}

void cell_merge(struct cell *cell, const struct cell *other)
{
    moments_merge(&cell->moments, &other->moments);
    histogram_merge(&cell->histogram, &other->histogram);
}

double cell_mean(const struct cell *cell)
{
    double mean = moments_mean(&cell->moments);
    return isnan(mean) ? mean : fmin(fmax(mean, cell->histogram.low), cell->histogram.high);
}

bool cells_init(struct cells *cells, size_t count)
{
    size_t each =
        sizeof(struct cell) + CELLS_WAITING * sizeof(double) + BIN_STRIDE * sizeof(uint32_t);
    *cells = (struct cells){.count = count};
    cells->cell = count > SIZE_MAX / each ? NULL : memory_large(count * each);
    if (cells->cell == NULL)
        return false;
    cells->waiting = (double *)(cells->cell + count);
    uint32_t *bins = (uint32_t *)(cells->waiting + CELLS_WAITING * count);
    for (size_t i = 0; i < count; i++)
        cells->cell[i].histogram.bin = bins + i * BIN_STRIDE;
    return true;
}

void cells_clear(struct cells *cells)
{
    free(cells->cell);
    *cells = (struct cells){0};
}

double *cells_row(struct cells *cells)
{
    if (cells->waiting_count == CELLS_WAITING)
        cells_settle(cells);
    return cells->waiting + cells->waiting_count++ * cells->count;
}

void cells_settle(struct cells *cells)
{
    for (size_t i = 0; i < cells->count; i++) {
        double value[CELLS_WAITING];
        size_t count = 0;
        for (size_t row = 0; row < cells->waiting_count; row++) {
            value[count] = cells->waiting[row * cells->count + i];
            count += isnan(value[count]) ? 0 : 1;
        }
        moments_add_many(&cells->cell[i].moments, value, count);
        histogram_add_many(&cells->cell[i].histogram, value, count);
    }
    cells->waiting_count = 0;
}

void cells_merge(struct cells *cells, const struct cells *other)
{
    ASSERT(cells->waiting_count == 0 && other->waiting_count == 0);
    ASSERT(cells->count == other->count);
    for (size_t i = 0; i < cells->count; i++)
        cell_merge(&cells->cell[i], &other->cell[i]);
}

void cell_put(struct text *out, const struct cell *cell)
{
    moments_put(out, &cell->moments);
    histogram_put(out, &cell->histogram);
}

void cell_take(struct bytes_reader *reader, struct cell *cell)
{
    moments_take(reader, &cell->moments);
    histogram_take(reader, &cell->histogram);
}

void cells_put(struct text *out, const struct cells *cells)
{
    ASSERT(cells->waiting_count == 0);
    bytes_put(out, cells->count);
    for (size_t i = 0; i < cells->count; i++)
        cell_put(out, &cells->cell[i]);
}

void cells_take(struct bytes_reader *reader, struct cells *cells)
{
    if (bytes_take(reader) != cells->count)
        reader->at = NULL;
    for (size_t i = 0; reader->at != NULL && i < cells->count; i++)
        cell_take(reader, &cells->cell[i]);
    cells->waiting_count = 0;
}
