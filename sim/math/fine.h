/* exp, log and log1p to about two units in the last place, the same bits on every machine.
 *
 * For what stands around the model: uncertain values, intervals, p-values. A C library's differ by
 * the last bit between aarch64 and x86-64, and between processors with and without fused
 * multiply-adds. Ends as libm's: log of 0 is -INFINITY, exp of much is INFINITY. In the model
 * math/real.h's serve, which are shorter.
 */
#ifndef NEOBAY_MATH_FINE_H
#define NEOBAY_MATH_FINE_H

double fine_exp(double x);
double fine_log(double x);
double fine_log1p(double x);

#endif
