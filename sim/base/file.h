/* Reading a file whole, and whether there is one. */
#ifndef NEOBAY_BASE_FILE_H
#define NEOBAY_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* Reads a whole file of at most `most` bytes into *out, terminated; false with errno set if that
 * cannot be done. The caller frees *out. */
bool file_read(const char *path, size_t most, char **out, size_t *length);

/* True if the folder has a file of this name. Out of memory counts as none: what follows fails. */
bool file_is_in(const char *folder, const char *name);

#endif
