/* The high-tech certificate: the national rule of 2016 (No. 32), once a year in window_month.
 *
 * In the window a firm gains Poisson(min(20, ip_rate * staff)) IP. It qualifies if it is at least
 * age_months old, has ip_count IP, an R&D share of at least rd_share_small (output under 50 myuan),
 * _middle (to 200) or _large, a technical share and a high-tech revenue share above the thresholds,
 * and a score of base + q z + i ln(1 + IP) + noise * own of score_pass or more. One that qualifies,
 * and has no certificate or one that runs out, applies with probability apply_share (a first time)
 * or renew_share, and is certified for valid_months.
 */
#ifndef NEOBAY_MODEL_CERTIFICATE_H
#define NEOBAY_MODEL_CERTIFICATE_H

struct district;

/* The three windows before the clock starts, for the incumbents. */
void certificate_past(struct district *district);

/* The window, if this month is one. */
void certificate_step(struct district *district);

#endif
