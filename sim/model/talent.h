/* Talent: the pool of technical staff, L heads.
 *
 *   L += (graduates * retained + recruited - leave_rate * L) D;   tightness = staff / L
 */
#ifndef NEOBAY_MODEL_TALENT_H
#define NEOBAY_MODEL_TALENT_H

struct district;

void talent_step(struct district *district);

/* Staff of the last sums. */
double talent_staff(const struct district *district);
double talent_tightness(const struct district *district);

#endif
