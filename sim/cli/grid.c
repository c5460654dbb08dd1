#include "cli/grid.h"

#include "base/memory.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RESET "\033[0m"

void grid_add(struct grid *grid, const char *format, ...)
{
    if (!memory_reserve((void **)&grid->cell, &grid->capacity, grid->count + 1,
                        sizeof *grid->cell)) {
        grid->failed = true;
        return;
    }
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    struct text *cell = &grid->cell[grid->count++];
    *cell = (struct text){0};
    text_append(cell, "%s", line);
    grid->failed |= cell->failed;
}

void grid_add_words(struct grid *grid, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        grid_add(grid, "%s", words[i]);
}

size_t text_width(const char *text)
{
    size_t width = 0;
    for (; *text != '\0'; text++)
        width += (*text & 0xC0) != 0x80; /* all but continuation bytes */
    return width;
}

static void measure(const struct grid *grid, size_t columns, size_t width[GRID_COLUMNS])
{
    memset(width, 0, GRID_COLUMNS * sizeof *width);
    for (size_t i = 0; i < grid->count; i++) {
        size_t wide = text_width(grid->cell[i].bytes);
        if (wide > width[i % columns])
            width[i % columns] = wide;
    }
}

static void append_cell(const char *cell, char align, size_t width, bool last, struct text *out)
{
    int blank = (int)(width - text_width(cell));
    if (align == 'r')
        text_append(out, "%*s%s", blank, "", cell);
    else
        text_append(out, "%s%*s", cell, last ? 0 : blank, "");
}

static void end_line(struct text *out)
{
    while (!out->failed && out->length > 0 && out->bytes[out->length - 1] == ' ')
        out->length--;
    text_append(out, "\n");
}

void grid_write(const struct grid *grid, const char *head, struct text *out)
{
    size_t columns = strlen(grid->align), width[GRID_COLUMNS];
    if (grid->failed || columns > GRID_COLUMNS) {
        out->failed = true;
        return;
    }
    measure(grid, columns, width);
    for (size_t i = 0; i < grid->count; i++) {
        size_t column = i % columns;
        bool last = column + 1 == columns;
        text_append(out, "%s", "  ");
        text_append(out, "%s", i < columns ? head : "");
        append_cell(grid->cell[i].bytes, grid->align[column], width[column], last, out);
        text_append(out, "%s", i < columns && head[0] != '\0' ? RESET : "");
        if (last)
            end_line(out);
    }
}

void grid_clear(struct grid *grid)
{
    for (size_t i = 0; i < grid->count; i++)
        text_clear(&grid->cell[i]);
    free(grid->cell);
    grid->cell = NULL;
    grid->count = grid->capacity = 0;
}

/* ------------------------------------------------------------------ numbers */

/* Copies digits with a comma before each group of three. */
static void group_digits(char out[HUMAN_BYTES], const char *digits)
{
    size_t count = strlen(digits), used = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            out[used++] = ',';
        out[used++] = digits[i];
    }
    out[used] = '\0';
}

const char *human_number(char out[HUMAN_BYTES], double value)
{
    char text[HUMAN_BYTES], grouped[HUMAN_BYTES];
    double size = fabs(value);
    if (!isfinite(value)) {
        snprintf(out, HUMAN_BYTES, "%s", isnan(value) ? "–" : value > 0 ? "∞" : "-∞");
    } else if (size >= 1e15) {
        snprintf(out, HUMAN_BYTES, "%.3g", value);
    } else if (size >= 100 || size == floor(size)) {
        snprintf(text, sizeof text, "%.0f", size);
        group_digits(grouped, text);
        snprintf(out, HUMAN_BYTES, "%s%.60s", value < 0 ? "-" : "", grouped);
    } else {
        snprintf(out, HUMAN_BYTES, "%.3g", value);
    }
    return out;
}

const char *human_share(char out[HUMAN_BYTES], double share)
{
    double percent = 100 * share;
    bool near_end = (percent > 0 && percent < 1) || (percent > 99 && percent < 100);
    if (isnan(share))
        snprintf(out, HUMAN_BYTES, "–");
    else if (percent > 0 && percent < 0.005)
        snprintf(out, HUMAN_BYTES, "<0.01 %%");
    else if (percent < 100 && percent > 99.995)
        snprintf(out, HUMAN_BYTES, ">99.99 %%");
    else if (percent == 0 || percent == 100)
        snprintf(out, HUMAN_BYTES, "%.0f %%", percent);
    else
        snprintf(out, HUMAN_BYTES, "%.*f %%", near_end ? 2 : 1, percent);
    return out;
}

const char *human_share_range(char out[HUMAN_BYTES], double low, double high)
{
    char from[HUMAN_BYTES / 3], to[HUMAN_BYTES];
    snprintf(from, sizeof from, "%.*s", (int)strcspn(human_share(to, low), " "), to);
    snprintf(out, HUMAN_BYTES, "%s – %.*s", from, HUMAN_BYTES / 2, human_share(to, high));
    return out;
}

const char *human_time(char out[HUMAN_BYTES], double seconds)
{
    long whole = lround(seconds);
    if (seconds < 9.95)
        snprintf(out, HUMAN_BYTES, "%.1f s", seconds);
    else if (whole < 60)
        snprintf(out, HUMAN_BYTES, "%ld s", whole);
    else if (whole < 3600)
        snprintf(out, HUMAN_BYTES, "%ld min %02ld s", whole / 60, whole % 60);
    else
        snprintf(out, HUMAN_BYTES, "%ld h %02ld min", whole / 3600, whole / 60 % 60);
    return out;
}
