/* All kernels this machine has give the same bits: lives of whole districts, whose counts of firms
 * are odd and change, and each function alone. */
#include "model/kernels/kernels.h"

#include "support/statistics.h"
#include "support/world.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static const char *const names[] = {"base", "avx2", "avx512"};
enum { KERNELS = sizeof names / sizeof *names };

/* Everything on. */
static const char *const busy[] = {"incumbents.old.count=203",
                                   "incumbents.old.output_sigma=1.5",
                                   "incumbents.old.mean_age_years=6",
                                   "incumbents.old.funded_share=0.5",
                                   "arrivals.new.rate_per_year=60",
                                   "sources.lab.spending_myuan_per_year=900",
                                   "sources.lab.projects_at_start=61",
                                   "exit={rate_per_year: 0.2, size: 0.15, quality: 0.3}",
                                   "relocation.rate_per_year=0.05",
                                   "zones.T.graduate_staff=20",
                                   "zones.T.graduate_rate_per_year=1",
                                   "rounds.seed.raise_rate_per_year=1",
                                   "rounds.a.raise_rate_per_year=1",
                                   "listing={rate_per_year: 2, output_myuan: 20}",
                                   "growth={quality: 0.05, young_per_year: 0.2, spillover: 0.01}",
                                   "volatility={at_10_myuan: 0.42, size_exponent: 0.17}",
                                   "certificate.ip_rate_per_head=0.05",
                                   "finance.quality=0.5",
                                   "macro={growth_sd: 0.02, sentiment_sd: 0.25}",
                                   NULL};

static bool same_bytes(const void *a, const void *b, size_t size)
{
    return memcmp(a, b, size) == 0;
}

static void expect_same_firms(const struct firms *a, const struct firms *b, const char *name)
{
    cr_assert_eq(a->count, b->count, "%s", name);
#define SAME(type, column)                                                                         \
    cr_expect(same_bytes(a->column, b->column, a->count * sizeof(type)), "%s: %s", name, #column);
    FIRM_COLUMNS(SAME)
}

static void expect_same_scratch(const struct firms *a, const struct firms *b, const char *name)
{
    FIRM_SCRATCH(SAME)
#undef SAME
    cr_assert_eq(a->candidate_count, b->candidate_count, "%s", name);
#define SAME(type, column)                                                                         \
    cr_expect(same_bytes(a->column, b->column, a->candidate_count * sizeof(type)), "%s: %s", name, \
              #column);
    FIRM_CANDIDATES(SAME)
#undef SAME
}

static void expect_same_sums(const struct district *a, const struct district *b, const char *name)
{
    cr_expect(same_bytes(&a->sums, &b->sums, offsetof(struct firm_sums, area_m2)), "%s", name);
    cr_expect(same_bytes(a->sums.area_m2, b->sums.area_m2, a->kinds.zones * sizeof(double)), "%s",
              name);
    cr_expect(same_bytes(&a->flows, &b->flows, sizeof a->flows), "%s", name);
}

static void expect_same_lives(struct world *a, struct world *b, const char *name)
{
    bool odd = false;
    do {
        world_step(a);
        world_step(b);
        odd |= a->district.firms.count % SUM_LANES != 0;
        expect_same_firms(&a->district.firms, &b->district.firms, name);
        expect_same_scratch(&a->district.firms, &b->district.firms, name);
        expect_same_sums(&a->district, &b->district, name);
    } while (a->district.month < (int)a->scenario->centre.clock->end);
    cr_expect(odd, "counts that fill no whole vector were met");
    cr_expect_gt(a->district.firms.count, 100);
}

static void expect_same_in_all_widths(const char *const *overrides, size_t places)
{
    for (size_t i = 1; i < KERNELS; i++) {
        if (world_kernels(names[i]) == NULL)
            continue;
        struct world *base = world_new(quiet_yaml, "base", overrides);
        struct world *wide = world_new(quiet_yaml, names[i], overrides);
        cr_assert_eq(base->district.kinds.places, places);
        expect_same_lives(base, wide, names[i]);
        world_free(base);
        world_free(wide);
    }
}

Test(kernels, of_all_widths_live_the_same_lives)
{
    expect_same_in_all_widths(busy, 6);
}

/* Tables by place lie in one register, in two, or are gathered from memory. */
#define FIVE_ZONES(x)                                                                              \
    "zones={" x "1: {floor_area_m2: 9e3}, " x "2: {floor_area_m2: 1e4}, " x                        \
    "3: {floor_area_m2: 1e9}, " x "4: {floor_area_m2: 1e5}, " x "5: {floor_area_m2: 1e6}}",        \
        "incumbents={" x ": {count: 99, output_median_myuan: 9, sector_mix: {ai: 0.4, bio: 0.6},"  \
        " zone_mix: {" x "1: 0.1, " x "2: 0.2, " x "3: 0.3, " x "4: 0.1, " x "5: 0.3}}}"

#define LIVELY                                                                                     \
    "volatility.at_10_myuan=0.42", "exit.rate_per_year=0.2", "relocation.rate_per_year=0.05",      \
        "certificate.ip_rate_per_head=0.05", "arrivals.new.rate_per_year=60"

Test(kernels, of_all_widths_look_up_tables_of_all_sizes)
{
    const char *const two[] = {LIVELY, FIVE_ZONES("p"), FIVE_ZONES("q"), NULL};
    const char *const many[] = {LIVELY, FIVE_ZONES("p"), FIVE_ZONES("q"), FIVE_ZONES("r"), NULL};
    expect_same_in_all_widths(two, 26);
    expect_same_in_all_widths(many, 36);
}

/* Twin: the comparison tells two worlds apart that differ in the last bit of one firm's output. */
Test(kernels, comparison_sees_one_bit)
{
    struct world *a = world_new(quiet_yaml, "base", busy);
    struct world *b = world_new(quiet_yaml, "base", busy);
    int32_t *x = &b->district.firms.log_output[101];
    *x += 1;
    world_step(a);
    world_step(b);
    size_t bytes = a->district.firms.count * sizeof *x;
    cr_expect(!same_bytes(a->district.firms.log_output, b->district.firms.log_output, bytes));
    world_free(a);
    world_free(b);
}

static void expect_same_uniforms(struct world *base, struct world *wide, size_t count)
{
    float a[64] = {0}, b[64] = {0};
    const struct firms *firms = &base->district.firms;
    const struct draw_stream *stream = &base->district.stream;
    base->district.kernels->uniforms(firms->agent, firms->origin, count, stream, 12345, a);
    wide->district.kernels->uniforms(firms->agent, firms->origin, count, stream, 12345, b);
    cr_expect(same_bytes(a, b, count * sizeof *a), "%zu uniforms", count);
    for (size_t i = 0; i < count; i++) {
        struct draw_agent agent = {firms->origin[i], firms->agent[i]};
        cr_expect_eq(a[i], (float)draw(stream, agent, 12345).u[0]);
    }
}

static void expect_same_births(struct world *base, struct world *wide, size_t first, bool startups)
{
    struct world *both[] = {base, wide};
    for (size_t i = 0; i < 2; i++) {
        struct district *district = &both[i]->district;
        const struct birthplace *here = birthplace_now(district, SECTION_INCUMBENTS, 0);
        struct birth_shape shape = {.log_output_median = 2.385,
                                    .output_sigma = 1.5,
                                    .log_rd_median = -3,
                                    .rd_sigma = 0.6,
                                    .technical_sigma = 0.8,
                                    .revenue_sigma = 1,
                                    .finance_quality = 0.5,
                                    .month = 24251,
                                    .startups = startups,
                                    .mean_age_years = 6.1,
                                    .funded_share = 0.3,
                                    .funded_stage = STAGE_SEED,
                                    .sectors = &here->sectors,
                                    .zones = &here->zones};
        district->kernels->birth(&district->firms, first, &shape, &district->stream);
    }
    expect_same_firms(&base->district.firms, &wide->district.firms, "birth");
}

/* Every tail of a vector, and every first row: 1 to 33 uniforms, births from rows 190 to 202. */
Test(kernels, of_all_widths_agree_on_odd_counts)
{
    for (size_t i = 1; i < KERNELS; i++) {
        if (world_kernels(names[i]) == NULL)
            continue;
        struct world *base = world_new(quiet_yaml, "base", busy);
        struct world *wide = world_new(quiet_yaml, names[i], busy);
        for (size_t count = 1; count <= 33; count++)
            expect_same_uniforms(base, wide, count);
        for (size_t first = 190; first < 203; first++)
            expect_same_births(base, wide, first, first % 2 == 0);
        world_free(base);
        world_free(wide);
    }
}

Test(kernels, base_is_the_last_of_those_supported)
{
    const struct kernels *last = NULL, *next;
    for (size_t i = 0; (next = kernels_supported(i)) != NULL; i++)
        last = next;
    cr_assert_not_null(last);
    cr_expect_str_eq(last->name, "base");
    cr_expect_null(world_kernels("abacus"));
}

/* What is drawn for a month's second half of a pair does not depend on when: firms that are drawn
 * anew in the odd month have what the even one drew for them. (What is worked out anew, youth and
 * fragility, differs by rounding, and so growth would if the young grew faster.) */
Test(kernels, a_pair_of_months_is_drawn_alike_in_either)
{
    const char *const alike[] = {"incumbents.old.count=203", "volatility.at_10_myuan=0.42",
                                 "exit.rate_per_year=0.5", "rounds.seed.raise_rate_per_year=1",
                                 NULL};
    struct world *kept = world_new(quiet_yaml, NULL, alike);
    struct world *anew = world_new(quiet_yaml, NULL, alike);
    do {
        world_step(kept);
        world_step(anew);
    } while (!firms_first_of_pair(kept->district.month));
    cr_assert_eq(anew->district.firms.known, anew->district.firms.count);
    anew->district.firms.known = 101;
    world_step(kept);
    world_step(anew);
    const struct firms *a = &kept->district.firms, *b = &anew->district.firms;
    cr_assert_eq(a->count, b->count);
    cr_expect(same_bytes(a->later_shock, b->later_shock, a->count * sizeof *a->later_shock));
    cr_expect(same_bytes(a->later_word, b->later_word, a->count * sizeof *a->later_word));
    cr_expect(same_bytes(a->log_output, b->log_output, a->count * sizeof *a->log_output));
    cr_expect(same_bytes(a->kind, b->kind, a->count * sizeof *a->kind));
    cr_expect(!same_bytes(a->fragility, b->fragility, a->count * sizeof *a->fragility));
    world_free(kept);
    world_free(anew);
}

/* Copies of the two months' shocks. */
static void shocks(const struct firms *firms, double *first, double *second)
{
    for (size_t i = 0; i < firms->count; i++) {
        first[i] = (double)firms->shock[i];
        second[i] = (double)firms->later_shock[i];
    }
}

/* The two normals of a pair of months are uncorrelated, over 20,000 firms of one volatility. Twin:
 * a tenth of the first in the second. */
Test(kernels, months_of_a_pair_are_independent)
{
    struct world *world = QUIET("incumbents.old.count=20000", "clock.start=2021-02");
    struct firms *firms = &world->district.firms;
    for (size_t i = 0; i < firms->count; i++)
        firms->year_volatility[i] = 1.0f;
    do
        world_step(world);
    while (!firms_first_of_pair(world->district.month));
    static double first[20000], second[20000];
    shocks(firms, first, second);
    EXPECT_FIT(fit_correlation(first, second, firms->count, 0.0));
    for (size_t i = 0; i < firms->count; i++)
        second[i] += 0.1 * first[i];
    EXPECT_MISFIT(fit_correlation(first, second, firms->count, 0.0));
    world_free(world);
}

/* A row that is removed takes its draws along, and what is not drawn is known as such. */
Test(kernels, rows_removed_keep_count_of_what_is_drawn)
{
    struct world *world = world_new(quiet_yaml, NULL, busy);
    struct firms *firms = &world->district.firms;
    firms->known = 150;
    firms_remove(firms, 160);
    cr_expect_eq(firms->known, 150, "a row that is not drawn");
    firms_remove(firms, 70);
    cr_expect_eq(firms->known, 70, "a drawn row, whose place one takes that is not");
    firms->known = firms->count;
    firms_remove(firms, 70);
    cr_expect_eq(firms->known, firms->count, "all were drawn");
    world_free(world);
}
