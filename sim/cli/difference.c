#include "cli/difference.h"

#include "base/csv_read.h"
#include "store/digest_table.h"

#include <stdlib.h>
#include <string.h>

enum { NAMED = 3 };

/* ------------------------------------------------------------------ tables */

struct pair {
    struct csv_read was, is, head;
};

static void say_cell(const struct pair *pair, size_t column, struct text *out)
{
    const struct csv_read *was = &pair->was, *is = &pair->is, *head = &pair->head;
    text_append(out, "line %u: %s is %s, was %s", csv_read_place(is, 0).line,
                column < head->count ? csv_read_cell(head, column) : "a cell too many",
                column < is->count ? csv_read_cell(is, column) : "not there",
                column < was->count ? csv_read_cell(was, column) : "not there");
    for (size_t i = 0; i < 2 && i < column && i < is->count && i < head->count; i++)
        text_append(out, "%s%s %s", i == 0 ? ", for " : ", ", csv_read_cell(head, i),
                    csv_read_cell(is, i));
}

/* Compares the present rows; true if they differ, which is then said. */
static bool rows_differ(const struct pair *pair, struct text *out)
{
    const struct csv_read *was = &pair->was, *is = &pair->is;
    size_t most = was->count > is->count ? was->count : is->count;
    for (size_t i = 0; i < most; i++)
        if (i >= was->count || i >= is->count ||
            strcmp(csv_read_cell(was, i), csv_read_cell(is, i)) != 0) {
            say_cell(pair, i, out);
            return true;
        }
    return false;
}

static void compare_rows(struct pair *pair, struct text *out, struct faults *faults)
{
    csv_read_next(&pair->head, faults);
    for (;;) {
        bool was = csv_read_next(&pair->was, faults), is = csv_read_next(&pair->is, faults);
        if (was != is)
            text_append(out, "line %u is %s", csv_read_place(was ? &pair->was : &pair->is, 0).line,
                        was ? "missing" : "one that was not there");
        if (!was || !is || rows_differ(pair, out))
            return;
    }
}

bool difference_of_files(const char *was, const char *is, const char *name, struct text *out,
                         struct faults *faults)
{
    struct pair pair = {0};
    size_t before = faults->count;
    if (csv_read_open(&pair.was, was, name, faults) && csv_read_open(&pair.is, is, name, faults) &&
        csv_read_open(&pair.head, is, name, faults)) {
        pair.was.advice = pair.is.advice = CSV_READ_ANEW;
        compare_rows(&pair, out, faults);
    }
    csv_read_close(&pair.was);
    csv_read_close(&pair.is);
    csv_read_close(&pair.head);
    return faults->count == before;
}

/* ------------------------------------------------------------------ blocks */

/* Items of two lists of digests that differ: the first few, and how many. */
struct parts {
    size_t first[NAMED], count;
    bool broken; /* the lists do not have the same length */
};

static struct parts parts_of(const char *was, const char *is)
{
    enum { WIDE = DIGEST_LISTED + 1 };
    struct parts parts = {.broken = strlen(was) != strlen(is)};
    for (size_t i = 0; !parts.broken && i < (strlen(is) + 1) / WIDE; i++) {
        if (strncmp(was + i * WIDE, is + i * WIDE, DIGEST_LISTED) == 0)
            continue;
        if (parts.count < NAMED)
            parts.first[parts.count] = i;
        parts.count++;
    }
    return parts;
}

static void say_column(const struct scenario *scenario, const struct panel_column *column,
                       struct text *out)
{
    text_append(out, "%s", indicators[column->indicator].name);
    if (column->zone != PANEL_NO_NAME)
        text_append(out, " %s", scenario->name[SECTION_ZONES][column->zone]);
    if (column->zone_reached != PANEL_NO_NAME)
        text_append(out, ">%s", scenario->name[SECTION_ZONES][column->zone_reached]);
    if (column->sector != PANEL_NO_NAME)
        text_append(out, " %s", scenario->name[SECTION_SECTORS][column->sector]);
}

static void say_columns(const struct parts *columns, const struct scenario *scenario,
                        const struct panel_layout *layout, struct text *out)
{
    for (size_t i = 0; i < NAMED && i < columns->count; i++) {
        text_append(out, "%s", i == 0 ? "; in " : ", ");
        if (columns->first[i] < layout->column_count)
            say_column(scenario, &layout->column[columns->first[i]], out);
    }
    if (columns->count > NAMED)
        text_append(out, " and %zu more", columns->count - NAMED);
}

static void say_beside(const struct block_words *was, const struct block_words *is,
                       struct text *out)
{
    if (strcmp(was->drawn, is->drawn) != 0)
        text_append(out, "; uncertain values were drawn otherwise");
    if (strcmp(was->targets, is->targets) != 0)
        text_append(out, "; in the targets");
    if (strcmp(was->twins, is->twins) != 0)
        text_append(out, "; in the twins");
}

bool difference_of_blocks(const struct block_words *was, const struct block_words *is,
                          const struct scenario *scenario, const struct panel_layout *layout,
                          struct text *out)
{
    struct parts replicates = parts_of(was->by_replicate, is->by_replicate);
    struct parts months = parts_of(was->by_month, is->by_month);
    struct parts columns = parts_of(was->by_column, is->by_column);
    bool broken = replicates.broken || months.broken || columns.broken || was->first != is->first ||
                  was->count != is->count;
    size_t before = out->length;
    if (replicates.count > 0 && !broken)
        text_append(out, "; %zu of them %s, first %llu", replicates.count,
                    replicates.count == 1 ? "differs" : "differ",
                    (unsigned long long)(is->first + replicates.first[0]));
    if (months.count > 0 && !broken) {
        char month[TEXT_MONTH_BYTES];
        text_append(out, "; from %s on",
                    text_month(month, layout->first_month + (int)months.first[0]));
    }
    if (!broken)
        say_columns(&columns, scenario, layout, out);
    say_beside(was, is, out);
    if (out->length == before && (broken || strcmp(was->whole, is->whole) != 0))
        text_append(out, "; its row of digests.csv was changed");
    return out->length > before;
}
