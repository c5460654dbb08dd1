/* The library as another front end drives it: through neobay.h alone. */
#include "neobay.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPLICATES = 60 };

static struct neobay_faults *faults;
static struct neobay_scenario *scenario;

static void load(void)
{
    faults = neobay_faults_create();
    scenario = neobay_load("tests/small.yaml", NULL, 0, faults);
    cr_assert(scenario != NULL);
}

static void unload(void)
{
    neobay_scenario_free(scenario);
    neobay_faults_free(faults);
}

TestSuite(library, .init = load, .fini = unload);

static struct neobay_run *run_of(size_t first, size_t count)
{
    struct neobay_options options = {.seed = 5, .first_replicate = first, .replicates = count};
    struct neobay_run *run = neobay_run(scenario, &options, faults);
    cr_assert(run != NULL);
    return run;
}

static void expect_same_target(struct neobay_target a, struct neobay_target b)
{
    cr_expect_str_eq(a.name, b.name);
    cr_expect_eq(a.probability, b.probability);
    cr_expect(a.mean == b.mean || isnan(a.mean));
    cr_expect(a.p95 == b.p95 || isnan(a.p95));
}

/* Blocks put together in any order are the whole. */
Test(library, merges_blocks)
{
    struct neobay_run *whole = run_of(0, REPLICATES), *late = run_of(20, REPLICATES - 20),
                      *early = run_of(0, 20);
    struct neobay_cell all, merged, part;
    cr_assert(neobay_run_merge(late, early));
    cr_expect_eq(neobay_run_replicates(late), (size_t)REPLICATES);
    for (size_t i = 0; i < neobay_target_count(whole); i++)
        expect_same_target(neobay_target(whole, i), neobay_target(late, i));
    cr_assert(neobay_cell(whole, "output_myuan", "", 2022, 6, &all));
    cr_assert(neobay_cell(late, "output_myuan", "", 2022, 6, &merged));
    cr_assert(neobay_cell(early, "output_myuan", "", 2022, 6, &part));
    cr_expect_eq(memcmp(&all, &merged, sizeof all), 0);
    cr_expect_neq(memcmp(&all, &part, sizeof all), 0, "a part is not the whole");
    neobay_run_free(whole);
    neobay_run_free(late);
    neobay_run_free(early);
}

Test(library, does_not_merge_what_differs)
{
    struct neobay_options options = {.seed = 6, .replicates = 5};
    struct neobay_run *other = neobay_run(scenario, &options, faults), *run = run_of(0, 5);
    cr_expect_not(neobay_run_merge(run, other));
    cr_expect_eq(neobay_run_replicates(run), 5u);
    neobay_run_free(other);
    neobay_run_free(run);
}

Test(library, tells_of_parts_by_name)
{
    struct neobay_run *run = run_of(0, 10);
    struct neobay_cell cell;
    cr_expect(neobay_cell(run, "firms_by_zone", "T", 2021, 12, &cell));
    cr_expect(cell.p05 <= cell.p50 && cell.p50 <= cell.p95);
    cr_expect_not(neobay_cell(run, "firms_by_zone", "nowhere", 2021, 12, &cell));
    cr_expect_not(neobay_cell(run, "firmz", "", 2021, 12, &cell));
    cr_expect_not(neobay_cell(run, "firms", "", 1999, 1, &cell));
    neobay_run_free(run);
}

static bool stop_at_seven(void *context, size_t done, size_t total)
{
    *(size_t *)context = total;
    return done < 7;
}

Test(library, stops_when_the_caller_says_so)
{
    size_t total = 0;
    struct neobay_options options = {
        .replicates = 50, .progress = stop_at_seven, .context = &total, .threads = 3};
    struct neobay_run *run = neobay_run(scenario, &options, faults);
    cr_expect_eq(total, 50u);
    cr_expect_eq(neobay_run_replicates(run), 7u);
    neobay_run_free(run);
}

/* Other draws of what is uncertain, and so another run. */
Test(library, draws_independently_where_asked)
{
    struct neobay_options options = {.seed = 5, .replicates = 60, .independent = true};
    struct neobay_run *plain = neobay_run(scenario, &options, faults), *run = run_of(0, 60);
    struct neobay_target a = neobay_target(plain, 0), b = neobay_target(run, 0);
    cr_expect_neq(a.mean, b.mean);
    cr_expect_not(neobay_run_merge(run, plain));
    neobay_run_free(plain);
    neobay_run_free(run);
}

Test(library, says_what_is_wrong_with_a_scenario)
{
    const char *wrong[] = {"exit.rate_per_yeer=1", "exit.rate_per_year=9"};
    cr_expect_null(neobay_load("tests/small.yaml", wrong, 2, faults));
    cr_expect_eq(neobay_faults_count(faults), 2u);
    cr_expect(strstr(neobay_faults_message(faults, 0), "exit.rate_per_year") != NULL);
    cr_expect_null(neobay_faults_message(faults, 2));
}

Test(library, saves_and_shows)
{
    char folder[] = "/tmp/neobay-library-XXXXXX", file[64], command[96];
    struct neobay_run *run = run_of(0, 5);
    char *yaml = neobay_show(scenario);
    cr_assert(mkdtemp(folder) != NULL && yaml != NULL);
    cr_expect(strstr(yaml, "zones:") != NULL);
    cr_assert(neobay_run_save(run, folder, false, faults));
    snprintf(file, sizeof file, "%s/targets.csv", folder);
    cr_expect_eq(access(file, R_OK), 0);
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_expect_eq(system(command), 0);
    free(yaml);
    neobay_run_free(run);
}

/* What a careless caller hands over is refused, and nothing is read that is not there. */
Test(library, checks_its_arguments)
{
    const char *const hole[] = {NULL};
    cr_expect_null(neobay_load(NULL, NULL, 0, faults));
    cr_expect_null(neobay_load("tests/small.yaml", NULL, 1, faults));
    cr_expect_null(neobay_load("tests/small.yaml", hole, 1, faults));
    cr_expect_null(neobay_load("tests/small.yaml", NULL, 0, NULL));
    cr_expect_eq(neobay_faults_count(faults), 3u);
    cr_expect_eq(neobay_faults_count(NULL), 0u);
    cr_expect_null(neobay_faults_message(faults, 3));
    cr_expect_not(neobay_faults_of_world(NULL));
    cr_expect_null(neobay_show(NULL));
    cr_expect_eq(neobay_fingerprint(NULL), 0u);
    struct neobay_run *run = run_of(0, 20);
    struct neobay_target beyond = neobay_target(run, neobay_target_count(run));
    cr_expect(isnan(beyond.probability) && strcmp(beyond.name, "") == 0);
    struct neobay_cell cell;
    cr_expect_not(neobay_cell(run, "output_myuan", "", 2147483647, 6, &cell));
    cr_expect_not(neobay_cell(run, "output_myuan", "", 2022, 13, &cell));
    cr_expect_not(neobay_cell(run, "output_myuan", NULL, 2022, 6, &cell));
    cr_expect_not(neobay_cell(run, "output_myuan", "", 2022, 6, NULL));
    cr_expect_not(neobay_run_save(run, NULL, false, faults));
    cr_expect_not(neobay_run_save(NULL, "out", false, faults));
    cr_expect_eq(neobay_run_replicates(NULL) + neobay_target_count(NULL), 0u);
    neobay_run_free(run);
}

Test(library, refuses_options_out_of_range)
{
    const struct neobay_options wrong[] = {
        {.seed = 1, .replicates = 0},
        {.seed = 1, .replicates = 10000001},
        {.seed = 1, .replicates = 2, .first_replicate = SIZE_MAX},
        {.seed = 1, .replicates = 2, .first_replicate = ((size_t)1 << 30) - 1},
        {.seed = 1, .replicates = 2, .threads = -1},
        {.seed = 1, .replicates = 2, .precision = -0.1},
        {.seed = 1, .replicates = 2, .precision = NAN},
    };
    size_t count = sizeof wrong / sizeof *wrong;
    for (size_t i = 0; i < count; i++)
        cr_expect_null(neobay_run(scenario, &wrong[i], faults), "case %zu", i);
    cr_expect_null(neobay_run(NULL, &(struct neobay_options){.replicates = 1}, faults));
    cr_expect_null(neobay_run(scenario, NULL, faults));
    cr_expect_eq(neobay_faults_count(faults), count + 2);
}

/* A replicate that is counted twice would narrow the interval by nothing that was learnt. */
Test(library, counts_no_replicate_twice)
{
    struct neobay_run *a = run_of(0, 20), *b = run_of(19, 20), *c = run_of(20, 20);
    cr_expect_not(neobay_run_merge(a, a));
    cr_expect_not(neobay_run_merge(a, b));
    cr_expect(neobay_run_merge(a, c));
    cr_expect_not(neobay_run_merge(a, c));
    cr_expect_not(neobay_run_merge(NULL, c));
    cr_expect_not(neobay_run_merge(a, NULL));
    cr_expect_eq(neobay_run_replicates(a), 40u);
    neobay_run_free(a);
    neobay_run_free(b);
    neobay_run_free(c);
}
