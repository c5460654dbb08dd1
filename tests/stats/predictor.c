/* The predictor: what it finds, how far off it says it is, and that odd data do no harm. */
#include "stats/predictor.h"

#include "math/real.h"
#include "random/draw.h"

#include <criterion/criterion.h>
#include <math.h>

enum { FEATURES = 40, TRIED = 2000 };

static void draw_features(uint32_t number, double *feature)
{
    const struct draw_stream stream = {991, number};
    for (uint32_t i = 0; i < FEATURES; i++) {
        struct draw_uniforms drawn =
            draw(&stream, (struct draw_agent){i, 0}, draw_when(MONTH_NEVER, PURPOSE_BIRTH, 0));
        feature[i] = 3.7 + 0.02 * real_normal(drawn.u[0], drawn.u[1]);
    }
}

static double noise(uint32_t number)
{
    const struct draw_stream stream = {992, number};
    struct draw_uniforms drawn =
        draw(&stream, (struct draw_agent){0, 0}, draw_when(MONTH_NEVER, PURPOSE_BIRTH, 0));
    return real_normal(drawn.u[0], drawn.u[1]);
}

/* Bent along one direction of two features; the other features do not matter. */
static double truth(const double *feature)
{
    double t = ((feature[3] - 3.7) + 0.5 * (feature[17] - 3.7)) / 0.02;
    return 700.0 + 30.0 * t + 4.0 * t * t;
}

static struct predictor taught(uint32_t rows, double sd)
{
    struct predictor predictor;
    struct faults faults = {0};
    double feature[FEATURES], response[2];
    cr_assert(predictor_init(&predictor, FEATURES, 2, &faults));
    for (uint32_t r = 0; r < rows; r++) {
        draw_features(r, feature);
        response[0] = 12.5; /* does not vary */
        response[1] = truth(feature) + sd * noise(r);
        predictor_add(&predictor, feature, response);
    }
    predictor_fit(&predictor);
    return predictor;
}

/* Root mean square of what guesses of the truth miss, over rows that it has not seen. */
static double missed(const struct predictor *predictor)
{
    double squares = 0.0, feature[FEATURES];
    for (uint32_t r = 0; r < TRIED; r++) {
        draw_features(5000 + r, feature);
        double off = predictor_guess(predictor, 1, feature) - truth(feature);
        squares += off * off;
    }
    return sqrt(squares / TRIED);
}

/* The sd of the truth is 34; a straight guess misses 5 of it at best. */
Test(predictor, finds_a_bent_line_in_noise)
{
    struct predictor predictor = taught(500, 10.0);
    double off = missed(&predictor), sd = predictor.curve[1].sd;
    cr_expect_lt(off, 3.0, "%g", off);
    cr_expect(fabs(sd - 10.0) < 1.0, "it says that it misses %g", sd);
    predictor_clear(&predictor);
}

Test(predictor, learns_with_rows)
{
    struct predictor few = taught(60, 10.0), many = taught(1000, 10.0);
    cr_expect_lt(missed(&many), 0.6 * missed(&few));
    predictor_clear(&few);
    predictor_clear(&many);
}

Test(predictor, what_does_not_vary_is_guessed_as_it_is)
{
    struct predictor predictor = taught(100, 10.0);
    double feature[FEATURES];
    draw_features(9000, feature);
    cr_expect_float_eq(predictor_guess(&predictor, 0, feature), 12.5, 1e-6);
    cr_expect_lt(predictor.curve[0].sd, 1e-6);
    predictor_clear(&predictor);
}

Test(predictor, fewer_rows_than_features_do_no_harm)
{
    struct predictor predictor = taught(12, 10.0);
    cr_expect_lt(missed(&predictor), 100.0);
    predictor_clear(&predictor);
}

Test(predictor, a_guess_does_not_turn_back)
{
    struct predictor predictor = taught(500, 1.0);
    double feature[FEATURES], before = -INFINITY;
    draw_features(9000, feature);
    for (int i = -50; i <= 50; i++) {
        feature[3] = 3.7 + 0.02 * i;
        double guess = predictor_guess(&predictor, 1, feature);
        cr_expect_geq(guess, before);
        before = guess;
    }
    predictor_clear(&predictor);
}

Test(predictor, further_rows_are_not_looked_at)
{
    struct predictor predictor = taught(PREDICTOR_ROWS + 7, 10.0);
    cr_expect_eq(predictor.rows, PREDICTOR_ROWS);
    predictor_clear(&predictor);
}
