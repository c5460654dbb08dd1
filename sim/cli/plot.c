/* neobay plot: draws what the results in a folder allow, into RUN/plots/. All pictures of all runs
 * are drawn into temporary folders first, and are put in place only if all went well. */
#include "cli/cli.h"
#include "cli/plot_gnuplot.h"
#include "cli/plot_pictures.h"
#include "cli/stop.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_RUNS = 7 };
#define TEMPORARY ".plots.part"
static const char *const formats[] = {"svg", "png"};
enum { FORMATS = 2 };

/* One folder of results. */
struct canvas {
    const char *name; /* as given */
    char *folder;     /* absolute */
    int axes;
    bool made;                  /* the temporary folder is there */
    bool wanted[PICTURE_COUNT]; /* drawn, or to be */
};

struct plot {
    const struct call *call;
    enum picture_id only; /* PICTURE_COUNT: all that can be drawn */
    char *scripts;
    size_t count;
    struct canvas canvas[MOST_RUNS];
};

static bool out_of_memory(struct faults *faults)
{
    return fault_memory(faults, "drawing pictures");
}

static void path_of(struct text *path, const struct canvas *canvas, const char *folder,
                    const char *name, const char *end)
{
    path->length = 0;
    text_append(path, "%s/%s/%s%s%s", canvas->folder, folder, name, *end == '\0' ? "" : ".", end);
}

/* ------------------------------------------------------------------ what can be drawn */

static bool can_draw(const struct plot *plot, const struct canvas *canvas, enum picture_id id)
{
    const struct picture *picture = &pictures[id];
    bool asked = plot->only == id;
    if (id == PICTURE_FIRM && plot->call->given[OPTION_ID_FIRM])
        return true;
    /* The points of a batch of levers are no list to be laid along an axis. */
    if (id == PICTURE_DELAY && !asked && picture_has(canvas->folder, &pictures[PICTURE_LEVERS], 0))
        return false;
    return picture_has(canvas->folder, picture, 0) && picture_fits(picture, canvas->axes);
}

static bool fault_missing(const struct canvas *canvas, enum picture_id id, struct faults *faults)
{
    const struct picture *picture = &pictures[id];
    if (!picture_fits(picture, canvas->axes) && picture_has(canvas->folder, picture, 0))
        return fault_input(faults, (struct place){.file = canvas->name},
                           "the batch has %d ax%s, which does not fit %s: %s", canvas->axes,
                           canvas->axes == 1 ? "is" : "es", picture->name, picture->made_by);
    return fault_input(faults, (struct place){.file = canvas->name}, "has no %s for %s: %s",
                       picture->need[0].file, picture->name, picture->made_by);
}

static bool shows_one_target(enum picture_id id)
{
    return id == PICTURE_LIMITS || id == PICTURE_LEVERS || id == PICTURE_HEATMAP;
}

static bool check_target(const struct plot *plot, const struct canvas *canvas, enum picture_id id,
                         struct faults *faults)
{
    const char *target = plot->call->words[OPTION_ID_TARGET];
    return target == NULL || !shows_one_target(id) ||
           picture_has_target(canvas->folder, &pictures[id], target, faults);
}

/* Chooses the pictures of one folder and looks through what they read. */
static bool choose(const struct plot *plot, struct canvas *canvas, struct faults *faults)
{
    size_t chosen = 0, before = faults->count;
    for (enum picture_id id = 0; id < PICTURE_COUNT; id++) {
        if (plot->only != PICTURE_COUNT && plot->only != id)
            continue;
        if (!can_draw(plot, canvas, id)) {
            if (plot->only == id)
                return fault_missing(canvas, id, faults);
            continue;
        }
        canvas->wanted[id] = true;
        chosen++;
        bool taken = id == PICTURE_FIRM && plot->call->given[OPTION_ID_FIRM];
        if (!taken && !picture_check(canvas->folder, &pictures[id], faults))
            return false; /* one fault is enough: others would be of the same file */
        if (!check_target(plot, canvas, id, faults))
            return false;
    }
    if (chosen == 0)
        fault_input(faults, (struct place){.file = canvas->name},
                    "holds no results to draw; neobay run SCENARIO --out %s makes some",
                    canvas->name);
    return faults->count == before;
}

static bool open_canvas(struct canvas *canvas, const char *name, struct faults *faults)
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

static bool begin(struct plot *plot, struct faults *faults)
{
    const struct call *call = plot->call;
    const char *only = call->words[OPTION_ID_PICTURE];
    if (only != NULL && (plot->only = picture_find(only, faults)) == PICTURE_COUNT)
        return false;
    if (call->operand_count > MOST_RUNS)
        return fault_input(faults, (struct place){0},
                           "at most %d runs fit side by side; draw the others by themselves",
                           MOST_RUNS);
    bool ok = true;
    for (size_t i = 0; i < call->operand_count; i++) {
        struct canvas *canvas = &plot->canvas[plot->count++];
        ok = open_canvas(canvas, call->operands[i], faults) && choose(plot, canvas, faults) && ok;
    }
    if (!ok || !gnuplot_check(faults))
        return false;
    plot->scripts = gnuplot_scripts(faults);
    return plot->scripts != NULL;
}

/* ------------------------------------------------------------------ drawing */

static bool make_temporary(struct canvas *canvas, struct faults *faults)
{
    struct text path = {0};
    text_append(&path, "%s/" TEMPORARY, canvas->folder);
    if (path.failed)
        return out_of_memory(faults);
    canvas->made = mkdir(path.bytes, 0777) == 0 || errno == EEXIST;
    if (!canvas->made)
        fault_world(faults, "cannot make folder %s: %s; nothing was drawn", path.bytes,
                    strerror(errno));
    text_clear(&path);
    return canvas->made;
}

/* The words after the script: run, language, folder of pictures, then what is the picture's own:
 * the other runs, the target, or that the firm's table lies with the pictures. */
static size_t fill_words(const struct plot *plot, const struct canvas *canvas, enum picture_id id,
                         const char *script, const char *word[])
{
    const char *const *given = plot->call->words;
    const char *language = given[OPTION_ID_LANGUAGE], *target = given[OPTION_ID_TARGET];
    size_t count = 0;
    word[count++] = script;
    word[count++] = canvas->folder;
    word[count++] = language == NULL ? "en" : language;
    word[count++] = TEMPORARY;
    if (id == PICTURE_ODDS)
        for (size_t i = 0; i < plot->count; i++)
            if (&plot->canvas[i] != canvas && plot->canvas[i].wanted[PICTURE_ODDS])
                word[count++] = plot->canvas[i].folder;
    if (shows_one_target(id) && target != NULL)
        word[count++] = target;
    if (id == PICTURE_FIRM && plot->call->given[OPTION_ID_FIRM])
        word[count++] = "taken";
    return count;
}

static bool draw_picture(const struct plot *plot, const struct canvas *canvas, enum picture_id id,
                         struct faults *faults)
{
    const char *word[4 + MOST_RUNS], *firm = plot->call->words[OPTION_ID_FIRM];
    struct text script = {0}, log = {0}, table = {0};
    text_append(&script, "%s/%s.gp", plot->scripts, pictures[id].name);
    path_of(&log, canvas, TEMPORARY, "log", "");
    path_of(&table, canvas, TEMPORARY, "firm", "csv");
    bool ok = !script.failed && !log.failed && !table.failed;
    if (!ok)
        out_of_memory(faults);
    if (ok && id == PICTURE_FIRM && firm != NULL)
        ok = picture_take_firm(canvas->folder, firm, table.bytes, faults);
    if (ok) {
        size_t count = fill_words(plot, canvas, id, script.bytes, word);
        ok = gnuplot_run(word, count, pictures[id].name, log.bytes, faults);
    }
    text_clear(&script);
    text_clear(&log);
    text_clear(&table);
    return ok && stop_signal() == 0;
}

static bool draw(struct plot *plot, struct faults *faults)
{
    for (size_t i = 0; i < plot->count; i++) {
        struct canvas *canvas = &plot->canvas[i];
        if (!make_temporary(canvas, faults))
            return false;
        for (enum picture_id id = 0; id < PICTURE_COUNT; id++)
            if (canvas->wanted[id] && !draw_picture(plot, canvas, id, faults))
                return false;
    }
    return true;
}

/* ------------------------------------------------------------------ putting in place */

/* Moves one picture to its place; one that can no longer be drawn goes, unless only one was asked.
 */
static bool place_picture(const struct plot *plot, const struct canvas *canvas, enum picture_id id,
                          const char *format, struct faults *faults)
{
    struct text from = {0}, to = {0};
    path_of(&from, canvas, TEMPORARY, pictures[id].name, format);
    path_of(&to, canvas, "plots", pictures[id].name, format);
    bool ok = true;
    if (from.failed || to.failed)
        ok = out_of_memory(faults);
    else if (canvas->wanted[id] && rename(from.bytes, to.bytes) != 0)
        ok = fault_world(faults, "cannot put %s in place: %s", to.bytes, strerror(errno));
    else if (!canvas->wanted[id] && plot->only == PICTURE_COUNT)
        unlink(to.bytes);
    text_clear(&from);
    text_clear(&to);
    return ok;
}

static bool place_canvas(const struct plot *plot, const struct canvas *canvas,
                         struct faults *faults)
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
            ok = place_picture(plot, canvas, id, formats[f], faults);
    return ok;
}

static bool place(const struct plot *plot, struct faults *faults)
{
    for (size_t i = 0; i < plot->count; i++)
        if (!place_canvas(plot, &plot->canvas[i], faults))
            return false;
    return true;
}

/* Removes the temporary folder with what is still in it. */
static void clean_canvas(const struct canvas *canvas)
{
    struct text path = {0};
    for (enum picture_id id = 0; canvas->made && id < PICTURE_COUNT; id++)
        for (size_t f = 0; f < FORMATS; f++) {
            path_of(&path, canvas, TEMPORARY, pictures[id].name, formats[f]);
            if (!path.failed)
                unlink(path.bytes);
        }
    static const char *const others[] = {"log", "firm.csv", ""};
    for (size_t i = 0; canvas->made && i < sizeof others / sizeof *others; i++) {
        path_of(&path, canvas, TEMPORARY, others[i], "");
        if (!path.failed)
            remove(path.bytes);
    }
    text_clear(&path);
}

static void end(struct plot *plot)
{
    for (size_t i = 0; i < plot->count; i++) {
        clean_canvas(&plot->canvas[i]);
        free(plot->canvas[i].folder);
    }
    free(plot->scripts);
}

/* ------------------------------------------------------------------ the whole */

/* What was drawn, and what could be: of a run the pictures of runs, of a batch those of batches; a
 * replay has no other than the firm's. */
static void say_canvas(const struct plot *plot, const struct canvas *canvas, struct text *out)
{
    for (enum picture_id id = 0; id < PICTURE_COUNT; id++)
        if (canvas->wanted[id])
            text_append(out, "%s/plots/%s.svg, %s.png\n", canvas->name, pictures[id].name,
                        pictures[id].name);
    bool replay = canvas->wanted[PICTURE_FIRM] && !canvas->wanted[PICTURE_FAN];
    for (enum picture_id id = 0; plot->only == PICTURE_COUNT && !replay && id < PICTURE_COUNT; id++)
        if (!canvas->wanted[id] && (id <= PICTURE_FIRM) == canvas->wanted[PICTURE_FAN])
            text_append(out, "  no %s: %s\n", pictures[id].name, pictures[id].made_by);
}

static int say_done(const struct plot *plot)
{
    struct text out = {0};
    for (size_t i = 0; !plot->call->given[OPTION_ID_QUIET] && i < plot->count; i++)
        say_canvas(plot, &plot->canvas[i], &out);
    return cli_print(&out);
}

int command_plot(const struct call *call)
{
    struct plot plot = {.call = call, .only = PICTURE_COUNT};
    struct faults faults = {0};
    stop_on_signals();
    bool ok = begin(&plot, &faults) && draw(&plot, &faults) && place(&plot, &faults);
    int code = stop_signal() != 0 ? EXIT_SIGNAL + stop_signal()
               : ok               ? say_done(&plot)
                                  : cli_report(&faults);
    faults_clear(&faults);
    end(&plot);
    return code;
}
