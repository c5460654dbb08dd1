/* The census: how many firms there are of each kind, and how much they weigh in demand for capital.
 *
 *   weight(stage) = sum of raise_factor over its firms
 *
 * Kept in step with every birth, exit and change of kind, which are few beside the firms.
 */
#ifndef NEOBAY_MODEL_CENSUS_H
#define NEOBAY_MODEL_CENSUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct district;

/* Nobody. */
void census_clear(struct district *district);

/* Counts the firm of this row, or counts it no longer. */
void census_add(struct district *district, size_t row);
void census_remove(struct district *district, size_t row);

/* Gives the firm of this row another kind. */
void census_change_kind(struct district *district, size_t row, int32_t kind);

/* Weighs all firms anew, as their raise_factor has changed. */
void census_weigh(struct district *district);

#endif
