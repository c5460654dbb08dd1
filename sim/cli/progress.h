/* How far a run is: a bar on a terminal, else a line now and then.
 *
 * The remaining time is what the replicates left would take at the mean pace so far. It is shown
 * from two seconds on, when that pace means something.
 */
#ifndef NEOBAY_CLI_PROGRESS_H
#define NEOBAY_CLI_PROGRESS_H

#include "base/text.h"

#include <stdio.h>

struct progress {
    FILE *stream;         /* NULL: quiet */
    bool terminal;        /* each line takes the place of the one before; else lines now and then */
    bool bar, colour;     /* a bar before the words */
    bool may_end_soon;    /* a precision is asked for: the remaining time is a most */
    bool shown;           /* a line stands on the terminal */
    double started, last; /* seconds */
    size_t next_tenth;    /* of the next line */
    size_t points, points_done; /* of a batch; 0 of 0: it is none, and no pace is shown */
    size_t begun;               /* replicates that were done before */
};

/* Looks at the stream and the environment (NO_COLOR, TERM). */
void progress_begin(struct progress *progress, FILE *stream, bool may_end_soon);
void progress_update(struct progress *progress, size_t done, size_t total);

/* Takes the bar away. Returns the seconds since the beginning. */
double progress_end(struct progress *progress);

/* Appends what is to be shown after `seconds`, without line end. */
void progress_describe(const struct progress *progress, size_t done, size_t total, double seconds,
                       struct text *out);

/* True if the stream is a terminal that takes colours and the user has not said NO_COLOR. */
bool colour_wanted(FILE *stream);

#endif
