#include "store/observed.h"

#include "base/csv_read.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 5, DATE = 0, INDICATOR, VALUE, SOURCE, UNIT };

/* The columns in the order of the file: as users write it, and as a run's observed.csv has them. */
static const struct order {
    size_t count, is[CELLS];
    const char *header[CELLS];
} orders[] = {
    {4, {DATE, INDICATOR, VALUE, SOURCE}, {"date", "indicator", "value", "source"}},
    {5, {DATE, INDICATOR, UNIT, VALUE, SOURCE}, {"month", "indicator", "unit", "value", "source"}},
};
enum { ORDERS = sizeof orders / sizeof *orders };

/* The present row: its cells by what they are, and where each stands. */
struct row {
    const struct csv_read *from;
    const struct order *order;
    size_t column[CELLS]; /* of each kind of cell */
};

static const char *cell(const struct row *row, size_t what)
{
    return csv_read_cell(row->from, row->column[what]);
}

static struct place at(const struct row *row, size_t what)
{
    return csv_read_place(row->from, row->column[what]);
}

/* ------------------------------------------------------------------ what a row says */

static bool read_indicator(const struct row *row, enum indicator_id *found, struct faults *faults)
{
    const char *names[INDICATOR_COUNT];
    const char *word = cell(row, INDICATOR);
    size_t usable = 0;
    for (size_t i = 0; i < INDICATOR_COUNT; i++) {
        if (indicators[i].dimension != INDICATOR_NONE)
            continue;
        names[usable++] = indicators[i].name;
        if (strcmp(indicators[i].name, word) == 0) {
            *found = (enum indicator_id)i;
            return true;
        }
    }
    const char *near = text_nearest(word, names, usable);
    return fault_input(faults, at(row, INDICATOR),
                       "indicator = %s is not the name of an indicator for the whole district%s%s",
                       word, near == NULL ? "" : "; nearest: ", near == NULL ? "" : near);
}

static bool read_value(const struct row *row, double *value, struct faults *faults)
{
    const char *word = cell(row, VALUE);
    if (text_number_read(word, value))
        return true;
    return fault_input(faults, at(row, VALUE), "value = %s is not a finite number", word);
}

static bool read_observation(const struct row *row, struct observation *seen, struct faults *faults)
{
    if (row->from->count != row->order->count)
        return fault_input(
            faults, csv_read_place(row->from, 0),
            "%zu cells, not %zu: date, indicator, value, source; a cell with a comma "
            "in it needs quotes",
            row->from->count, row->order->count);
    bool ok = text_month_read(cell(row, DATE), &seen->month);
    if (!ok)
        fault_input(faults, at(row, DATE), "date = %s is not a month such as 2021-12",
                    cell(row, DATE));
    ok &= read_indicator(row, &seen->indicator, faults);
    ok &= read_value(row, &seen->value, faults);
    return ok;
}

/* Two values of one month: which is meant? */
static bool check_first(const struct observed *observed, const struct row *row,
                        const struct observation *seen, struct faults *faults)
{
    for (size_t i = 0; i < observed->count; i++)
        if (observed->observation[i].month == seen->month &&
            observed->observation[i].indicator == seen->indicator)
            return fault_input(faults, at(row, DATE), "%s of %s is given already, in line %u",
                               indicators[seen->indicator].name, cell(row, DATE),
                               observed->observation[i].line);
    return true;
}

static bool append(struct observed *observed, const struct row *row, struct observation seen,
                   struct faults *faults)
{
    seen.source = memory_copy_text(cell(row, SOURCE));
    if (seen.source == NULL ||
        !memory_reserve((void **)&observed->observation, &observed->capacity, observed->count + 1,
                        sizeof *observed->observation)) {
        free(seen.source);
        return fault_memory(faults, "reading what was observed");
    }
    observed->observation[observed->count++] = seen;
    return true;
}

static bool has_header(const struct csv_read *read, const struct order *order)
{
    bool same = read->count == order->count;
    for (size_t i = 0; same && i < read->count; i++)
        same = strcmp(csv_read_cell(read, i), order->header[i]) == 0;
    return same;
}

/* Finds the order of columns that the first line names. */
static bool read_header(struct row *row, struct csv_read *read, struct faults *faults)
{
    size_t before = faults->count;
    *row = (struct row){.from = read};
    bool there = csv_read_next(read, faults);
    for (size_t i = 0; there && i < ORDERS && row->order == NULL; i++)
        if (has_header(read, &orders[i]))
            row->order = &orders[i];
    if (row->order == NULL)
        return faults->count > before ? false
                                      : fault_input(faults, (struct place){read->path, 1, 1},
                                                    "the first line is not "
                                                    "date,indicator,value,source");
    for (size_t i = 0; i < row->order->count; i++)
        row->column[row->order->is[i]] = i;
    return true;
}

/* Reads all rows of an open file, and closes it. */
static bool read_all(struct observed *observed, struct csv_read *read, struct faults *faults)
{
    struct row row;
    size_t before = faults->count;
    read->comments = true;
    bool ok = read_header(&row, read, faults);
    while (ok && csv_read_next(read, faults)) {
        struct observation seen = {.line = at(&row, DATE).line};
        if (read_observation(&row, &seen, faults) && check_first(observed, &row, &seen, faults))
            ok = append(observed, &row, seen, faults);
    }
    csv_read_close(read);
    return ok && faults->count == before && !faults->truncated;
}

bool observed_load(struct observed *observed, const char *file, struct faults *faults)
{
    struct csv_read read;
    return csv_read_open(&read, NULL, file, faults) && read_all(observed, &read, faults);
}

void observed_clear(struct observed *observed)
{
    for (size_t i = 0; i < observed->count; i++)
        free(observed->observation[i].source);
    free(observed->observation);
    *observed = (struct observed){0};
}

/* ------------------------------------------------------------------ beside the summary */

const struct cell *observed_cell(const struct summary *summary, const struct observation *seen)
{
    const struct panel_layout *layout = &summary->layout;
    int row = seen->month - layout->first_month;
    if (row < 0 || row >= (int)layout->row_count)
        return NULL;
    return &summary->cells
                .cell[(size_t)row * layout->column_count + layout->first[seen->indicator]];
}

double observed_value(const struct observed *observed, enum indicator_id indicator, int month)
{
    for (size_t i = 0; i < observed->count; i++)
        if (observed->observation[i].indicator == indicator &&
            observed->observation[i].month == month)
            return observed->observation[i].value;
    return NAN;
}
