#include "store/observed.h"

#include "base/file.h"

#include "base/memory.h"
#include "store/file.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 16 << 20, CELLS = 5, DATE = 0, INDICATOR, VALUE, SOURCE, UNIT };

/* The columns in the order of the file: as users write it, and as a run's observed.csv has them. */
static const struct order {
    size_t count, is[CELLS];
    const char *header[CELLS];
} orders[] = {
    {4, {DATE, INDICATOR, VALUE, SOURCE}, {"date", "indicator", "value", "source"}},
    {5, {DATE, INDICATOR, UNIT, VALUE, SOURCE}, {"month", "indicator", "unit", "value", "source"}},
};
enum { ORDERS = sizeof orders / sizeof *orders };

/* A reader's place in the text; line and column count from 1. */
struct reader {
    const struct order *order;
    const char *next, *line_start;
    struct place at;
};

/* ------------------------------------------------------------------ one row of cells */

struct row {
    struct place at[CELLS];
    struct text cell[CELLS];
    size_t count; /* cells in the row, those past the last included */
};

static void row_clear(struct row *row)
{
    for (size_t i = 0; i < CELLS; i++)
        text_clear(&row->cell[i]);
    row->count = 0;
}

static void read_byte(struct reader *reader, struct text *cell)
{
    if (cell != NULL)
        text_append(cell, "%c", *reader->next);
    if (*reader->next++ == '\n') {
        reader->at.line++;
        reader->line_start = reader->next;
    }
}

static bool at_line_end(const char *next)
{
    return *next == '\0' || *next == '\n' || (next[0] == '\r' && next[1] == '\n');
}

/* Reads up to the closing quote; a doubled one stands for itself. False if there is none. */
static bool read_quoted(struct reader *reader, struct text *cell)
{
    for (reader->next++; *reader->next != '\0'; read_byte(reader, cell)) {
        if (*reader->next != '"')
            continue;
        reader->next++;
        if (*reader->next != '"')
            return true;
    }
    return false;
}

/* Reads a cell; false if its quotes are not in order. */
static bool read_cell(struct reader *reader, struct row *row)
{
    size_t i = row->count++;
    i = i < reader->order->count ? reader->order->is[i] : CELLS;
    struct text *cell = i < CELLS ? &row->cell[i] : NULL;
    reader->at.column = (unsigned)(reader->next - reader->line_start) + 1;
    if (cell != NULL) {
        row->at[i] = reader->at;
        text_append(cell, "%s", ""); /* so that an empty cell has bytes too */
    }
    if (*reader->next == '"')
        return read_quoted(reader, cell) && (at_line_end(reader->next) || *reader->next == ',');
    while (!at_line_end(reader->next) && *reader->next != ',')
        read_byte(reader, cell);
    return true;
}

static void skip_line(struct reader *reader)
{
    while (*reader->next != '\0' && *reader->next != '\n')
        reader->next++;
    if (*reader->next == '\n')
        read_byte(reader, NULL);
}

static void skip_comments(struct reader *reader)
{
    while (*reader->next == '#' || (*reader->next != '\0' && at_line_end(reader->next)))
        skip_line(reader);
}

/* Reads the cells of the next line that has any; false at the end or at a fault. */
static bool read_row(struct reader *reader, struct row *row, struct faults *faults)
{
    row_clear(row);
    skip_comments(reader);
    if (*reader->next == '\0')
        return false;
    bool ok = read_cell(reader, row);
    while (ok && *reader->next == ',') {
        reader->next++;
        ok = read_cell(reader, row);
    }
    for (size_t i = 0; i < CELLS; i++)
        if (row->cell[i].failed)
            return fault_memory(faults, "reading what was observed");
    struct place at = reader->at;
    if (!ok)
        return fault_input(faults, at, "a quoted cell does not end as it should");
    skip_line(reader);
    return true;
}

/* ------------------------------------------------------------------ what a row says */

static bool read_indicator(const struct row *row, enum indicator_id *found, struct faults *faults)
{
    const char *names[INDICATOR_COUNT];
    const char *word = row->cell[INDICATOR].bytes;
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
    return fault_input(faults, row->at[INDICATOR],
                       "indicator = %s is not the name of an indicator for the whole district%s%s",
                       word, near == NULL ? "" : "; nearest: ", near == NULL ? "" : near);
}

static bool read_value(const struct row *row, double *value, struct faults *faults)
{
    const char *word = row->cell[VALUE].bytes;
    char *end;
    *value = strtod(word, &end);
    if (end != word && *end == '\0' && isfinite(*value))
        return true;
    return fault_input(faults, row->at[VALUE], "value = %s is not a finite number", word);
}

static bool read_observation(const struct reader *reader, const struct row *row,
                             struct observation *seen, struct faults *faults)
{
    if (row->count != reader->order->count)
        return fault_input(
            faults, row->at[0],
            "%zu cells, not %zu: date, indicator, value, source; a cell with a comma "
            "in it needs quotes",
            row->count, reader->order->count);
    bool ok = text_month_read(row->cell[DATE].bytes, &seen->month);
    if (!ok)
        fault_input(faults, row->at[DATE], "date = %s is not a month such as 2021-12",
                    row->cell[DATE].bytes);
    ok &= read_indicator(row, &seen->indicator, faults);
    ok &= read_value(row, &seen->value, faults);
    return ok;
}

static bool append(struct observed *observed, const struct row *row, struct observation seen,
                   struct faults *faults)
{
    seen.source = memory_copy_text(row->cell[SOURCE].bytes);
    if (seen.source == NULL ||
        !memory_reserve((void **)&observed->observation, &observed->capacity, observed->count + 1,
                        sizeof *observed->observation)) {
        free(seen.source);
        return fault_memory(faults, "reading what was observed");
    }
    observed->observation[observed->count++] = seen;
    return true;
}

/* Spreadsheets put a byte order mark before the first line. */
static void skip_mark(struct reader *reader)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (strncmp(reader->next, mark, strlen(mark)) == 0)
        reader->next += strlen(mark);
    reader->line_start = reader->next;
}

/* Finds the order of columns that the first line names. */
static bool check_header(struct reader *reader, struct row *row, struct faults *faults)
{
    const struct reader start = *reader;
    size_t before = faults->count;
    for (size_t i = 0; i < ORDERS && faults->count == before; i++) {
        *reader = start;
        reader->order = &orders[i];
        bool same = read_row(reader, row, faults) && row->count == orders[i].count;
        for (size_t k = 0; same && k < row->count; k++) {
            const char *name = row->cell[orders[i].is[k]].bytes;
            same = name != NULL && strcmp(name, orders[i].header[k]) == 0;
        }
        if (same)
            return true;
    }
    return fault_input(faults, (struct place){reader->at.file, 1, 1},
                       "the first line is not date,indicator,value,source");
}

bool observed_read(struct observed *observed, const char *file, const char *text,
                   struct faults *faults)
{
    struct reader reader = {.next = text, .line_start = text, .at = {file, 1, 1}};
    struct row row = {0};
    size_t before = faults->count;
    skip_mark(&reader);
    bool ok = check_header(&reader, &row, faults);
    while (ok && read_row(&reader, &row, faults)) {
        struct observation seen = {0};
        if (read_observation(&reader, &row, &seen, faults))
            ok = append(observed, &row, seen, faults);
    }
    row_clear(&row);
    return ok && faults->count == before && !faults->truncated;
}

bool observed_load(struct observed *observed, const char *file, struct faults *faults)
{
    char *text = NULL;
    size_t length = 0;
    bool ok = file_read(file, MOST_BYTES, &text, &length);
    if (!ok && errno == ENOMEM)
        fault_memory(faults, "reading what was observed");
    else if (!ok)
        fault_input(faults, (struct place){.file = file}, "cannot be read: %s", strerror(errno));
    else if (strlen(text) != length)
        ok = fault_input(faults, (struct place){file, 1, 1}, "not text: it holds a zero byte");
    ok = ok && observed_read(observed, file, text, faults);
    free(text);
    return ok;
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
    for (size_t i = observed->count; i-- > 0;)
        if (observed->observation[i].indicator == indicator &&
            observed->observation[i].month == month)
            return observed->observation[i].value;
    return NAN;
}
