/* The firms of one replicate, from year's end to year's end: what stylised facts are made of. */
#ifndef NEOBAY_STUDY_FIRM_HISTORY_H
#define NEOBAY_STUDY_FIRM_HISTORY_H

#include "model/district.h"

/* A firm: at the year's ends where it was there, ln output (NaN where not) and staff. */
struct firm_past {
    uint64_t identity;      /* 0: a free place */
    int born, last;         /* months */
    int listed;             /* month in which it listed, or MONTH_NEVER */
    bool was_listed;        /* when first seen */
    float birth_log_output; /* NaN: it was there before the clock */
};

enum { HISTORY_AGES = 4 };

struct firm_history {
    size_t years;                /* year's ends of the clock, the first state's included */
    int first_month, end;        /* of the first year's end; the last month */
    size_t count, capacity;      /* firms; places, a power of two */
    struct firm_past *past;      /* [place] */
    float *log_output, *heads;   /* [place * years] */
    double exits[HISTORY_AGES];  /* firms that left, by age in years */
    double months[HISTORY_AGES]; /* at risk, likewise */
};

bool firm_history_init(struct firm_history *history, const struct scenario *scenario,
                       struct faults *faults);
void firm_history_clear(struct firm_history *history);

/* Takes all firms at the end of a month; months come in order. False if memory runs out. */
bool firm_history_take(struct firm_history *history, const struct district *district);

/* Closes the replicate: firms that are not there in the last month have left. */
void firm_history_close(struct firm_history *history);

#endif
