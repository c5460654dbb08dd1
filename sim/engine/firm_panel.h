/* A firm-level panel: one replicate again, every firm in every month. */
#ifndef NEOBAY_ENGINE_FIRM_PANEL_H
#define NEOBAY_ENGINE_FIRM_PANEL_H

#include "model/firm_row.h"
#include "random/draw.h"

struct district;

/* The firm of a row of the district, as it is now. */
struct firm_row firm_panel_row(const struct district *district, size_t row);

/* Calls `each` for every firm at the end of every month (month 0 included), in order of month.
 * Stops early, with true, when `each` returns false. */
bool firm_panel_run(const struct scenario *scenario, const struct draw_replicate *replicate,
                    bool (*each)(void *context, const struct firm_row *row), void *context,
                    struct faults *faults);

#endif
