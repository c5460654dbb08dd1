/* A firm-level panel: one replicate again, every firm in every month. */
#ifndef NEOBAY_ENSEMBLE_FIRM_PANEL_H
#define NEOBAY_ENSEMBLE_FIRM_PANEL_H

#include "district/firm_row.h"

/* Calls `each` for every firm at the end of every month (month 0 included), in order of month.
 * Stops early, with true, when `each` returns false. */
bool firm_panel_run(const struct scenario *scenario, uint64_t seed, size_t replicate,
                    bool (*each)(void *context, const struct firm_row *row), void *context,
                    struct faults *faults);

#endif
