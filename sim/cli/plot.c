/* neobay plot: draws what the results in a folder allow, into RUN/plots/. All pictures of all runs
 * are drawn into temporary folders first, and are put in place only if all went well. */
#include "cli/cli.h"
#include "cli/plot_canvas.h"
#include "cli/plot_gnuplot.h"
#include "cli/plot_pictures.h"
#include "cli/stop.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_RUNS = 7 };

struct plot {
    const struct call *call;
    enum picture_id only; /* PICTURE_COUNT: all that can be drawn */
    char *scripts;
    size_t count;
    struct canvas canvas[MOST_RUNS];
    struct text skipped;  /* what could not be drawn, and why */
    struct faults failed; /* of gnuplot, for pictures left out */
    size_t drawn;
};

static bool out_of_memory(struct faults *faults)
{
    return fault_memory(faults, "drawing pictures");
}

/* ------------------------------------------------------------------ what can be drawn */

static bool can_draw(const struct plot *plot, const struct canvas *canvas, enum picture_id id)
{
    const struct picture *picture = &pictures[id];
    bool asked = plot->only == id;
    if (id == PICTURE_FIRM && plot->call->given[OPTION_ID_FIRM])
        return true;
    /* The points of a batch of levers are no list. */
    if (id == PICTURE_LIST && !asked && picture_has(canvas->folder, &pictures[PICTURE_LEVERS], 0))
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
    return id == PICTURE_LIMITS || id == PICTURE_LEVERS || id == PICTURE_HEATMAP ||
           id == PICTURE_LIST || id == PICTURE_SENSITIVITY;
}

static bool check_target(const struct plot *plot, const struct canvas *canvas, enum picture_id id,
                         struct faults *faults)
{
    const char *target = plot->call->words[OPTION_ID_TARGET];
    return target == NULL || !shows_one_target(id) ||
           picture_has_target(canvas->folder, &pictures[id], target, faults);
}

/* A table without rows is no fault where all that can be drawn is asked for. */
static bool skip_empty(struct plot *plot, struct canvas *canvas, enum picture_id id,
                       const char *empty, struct faults *faults)
{
    if (plot->only == id)
        return fault_input(faults, (struct place){.file = canvas->name},
                           "%s holds no rows, so there is nothing to draw for %s", empty,
                           pictures[id].name);
    canvas->skipped[id] = true;
    text_append(&plot->skipped, "  no %s: %s of %s has no rows\n", pictures[id].name, empty,
                canvas->name);
    return true;
}

/* Nothing that there is a picture of. */
static bool fault_nothing(const struct canvas *canvas, struct faults *faults)
{
    bool any = false;
    for (enum picture_id id = 0; id < PICTURE_COUNT; id++)
        any |= picture_has(canvas->folder, &pictures[id], 0);
    if (any)
        return fault_input(faults, (struct place){.file = canvas->name},
                           "there is no picture of a batch with %d axes, or of tables without "
                           "rows; delay takes one axis, heatmap two, list none, and sensitivity a "
                           "sampled design",
                           canvas->axes);
    return fault_input(faults, (struct place){.file = canvas->name},
                       "holds no results to draw; neobay run SCENARIO --out %s makes some",
                       canvas->name);
}

/* Chooses the pictures of one folder and looks through what they read. */
static bool choose(struct plot *plot, struct canvas *canvas, struct faults *faults)
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
        const char *empty = NULL;
        bool taken = id == PICTURE_FIRM && plot->call->given[OPTION_ID_FIRM];
        if (!taken && !picture_check(canvas->folder, &pictures[id], &empty, faults))
            return false; /* one fault is enough: others would be of the same file */
        if (empty != NULL && !skip_empty(plot, canvas, id, empty, faults))
            return false;
        if (empty != NULL)
            continue;
        canvas->wanted[id] = true;
        chosen++;
        if (!check_target(plot, canvas, id, faults))
            return false;
    }
    if (chosen == 0)
        fault_nothing(canvas, faults);
    return faults->count == before;
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
        ok = canvas_open(canvas, call->operands[i], faults) && choose(plot, canvas, faults) && ok;
    }
    if (!ok || !gnuplot_check(faults))
        return false;
    plot->scripts = gnuplot_scripts(faults);
    return plot->scripts != NULL;
}

/* ------------------------------------------------------------------ drawing */

/* The words after the script: run, language, folder of pictures, then what is the picture's own:
 * the other runs, the target, or that the firm's table lies with the pictures. */
static size_t fill_words(const struct plot *plot, const struct canvas *canvas, enum picture_id id,
                         const char *script, const char *pictures_folder, const char *word[])
{
    const char *const *given = plot->call->words;
    const char *language = given[OPTION_ID_LANGUAGE], *target = given[OPTION_ID_TARGET];
    size_t count = 0;
    word[count++] = script;
    word[count++] = canvas->tables;
    word[count++] = language == NULL ? "en" : language;
    word[count++] = pictures_folder;
    if (id == PICTURE_ODDS)
        for (size_t i = 0; i < plot->count; i++)
            if (&plot->canvas[i] != canvas && plot->canvas[i].wanted[PICTURE_ODDS])
                word[count++] = plot->canvas[i].tables;
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
    struct text script = {0}, log = {0}, table = {0}, into = {0};
    text_append(&into, "%s/" CANVAS_TEMPORARY, canvas->folder);
    text_append(&script, "%s/%s.gp", plot->scripts, pictures[id].name);
    canvas_path(&log, canvas, CANVAS_TEMPORARY, "log", "");
    canvas_path(&table, canvas, CANVAS_TEMPORARY, "firm", "csv");
    bool ok = !script.failed && !log.failed && !table.failed && !into.failed;
    if (!ok)
        out_of_memory(faults);
    if (ok && id == PICTURE_FIRM && firm != NULL)
        ok = picture_take_firm(canvas->folder, firm, table.bytes, faults);
    if (ok) {
        size_t count = fill_words(plot, canvas, id, script.bytes, into.bytes, word);
        ok = gnuplot_run(word, count, pictures[id].name, log.bytes, faults);
    }
    text_clear(&script);
    text_clear(&log);
    text_clear(&table);
    text_clear(&into);
    return ok && stop_signal() == 0;
}

/* Of all that could be drawn, one that gnuplot cannot draw is left out and told; asked for by name
 * it is a fault. */
static bool draw_or_skip(struct plot *plot, struct canvas *canvas, enum picture_id id,
                         struct faults *faults)
{
    struct faults own = {0};
    bool drawn = draw_picture(plot, canvas, id, &own);
    bool goes_on = drawn || (plot->only == PICTURE_COUNT && stop_signal() == 0 && own.count > 0);
    if (!drawn && goes_on) {
        text_append(&plot->skipped, "  no %s: %s\n", pictures[id].name, own.fault[0].message);
        canvas->wanted[id] = false;
        canvas->skipped[id] = true;
        if (plot->failed.count == 0)
            faults_merge(&plot->failed, &own);
    } else {
        plot->drawn += drawn;
        faults_take(faults, &own);
    }
    faults_clear(&own);
    return goes_on;
}

static bool draw(struct plot *plot, struct faults *faults)
{
    for (size_t i = 0; i < plot->count; i++) {
        struct canvas *canvas = &plot->canvas[i];
        if (!canvas_begin(canvas, faults))
            return false;
    }
    for (size_t i = 0; i < plot->count; i++)
        for (enum picture_id id = 0; id < PICTURE_COUNT; id++)
            if (plot->canvas[i].wanted[id] && !draw_or_skip(plot, &plot->canvas[i], id, faults))
                return false;
    if (plot->drawn == 0) /* then gnuplot is what fails */
        faults_take(faults, &plot->failed);
    return plot->drawn > 0;
}

/* ------------------------------------------------------------------ putting in place */

static bool place(const struct plot *plot, struct faults *faults)
{
    for (size_t i = 0; i < plot->count; i++)
        if (!canvas_place(&plot->canvas[i], plot->only == PICTURE_COUNT, faults))
            return false;
    return true;
}

static void end(struct plot *plot)
{
    for (size_t i = 0; i < plot->count; i++)
        canvas_end(&plot->canvas[i]);
    text_clear(&plot->skipped);
    faults_clear(&plot->failed);
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
    bool replay = canvas->wanted[PICTURE_FIRM] && !canvas->wanted[PICTURE_PIPELINE];
    for (enum picture_id id = 0; plot->only == PICTURE_COUNT && !replay && id < PICTURE_COUNT; id++)
        if (!canvas->wanted[id] && !canvas->skipped[id] &&
            (id <= PICTURE_FIRM) == canvas->wanted[PICTURE_PIPELINE])
            text_append(out, "  no %s: %s\n", pictures[id].name, pictures[id].made_by);
}

static int say_done(const struct plot *plot)
{
    struct text out = {0};
    for (size_t i = 0; !plot->call->given[OPTION_ID_QUIET] && i < plot->count; i++)
        say_canvas(plot, &plot->canvas[i], &out);
    if (plot->skipped.length > 0 && !plot->call->given[OPTION_ID_QUIET])
        text_append(&out, "%s", plot->skipped.bytes);
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
