/* One replicate told in files of one folder: indicators.csv, events.csv, about.csv and columns.csv;
 * with the name of a firm also firm.csv, its months. They appear all at once, or not at all. */
#ifndef NEOBAY_STORE_REPLAY_H
#define NEOBAY_STORE_REPLAY_H

#include "engine/life.h"
#include "store/columns.h"
#include "store/file.h"
#include "store/run_record.h"

struct replay {
    const struct scenario *scenario;
    size_t number;    /* of the replicate */
    const char *firm; /* NULL: none is followed */
    struct file_group files;
    struct csv events, months; /* under way; months of the firm, if one is followed */
};

/* Opens the folder and begins the files that are written while the replicate is lived. On failure
 * the replay needs no end. */
bool replay_open(struct replay *replay, const struct scenario *scenario, size_t number,
                 const char *firm, const char *folder, struct faults *faults);

void replay_event(struct replay *replay, const struct life_event *event);

/* Adds a month of a firm, if it is the one that is followed; returns whether it is. */
bool replay_month(struct replay *replay, const struct firm_row *row);

/* Writes the rest and puts all files in place. Ends the replay either way. */
bool replay_commit(struct replay *replay, const double *panel, const struct run_record *record,
                   struct faults *faults);
void replay_abandon(struct replay *replay);

#endif
