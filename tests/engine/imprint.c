/* Imprints: the same for the same replicates; otherwise they say which replicate, month, column. */
#include "engine/imprint.h"

#include "store/made.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is changed in which replicate; row and column of a cell, or what stands beside the panel. */
enum beside { PANEL, DRAWN, VALUE, REACHED, TWIN, NOTHING };
struct change {
    enum beside what;
    size_t replicate, row, column;
    double by;
};

struct taking {
    struct imprint imprint;
    struct change change;
};

static void take(void *context, const struct outcome *outcome)
{
    struct taking *taking = context;
    const struct change *change = &taking->change;
    struct imprint *imprint = &taking->imprint;
    struct outcome own = *outcome, twin = *outcome;
    size_t cells = imprint->months * imprint->columns;
    double *panel = calloc(cells, sizeof *panel);
    double value[3], drawn[2];
    int reached[3];
    memcpy(panel, outcome->panel, cells * sizeof *panel);
    memcpy(value, outcome->target_value, sizeof value);
    memcpy(drawn, outcome->drawn, sizeof drawn);
    memcpy(reached, outcome->target_reached, sizeof reached);
    if (change->replicate == outcome->replicate) {
        double *at = &panel[change->row * imprint->columns + change->column];
        *at += change->what == PANEL || change->what == TWIN ? change->by : 0.0;
        value[1] += change->what == VALUE ? change->by : 0.0;
        drawn[1] += change->what == DRAWN ? change->by : 0.0;
        reached[2] += change->what == REACHED;
    }
    if (change->what != TWIN)
        own.panel = panel;
    twin.panel = panel;
    own.target_value = value;
    own.target_reached = reached;
    own.drawn = drawn;
    own.twin = outcome->replicate % 9 == 0 ? &twin : NULL;
    imprint_add(imprint, &own);
    free(panel);
}

static struct imprint imprint_of(const struct made *made, struct change change)
{
    struct taking taking = {.change = change};
    struct faults faults = {0};
    cr_assert(imprint_init(&taking.imprint, made->scenario, &made->summary.layout, &faults));
    imprint_begin(&taking.imprint, 0);
    made_replicates(made, take, &taking);
    return taking.imprint;
}

static size_t differing(const uint64_t *a, const uint64_t *b, size_t count, size_t *first)
{
    size_t differ = 0;
    for (size_t i = count; i-- > 0;)
        if (a[i] != b[i]) {
            differ++;
            *first = i;
        }
    return differ;
}

Test(imprint, a_cell_that_differs_is_found)
{
    struct made made = made_new();
    struct imprint was = imprint_of(&made, (struct change){.what = NOTHING});
    struct imprint same = imprint_of(&made, (struct change){.what = NOTHING});
    struct imprint is = imprint_of(&made, (struct change){PANEL, 11, 7, 5, 0x1p-40});
    size_t first = 0;
    cr_expect_eq(imprint_whole(&was), imprint_whole(&same));
    cr_expect_neq(imprint_whole(&was), imprint_whole(&is));
    cr_expect_eq(differing(was.replicate, is.replicate, IMPRINT_REPLICATES, &first), 1);
    cr_expect_eq(first, 11);
    cr_expect_eq(differing(was.month, is.month, was.months, &first), 1);
    cr_expect_eq(first, 7);
    cr_expect_eq(differing(was.column, is.column, was.columns, &first), 1);
    cr_expect_eq(first, 5);
    cr_expect(was.drawn == is.drawn && was.reached == is.reached && was.twins == is.twins);
    imprint_clear(&was);
    imprint_clear(&same);
    imprint_clear(&is);
    made_free(&made);
}

Test(imprint, what_stands_beside_the_panel_is_found)
{
    struct made made = made_new();
    struct imprint was = imprint_of(&made, (struct change){.what = NOTHING});
    for (enum beside what = DRAWN; what <= TWIN; what++) {
        struct imprint is = imprint_of(&made, (struct change){what, 9, 3, 2, 1.0});
        size_t first = 0;
        cr_expect_neq(imprint_whole(&was), imprint_whole(&is));
        cr_expect_eq(was.drawn != is.drawn, what == DRAWN);
        cr_expect_eq(was.reached != is.reached, what == VALUE || what == REACHED);
        size_t replicates = differing(was.replicate, is.replicate, IMPRINT_REPLICATES, &first);
        cr_expect_eq(replicates, what == TWIN ? 0 : 1);
        cr_expect(what != TWIN || was.twins != is.twins);
        imprint_clear(&is);
    }
    imprint_clear(&was);
    made_free(&made);
}

/* The bits of a NaN depend on the machine; that there is none, or which zero, does not. */
Test(imprint, a_nan_is_a_nan)
{
    struct made made = made_new();
    struct imprint was = imprint_of(&made, (struct change){.what = NOTHING});
    struct imprint is = imprint_of(&made, (struct change){PANEL, 10, 0, 4, -NAN});
    cr_assert(isnan(-NAN));
    cr_expect_eq(imprint_whole(&was), imprint_whole(&is), "row 0 of even replicates has no value");
    struct imprint other = imprint_of(&made, (struct change){PANEL, 11, 0, 4, -NAN});
    cr_expect_neq(imprint_whole(&was), imprint_whole(&other));
    imprint_clear(&was);
    imprint_clear(&is);
    imprint_clear(&other);
    made_free(&made);
}
