/* A folder of results that pictures are drawn of: first into a temporary folder in it, and then, if
 * all went well, put in place. */
#ifndef NEOBAY_CLI_PLOT_CANVAS_H
#define NEOBAY_CLI_PLOT_CANVAS_H

#include "base/text.h"
#include "cli/plot_pictures.h"

#define CANVAS_TEMPORARY ".plots.part"

struct canvas {
    const char *name; /* as given */
    char *folder;     /* absolute */
    int axes;
    char *tables;                /* absolute; a copy where the folder's would break pictures */
    bool made;                   /* the temporary folder is there */
    bool wanted[PICTURE_COUNT];  /* drawn, or to be */
    bool skipped[PICTURE_COUNT]; /* could not be drawn, which is told with its reason */
};

/* Path of a file in a folder of the canvas: "" or "svg" is its ending. */
void canvas_path(struct text *path, const struct canvas *canvas, const char *folder,
                 const char *name, const char *end);

/* Finds the folder. False with a fault if there is none. */
bool canvas_open(struct canvas *canvas, const char *name, struct faults *faults);

/* Makes the temporary folder, and copies of tables where those of the folder would break pictures.
 * False with a fault. */
bool canvas_begin(struct canvas *canvas, struct faults *faults);

/* Moves what was drawn to its place; what is not wanted goes where `all` were asked for. */
bool canvas_place(const struct canvas *canvas, bool all, struct faults *faults);

/* Removes what is temporary, and frees. */
void canvas_end(struct canvas *canvas);

#endif
