#include "base/csv_read.h"

#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ opening */

bool csv_read_open(struct csv_read *read, const char *folder, const char *file,
                   struct faults *faults)
{
    struct text path = {0};
    text_append(&path, "%s%s%s", folder == NULL ? "" : folder, folder == NULL ? "" : "/", file);
    *read = (struct csv_read){.path = path.bytes, .next_line = 1};
    read->stream = path.failed ? NULL : fopen(read->path, "re");
    if (read->stream != NULL)
        return true;
    if (path.failed || errno == ENOMEM)
        fault_memory(faults, "opening a table");
    else
        fault_input(faults, (struct place){.file = read->path}, "cannot be read: %s",
                    strerror(errno));
    csv_read_close(read);
    return false;
}

void csv_read_close(struct csv_read *read)
{
    if (read->stream != NULL)
        fclose(read->stream);
    free(read->cell);
    free(read->row);
    free(read->path);
    *read = (struct csv_read){0};
}

/* ------------------------------------------------------------------ lines */

static bool broken_at(const struct csv_read *read, struct place at, struct faults *faults,
                      const char *why)
{
    return fault_input(faults, at, "%s%s%s", why, read->advice == NULL ? "" : "; ",
                       read->advice == NULL ? "" : read->advice);
}

bool csv_read_broken(const struct csv_read *read, struct faults *faults, const char *why)
{
    return broken_at(read, csv_read_place(read, 0), faults, why);
}

/* Appends a line of the file to the row, without its end; false at the end of the file, or if it
 * cannot be read or kept. */
static bool read_line(struct csv_read *read, struct faults *faults)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t got = getline(&line, &room, read->stream);
    size_t length = got < 0 ? 0 : (size_t)got;
    bool ok = got >= 0;
    if (ok && strlen(line) != length)
        ok = broken_at(read, (struct place){read->path, read->next_line, 1}, faults,
                       "not text: it holds a zero byte");
    else if (ok && !text_is_utf8(line))
        ok = broken_at(read, (struct place){read->path, read->next_line, 1}, faults,
                       "not text in UTF-8");
    else if (!ok && !feof(read->stream))
        ok = fault_world(faults, "%s cannot be read: %s", read->path, strerror(errno));
    else if (ok &&
             !memory_reserve((void **)&read->row, &read->capacity, read->length + length + 2, 1))
        ok = fault_memory(faults, "reading a table");
    if (ok) {
        length -= length > 0 && line[length - 1] == '\n';
        memcpy(read->row + read->length, line, length);
        read->length += length;
        read->row[read->length] = '\0';
        read->next_line++;
    }
    free(line);
    return ok;
}

/* The first line of a row; those that say nothing are passed over. */
static bool read_first(struct csv_read *read, struct faults *faults)
{
    static const char mark[] = "\xEF\xBB\xBF";
    for (;;) {
        bool first = read->next_line == 1;
        read->length = 0;
        if (!read_line(read, faults))
            return false;
        if (first && strncmp(read->row, mark, strlen(mark)) == 0) {
            read->length -= strlen(mark);
            memmove(read->row, read->row + strlen(mark), read->length + 1);
        }
        bool blank = strcmp(read->row, "") == 0 || strcmp(read->row, "\r") == 0;
        if (!read->comments || (!blank && read->row[0] != '#'))
            return true;
    }
}

/* ------------------------------------------------------------------ cells */

/* A place in the row that is being cut. */
struct cutting {
    size_t in, out;
    unsigned line, column;
};

static void step(const struct csv_read *read, struct cutting *at)
{
    bool newline = read->row[at->in++] == '\n';
    at->line += newline;
    /* bytes that go on with a character are none of their own */
    at->column = newline ? 1 : at->column + ((read->row[at->in] & 0xC0) != 0x80);
}

static void keep(struct csv_read *read, struct cutting *at)
{
    read->row[at->out++] = read->row[at->in];
    step(read, at);
}

static bool begin_cell(struct csv_read *read, const struct cutting *at, struct faults *faults)
{
    if (!memory_reserve((void **)&read->cell, &read->cell_capacity, read->count + 1,
                        sizeof *read->cell))
        return fault_memory(faults, "reading a table");
    read->cell[read->count++] = (struct csv_cell){at->out, at->line, at->column};
    return true;
}

static bool at_end(const struct csv_read *read, size_t in)
{
    return read->row[in] == '\0' || (read->row[in] == '\r' && read->row[in + 1] == '\0');
}

/* Up to the closing quote, over further lines if it must; a doubled one stands for itself. */
static bool cut_quoted(struct csv_read *read, struct cutting *at, struct faults *faults)
{
    for (step(read, at);;) {
        if (read->row[at->in] == '"' && read->row[at->in + 1] != '"')
            break;
        if (read->row[at->in] == '"')
            step(read, at);
        if (read->row[at->in] == '\0') {
            read->row[read->length++] = '\n';
            read->row[read->length] = '\0';
            if (!read_line(read, faults))
                return false;
        }
        keep(read, at);
    }
    step(read, at);
    return read->row[at->in] == ',' || at_end(read, at->in);
}

/* Cuts the row into cells, in its own place: they are never longer than what they stand for. */
static bool cut_row(struct csv_read *read, struct faults *faults)
{
    struct cutting at = {.line = read->next_line - 1, .column = 1};
    size_t before = faults->count;
    read->count = 0;
    for (;;) {
        if (!begin_cell(read, &at, faults))
            return false;
        if (read->row[at.in] == '"' && !cut_quoted(read, &at, faults))
            return faults->count == before &&
                   broken_at(read, csv_read_place(read, read->count - 1), faults,
                             "a quoted cell does not end as it should");
        while (!at_end(read, at.in) && read->row[at.in] != ',')
            keep(read, &at);
        bool last = at_end(read, at.in);
        if (!last)
            step(read, &at);
        read->row[at.out++] = '\0';
        if (last)
            return true;
    }
}

bool csv_read_next(struct csv_read *read, struct faults *faults)
{
    return read_first(read, faults) && cut_row(read, faults);
}

const char *csv_read_cell(const struct csv_read *read, size_t column)
{
    return column < read->count ? read->row + read->cell[column].at : "";
}

struct place csv_read_place(const struct csv_read *read, size_t column)
{
    bool there = column < read->count;
    return (struct place){read->path, there ? read->cell[column].line : read->next_line - 1,
                          there ? read->cell[column].column : 1};
}

size_t csv_read_column(const struct csv_read *read, const char *name, size_t length)
{
    size_t column = 0;
    while (column < read->count && !(strlen(csv_read_cell(read, column)) == length &&
                                     strncmp(csv_read_cell(read, column), name, length) == 0))
        column++;
    return column;
}
