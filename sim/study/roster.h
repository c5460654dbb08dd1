/* The points of a plan, checked: the fingerprint of each and what is kept of it.
 *
 * Effective scenarios are in stock (stock.h) or made when they are needed, so that memory does not
 * grow with them; what the roster keeps of a point is 48 bytes. Points have an order in which those
 * stand together that share a trunk (engine/trunk.h), within windows of so many points in a row
 * that memory does not grow with their number either.
 */
#ifndef NEOBAY_STUDY_ROSTER_H
#define NEOBAY_STUDY_ROSTER_H

#include "study/layout.h"
#include "study/plan.h"
#include "study/stock.h"

enum { ROSTER_WINDOW = 4096 };

struct seat {
    uint64_t fingerprint;
    size_t reference; /* another point, or PLAN_NO_REFERENCE */
    size_t layout;    /* of roster->layout */
    bool is_reference;
};

struct roster {
    const struct plan *plan;
    struct stock *stock;
    struct seat *seat; /* [point] */
    size_t *order;     /* points, neighbours in what they share */
    uint16_t *shared;  /* [place in the order] rows shared with the one before */
    struct layout *layout;
    size_t layout_count;
};

struct roster_options {
    int threads;
    bool (*stop)(void *context); /* asked now and then; may be NULL */
    void *context;
};

/* Compiles the base, every value of every axis alone, and every point, and reports all that is
 * wrong, each once, at its place in the batch file. False without a fault where it was stopped. On
 * failure there is nothing to clear. */
bool roster_init(struct roster *roster, const struct plan *plan,
                 const struct roster_options *options, struct faults *faults);
/* The part of it that looks at each value of each axis alone, over a base that checks. */
bool roster_check_axes(const struct plan *plan, struct faults *faults);

void roster_clear(struct roster *roster);

/* The scenario of a point, for stock_return; NULL with faults at their places in the batch file. */
const struct scenario *roster_get(const struct roster *roster, size_t point, struct faults *faults);

const struct layout *roster_layout(const struct roster *roster, size_t point);

#endif
