/* What is kept of every replicate of a point: which targets it met, and a row of quantities.
 *
 * A quantity is a scalar indicator at the date of a target: a stock as it stands, a flow summed
 * over the twelve months up to the date. Points of most batches share one layout.
 */
#ifndef NEOBAY_STUDY_LAYOUT_H
#define NEOBAY_STUDY_LAYOUT_H

#include "engine/panel.h"

enum { LAYOUT_FLOW_MONTHS = 12 };

struct quantity {
    enum indicator_id indicator;
    int month;
};

struct layout {
    char **target; /* names, joint targets after the others */
    size_t target_count;
    struct quantity *quantity;
    size_t quantity_count;
};

bool layout_init(struct layout *layout, const struct scenario *scenario, struct faults *faults);
void layout_clear(struct layout *layout);
bool layout_equal(const struct layout *a, const struct layout *b);

/* The target of this name, or this quantity; target_count or quantity_count if there is none. */
size_t layout_target(const struct layout *layout, const char *name);
size_t layout_quantity(const struct layout *layout, struct quantity quantity);

/* The quantities of one replicate's panel. */
void layout_measure(const struct layout *layout, const struct panel_layout *panel,
                    const double *cell, double *value);

#endif
