/* Rows of values that wait and are put into cells together are as if each had been added at once.
 */
#include "stats/cells.h"

#include "random/draw.h"
#include "support/same.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { CELLS = 3, ROWS = 2 * CELLS_WAITING + 7 };

/* Value of a row in a cell: the last cell has none in every third row. */
static double value_of(uint32_t row, size_t cell)
{
    const struct draw_stream stream = {5, 0};
    struct draw_uniforms drawn = draw(&stream, (struct draw_agent){row, 1}, 0);
    return cell == CELLS - 1 && row % 3 == 0 ? NAN : 1000.0 * drawn.u[cell] - 238.5;
}

static void fill(struct cells *cells, uint32_t from, uint32_t to)
{
    for (uint32_t row = from; row < to; row++) {
        double *value = cells_row(cells);
        for (size_t i = 0; i < CELLS; i++)
            value[i] = value_of(row, i);
    }
    cells_settle(cells);
}

Test(cells, hold_what_was_added_row_by_row)
{
    struct cells cells;
    cr_assert(cells_init(&cells, CELLS));
    fill(&cells, 0, ROWS);
    for (size_t i = 0; i < CELLS; i++) {
        struct cell one = {.histogram.bin = calloc(HISTOGRAM_BINS, sizeof(uint32_t))};
        for (uint32_t row = 0; row < ROWS; row++)
            cell_add(&one, value_of(row, i));
        cr_expect(same_cell(&cells.cell[i], &one), "cell %zu", i);
        cell_add(&one, 0.5);
        cr_expect(!same_cell(&cells.cell[i], &one), "twin: one more");
        free(one.histogram.bin);
    }
    cr_expect_eq(cells.cell[0].moments.count, ROWS);
    cr_expect_lt(cells.cell[CELLS - 1].moments.count, ROWS, "NaN is no value");
    cells_clear(&cells);
}

Test(cells, parts_merge_to_the_whole)
{
    struct cells whole, first, second;
    cr_assert(cells_init(&whole, CELLS) && cells_init(&first, CELLS) && cells_init(&second, CELLS));
    fill(&whole, 0, ROWS);
    fill(&first, 0, 70);
    fill(&second, 70, ROWS);
    cells_merge(&first, &second);
    for (size_t i = 0; i < CELLS; i++) {
        cr_expect(same_cell(&whole.cell[i], &first.cell[i]), "cell %zu", i);
        cr_expect(!same_cell(&whole.cell[i], &second.cell[i]), "twin: a part");
    }
    cells_clear(&whole);
    cells_clear(&first);
    cells_clear(&second);
}

Test(cells, are_refused_where_memory_ends)
{
    struct cells cells;
    cr_expect(!cells_init(&cells, SIZE_MAX / 4));
    cells_clear(&cells);
}
