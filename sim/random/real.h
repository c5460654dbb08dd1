/* Elementary functions of one number: one lane's bits, so the same on every machine. The model
 * calls these and never the C library's, whose bits may change with the processor. */
#ifndef NEOBAY_RANDOM_REAL_H
#define NEOBAY_RANDOM_REAL_H

#include "random/lanes_math.h"

static inline double real_exp(double x)
{
    return lanes_exp(lanes_all(x))[0];
}

static inline double real_log(double x)
{
    return lanes_log(lanes_all(x))[0];
}

/* A standard normal from two uniforms. */
static inline double real_normal(double u0, double u1)
{
    return lanes_normal(lanes_all(u0), lanes_all(u1))[0];
}

/* Probability 1 - exp(-hazard) that an event of this hazard a step happens in the step. */
static inline double real_chance(double hazard)
{
    return 1.0 - real_exp(-hazard);
}

#endif
