#include "store/folder.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct folder folder_make(void)
{
    struct folder folder = {"/tmp/neobay-test-XXXXXX"};
    cr_assert(mkdtemp(folder.path) != NULL);
    return folder;
}

void folder_remove(const struct folder *folder)
{
    char command[FOLDER_PATH + 16];
    snprintf(command, sizeof command, "rm -rf '%s'", folder->path);
    cr_assert(system(command) == 0);
}

const char *folder_at(const struct folder *folder, const char *name)
{
    static char paths[4][2 * FOLDER_PATH];
    static size_t turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder->path, name);
    return path;
}

bool folder_has(const struct folder *folder, const char *name)
{
    return access(folder_at(folder, name), F_OK) == 0;
}

size_t folder_count(const char *path)
{
    DIR *names = opendir(path);
    cr_assert(names != NULL);
    size_t count = 0;
    for (struct dirent *name; (name = readdir(names)) != NULL;)
        count += strcmp(name->d_name, ".") != 0 && strcmp(name->d_name, "..") != 0;
    closedir(names);
    return count;
}

void folder_write(const struct folder *folder, const char *name, const char *text)
{
    FILE *stream = fopen(folder_at(folder, name), "w");
    cr_assert(stream != NULL);
    fputs(text, stream);
    fclose(stream);
}

char *folder_read(const struct folder *folder, const char *name)
{
    char *bytes = NULL;
    size_t length = 0;
    cr_assert(file_read(folder_at(folder, name), 1 << 20, &bytes, &length), "%s", name);
    return bytes;
}
