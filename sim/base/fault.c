#include "base/fault.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void append(struct faults *faults, struct fault fault)
{
    if (fault.kind > faults->kind)
        faults->kind = fault.kind;
    if (fault.message == NULL || !memory_reserve((void **)&faults->fault, &faults->capacity,
                                                 faults->count + 1, sizeof *faults->fault)) {
        free(fault.message);
        faults->truncated = true;
        return;
    }
    fault.found = faults->count;
    faults->fault[faults->count++] = fault;
}

static char *format_message(struct place at, const char *format, va_list arguments)
{
    char where[64] = "";
    if (at.file != NULL && at.line > 0)
        snprintf(where, sizeof where, ":%u:%u", at.line, at.column);
    va_list again;
    va_copy(again, arguments);
    int body = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t head = at.file == NULL ? 0 : strlen(at.file) + strlen(where) + 2;
    char *message = body < 0 ? NULL : malloc(head + (size_t)body + 1);
    if (message == NULL)
        return NULL;
    if (head > 0)
        snprintf(message, head + 1, "%s%s: ", at.file, where);
    vsnprintf(message + head, (size_t)body + 1, format, arguments);
    return message;
}

bool fault_input(struct faults *faults, struct place at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    append(faults, (struct fault){FAULT_INPUT, at, format_message(at, format, arguments), 0, 0});
    va_end(arguments);
    return false;
}

bool fault_world(struct faults *faults, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    append(faults,
           (struct fault){
               FAULT_WORLD, {0}, format_message((struct place){0}, format, arguments), 0, 0});
    va_end(arguments);
    return false;
}

static bool has(const struct faults *faults, const char *message)
{
    for (size_t i = 0; i < faults->count; i++)
        if (strcmp(faults->fault[i].message, message) == 0)
            return true;
    return false;
}

bool fault_memory(struct faults *faults, const char *what)
{
    char message[128]; /* not on the heap */
    snprintf(message, sizeof message, "out of memory while %s", what);
    return !has(faults, message) && fault_world(faults, "%s", message);
}

/* ------------------------------------------------------------------ many */

void faults_take(struct faults *faults, struct faults *more)
{
    for (size_t i = 0; i < more->count; i++)
        append(faults, more->fault[i]);
    faults->truncated |= more->truncated;
    more->count = 0;
    faults_clear(more);
}

void faults_merge(struct faults *faults, struct faults *more)
{
    for (size_t i = 0; i < more->count; i++) {
        if (faults->count >= FAULTS_MERGED || has(faults, more->fault[i].message))
            continue;
        append(faults, more->fault[i]);
        more->fault[i].message = NULL;
    }
    faults->truncated |= more->truncated;
    faults_clear(more);
}

static int rises(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
    const struct fault *a = left, *b = right;
    const size_t of_a[] = {a->kind, a->rank, a->at.line, a->at.column, a->found};
    const size_t of_b[] = {b->kind, b->rank, b->at.line, b->at.column, b->found};
    int order = 0;
    for (size_t i = 0; order == 0 && i < sizeof of_a / sizeof *of_a; i++)
        order = rises(of_a[i], of_b[i]);
    return order;
}

void faults_sort(struct faults *faults, size_t (*rank)(const void *context, const char *file),
                 const void *context)
{
    size_t kept = 0;
    for (size_t i = 0; i < faults->count; i++)
        if (rank != NULL)
            faults->fault[i].rank = rank(context, faults->fault[i].at.file);
    if (faults->count > 0)
        qsort(faults->fault, faults->count, sizeof *faults->fault, compare);
    for (size_t i = 0; i < faults->count; i++) {
        if (kept > 0 && strcmp(faults->fault[kept - 1].message, faults->fault[i].message) == 0)
            free(faults->fault[i].message);
        else
            faults->fault[kept++] = faults->fault[i];
    }
    faults->count = kept;
}

bool faults_begin_alike(const struct faults *a, const struct faults *b)
{
    return a->count > 0 && b->count > 0 && strcmp(a->fault[0].message, b->fault[0].message) == 0;
}

void faults_clear(struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        free(faults->fault[i].message);
    free(faults->fault);
    *faults = (struct faults){0};
}

void fault_bug(const char *file, int line, const char *condition)
{
    fprintf(stderr, "neobay: bug at %s:%d: %s does not hold; please report it\n", file, line,
            condition);
    abort();
}
