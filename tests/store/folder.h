/* A folder of a test's own, and looks into it. */
#ifndef NEOBAY_TESTS_OUTPUT_FOLDER_H
#define NEOBAY_TESTS_OUTPUT_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

enum { FOLDER_PATH = 256 };

struct folder {
    char path[FOLDER_PATH];
};

/* A new empty folder; folder_remove takes it away with all that is in it. */
struct folder folder_make(void);
void folder_remove(const struct folder *folder);

/* Path of a name in it, in one of a few buffers that take turns. */
const char *folder_at(const struct folder *folder, const char *name);

bool folder_has(const struct folder *folder, const char *name);

/* Names in a folder, . and .. left out. */
size_t folder_count(const char *path);

void folder_write(const struct folder *folder, const char *name, const char *text);

/* What a file holds; the caller frees it. */
char *folder_read(const struct folder *folder, const char *name);

#endif
