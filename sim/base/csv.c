#include "base/csv.h"

#include "base/fault.h"
#include "base/text.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static void begin_cell(struct csv *csv)
{
    if (csv->cell++ > 0)
        putc(',', csv->stream);
}

static bool needs_quotes(const char *text)
{
    size_t length = strlen(text);
    bool edge = length > 0 && (text[0] == ' ' || text[length - 1] == ' ');
    return edge || strpbrk(text, ",\"\r\n") != NULL;
}

void csv_text(struct csv *csv, const char *text)
{
    begin_cell(csv);
    if (text == NULL || !needs_quotes(text)) {
        fputs(text == NULL ? "" : text, csv->stream);
        return;
    }
    putc('"', csv->stream);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putc('"', csv->stream);
        putc(*text, csv->stream);
    }
    putc('"', csv->stream);
}

void csv_number(struct csv *csv, double value)
{
    char number[TEXT_NUMBER_BYTES];
    csv_text(csv, isnan(value) ? NULL : text_number(number, value));
}

void csv_whole(struct csv *csv, uint64_t value)
{
    begin_cell(csv);
    fprintf(csv->stream, "%" PRIu64, value);
}

void csv_month(struct csv *csv, int month)
{
    char text[TEXT_MONTH_BYTES];
    csv_text(csv, month == MONTH_NEVER ? NULL : text_month(text, month));
}

void csv_end_row(struct csv *csv)
{
    ASSERT(csv->columns == 0 || csv->columns == csv->cell);
    csv->columns = csv->cell;
    csv->cell = 0;
    putc('\n', csv->stream);
}
