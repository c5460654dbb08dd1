#include "cli/plot_clean.h"

#include "base/csv.h"
#include "base/csv_read.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/plot_pictures.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool is_control(char character)
{
    return ((unsigned char)character < 0x20) || character == 0x7F;
}

/* Whether no picture before this one reads the table. */
static bool is_first(size_t picture, size_t need)
{
    for (size_t p = 0; p < picture; p++)
        for (size_t i = 0; i < PICTURE_FILES && pictures[p].need[i].file != NULL; i++)
            if (strcmp(pictures[p].need[i].file, pictures[picture].need[need].file) == 0)
                return false;
    return true;
}

/* Calls `each` with every table of pictures, once, until it returns false. */
static bool each_table(bool (*each)(void *context, const char *file), void *context)
{
    for (size_t p = 0; p < PICTURE_COUNT; p++)
        for (size_t i = 0; i < PICTURE_FILES && pictures[p].need[i].file != NULL; i++)
            if (is_first(p, i) && !each(context, pictures[p].need[i].file))
                return false;
    return each(context, "about.csv");
}

/* ------------------------------------------------------------------ looking */

static bool is_clean(void *context, const char *file)
{
    const char *folder = context;
    struct csv_read table;
    struct faults ignored = {0}; /* what is broken is told by picture_check */
    bool clean = true;
    if (!file_is_in(folder, file) || !csv_read_open(&table, folder, file, &ignored)) {
        faults_clear(&ignored);
        return true;
    }
    while (clean && csv_read_next(&table, &ignored))
        for (size_t c = 0; clean && c < table.count; c++)
            for (const char *at = csv_read_cell(&table, c); clean && *at != '\0'; at++)
                clean = !is_control(*at);
    csv_read_close(&table);
    faults_clear(&ignored);
    return clean;
}

bool plot_clean_needed(const char *folder)
{
    return !each_table(is_clean, (void *)(size_t)folder); /* it is only read */
}

/* ------------------------------------------------------------------ copying */

struct copying {
    const char *folder, *to;
    struct faults *faults;
};

static void copy_cell(struct csv *csv, const char *cell, struct text *text)
{
    text->length = 0;
    text_append(text, "%s", cell);
    for (size_t i = 0; !text->failed && i < text->length; i++)
        if (is_control(text->bytes[i]))
            text->bytes[i] = ' ';
    csv_text(csv, text->failed ? "" : text->bytes);
}

static bool copy_rows(struct csv_read *table, FILE *stream, struct faults *faults)
{
    struct csv csv = {.stream = stream};
    struct text text = {0};
    size_t before = faults->count;
    while (csv_read_next(table, faults)) {
        for (size_t c = 0; c < table->count; c++)
            copy_cell(&csv, csv_read_cell(table, c), &text);
        csv.columns = 0; /* rows that are too short are picture_check's affair */
        csv_end_row(&csv);
    }
    bool ok = faults->count == before && (!text.failed || fault_memory(faults, "drawing pictures"));
    text_clear(&text);
    return ok;
}

static bool copy_table(void *context, const char *file)
{
    struct copying *copying = context;
    struct csv_read table;
    struct text path = {0};
    if (!file_is_in(copying->folder, file))
        return true;
    text_append(&path, "%s/%s", copying->to, file);
    FILE *stream = path.failed ? NULL : fopen(path.bytes, "we");
    bool ok =
        stream != NULL || fault_world(copying->faults, "cannot write %s: %s; nothing was drawn",
                                      path.failed ? file : path.bytes, strerror(errno));
    if (ok && csv_read_open(&table, copying->folder, file, copying->faults)) {
        ok = copy_rows(&table, stream, copying->faults);
        csv_read_close(&table);
    }
    if (stream != NULL && fclose(stream) != 0 && ok)
        ok = fault_world(copying->faults, "cannot write %s: %s; nothing was drawn", path.bytes,
                         strerror(errno));
    text_clear(&path);
    return ok;
}

bool plot_clean_copy(const char *folder, const char *to, struct faults *faults)
{
    struct copying copying = {folder, to, faults};
    return each_table(copy_table, &copying);
}

static bool remove_table(void *context, const char *file)
{
    struct text path = {0};
    text_append(&path, "%s/%s", (const char *)context, file);
    if (!path.failed)
        unlink(path.bytes);
    text_clear(&path);
    return true;
}

void plot_clean_remove(const char *to)
{
    each_table(remove_table, (void *)(size_t)to); /* it is only read */
}
