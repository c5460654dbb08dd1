/* Intervals of looks that double: together they hold as often as they say, exactly. */
#include "stats/looks.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { MOST_TRIALS = 700 << (LOOKS_MOST - 1) };

/* Probability that p lies outside any interval, of looks at `first` trials, twice as many, and so
 * on: the distribution of hits goes on from look to look, without what was outside. */
static double miss(double p, int first, double error)
{
    static double at[MOST_TRIALS + 2];
    double missed = 0.0;
    int done = 0;
    memset(at, 0, sizeof at);
    at[0] = 1.0;
    for (int look = 0, trials = first; look < LOOKS_MOST; look++, trials *= 2) {
        for (; done < trials; done++) {
            for (int h = done + 1; h > 0; h--)
                at[h] = at[h] * (1.0 - p) + at[h - 1] * p;
            at[0] *= 1.0 - p;
        }
        for (int h = 0; h <= done; h++) {
            struct interval interval;
            if (at[h] < 1e-12) /* less than 1e-8 in all */
                continue;
            interval = looks_interval((uint64_t)h, (uint64_t)trials, error);
            if (p < interval.low || p > interval.high) {
                missed += at[h];
                at[h] = 0.0;
            }
        }
    }
    return missed;
}

Test(looks, hold_together_as_often_as_they_say)
{
    static const double p[] = {0.0005, 0.002, 0.005, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.9, 0.995};
    double worst = 0.0;
    for (int first = 100; first <= 300; first += 200)
        for (size_t i = 0; i < sizeof p / sizeof *p; i++) {
            double missed = miss(p[i], first, LOOKS_ERROR);
            cr_expect_leq(missed, 0.05, "%g after %d", p[i], first);
            cr_expect_leq(miss(p[i], first, LOOKS_HALF_ERROR), 0.025, "%g after %d", p[i], first);
            worst = fmax(worst, missed);
        }
    cr_expect_gt(worst, 0.04, "not wider than they need to be");
}

/* Negative control: single intervals of 95 % miss far more often when they are looked at five
 * times. */
Test(looks, single_intervals_do_not_hold)
{
    cr_expect_gt(miss(0.2, 100, 0.05), 0.1);
}

Test(looks, are_little_wider_than_one)
{
    for (uint64_t trials = 100; trials <= 25600; trials *= 4)
        for (uint64_t i = 0; i <= 20; i++) {
            uint64_t hits = trials * i / 20;
            struct interval looked = looks_interval(hits, trials, LOOKS_ERROR);
            struct interval once = estimate_proportion(hits, trials, 0.95);
            cr_expect_leq(looked.high - looked.low, 1.35 * (once.high - once.low), "%d of %d",
                          (int)hits, (int)trials);
            cr_expect(looked.low >= 0.0 && looked.high <= 1.0);
        }
    struct interval none = looks_interval(0, 0, LOOKS_ERROR);
    cr_expect(none.low == 0.0 && none.high == 1.0);
}

Test(looks, fall_on_halves_of_whole_blocks)
{
    static const uint64_t at[] = {7, 13, 25, 50, 100};
    size_t next = 0;
    for (uint64_t done = 0; done <= 100; done++)
        if (looks_is_at(done, 100))
            cr_assert(next < 5 && done == at[next++], "%d", (int)done);
    cr_expect_eq(next, 5);
    cr_expect(looks_is_at(1, 1) && looks_is_at(1, 3) && looks_is_at(2, 3) && looks_is_at(3, 3));
}

/* The last look is the first that is enough whatever the probability, or at all that there is. */
Test(looks, end_when_all_is_known)
{
    uint64_t last = looks_last(0.02, 100, 1000000);
    struct interval before = looks_interval((last - 1) * 50, (last - 1) * 100, LOOKS_ERROR);
    struct interval then = looks_interval(last * 50, last * 100, LOOKS_ERROR);
    cr_expect_leq(0.5 * (then.high - then.low), 0.02);
    cr_expect_gt(0.5 * (before.high - before.low), 0.02);
    cr_expect_leq((double)last * 100, 1.9 * 0.25 * pow(1.959964 / 0.02, 2), "Wilson's times 1.9");
    cr_expect_eq(looks_last(0.02, 100, 12), 12);
}
