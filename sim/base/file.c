#include "base/file.h"

#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Reads to the end or until more than `most` bytes have come; returns 0 or what went wrong. */
static int read_stream(FILE *stream, size_t most, char **out, size_t *length)
{
    size_t capacity = 0;
    *length = 0;
    do {
        if (!memory_reserve((void **)out, &capacity, *length + 4096, 1))
            return ENOMEM;
        errno = 0;
        *length += fread(*out + *length, 1, capacity - *length - 1, stream);
    } while (!ferror(stream) && !feof(stream) && *length <= most);
    (*out)[*length] = '\0';
    return *length > most ? EFBIG : ferror(stream) ? (errno != 0 ? errno : EIO) : 0;
}

bool file_read(const char *path, size_t most, char **out, size_t *length)
{
    *out = NULL;
    FILE *stream = fopen(path, "re");
    if (stream == NULL)
        return false;
    int why = read_stream(stream, most, out, length);
    fclose(stream);
    if (why != 0) {
        free(*out);
        *out = NULL;
        errno = why;
    }
    return why == 0;
}

bool file_is_in(const char *folder, const char *name)
{
    struct text path = {0};
    text_append(&path, "%s/%s", folder, name);
    bool there = !path.failed && access(path.bytes, F_OK) == 0;
    text_clear(&path);
    return there;
}
