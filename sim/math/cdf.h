/* Distribution functions and quantiles, the same bits on every machine.
 *
 * GSL has them all, but Debian builds it with fused multiply-adds where the processor has them, as
 * aarch64 does, and it calls libm: its last bits change with the machine, and with them uncertain
 * values, intervals and p-values. These rest on math/fine.h; two functions make the rest, the
 * incomplete beta and the incomplete gamma. tests/math/cdf.c holds them against GSL.
 *
 * `below` is the probability of less than x, `above` of more; each is as fine in its tail as in the
 * middle. Relative errors are under 1e-10 where parameters are under 2e4. At infinite arguments
 * they are exactly 0 or 1, and a NaN gives NaN at once.
 */
#ifndef NEOBAY_MATH_CDF_H
#define NEOBAY_MATH_CDF_H

#include <stdint.h>

/* The standard normal. */
double cdf_normal_below(double x);
double cdf_normal_above(double x);
/* For p in [0, 1]; the ends are infinite. Relative error under 4e-15 (Wichura 1988, AS 241). */
double cdf_normal_quantile(double p);

/* The beta distribution; a, b > 0. */
double cdf_beta_below(double x, double a, double b);
double cdf_beta_quantile(double p, double a, double b);

/* ln B(a, b), the beta function. */
double cdf_log_beta(double a, double b);

/* Student's t with `freedom` degrees. */
double cdf_t_above(double t, double freedom);
double cdf_t_quantile(double p, double freedom);

/* Fisher's F, f >= 0. */
double cdf_f_above(double f, double freedom_above, double freedom_below);

/* More than k of n. */
double cdf_binomial_above(uint64_t k, double p, uint64_t n);

/* At most n, mean > 0. */
double cdf_poisson_at_most(uint64_t n, double mean);

#endif
