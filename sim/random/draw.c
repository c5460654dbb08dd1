#include "random/draw.h"
#include "random/real.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Above this mean exp(-mean) nears the smallest doubles, and searching from 0 takes long. */
#define POISSON_SEARCH_MEAN 200.0

/* Steps from a normal guess, by GSL's distribution function. */
static uint32_t poisson_large(double u, double mean)
{
    double guess = floor(mean + sqrt(mean) * gsl_cdf_ugaussian_Pinv(u));
    uint32_t n = guess > 0.0 ? (uint32_t)guess : 0;
    while (gsl_cdf_poisson_P(n, mean) < u)
        n++;
    while (n > 0 && gsl_cdf_poisson_P(n - 1, mean) >= u)
        n--;
    return n;
}

uint32_t draw_poisson(double u, double mean)
{
    if (mean > POISSON_SEARCH_MEAN)
        return poisson_large(u, mean);
    double term = real_exp(-mean), below = term;
    uint32_t n = 0;
    while (below < u && term > 0.0) {
        n++;
        term *= mean / n;
        below += term;
    }
    return n;
}

size_t draw_share(double u, const double *share, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += share[i];
    double left = u * sum;
    size_t last = 0;
    for (size_t i = 0; i < count; i++) {
        if (share[i] <= 0.0)
            continue;
        last = i;
        if (left < share[i])
            return i;
        left -= share[i];
    }
    return last;
}
