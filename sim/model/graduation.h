/* Graduation: a firm whose staff reaches its zone's graduate_staff moves, with hazard
 * graduate_rate, to the first zone of higher rank in the chain that has room for it. */
#ifndef NEOBAY_MODEL_GRADUATION_H
#define NEOBAY_MODEL_GRADUATION_H

#include <stddef.h>

struct district;

/* Fills graduate and its bounds. */
void graduation_tables(struct district *district);

/* Lets the firm of this row move, with its uniform u. */
void graduation_event(struct district *district, size_t row, double u);

/* The zone above `from` that follows `after` in the chain (by rank, then in the file's order), or
 * the number of zones. */
size_t graduation_next(const struct district *district, size_t from, size_t after);

#endif
