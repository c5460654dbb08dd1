#include "scenario/report.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *format_text(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

bool report(struct reports *reports, struct place at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *message = format_text(format, arguments);
    va_end(arguments);
    if (message == NULL || !memory_reserve((void **)&reports->report, &reports->capacity,
                                           reports->count + 1, sizeof *reports->report)) {
        free(message);
        return report_memory(reports);
    }
    reports->report[reports->count] =
        (struct report){.at = at, .message = message, .found = reports->count};
    reports->count++;
    return false;
}

bool report_memory(struct reports *reports)
{
    reports->memory = true;
    return false;
}

/* Places without a file come first, then files in the order read, then overrides. */
static size_t place_order(const struct scenario *scenario, struct place at)
{
    if (at.file == NULL)
        return 0;
    for (size_t i = 0; i < scenario->file_count; i++)
        if (scenario->file[i] == at.file)
            return 1 + i;
    for (size_t i = 0; i < scenario->given_count; i++)
        if (scenario->given[i] == at.file)
            return 1 + scenario->file_count + i;
    return 1 + scenario->file_count + scenario->given_count;
}

static int rises(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
    const struct report *a = left, *b = right;
    int order = rises(a->order, b->order);
    if (order == 0)
        order = rises(a->at.line, b->at.line);
    if (order == 0)
        order = rises(a->at.column, b->at.column);
    return order == 0 ? rises(a->found, b->found) : order;
}

/* A file that two others extend is read twice, and must not complain twice. */
static bool repeated(const struct report *report, size_t i)
{
    return i > 0 && report[i].order == report[i - 1].order &&
           report[i].at.line == report[i - 1].at.line &&
           report[i].at.column == report[i - 1].at.column &&
           strcmp(report[i].message, report[i - 1].message) == 0;
}

bool reports_deliver(struct reports *reports, const struct scenario *scenario,
                     struct faults *faults)
{
    bool none = reports->count == 0 && !reports->memory;
    for (size_t i = 0; i < reports->count; i++)
        reports->report[i].order = place_order(scenario, reports->report[i].at);
    if (reports->count > 0)
        qsort(reports->report, reports->count, sizeof *reports->report, compare);
    for (size_t i = 0; i < reports->count; i++)
        if (!repeated(reports->report, i))
            fault_input(faults, reports->report[i].at, "%s", reports->report[i].message);
    if (reports->memory)
        fault_memory(faults, "reading the scenario");
    for (size_t i = 0; i < reports->count; i++)
        free(reports->report[i].message);
    free(reports->report);
    *reports = (struct reports){0};
    return none;
}
