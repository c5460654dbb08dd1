#include "scenario/path.h"

#include <string.h>

enum { DOT = '.' };

bool path_has_star(const char *path)
{
    return strchr(path, PATH_STAR[0]) != NULL;
}

/* Walks both as far as the first covers the second: what is left of them. A star of the second is
 * covered by a star alone. */
static bool walk(const char **stars, const char **path)
{
    while (**stars != '\0' && **path != '\0') {
        if (**stars == PATH_STAR[0] && **path != PATH_STAR[0]) {
            ++*stars;
            *path += path_first(*path);
        } else if (*(*stars)++ != *(*path)++) {
            return false;
        }
    }
    return **stars == '\0';
}

bool path_covers(const char *stars, const char *path)
{
    return walk(&stars, &path) && *path == '\0';
}

bool path_covers_below(const char *stars, const char *path)
{
    return walk(&stars, &path) && (*path == '\0' || *path == DOT);
}

char *path_cut(char **rest)
{
    char *step = *rest, *dot = strchr(step, DOT);
    *rest = dot == NULL ? NULL : dot + 1;
    if (dot != NULL)
        *dot = '\0';
    return step;
}

size_t path_first(const char *path)
{
    return strcspn(path, ".");
}

const char *path_last(const char *path)
{
    const char *dot = strrchr(path, DOT);
    return dot == NULL ? path : dot + 1;
}
