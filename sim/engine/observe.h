/* Observing: the row of the panel that a district's state makes. Each indicator has one line. */
#ifndef NEOBAY_ENGINE_OBSERVE_H
#define NEOBAY_ENGINE_OBSERVE_H

#include "engine/panel.h"
#include "model/district.h"

/* Fills row `row` of `panel` ([row * column_count + column]); rows before it are filled. */
void observe_row(const struct district *district, const struct panel_layout *layout, size_t row,
                 double *panel);

#endif
