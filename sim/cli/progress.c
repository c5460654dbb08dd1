#include "cli/progress.h"

#include "base/clock.h"
#include "cli/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BAR_CELLS = 24, TENTHS = 10, FULL_COLUMNS = 80 };
static const double bar_every_s = 0.1, line_every_s = 5, estimate_from_s = 2;

static bool is_terminal(FILE *stream)
{
    const char *kind = getenv("TERM");
    return isatty(fileno(stream)) && kind != NULL && strcmp(kind, "dumb") != 0;
}

bool colour_wanted(FILE *stream)
{
    const char *no = getenv("NO_COLOR");
    return is_terminal(stream) && (no == NULL || no[0] == '\0');
}

void progress_begin(struct progress *progress, FILE *stream, bool may_end_soon)
{
    *progress = (struct progress){
        .stream = stream, .may_end_soon = may_end_soon, .next_tenth = 1, .started = clock_now_s()};
    progress->last = progress->started;
    if (stream != NULL) {
        progress->terminal = is_terminal(stream);
        progress->colour = colour_wanted(stream);
    }
}

static void describe_bar(const struct progress *progress, double share, struct text *out)
{
    int full = (int)(share * BAR_CELLS);
    text_append(out, "%s", progress->colour ? "\033[36m" : "");
    for (int i = 0; i < BAR_CELLS; i++)
        text_append(out, "%s", i < full ? "█" : "·");
    text_append(out, "%s ", progress->colour ? "\033[0m" : "");
}

static void describe_rest(const struct progress *progress, size_t done, size_t total,
                          double seconds, struct text *out)
{
    char time[HUMAN_BYTES], pace[HUMAN_BYTES];
    if (seconds < estimate_from_s || done <= progress->begun || done >= total)
        return;
    double each = seconds / (double)(done - progress->begun);
    double rest = each * (double)(total - done);
    if (progress->points > 0)
        text_append(out, ", %s a second",
                    human_number(pace, each < 0.1 ? round(1 / each) : 1 / each));
    text_append(out, ", %s %s left", progress->may_end_soon ? "at most" : "about",
                human_time(time, rest < 1 ? 1 : rest));
}

void progress_describe(const struct progress *progress, size_t done, size_t total, double seconds,
                       struct text *out)
{
    char some[HUMAN_BYTES], all[HUMAN_BYTES];
    double share = total == 0 ? 1 : (double)done / (double)total;
    if (progress->bar)
        describe_bar(progress, share, out);
    text_append(out, "%3d %%  ", (int)(100 * share));
    if (progress->points > 0)
        text_append(out, "%zu of %zu points, ", progress->points_done, progress->points);
    text_append(out, "%s of %s replicates", human_number(some, (double)done),
                human_number(all, (double)total));
    describe_rest(progress, done, total, seconds, out);
}

/* A line that does not fit would be wrapped, and the next one could not take its place. */
static bool is_wide(FILE *stream)
{
    struct winsize size;
    return ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0 ||
           size.ws_col >= FULL_COLUMNS;
}

static void show_bar(struct progress *progress, const char *line)
{
    fprintf(progress->stream, "\r%s\033[K", line);
    fflush(progress->stream);
    progress->shown = true;
}

static bool is_due(struct progress *progress, size_t done, size_t total, double now)
{
    if (progress->terminal)
        return now - progress->last >= bar_every_s;
    size_t tenth = total == 0 ? TENTHS : done * TENTHS / total;
    if (done >= total || tenth < progress->next_tenth || now - progress->last < line_every_s)
        return false;
    progress->next_tenth = tenth + 1;
    return true;
}

void progress_update(struct progress *progress, size_t done, size_t total)
{
    double now = clock_now_s();
    if (progress->stream == NULL || !is_due(progress, done, total, now))
        return;
    progress->last = now;
    progress->bar = progress->terminal && is_wide(progress->stream);
    struct text line = {0};
    progress_describe(progress, done, total, now - progress->started, &line);
    if (!line.failed && progress->terminal)
        show_bar(progress, line.bytes);
    else if (!line.failed)
        fprintf(progress->stream, "%s\n", line.bytes);
    text_clear(&line);
}

double progress_end(struct progress *progress)
{
    if (progress->shown)
        fprintf(progress->stream, "\r\033[K");
    progress->shown = false;
    return clock_now_s() - progress->started;
}
