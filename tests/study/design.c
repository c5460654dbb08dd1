/* Points of designs, and what changes look like as overrides. */
#include "scenario/yaml.h"
#include "study/change.h"
#include "study/plan.h"

#include <criterion/criterion.h>
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sampled plan of `axes` ranges over [0, 1]. */
static struct plan sampled(enum plan_design design, size_t axes, size_t samples, uint64_t seed)
{
    struct plan plan = {.design = design, .samples = samples, .seed = seed};
    struct faults faults = {0};
    plan.axis = calloc(axes, sizeof *plan.axis);
    plan.axis_count = axes;
    for (size_t a = 0; a < axes; a++) {
        char path[32];
        snprintf(path, sizeof path, "exit.axis%zu", a);
        plan.axis[a] = (struct axis){.path = strdup(path), .range = true, .to = 1.0};
    }
    cr_assert(plan_sample(&plan, &faults));
    return plan;
}

/* Whether each of `parts` equal parts of an axis has as many points as any other. */
static bool is_even(const struct plan *plan, size_t axis, size_t parts)
{
    size_t count[64] = {0};
    for (size_t i = 0; i < plan->samples; i++)
        count[(size_t)(plan->unit[i * plan->axis_count + axis] * (double)parts)]++;
    for (size_t i = 0; i < parts; i++)
        if (count[i] != plan->samples / parts)
            return false;
    return true;
}

Test(design, a_latin_hypercube_has_one_point_a_stratum)
{
    struct plan plan = sampled(DESIGN_LATIN_HYPERCUBE, 7, 64, 3);
    for (size_t a = 0; a < 7; a++)
        cr_expect(is_even(&plan, a, 64));
    plan_clear(&plan);
}

static double correlation(const double *unit, size_t axes, size_t samples, size_t a, size_t b)
{
    double sum = 0.0;
    for (size_t i = 0; i < samples; i++)
        sum += (unit[i * axes + a] - 0.5) * (unit[i * axes + b] - 0.5);
    return 12.0 * sum / (double)samples;
}

/* Of 256 points in forty dimensions. Independent ones would pass 0.35 in one of the 780 pairs of
 * five seeds with chance 1e-4. Twin: GSL's own sequence. */
Test(design, no_two_axes_of_sobol_points_hang_together)
{
    enum { AXES = 40, SAMPLES = 256 };
    static double own[SAMPLES * AXES];
    double most = 0.0;
    for (uint64_t seed = 0; seed < 5; seed++) {
        struct plan plan = sampled(DESIGN_SOBOL, AXES, SAMPLES, seed);
        for (size_t a = 0; a < AXES; a++)
            for (size_t b = 0; b < a; b++)
                most = fmax(most, fabs(correlation(plan.unit, AXES, SAMPLES, a, b)));
        for (size_t a = 0; a < AXES; a++)
            cr_expect(is_even(&plan, a, 64));
        plan_clear(&plan);
    }
    cr_expect_lt(most, 0.35, "correlated by %g", most);
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, AXES);
    for (size_t i = 1; i < SAMPLES; i++)
        gsl_qrng_get(sequence, own + i * AXES);
    most = 0.0;
    for (size_t a = 0; a < AXES; a++)
        for (size_t b = 0; b < a; b++)
            most = fmax(most, fabs(correlation(own, AXES, SAMPLES, a, b)));
    gsl_qrng_free(sequence);
    cr_expect_gt(most, 0.7);
}

Test(design, sobol_points_are_a_net_whatever_the_seed)
{
    for (uint64_t seed = 0; seed < 5; seed++) {
        struct plan plan = sampled(DESIGN_SOBOL, 40, 64, seed);
        for (size_t a = 0; a < 40; a++)
            cr_expect(is_even(&plan, a, 64));
        /* the first two axes together: 64 boxes of 8 by 8 */
        bool taken[64] = {0};
        for (size_t i = 0; i < 64; i++) {
            const double *u = plan.unit + i * 40;
            size_t box = (size_t)(u[0] * 8) * 8 + (size_t)(u[1] * 8);
            cr_expect(!taken[box]);
            taken[box] = true;
        }
        plan_clear(&plan);
    }
}

Test(design, the_seed_moves_the_points)
{
    struct plan one = sampled(DESIGN_SOBOL, 3, 16, 1), two = sampled(DESIGN_SOBOL, 3, 16, 2);
    cr_expect(memcmp(one.unit, two.unit, 48 * sizeof(double)) != 0);
    for (size_t i = 0; i < 48; i++)
        cr_expect(one.unit[i] > 0.0 && one.unit[i] < 1.0);
    plan_clear(&one);
    plan_clear(&two);
}

static void expect_label(const char *path, const char *yaml, const char *label)
{
    struct node_store store = {0};
    struct faults own = {0};
    struct text called = {0};
    struct node *node =
        yaml_parse(&store, (struct yaml_origin){.file = "x"}, yaml, strlen(yaml), &own);
    cr_assert(node != NULL);
    change_label(path, node, &called);
    cr_expect_str_eq(called.bytes, label);
    text_clear(&called);
    node_store_clear(&store);
}

Test(change, is_called_what_the_file_says)
{
    expect_label("exit.rate_per_year", "0.07", "0.07");
    expect_label("a.b", "{2021-01: 0, 2022-01: 1}", "{2021-01: 0, 2022-01: 1}");
    expect_label("a.b", "{says: \"A, \\\"b\\\": c\", on: [1, {x: ~}]}",
                 "{says: \"A, \"b\": c\", on: [1, {x: null}]}");
    expect_label("extends", "../no-plan.yaml", "no-plan");
    expect_label("extends", "[a.yaml, /b/c.yaml]", "a+c");
}
