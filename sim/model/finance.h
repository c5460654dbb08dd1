/* Finance: rounds and listing.
 *
 *   round    raise_rate(stage) * exp(b z - b^2 / 2) * cleared(class)
 *   listing  list_rate * exp(sentiment), at stage late with output of listing.output_myuan or more
 *            and an age of listing.least_age_years or more
 * hazards a year. On closing the stage rises by one, and post-money value is ticket / dilution
 * times a lognormal of median 1. A listed firm's value is the market's (measure).
 */
#ifndef NEOBAY_MODEL_FINANCE_H
#define NEOBAY_MODEL_FINANCE_H

#include <stddef.h>

struct district;

/* Fills raise and list, and keeps raise_factor true to finance.quality. */
void finance_tables(struct district *district);

/* Lets the firm of this row close a round or list. Takes the firm's uniform and returns one that is
 * as good as new, for the next event. */
double finance_event(struct district *district, size_t row, double u);

#endif
