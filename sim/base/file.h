/* Reading a file whole. */
#ifndef NEOBAY_BASE_FILE_H
#define NEOBAY_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* Reads a whole file of at most `most` bytes into *out, terminated; false with errno set if that
 * cannot be done. The caller frees *out. */
bool file_read(const char *path, size_t most, char **out, size_t *length);

#endif
