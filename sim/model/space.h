/* Space: floor area of a zone.
 *
 * A newcomer is let in if area used + area wanted <= floor area. Growth of those inside is let
 * happen, and crowds the zone: occupancy = area used / floor area may pass 1. Area used is that of
 * last month's staff (n * area_per_head) and of those let in since.
 */
#ifndef NEOBAY_MODEL_SPACE_H
#define NEOBAY_MODEL_SPACE_H

#include <stdbool.h>
#include <stddef.h>

struct district;

/* Takes `area_m2` in a zone if there is room. */
bool space_take(struct district *district, size_t zone, double area_m2);

/* Area used over floor area; a zone without floor area is empty (0) or as full as can be. */
double space_occupancy(const struct district *district, size_t zone);

/* Area used of every zone, from the staff of the last sums. */
void space_sum(struct district *district);

#endif
