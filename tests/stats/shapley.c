/* The Shapley value's axioms, games with known values, exact sums, and sampled orders. */
#include "stats/shapley.h"

#include "random/draw.h"
#include "support/statistics.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

enum { SETS = 1 << SHAPLEY_PLAYERS };

static double uniform(uint32_t replicate, uint32_t i)
{
    struct draw_stream stream = {2385, replicate};
    return draw(&stream, (struct draw_agent){5, i}, draw_when(MONTH_NEVER, PURPOSE_MACRO, 0)).u[0];
}

/* Any game: values of no order from -300 to 300. */
static void random_game(uint32_t replicate, size_t players, double *v)
{
    for (uint32_t set = 0; set < 1u << players; set++)
        v[set] = 600.0 * uniform(replicate, set) - 300.0;
}

/* The airport game: a set costs what its largest player costs. Littlechild and Owen (1973): each
 * stretch of runway is shared by those who need it. Costs are squares. */
static double cost(size_t player)
{
    return (double)((player + 1) * (player + 1));
}

static double airport(size_t set, size_t players)
{
    double most = 0.0;
    for (size_t i = 0; i < players; i++)
        most = set >> i & 1 ? fmax(most, cost(i)) : most;
    return most;
}

static double airport_value(size_t player, size_t players)
{
    double value = 0.0;
    for (size_t i = 0; i <= player; i++)
        value += (cost(i) - (i == 0 ? 0.0 : cost(i - 1))) / (double)(players - i);
    return value;
}

/* The values of one game, to units of 2^-24. */
static void values_of(const double *v, size_t players, double *value)
{
    struct shapley shapley = {.players = players};
    shapley_add(&shapley, v, NULL);
    for (size_t i = 0; i < players; i++)
        value[i] = shapley_worth(&shapley, i).value;
}

Test(shapley, glove_game)
{
    /* player 0 has a left glove, 1 and 2 a right one each */
    const double v[] = {0, 0, 0, 1, 0, 1, 0, 1};
    double value[3];
    values_of(v, 3, value);
    cr_expect_float_eq(value[0], 2.0 / 3.0, 1e-15);
    cr_expect_float_eq(value[1], 1.0 / 6.0, 1e-15);
    cr_expect_float_eq(value[2], 1.0 / 6.0, 1e-15);
}

Test(shapley, airport_game_for_all_sizes)
{
    static double v[SETS];
    for (size_t players = 1; players <= SHAPLEY_PLAYERS; players++) {
        double value[SHAPLEY_PLAYERS];
        for (size_t set = 0; set < (size_t)1 << players; set++)
            v[set] = airport(set, players);
        values_of(v, players, value);
        for (size_t i = 0; i < players; i++)
            cr_expect_float_eq(value[i], airport_value(i, players), 1e-6, "%zu of %zu", i, players);
    }
}

/* Over random games of each size: efficiency, symmetry (two players made alike), dummy (one made to
 * add 2.385 always) and additivity. Twin: the game without the changes has neither. */
Test(shapley, axioms)
{
    static double a[SETS], b[SETS], sum[SETS];
    for (size_t players = 3; players <= SHAPLEY_PLAYERS; players++) {
        double of_a[SHAPLEY_PLAYERS], of_b[SHAPLEY_PLAYERS], of_sum[SHAPLEY_PLAYERS], total = 0.0;
        random_game(1, players, a);
        random_game(2, players, b);
        values_of(b, players, of_b);
        cr_expect(fabs(of_b[0] - of_b[1]) > 1e-3 && fabs(of_b[2] - 2.385) > 1e-3, "twin");
        for (size_t set = 0; set < (size_t)1 << players; set++) {
            if ((set & 3) == 2)
                b[set] = b[set ^ 3];
            if (set & 4)
                b[set] = b[set ^ 4] + 2.385;
        }
        for (size_t set = 0; set < (size_t)1 << players; set++)
            sum[set] = a[set] + b[set];
        values_of(a, players, of_a);
        values_of(b, players, of_b);
        values_of(sum, players, of_sum);
        cr_expect_float_eq(of_b[0], of_b[1], 1e-6);
        cr_expect_float_eq(of_b[2], 2.385, 1e-6);
        for (size_t i = 0; i < players; i++) {
            cr_expect_float_eq(of_sum[i], of_a[i] + of_b[i], 1e-6);
            total += of_a[i];
        }
        cr_expect_float_eq(total, a[((size_t)1 << players) - 1] - a[0], 1e-6);
    }
}

/* The accumulator against means and deviations of the replicates' own values; its means sum to that
 * of v(all) - v(none) to the last bits, though single values are no multiples of 2^-24. */
Test(shapley, replicates_are_summed_exactly)
{
    enum { PLAYERS = 7, REPLICATES = 60 };
    static double v[SETS], value[PLAYERS][REPLICATES], whole[REPLICATES];
    struct shapley all = {.players = PLAYERS};
    for (uint32_t r = 0; r < REPLICATES; r++) {
        double values[PLAYERS];
        random_game(r, PLAYERS, v);
        shapley_add(&all, v, NULL);
        values_of(v, PLAYERS, values);
        for (int i = 0; i < PLAYERS; i++)
            value[i][r] = values[i];
        double last = rint(v[(1 << PLAYERS) - 1] * 0x1p24), first = rint(v[0] * 0x1p24);
        whole[r] = (last - first) * 0x1p-24;
    }
    double total = 0.0;
    for (size_t i = 0; i < PLAYERS; i++) {
        struct worth worth = shapley_worth(&all, i);
        double sd = gsl_stats_sd(value[i], 1, REPLICATES);
        cr_expect_float_eq(worth.value, gsl_stats_mean(value[i], 1, REPLICATES), 1e-7);
        cr_expect_float_eq(worth.standard_error, sd / sqrt(REPLICATES), 1e-7);
        total += worth.value;
    }
    cr_expect_float_eq(total, gsl_stats_mean(whole, 1, REPLICATES), 1e-13);
}

Test(shapley, few_and_large_values)
{
    double v[4] = {0.0, 1.0, 2.0, 4.0};
    struct shapley shapley = {.players = 2};
    cr_expect(isnan(shapley_worth(&shapley, 0).value));
    shapley_add(&shapley, v, NULL);
    cr_expect_eq(shapley_worth(&shapley, 0).value, 1.5);
    cr_expect(isnan(shapley_worth(&shapley, 0).standard_error), "of one replicate");
    v[2] = NAN;
    shapley_add(&shapley, v, NULL);
    cr_expect(isnan(shapley_worth(&shapley, 0).value) && isnan(shapley_worth(&shapley, 1).value));
}

/* All 24 orders of four players are as likely. False alarm 1e-4. Twin: a shuffle that exchanges
 * each place with any other, a known mistake. */
Test(shapley, orders_are_uniform)
{
    enum { ORDERS = 24000, CODES = 256 };
    double right[CODES] = {0}, wrong[CODES] = {0}, expected[24], seen[2][24];
    for (uint32_t index = 0; index < ORDERS; index++) {
        size_t order[4], bad[4] = {0, 1, 2, 3};
        shapley_order(385, index, 4, order);
        for (uint32_t i = 0; i < 4; i++) {
            size_t j = (size_t)(4.0 * uniform(index, i)), held = bad[i];
            bad[i] = bad[j];
            bad[j] = held;
        }
        right[order[0] * 64 + order[1] * 16 + order[2] * 4 + order[3]]++;
        wrong[bad[0] * 64 + bad[1] * 16 + bad[2] * 4 + bad[3]]++;
    }
    size_t orders = 0;
    for (size_t code = 0; code < CODES; code++)
        if (right[code] > 0.0) {
            cr_assert_lt(orders, 24);
            expected[orders] = ORDERS / 24.0;
            seen[0][orders] = right[code];
            seen[1][orders++] = wrong[code];
        }
    cr_assert_eq(orders, 24);
    EXPECT_FIT(fit_counts(seen[0], expected, 24));
    EXPECT_MISFIT(fit_counts(seen[1], expected, 24));
}

/* Sampled values of the airport game of ten against the known ones, by their own errors; what was
 * added sums to the whole exactly. Ten tests at 1e-4. Twin: always the same order. */
Test(shapley, sampled_orders_find_the_values)
{
    enum { PLAYERS = 10, ORDERS = 4000 };
    struct moments added[PLAYERS] = {0}, fixed[PLAYERS] = {0};
    for (uint32_t index = 0; index < ORDERS; index++) {
        size_t order[PLAYERS], set = 0;
        double along[PLAYERS + 1] = {0.1};
        shapley_order(4711, index, PLAYERS, order);
        for (size_t turn = 0; turn < PLAYERS; turn++) {
            set |= (size_t)1 << order[turn];
            along[turn + 1] = 0.1 + airport(set, PLAYERS);
        }
        shapley_walk(order, along, PLAYERS, added);
        shapley_order(4711, 0, PLAYERS, order);
        shapley_walk(order, along, PLAYERS, fixed);
    }
    double total = 0.0, worst = 0.0;
    for (size_t i = 0; i < PLAYERS; i++) {
        struct worth worth = shapley_sampled(&added[i]);
        total += worth.value;
        double z = (worth.value - airport_value(i, PLAYERS)) / worth.standard_error;
        EXPECT_FIT(erfc(fabs(z) / sqrt(2.0)));
        struct worth wrong = shapley_sampled(&fixed[i]);
        worst = fmax(worst, fabs(wrong.value - airport_value(i, PLAYERS)) / wrong.standard_error);
    }
    cr_expect_float_eq(total, 100.0, 1e-12);
    EXPECT_MISFIT(erfc(worst / sqrt(2.0)));
}
