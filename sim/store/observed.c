#include "store/observed.h"

#include "base/csv_read.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WORD(upper, word) word,
const char *const observed_kind_names[OBSERVED_KIND_COUNT] = {OBSERVED_KINDS(WORD)};
const char *const observed_use_names[OBSERVED_USE_COUNT] = {OBSERVED_USES(WORD)};
#undef WORD

/* C(UPPER, name): the columns. A run's own observed.csv calls the date month. */
#define COLUMNS(C)                                                                                 \
    C(DATE, "date")                                                                                \
    C(INDICATOR, "indicator")                                                                      \
    C(VALUE, "value")                                                                              \
    C(SOURCE, "source")                                                                            \
    C(ZONE, "zone")                                                                                \
    C(SECTOR, "sector")                                                                            \
    C(UNIT, "unit")                                                                                \
    C(KIND, "kind")                                                                                \
    C(TO, "to")                                                                                    \
    C(ERROR, "error")                                                                              \
    C(DISCREPANCY, "discrepancy")                                                                  \
    C(ASSUMED, "assumed")                                                                          \
    C(GRADE, "grade")                                                                              \
    C(USE, "use")
enum column_id {
#define COLUMN_ID(upper, name) upper,
    COLUMNS(COLUMN_ID)
#undef COLUMN_ID
        COLUMN_COUNT,
    NEEDED = ZONE /* those before it */
};
static const char *const names[COLUMN_COUNT] = {
#define COLUMN_NAME(upper, name) name,
    COLUMNS(COLUMN_NAME)
#undef COLUMN_NAME
};

static const double least_discrepancy = 0.05;

/* The present row, and where each column stands in it. */
struct row {
    const struct csv_read *from;
    const struct scenario *scenario;
    size_t cells;
    size_t column[COLUMN_COUNT]; /* cells: the file has no such column */
};

static const char *cell(const struct row *row, size_t what)
{
    return row->column[what] < row->cells ? csv_read_cell(row->from, row->column[what]) : "";
}

static struct place at(const struct row *row, size_t what)
{
    return csv_read_place(row->from, row->column[what]);
}

/* ------------------------------------------------------------------ what a row says */

static bool read_indicator(const struct row *row, enum indicator_id *found, struct faults *faults)
{
    const char *known[INDICATOR_COUNT];
    const char *word = cell(row, INDICATOR);
    size_t usable = 0;
    for (size_t i = 0; i < INDICATOR_COUNT; i++) {
        if (indicators[i].dimension == INDICATOR_PAIR)
            continue;
        known[usable++] = indicators[i].name;
        if (strcmp(indicators[i].name, word) == 0) {
            *found = (enum indicator_id)i;
            return true;
        }
    }
    const char *near = text_nearest(word, known, usable);
    return fault_input(faults, at(row, INDICATOR),
                       "indicator = %s is not the name of an indicator%s%s", word,
                       near == NULL ? "" : "; nearest: ", near == NULL ? "" : near);
}

/* The instance that a zone's or a sector's cell names; an indicator without one has none. */
static bool read_name(const struct row *row, size_t what, bool needed, enum section_id section,
                      int *found, struct faults *faults)
{
    const char *word = cell(row, what);
    *found = PANEL_NO_NAME;
    if (!needed)
        return *word == '\0' || fault_input(faults, at(row, what), "%s = %s: %s has none",
                                            names[what], word, cell(row, INDICATOR));
    size_t count = row->scenario == NULL ? 0 : row->scenario->centre.count[section];
    for (size_t i = 0; i < count; i++)
        if (strcmp(row->scenario->name[section][i], word) == 0)
            *found = (int)i;
    return *found != PANEL_NO_NAME ||
           fault_input(faults, at(row, what), "%s = %s is none of the scenario, and %s needs one",
                       names[what], word, cell(row, INDICATOR));
}

static bool read_number(const struct row *row, size_t what, double *value, struct faults *faults)
{
    const char *word = cell(row, what);
    return text_number_read(word, value) ||
           fault_input(faults, at(row, what), "%s = %s is not a finite number", names[what], word);
}

/* "5 %" or "5%" as 0.05 of `whole`; a bare number as it is. */
static bool read_share(const struct row *row, size_t what, double whole, double *value,
                       struct faults *faults)
{
    char word[64];
    size_t length = strlen(cell(row, what));
    bool percent = length > 0 && length < sizeof word && cell(row, what)[length - 1] == '%';
    if (!percent)
        return read_number(row, what, value, faults);
    memcpy(word, cell(row, what), length);
    do
        word[--length] = '\0';
    while (length > 0 && word[length - 1] == ' ');
    if (!text_number_read(word, value))
        return fault_input(faults, at(row, what), "%s = %s is not a percentage", names[what],
                           cell(row, what));
    *value *= 0.01 * whole;
    return true;
}

/* One of some words; the first where the cell is empty. */
static bool read_word(const struct row *row, size_t what, const char *const *words, size_t count,
                      size_t *found, struct faults *faults)
{
    const char *word = cell(row, what);
    struct text all = {0};
    for (*found = 0; *word != '\0' && *found < count; ++*found)
        if (strcmp(words[*found], word) == 0)
            break;
    for (size_t i = 0; i < count; i++)
        text_append(&all, "%s%s", i == 0 ? "" : ", ", words[i]);
    bool ok = *found < count || fault_input(faults, at(row, what), "%s = %s is none of %s",
                                            names[what], word, all.failed ? words[0] : all.bytes);
    text_clear(&all);
    return ok;
}

static bool read_kind(const struct row *row, struct observation *seen, struct faults *faults)
{
    size_t kind = 0;
    if (!read_word(row, KIND, observed_kind_names, OBSERVED_KIND_COUNT, &kind, faults))
        return false;
    seen->kind = (enum observed_kind)kind;
    seen->to = NAN;
    if (seen->kind != OBSERVED_BETWEEN)
        return *cell(row, TO) == '\0' ||
               fault_input(faults, at(row, TO), "to = %s is for the kind between alone",
                           cell(row, TO));
    return read_number(row, TO, &seen->to, faults) &&
           (seen->to > seen->value ||
            fault_input(faults, at(row, TO), "to = %s does not lie above value = %s", cell(row, TO),
                        cell(row, VALUE)));
}

static bool read_errors(const struct row *row, struct observation *seen, struct faults *faults)
{
    bool ok = true;
    seen->error = NAN;
    seen->discrepancy = least_discrepancy;
    if (*cell(row, ERROR) != '\0')
        ok = read_share(row, ERROR, fabs(seen->value), &seen->error, faults) &&
             (seen->error >= 0.0 ||
              fault_input(faults, at(row, ERROR), "error = %s is below 0", cell(row, ERROR)));
    if (*cell(row, DISCREPANCY) != '\0')
        ok &= read_share(row, DISCREPANCY, 1.0, &seen->discrepancy, faults) &&
              (seen->discrepancy >= least_discrepancy ||
               fault_input(faults, at(row, DISCREPANCY),
                           "discrepancy = %s is below 5 %%: no model is that good",
                           cell(row, DISCREPANCY)));
    return ok;
}

static bool read_flags(const struct row *row, struct observation *seen, struct faults *faults)
{
    static const char *const answers[] = {"no", "yes"};
    size_t assumed = 0, use = 0;
    bool ok = read_word(row, ASSUMED, answers, 2, &assumed, faults);
    ok &= read_word(row, USE, observed_use_names, OBSERVED_USE_COUNT, &use, faults);
    seen->assumed = assumed == 1;
    seen->use = (enum observed_use)use;
    return ok;
}

static bool read_observation(const struct row *row, struct observation *seen, struct faults *faults)
{
    if (row->from->count != row->cells)
        return fault_input(faults, csv_read_place(row->from, 0),
                           "%zu cells, not %zu as in the first line; a cell with a comma in it "
                           "needs quotes",
                           row->from->count, row->cells);
    bool ok = text_month_read(cell(row, DATE), &seen->month);
    if (!ok)
        fault_input(faults, at(row, DATE), "date = %s is not a month such as 2021-12",
                    cell(row, DATE));
    bool named = read_indicator(row, &seen->indicator, faults);
    if (named) {
        enum indicator_dimension dimension = indicators[seen->indicator].dimension;
        ok &= read_name(row, ZONE, dimension == INDICATOR_ZONE, SECTION_ZONES, &seen->zone, faults);
        ok &= read_name(row, SECTOR, dimension == INDICATOR_SECTOR, SECTION_SECTORS, &seen->sector,
                        faults);
    }
    bool valued = read_number(row, VALUE, &seen->value, faults);
    ok &= valued && read_kind(row, seen, faults) && read_errors(row, seen, faults);
    return read_flags(row, seen, faults) && ok && named;
}

/* ------------------------------------------------------------------ the file */

/* A figure that is given twice would have two values, or two uses. */
static bool check_first(const struct observed *observed, const struct row *row,
                        const struct observation *seen, struct faults *faults)
{
    for (size_t i = 0; i < observed->count; i++) {
        const struct observation *other = &observed->observation[i];
        if (other->month == seen->month && other->indicator == seen->indicator &&
            other->zone == seen->zone && other->sector == seen->sector)
            return fault_input(faults, at(row, DATE), "%s of %s is given already, in line %u",
                               indicators[seen->indicator].name, cell(row, DATE), other->line);
    }
    return true;
}

static bool append(struct observed *observed, const struct row *row, struct observation seen,
                   struct faults *faults)
{
    seen.source = memory_copy_text(cell(row, SOURCE));
    seen.grade = memory_copy_text(cell(row, GRADE));
    if (seen.source == NULL || seen.grade == NULL ||
        !memory_reserve((void **)&observed->observation, &observed->capacity, observed->count + 1,
                        sizeof *observed->observation)) {
        free(seen.source);
        free(seen.grade);
        return fault_memory(faults, "reading what was observed");
    }
    observed->observation[observed->count++] = seen;
    return true;
}

static size_t column_of(const char *name)
{
    size_t column = 0;
    if (strcmp(name, "month") == 0)
        return DATE;
    while (column < COLUMN_COUNT && strcmp(names[column], name) != 0)
        column++;
    return column;
}

/* Finds the columns that the first line names. */
static bool read_header(struct row *row, struct csv_read *read, struct faults *faults)
{
    size_t before = faults->count;
    bool there = csv_read_next(read, faults);
    if (faults->count > before)
        return false;
    row->from = read;
    row->cells = there ? read->count : 0;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        row->column[i] = row->cells;
    for (size_t i = 0; i < row->cells; i++) {
        size_t column = column_of(csv_read_cell(read, i));
        if (column == COLUMN_COUNT)
            fault_input(faults, csv_read_place(read, i), "there is no column %s",
                        csv_read_cell(read, i));
        else if (row->column[column] < row->cells)
            fault_input(faults, csv_read_place(read, i), "column %s is given already",
                        csv_read_cell(read, i));
        else
            row->column[column] = i;
    }
    for (size_t i = 0; i < NEEDED && faults->count == before; i++)
        if (row->column[i] == row->cells)
            fault_input(faults, (struct place){read->path, 1, 1},
                        "the first line names no column %s; it needs date, indicator, value and "
                        "source",
                        names[i]);
    return faults->count == before;
}

/* Reads all rows of an open file, and closes it. */
static bool read_all(struct observed *observed, struct csv_read *read,
                     const struct scenario *scenario, struct faults *faults)
{
    struct row row = {.scenario = scenario};
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

bool observed_load(struct observed *observed, const char *file, const struct scenario *scenario,
                   struct faults *faults)
{
    struct csv_read read;
    return csv_read_open(&read, NULL, file, faults) && read_all(observed, &read, scenario, faults);
}

void observed_clear(struct observed *observed)
{
    for (size_t i = 0; i < observed->count; i++) {
        free(observed->observation[i].source);
        free(observed->observation[i].grade);
    }
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
    size_t column = layout->first[seen->indicator];
    column += seen->zone != PANEL_NO_NAME     ? (size_t)seen->zone
              : seen->sector != PANEL_NO_NAME ? (size_t)seen->sector
                                              : 0;
    return &summary->cells.cell[(size_t)row * layout->column_count + column];
}

struct interval observed_range(const struct observation *seen)
{
    return (struct interval){seen->kind == OBSERVED_AT_MOST ? -INFINITY : seen->value,
                             seen->kind == OBSERVED_AT_LEAST  ? INFINITY
                             : seen->kind == OBSERVED_BETWEEN ? seen->to
                                                              : seen->value};
}

int observed_side(const struct observation *seen, double low, double high)
{
    struct interval range = observed_range(seen);
    return range.high < low ? -1 : range.low > high ? 1 : 0;
}

double observed_value(const struct observed *observed, enum indicator_id indicator, int month)
{
    for (size_t i = 0; i < observed->count; i++) {
        const struct observation *seen = &observed->observation[i];
        if (seen->indicator == indicator && seen->month == month && !seen->assumed &&
            seen->kind == OBSERVED_VALUE)
            return seen->value;
    }
    return NAN;
}
