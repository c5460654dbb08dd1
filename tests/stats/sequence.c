/* The confidence sequence: its equation, its ends, and above all that looking at every trial does
 * not spoil it, for independent trials and for those of a Latin hypercube. */
#include "stats/sequence.h"

#include "random/draw.h"
#include "support/statistics.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#define ALPHA 0.05

/* log M_n(p) with libm's lgamma; B(1/2, 1/2) is pi. */
static double log_martingale(double p, double hits, double misses)
{
    return lgamma(0.5 + hits) + lgamma(0.5 + misses) - lgamma(1.0 + hits + misses) - log(M_PI) -
           hits * log(p) - misses * log1p(-p);
}

/* Ends are within 1e-10 of where M = 1 / alpha: the residual over the slope is the distance. */
Test(sequence, ends_solve_the_equation)
{
    const double alphas[] = {0.2, 0.05, 1e-4};
    const uint64_t trials[] = {2, 17, 385, 100000, 40000000};
    for (int a = 0; a < 3; a++)
        for (int t = 0; t < 5; t++)
            for (int share = 1; share < 8; share += 2) {
                uint64_t n = trials[t], h = n * (uint64_t)share / 8 + (n < 8);
                struct interval found = sequence_interval(h, n, alphas[a]);
                const double ends[] = {found.low, found.high};
                for (int e = 0; e < 2 && h < n; e++) {
                    double p = ends[e], hits = (double)h, misses = (double)(n - h);
                    double off = log_martingale(p, hits, misses) + log(alphas[a]);
                    double slope = fabs(misses / (1.0 - p) - hits / p);
                    cr_expect_lt(off / slope, 1e-10, "%g of %g: %g", hits, hits + misses, off);
                    cr_expect_gt(off / slope, -1e-10);
                }
            }
}

Test(sequence, none_and_all_hits)
{
    struct interval none = sequence_interval(0, 50, ALPHA), all = sequence_interval(50, 50, ALPHA);
    struct interval nothing = sequence_interval(0, 0, ALPHA);
    cr_expect_eq(none.low, 0.0);
    cr_expect_eq(all.high, 1.0);
    cr_expect_float_eq(none.high, 1.0 - all.low, 1e-15);
    double average = lgamma(50.5) + lgamma(0.5) - lgamma(51.0) - log(M_PI);
    cr_expect_float_eq(none.high, -expm1((average + log(ALPHA)) / 50.0), 1e-10, "closed form");
    cr_expect(nothing.low == 0.0 && nothing.high == 1.0);
    struct interval rare = sequence_interval(1, 1000000000, ALPHA);
    cr_expect(rare.low > 0.0 && rare.low < 1e-9 && rare.high > 1e-9 && rare.high < 1e-7);
}

/* More hits move both ends up; more confidence widens; hits and misses are alike. */
Test(sequence, is_monotone_and_symmetric)
{
    for (uint64_t n = 3; n < 400; n += 44)
        for (uint64_t h = 0; h < n; h++) {
            struct interval here = sequence_interval(h, n, ALPHA);
            struct interval next = sequence_interval(h + 1, n, ALPHA);
            struct interval wide = sequence_interval(h, n, 0.5 * ALPHA);
            struct interval mirror = sequence_interval(n - h, n, ALPHA);
            double share = (double)h / (double)n;
            cr_expect(here.low <= share && share <= here.high);
            cr_expect(here.low < next.low && here.high < next.high);
            cr_expect(wide.low <= here.low && wide.high >= here.high);
            cr_expect_float_eq(mirror.low, 1.0 - here.high, 1e-12); /* what halving leaves */
        }
}

enum { PATHS = 2000, LOOKS = 2000 };

/* For each n the hits at which the interval holds p: from least[n] up to most[n]. Intervals rise
 * with the hits, so it is one stretch, whose ends move by at most one a trial. */
static void hits_that_hold(double p, bool wilson, unsigned *least, unsigned *most)
{
    unsigned low = 0, high = 0;
    for (unsigned n = 1; n <= LOOKS; n++) {
        struct interval (*interval)(uint64_t, uint64_t, double) =
            wilson ? estimate_proportion : sequence_interval;
        double level = wilson ? 1.0 - ALPHA : ALPHA;
        while (low < n && interval(low, n, level).high < p)
            low++;
        high = high < low ? low : high;
        while (high < n && interval(high + 1, n, level).low <= p)
            high++;
        least[n] = low;
        most[n] = high;
    }
}

/* One path's uniforms: of the trial, and of its world (a stratum of a Latin hypercube). */
static bool is_hit(uint32_t path, uint32_t trial, double p, bool hypercube)
{
    struct draw_stream stream = {2385, trial};
    struct draw_uniforms drawn =
        draw(&stream, (struct draw_agent){11, path}, draw_when(MONTH_NEVER, PURPOSE_MACRO, 0));
    if (!hypercube)
        return drawn.u[0] < p;
    struct draw_replicate replicate = {.seed = 77, .luck = trial, .world = trial, .strata = LOOKS};
    double x = draw_stratified(&replicate, path);
    return drawn.u[0] < 2.0 * p * x; /* ignorance is a large part: p ranges from 0 to 2 p */
}

/* Paths that lie outside the interval at one look or more. */
static unsigned violations(double p, bool wilson, bool hypercube)
{
    static unsigned least[LOOKS + 1], most[LOOKS + 1];
    unsigned violated = 0;
    hits_that_hold(p, wilson, least, most);
    for (uint32_t path = 0; path < PATHS; path++) {
        unsigned hits = 0;
        for (uint32_t n = 1; n <= LOOKS; n++) {
            hits += is_hit(path, n - 1, p, hypercube);
            if (hits < least[n] || hits > most[n]) {
                violated++;
                break;
            }
        }
    }
    return violated;
}

/* P(this many or more) if each path were violated with probability ALPHA, the most allowed. */
static double at_most_alpha(unsigned violated)
{
    return violated == 0 ? 1.0 : gsl_cdf_binomial_Q(violated - 1, ALPHA, PATHS);
}

/* 2000 paths, each looked at after each of 2000 trials. False alarm 1e-4 at the worst. Twin:
 * Wilson's interval, which is right for one look, is left by a third of the paths and more. */
Test(sequence, holds_under_continuous_looking)
{
    EXPECT_FIT(at_most_alpha(violations(0.3, false, false)));
    EXPECT_FIT(at_most_alpha(violations(0.02, false, false)));
    unsigned wilson = violations(0.3, true, false);
    EXPECT_MISFIT(at_most_alpha(wilson));
    cr_expect_gt(wilson, PATHS / 3, "%u", wilson);
}

/* Trials of a Latin hypercube are not independent: one stratum each. At each n apart the mean of M
 * is then at most 1 (Maclaurin's inequality); that looking is safe as well is seen here. */
Test(sequence, holds_for_a_latin_hypercube)
{
    EXPECT_FIT(at_most_alpha(violations(0.4, false, true)));
}

/* Means looked at after each of 3000 values, skew ones: few sets ever have the mean outside. Twin:
 * Student's interval loses it in most. The first 50 values are not looked at: it is a law of many.
 */
Test(sequence, of_a_mean_that_is_looked_at_all_the_time)
{
    enum { SETS = 1000, VALUES = 3000, FIRST = 50 };
    double missed = 0.0, naive = 0.0;
    for (uint32_t set = 0; set < SETS; set++) {
        struct draw_stream stream = {711, set};
        double sum = 0.0, squares = 0.0;
        bool out = false, naively = false;
        for (uint32_t n = 1; n <= VALUES; n++) {
            double u =
                draw(&stream, (struct draw_agent){3, n}, draw_when(0, PURPOSE_MACRO, 0)).u[0];
            double value = -log(u); /* exponential, of mean 1 */
            sum += value;
            squares += value * value;
            double mean = sum / n, sd = sqrt((squares - sum * mean) / (n - 1.0));
            if (n < FIRST)
                continue;
            out |= fabs(mean - 1.0) > sd * sequence_mean_half(n, ALPHA);
            naively |= fabs(mean - 1.0) > 1.96 * sd / sqrt(n);
        }
        missed += out;
        naive += naively;
    }
    cr_expect_lt(missed, 0.05 * SETS + 3.0 * sqrt(0.05 * 0.95 * SETS), "%g", missed);
    cr_expect_gt(naive, 0.2 * SETS, "twin: %g", naive);
}
