#include "cli/ranking_report.h"

#include "cli/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_AXES = 12, SHOWN_TARGETS = GRID_COLUMNS - 1 };

/* The largest part that an axis has in any target. */
static double largest(const struct ranking *ranking, size_t axis)
{
    double most = -INFINITY;
    for (size_t t = 0; t < ranking->targets; t++)
        most = fmax(most, ranking->cell[t * ranking->axes + axis].sensitivity.share);
    return most;
}

/* The axis of this place; ties stand in the order of the file. */
static size_t axis_at(const double *most, size_t axes, size_t place)
{
    for (size_t a = 0; a < axes; a++) {
        size_t before = 0;
        for (size_t b = 0; b < axes; b++)
            before += most[b] > most[a] || (most[b] == most[a] && b < a);
        if (before == place)
            return a;
    }
    return 0;
}

/* "↑31 %*": odds rise with it, beyond chance. */
static void add_cell(struct grid *grid, const struct ranking_cell *cell)
{
    const struct sensitivity *of = &cell->sensitivity;
    double percent = round(100.0 * of->share);
    const char *sign = percent < 1.0 ? "" : of->highest < of->lowest ? "↓" : "↑";
    if (isnan(of->share))
        grid_add(grid, "– ");
    else
        grid_add(grid, "%s%.0f %%%s", sign, fmax(0.0, percent), cell->p_holm < 0.05 ? "*" : " ");
}

static void add_rows(struct grid *grid, const struct ranking *ranking, const struct ledger *ledger,
                     const double *most, size_t targets)
{
    const struct plan *plan = ledger->batch->plan;
    const struct layout *layout = roster_layout(&ledger->batch->roster, 0);
    grid_add(grid, "axis");
    for (size_t t = 0; t < targets; t++)
        grid_add(grid, "%s ", layout->target[t]);
    for (size_t place = 0; place < ranking->axes && place < SHOWN_AXES; place++) {
        size_t axis = axis_at(most, ranking->axes, place);
        if (!(most[axis] > 0.0))
            break;
        grid_add(grid, "%s", plan->axis[axis].path);
        for (size_t t = 0; t < targets; t++)
            add_cell(grid, &ranking->cell[t * ranking->axes + axis]);
    }
}

static void write(const struct ranking *ranking, const struct ledger *ledger, const double *most,
                  bool colour, struct text *out)
{
    const char *bold = colour ? "\033[1m" : "", *dim = colour ? "\033[2m" : "";
    const char *plain = colour ? "\033[0m" : "";
    char align[GRID_COLUMNS + 1] = "";
    size_t targets = ranking->targets < SHOWN_TARGETS ? ranking->targets : SHOWN_TARGETS;
    memset(align, 'r', targets + 1);
    align[0] = 'l';
    struct grid grid = {.align = align};
    add_rows(&grid, ranking, ledger, most, targets);
    text_append(out, "\n%sWhat decides the odds: share of their variance between points%s\n", bold,
                plain);
    grid_write(&grid, dim, out);
    text_append(
        out,
        "  %s↑, ↓: the odds rise, fall with the value; *: beyond chance at 5 %%, corrected "
        "by Holm for all\n  axes and targets; errors, and all axes, are in sensitivity.csv%s\n",
        dim, plain);
    grid_clear(&grid);
}

bool ranking_report(struct ledger *ledger, bool colour, struct text *out, struct faults *faults)
{
    struct ranking ranking;
    bool made = ranking_make(&ranking, ledger, faults), any = false;
    double *most = calloc(ranking.axes + 1, sizeof *most);
    if (made && most == NULL)
        made = fault_memory(faults, "ranking the axes");
    for (size_t a = 0; made && a < ranking.axes; a++) {
        most[a] = largest(&ranking, a);
        any |= most[a] > 0.0;
    }
    if (made && any)
        write(&ranking, ledger, most, colour, out);
    free(most);
    ranking_clear(&ranking);
    return made;
}
