#include "base/fault.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void append(struct faults *faults, enum fault_kind kind, char *message)
{
    if (kind > faults->kind)
        faults->kind = kind;
    if (message == NULL || !memory_reserve((void **)&faults->message, &faults->capacity,
                                           faults->count + 1, sizeof *faults->message)) {
        free(message);
        faults->truncated = true;
        return;
    }
    faults->message[faults->count++] = message;
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
    append(faults, FAULT_INPUT, format_message(at, format, arguments));
    va_end(arguments);
    return false;
}

bool fault_world(struct faults *faults, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    append(faults, FAULT_WORLD, format_message((struct place){0}, format, arguments));
    va_end(arguments);
    return false;
}

bool fault_memory(struct faults *faults, const char *what)
{
    return fault_world(faults, "out of memory while %s", what);
}

void faults_take(struct faults *faults, struct faults *more)
{
    for (size_t i = 0; i < more->count; i++)
        append(faults, more->kind, more->message[i]);
    faults->truncated |= more->truncated;
    more->count = 0;
    faults_clear(more);
}

static bool has(const struct faults *faults, const char *message)
{
    for (size_t i = 0; i < faults->count; i++)
        if (strcmp(faults->message[i], message) == 0)
            return true;
    return false;
}

void faults_merge(struct faults *faults, struct faults *more)
{
    for (size_t i = 0; i < more->count; i++) {
        if (faults->count >= FAULTS_MERGED || has(faults, more->message[i]))
            continue;
        append(faults, more->kind, more->message[i]);
        more->message[i] = NULL;
    }
    faults->truncated |= more->truncated;
    faults_clear(more);
}

bool faults_begin_alike(const struct faults *a, const struct faults *b)
{
    return a->count > 0 && b->count > 0 && strcmp(a->message[0], b->message[0]) == 0;
}

void faults_clear(struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        free(faults->message[i]);
    free(faults->message);
    *faults = (struct faults){0};
}

void fault_bug(const char *file, int line, const char *condition)
{
    fprintf(stderr, "neobay: bug at %s:%d: %s does not hold; please report it\n", file, line,
            condition);
    abort();
}
