/* Screening: chances, and an estimate that has no bias however bad the guesses are. Its false-alarm
 * rate is FALSE_ALARM; its twins are estimates that forget how they chose. */
#include "stats/screening.h"

#include "random/draw.h"
#include "support/statistics.h"

#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

enum { CANDIDATES = 4000, ANSWERS = 200 };
static const double wanted = 100.0;

Test(screening, chances_sum_to_what_is_wanted)
{
    double chance[CANDIDATES], sum = 0.0;
    for (int i = 0; i < CANDIDATES; i++)
        chance[i] = pow((i + 0.5) / CANDIDATES, 9.0);
    screening_chances(chance, CANDIDATES, wanted);
    for (int i = 0; i < CANDIDATES; i++) {
        sum += chance[i];
        cr_expect(chance[i] >= SCREENING_ALIKE * wanted / CANDIDATES && chance[i] <= 1.0);
    }
    cr_expect_float_eq(sum, wanted, 1e-6);
    cr_expect_gt(chance[CANDIDATES - 300], 5.0 * chance[CANDIDATES / 2]);
}

Test(screening, where_nothing_is_open_only_the_common_part_is_lived)
{
    double chance[50] = {0};
    screening_chances(chance, 50, 10.0);
    for (int i = 0; i < 50; i++)
        cr_expect_float_eq(chance[i], SCREENING_ALIKE * 0.2, 1e-15);
}

Test(screening, all_may_be_lived)
{
    double chance[4] = {0.5, 0.4, 0.3, 0.2};
    screening_chances(chance, 4, 4.0);
    for (int i = 0; i < 4; i++)
        cr_expect_float_eq(chance[i], 1.0, 1e-9);
}

/* A world of candidates with x uniform, met with probability min(1, 3 x^40): 7.3 % on average. */
static double odds_at(double x)
{
    return fmin(1.0, 3.0 * pow(x, 40.0));
}

static double true_odds(void)
{
    double sum = 0.0;
    for (int i = 0; i < 100000; i++)
        sum += odds_at((i + 0.5) / 1e5);
    return sum / 1e5;
}

typedef double (*guess_of)(double x);

static double good_guess(double x)
{
    return odds_at(x);
}

/* Too low, shifted, and blind to part of what happens. */
static double bad_guess(double x)
{
    return x > 0.995 ? 0.001 : 0.4 * pow(x, 25.0);
}

static struct screening answer(uint32_t number, guess_of guess)
{
    static double chance[CANDIDATES];
    struct draw_uniforms drawn[CANDIDATES];
    struct screening screening = {0};
    for (uint32_t round = 0; round < 2; round++) {
        const struct draw_stream stream = {round, number};
        for (uint32_t i = 0; i < CANDIDATES; i++) {
            drawn[i] =
                draw(&stream, (struct draw_agent){1, i}, draw_when(MONTH_NEVER, PURPOSE_SCREEN, 0));
            chance[i] = guess(drawn[i].u[0]);
        }
        screening_chances(chance, CANDIDATES, wanted);
        for (uint32_t i = 0; i < CANDIDATES; i++)
            screening_add(&screening, guess(drawn[i].u[0]), chance[i], drawn[i].u[1] < chance[i],
                          drawn[i].u[2] < odds_at(drawn[i].u[0]));
        screening_end_round(&screening);
    }
    return screening;
}

/* p-value of the mean of estimates against the truth; and of the share of the lived that met. */
static double fit_of(guess_of guess, bool forget)
{
    double sum = 0.0, squares = 0.0, truth = true_odds();
    for (uint32_t i = 0; i < ANSWERS; i++) {
        struct screening screening = answer(i, guess);
        double off = forget ? (double)screening.met / (double)screening.lived
                            : screening_result(&screening).probability;
        sum += off - truth;
        squares += (off - truth) * (off - truth);
    }
    double mean = sum / ANSWERS, error = sqrt((squares / ANSWERS - mean * mean) / ANSWERS);
    return 2.0 * gsl_cdf_ugaussian_Q(fabs(mean) / error);
}

Test(screening, has_no_bias_with_good_guesses)
{
    EXPECT_FIT(fit_of(good_guess, false));
    EXPECT_MISFIT(fit_of(good_guess, true));
}

Test(screening, has_no_bias_with_bad_guesses)
{
    EXPECT_FIT(fit_of(bad_guess, false));
    EXPECT_MISFIT(fit_of(bad_guess, true));
}

/* The standard error is that of the answers, within a tenth; good guesses make it small. */
Test(screening, knows_how_well_it_knows)
{
    double sum = 0.0, squares = 0.0, claimed = 0.0, truth = true_odds();
    for (uint32_t i = 0; i < ANSWERS; i++) {
        struct screening screening = answer(i, good_guess);
        struct screening_result result = screening_result(&screening);
        sum += result.probability - truth;
        squares += pow(result.probability - truth, 2.0);
        claimed += pow(result.standard_error, 2.0);
    }
    cr_expect(sum != 0.0);
    double ratio = claimed / squares, plain = truth * (1.0 - truth) / (2.0 * wanted);
    cr_expect(ratio > 0.8 && ratio < 1.25, "claimed over found: %g", ratio);
    cr_expect_lt(squares / ANSWERS, 0.35 * plain, "%g of plain", squares / ANSWERS / plain);
}

/* Nominal 95 %. Twin: the interval of as many plain replicates as were lived, about the share of
 * the lived that met. */
Test(screening, intervals_hold_the_truth)
{
    unsigned held = 0, twin_held = 0;
    double truth = true_odds();
    for (uint32_t i = 0; i < ANSWERS; i++) {
        struct screening screening = answer(i, bad_guess);
        struct interval found = screening_result(&screening).interval;
        struct interval twin = estimate_proportion(screening.met, screening.lived, 0.95);
        held += found.low <= truth && truth <= found.high;
        twin_held += twin.low <= truth && truth <= twin.high;
    }
    EXPECT_FIT(fit_binomial(held, 0.95, ANSWERS));
    EXPECT_MISFIT(fit_binomial(twin_held, 0.95, ANSWERS));
}

/* Without hits only the lives that went to all alike speak: Wilson's interval of none of them. */
Test(screening, without_hits_little_is_known)
{
    struct screening screening = {0};
    for (int i = 0; i < 1000; i++)
        screening_add(&screening, 1e-9, 0.1, i % 10 == 0, false);
    screening_end_round(&screening);
    struct screening_result result = screening_result(&screening);
    struct interval none = estimate_proportion(0, 20, 0.95);
    cr_expect_float_eq(result.interval.high, none.high, 1e-6);
    cr_expect_eq(result.interval.low, 0.0);
    cr_expect_float_eq(result.plain_replicates, 20.0, 1e-12);
}

Test(screening, nothing_lived_is_nothing_known)
{
    struct screening screening = {0};
    for (int i = 0; i < 10; i++)
        screening_add(&screening, 0.3, 0.1, false, false);
    screening_end_round(&screening);
    struct interval found = screening_result(&screening).interval;
    cr_expect(found.low == 0.0 && found.high == 1.0);
}
