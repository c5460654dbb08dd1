/* Growth: the expected change of log output, but for what the kernel adds (kernel_firms.c).
 *
 *   mu = sector growth + stage boost + macro_beta * g + spillover * ln(1 + N_same / N_ref)
 *      - talent_drag * max(0, tightness - 1) - crowd_drag * max(0, occupancy - 1)
 *      + quality * z + young * exp(-age / young_years)
 * Sources: Gibrat's law with the departures found by Evans 1987 (young firms grow faster) and
 * Stanley et al. 1996 (volatility falls with size).
 */
#ifndef NEOBAY_MODEL_GROWTH_H
#define NEOBAY_MODEL_GROWTH_H

struct district;

/* Fills drift, boost, and the numbers of youth and volatility. */
void growth_tables(struct district *district);

#endif
