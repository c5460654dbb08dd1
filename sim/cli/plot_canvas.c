#include "cli/plot_canvas.h"

#include "base/memory.h"
#include "cli/plot_clean.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const formats[] = {"svg", "png"};
enum { FORMATS = 2 };

static bool out_of_memory(struct faults *faults)
{
    return fault_memory(faults, "drawing pictures");
}

void canvas_path(struct text *path, const struct canvas *canvas, const char *folder,
                 const char *name, const char *end)
{
    path->length = 0;
    text_append(path, "%s/%s/%s%s%s", canvas->folder, folder, name, *end == '\0' ? "" : ".", end);
}

bool canvas_open(struct canvas *canvas, const char *name, struct faults *faults)
{
    *canvas = (struct canvas){.name = name, .folder = realpath(name, NULL)};
    struct stat what;
    if (canvas->folder == NULL)
        return fault_input(faults, (struct place){.file = name}, "cannot be read: %s",
                           strerror(errno));
    if (stat(canvas->folder, &what) != 0 || !S_ISDIR(what.st_mode))
        return fault_input(faults, (struct place){.file = name},
                           "is no folder; give the folder of a run, such as out/NAME");
    canvas->axes = picture_axes(canvas->folder);
    return true;
}

/* ------------------------------------------------------------------ what is temporary */

static bool make_temporary(struct canvas *canvas, struct faults *faults)
{
    struct text path = {0};
    text_append(&path, "%s/" CANVAS_TEMPORARY, canvas->folder);
    if (path.failed)
        return out_of_memory(faults);
    canvas->made = mkdir(path.bytes, 0777) == 0 || errno == EEXIST;
    if (!canvas->made)
        fault_world(faults, "cannot make folder %s: %s; nothing was drawn", path.bytes,
                    strerror(errno));
    text_clear(&path);
    return canvas->made;
}

/* The tables that are drawn from: those of the folder, or copies of them in a folder of the same
 * name, which titles show. */
static bool find_tables(struct canvas *canvas, struct faults *faults)
{
    struct text path = {0};
    bool copied = plot_clean_needed(canvas->folder);
    text_append(&path, "%s/" CANVAS_TEMPORARY "/%s", canvas->folder,
                strrchr(canvas->folder, '/') + 1);
    canvas->tables = path.failed ? NULL : memory_copy_text(copied ? path.bytes : canvas->folder);
    bool ok = canvas->tables != NULL || out_of_memory(faults);
    if (ok && copied)
        ok = mkdir(path.bytes, 0777) == 0 || errno == EEXIST ||
             fault_world(faults, "cannot make folder %s: %s; nothing was drawn", path.bytes,
                         strerror(errno));
    ok = ok && (!copied || plot_clean_copy(canvas->folder, path.bytes, faults));
    text_clear(&path);
    return ok;
}

bool canvas_begin(struct canvas *canvas, struct faults *faults)
{
    return make_temporary(canvas, faults) && find_tables(canvas, faults);
}

/* ------------------------------------------------------------------ putting in place */

/* Moves one picture to its place; one that can no longer be drawn goes, unless only one was asked.
 */
static bool place_picture(const struct canvas *canvas, bool all, enum picture_id id,
                          const char *format, struct faults *faults)
{
    struct text from = {0}, to = {0};
    canvas_path(&from, canvas, CANVAS_TEMPORARY, pictures[id].name, format);
    canvas_path(&to, canvas, "plots", pictures[id].name, format);
    bool ok = true;
    if (from.failed || to.failed)
        ok = out_of_memory(faults);
    else if (canvas->wanted[id] && rename(from.bytes, to.bytes) != 0)
        ok = fault_world(faults, "cannot put %s in place: %s", to.bytes, strerror(errno));
    else if (!canvas->wanted[id] && all)
        unlink(to.bytes);
    text_clear(&from);
    text_clear(&to);
    return ok;
}

bool canvas_place(const struct canvas *canvas, bool all, struct faults *faults)
{
    struct text path = {0};
    text_append(&path, "%s/plots", canvas->folder);
    bool ok = !path.failed || out_of_memory(faults);
    if (ok && mkdir(path.bytes, 0777) != 0 && errno != EEXIST)
        ok = fault_world(faults, "cannot make folder %s: %s; nothing was kept", path.bytes,
                         strerror(errno));
    text_clear(&path);
    for (enum picture_id id = 0; ok && id < PICTURE_COUNT; id++)
        for (size_t f = 0; ok && f < FORMATS; f++)
            ok = place_picture(canvas, all, id, formats[f], faults);
    return ok;
}

/* Removes the temporary folder with what is still in it. */
void canvas_end(struct canvas *canvas)
{
    struct text path = {0};
    for (enum picture_id id = 0; canvas->made && id < PICTURE_COUNT; id++)
        for (size_t f = 0; f < FORMATS; f++) {
            canvas_path(&path, canvas, CANVAS_TEMPORARY, pictures[id].name, formats[f]);
            if (!path.failed)
                unlink(path.bytes);
        }
    if (canvas->made && canvas->tables != NULL && strcmp(canvas->tables, canvas->folder) != 0) {
        plot_clean_remove(canvas->tables);
        rmdir(canvas->tables);
    }
    static const char *const others[] = {"log", "firm.csv", ""};
    for (size_t i = 0; canvas->made && i < sizeof others / sizeof *others; i++) {
        canvas_path(&path, canvas, CANVAS_TEMPORARY, others[i], "");
        if (!path.failed)
            remove(path.bytes);
    }
    text_clear(&path);
    free(canvas->folder);
    free(canvas->tables);
}
