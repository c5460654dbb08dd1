/* Observing: the row of the panel that a district's state makes. Each indicator has one line. */
#ifndef NEOBAY_MEASURE_OBSERVE_H
#define NEOBAY_MEASURE_OBSERVE_H

#include "district/district.h"
#include "measure/panel.h"

/* Fills row `row` of `panel` ([row * column_count + column]); rows before it are filled. */
void observe_row(const struct district *district, const struct panel_layout *layout, size_t row,
                 double *panel);

#endif
