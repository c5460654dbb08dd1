#include "cli/plot_table.h"

#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool table_open(struct table *table, const char *folder, const char *file, struct faults *faults)
{
    struct text path = {0};
    text_append(&path, "%s/%s", folder, file);
    if (path.failed) {
        text_clear(&path);
        return fault_memory(faults, "opening a table");
    }
    *table = (struct table){.path = path.bytes, .next_line = 1};
    table->stream = fopen(table->path, "re");
    if (table->stream != NULL)
        return true;
    fault_input(faults, (struct place){.file = table->path}, "cannot be read: %s", strerror(errno));
    table_close(table);
    return false;
}

void table_close(struct table *table)
{
    if (table->stream != NULL)
        fclose(table->stream);
    free(table->row);
    free(table->path);
    *table = (struct table){0};
}

bool table_broken(const struct table *table, struct faults *faults, const char *why)
{
    return fault_input(faults, (struct place){table->path, table->line, 1},
                       "%s; write the results anew", why);
}

/* Appends a line of the file to the row, without its newline. */
static bool read_line(struct table *table)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t got = getline(&line, &room, table->stream);
    size_t length = got < 0 ? 0 : (size_t)got - (line[got - 1] == '\n');
    bool ok = got >= 0 &&
              memory_reserve((void **)&table->row, &table->capacity, table->length + length + 2, 1);
    if (ok) {
        memcpy(table->row + table->length, line, length);
        table->length += length;
        table->row[table->length] = '\0';
        table->next_line++;
    }
    free(line);
    return ok;
}

static bool quotes_open(const struct table *table)
{
    bool open = false;
    for (size_t i = 0; i < table->length; i++)
        open ^= table->row[i] == '"';
    return open;
}

/* A row ends at a newline that is in no quotes. False at the end of the file. */
static bool read_row(struct table *table)
{
    table->length = 0;
    table->line = table->next_line;
    bool ok = read_line(table);
    while (ok && quotes_open(table)) {
        table->row[table->length++] = '\n';
        if (!read_line(table))
            break;
    }
    return ok;
}

/* Cuts the row into cells, in its own place: they are never longer than what they stand for. */
static bool cut_row(struct table *table)
{
    char *row = table->row;
    size_t out = 0;
    bool quoted = false;
    table->count = 0;
    table->at[table->count++] = 0;
    for (size_t i = 0; i < table->length; i++) {
        bool is_quote = row[i] == '"', doubled = is_quote && quoted && row[i + 1] == '"';
        if (is_quote && !doubled) {
            quoted = !quoted;
        } else if (row[i] == ',' && !quoted) {
            if (table->count == TABLE_MOST_CELLS)
                return false;
            row[out++] = '\0';
            table->at[table->count++] = out;
        } else {
            row[out++] = row[i += doubled];
        }
    }
    row[out] = '\0';
    return true;
}

bool table_next(struct table *table, struct faults *faults)
{
    if (!read_row(table))
        return !feof(table->stream) && fault_memory(faults, "reading a table");
    if (quotes_open(table))
        return table_broken(table, faults, "a quote is never closed");
    return cut_row(table) || table_broken(table, faults, "too many cells");
}

const char *table_cell(const struct table *table, size_t column)
{
    return table->row + table->at[column];
}

size_t table_column(const struct table *table, const char *name, size_t length)
{
    size_t column = 0;
    while (column < table->count && !(strlen(table_cell(table, column)) == length &&
                                      strncmp(table_cell(table, column), name, length) == 0))
        column++;
    return column;
}
