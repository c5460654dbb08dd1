/* A batch whose replicates are made up: pairs, corrections, failures and stopping come out right.
 */
#include "study/batch.h"

#include "fixture.h"
#include "store/folder.h"
#include "study/best.h"
#include "study/family.h"
#include "study/tables.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Replicates of a point meet the target with a probability that its name gives, in thousandths; all
 * share the uniform number of the replicate. "f" fails. */
struct toy {
    struct plan plan;
    struct batch batch;
    struct folder folder;
    char path[4200];
    struct faults faults;
    int called[8]; /* [point] blocks that were made up */
};

static double uniform(uint64_t seed, uint32_t replicate)
{
    const struct draw_stream stream = {seed, replicate};
    return draw(&stream, (struct draw_agent){0, 0}, 0).u[0];
}

static bool live(void *context, struct block *block, struct block_values *values,
                 struct faults *faults)
{
    struct toy *toy = context;
    size_t point = 0;
    while (toy->batch.roster.seat[point].fingerprint != block->key.fingerprint)
        point++;
    const char *name = toy->plan.entry[point].name;
    if (point < 8)
        __atomic_add_fetch(&toy->called[point], 1, __ATOMIC_RELAXED);
    if (name[0] == 'f')
        return fault_world(faults, "made to fail");
    for (uint32_t i = 0; i < block->key.count; i++) {
        double u = uniform(block->key.seed, block->key.first + i);
        block->met[i] = u < atof(name) / 1000.0;
        values->value[i * values->layout->quantity_count] = u + atof(name);
    }
    return true;
}

static void add_entry(struct toy *toy, const char *name)
{
    size_t i = toy->plan.points++;
    const struct override override = {.path = "exit.rate_per_year",
                                      .number = 0.01 * (double)(i + 1)};
    struct entry *entry = plan_add_entry(&toy->plan);
    entry->name = strdup(name);
    entry->reference = i == 0 ? PLAN_NO_REFERENCE : 0;
    change_add(&entry->change, &entry->count, &override, NULL);
}

/* A toy with these points, NULL-terminated, the first of which is the reference. */
static struct toy *toy_new(const char *const *names, struct batch_options options)
{
    struct toy *toy = calloc(1, sizeof *toy);
    toy->folder = folder_make();
    snprintf(toy->path, sizeof toy->path, "%s/toy.yaml", toy->folder.path);
    FILE *file = fopen(toy->path, "w");
    fputs(fixture_yaml, file);
    fclose(file);
    toy->plan.base = strdup(toy->path);
    toy->plan.file = strdup(toy->path);
    for (size_t i = 0; names[i] != NULL; i++)
        add_entry(toy, names[i]);
    options.live = live;
    options.context = toy;
    options.shards = 1;
    cr_assert(batch_init(&toy->batch, &toy->plan, &options, toy->folder.path, true, &toy->faults));
    return toy;
}

static void toy_free(struct toy *toy)
{
    batch_clear(&toy->batch);
    plan_clear(&toy->plan);
    faults_clear(&toy->faults);
    folder_remove(&toy->folder);
    free(toy);
}
#define TOY(options, ...) toy_new((const char *const[]){__VA_ARGS__, NULL}, options)

/* Replicates of the first n with uniform numbers in [low, high). */
static uint64_t between(uint64_t seed, uint32_t n, double low, double high)
{
    uint64_t count = 0;
    for (uint32_t r = 0; r < n; r++)
        count += uniform(seed, r) >= low && uniform(seed, r) < high;
    return count;
}

Test(batch, pairs_replicates_and_corrects_together)
{
    struct batch_options options = {.seed = 5, .replicates = 730, .threads = 2};
    struct toy *toy = TOY(options, "500", "540", "380");
    struct ledger ledger;
    struct family family;
    struct tally tally = {0};
    cr_assert(batch_run(&toy->batch, &toy->faults));
    cr_assert(ledger_init(&ledger, &toy->batch, &toy->faults));
    cr_assert(tally_make(&tally, &ledger, 1, &toy->faults));
    cr_expect_eq(tally.replicates, 730);
    cr_expect_eq(tally.met[0], between(5, 730, 0.0, 0.54));
    cr_expect_eq(tally.pair[0].first_only, between(5, 730, 0.5, 0.54));
    cr_expect_eq(tally.pair[0].second_only, 0);
    struct difference value = tally_quantity(&ledger, &tally, 0);
    cr_expect_float_eq(value.estimate, 40.0, 1e-6);
    cr_expect(value.variance_ratio < 1e-9);
    cr_assert(family_init(&family, &ledger, &toy->faults));
    cr_expect_eq(family.count, 3);
    cr_expect_eq(family.comparisons, 2);
    cr_expect(isnan(family.p_holm[0]));
    double smaller = fmin(family.p[1], family.p[2]), larger = fmax(family.p[1], family.p[2]);
    cr_expect_float_eq(fmin(family.p_holm[1], family.p_holm[2]), 2 * smaller, 1e-15);
    cr_expect_float_eq(fmax(family.p_holm[1], family.p_holm[2]), fmax(2 * smaller, larger), 1e-15);
    family_clear(&family);
    tally_clear(&tally);
    ledger_clear(&ledger);
    toy_free(toy);
}

/* Values of references are in the store: a point that is added later is compared with them. */
Test(batch, a_reference_is_simulated_once)
{
    const char *const names[] = {"500", "520", NULL};
    struct toy *toy = toy_new(names, (struct batch_options){.seed = 3, .replicates = 300});
    cr_assert(batch_run(&toy->batch, &toy->faults));
    cr_assert(toy->called[0] == 3 && toy->called[1] == 3);
    struct batch_options options = toy->batch.options;
    cr_assert(batch_close_store(&toy->batch, &toy->faults));
    batch_clear(&toy->batch);
    add_entry(toy, "560");
    cr_assert(batch_init(&toy->batch, &toy->plan, &options, toy->folder.path, false, &toy->faults));
    cr_assert(batch_run(&toy->batch, &toy->faults));
    cr_expect_eq(toy->called[0], 3, "the reference");
    cr_expect_eq(toy->called[1], 3);
    cr_expect_eq(toy->called[2], 3);
    struct block block = {0};
    cr_assert(batch_read(&toy->batch, 2, 2, &block, &toy->faults));
    cr_expect_float_eq(moments_mean(&block.cell[0].difference), 60.0, 1e-6);
    block_clear(&block);
    toy_free(toy);
}

Test(batch, a_point_that_fails_is_a_row_with_its_reason)
{
    struct batch_options options = {.seed = 5, .replicates = 300, .threads = 2};
    struct toy *toy = TOY(options, "500", "fails", "380");
    const struct batch_record record = {"batch", "toy.yaml", NULL, 1.0};
    char path[4200], line[512] = "";
    cr_assert(batch_run(&toy->batch, &toy->faults));
    cr_expect_str_eq(toy->batch.standing[1].reason, "made to fail");
    cr_expect_str_eq(tables_status(&toy->batch, 1), "failed");
    cr_expect_str_eq(tables_status(&toy->batch, 2), "done");
    cr_expect_eq(toy->batch.standing[2].blocks, 3);
    cr_assert(tables_write_batch(&toy->batch, toy->folder.path, &record, NULL, &toy->faults));
    snprintf(path, sizeof path, "%s/points.csv", toy->folder.path);
    FILE *file = fopen(path, "r");
    bool found = false;
    while (fgets(line, sizeof line, file) != NULL)
        found |= strncmp(line, "fails,", 6) == 0 && strstr(line, ",0,failed,made to fail") != NULL;
    fclose(file);
    cr_expect(found);
    toy_free(toy);
}

Test(batch, a_precision_stops_each_point_when_it_is_reached)
{
    struct batch_options options = {
        .seed = 9, .replicates = 100000, .threads = 2, .precision = 0.05};
    struct toy *toy = TOY(options, "500", "20", "930");
    cr_assert(batch_run(&toy->batch, &toy->faults));
    struct batch_count count = batch_count(&toy->batch);
    cr_expect_eq(count.points, 3);
    cr_expect_lt(toy->batch.standing[1].goal, toy->batch.standing[2].goal);
    cr_expect_lt(toy->batch.standing[2].goal, toy->batch.standing[0].goal);
    cr_expect_lt(toy->batch.standing[0].goal, 20);
    toy_free(toy);
}

/* At indifference 0.05 and confidence 0.9, of 60 searches at most 6 in expectation may name a point
 * that is more than 0.05 below the best; 14 or more would be a chance of 1 in 500. */
Test(batch, the_best_is_found_as_often_as_promised)
{
    size_t wrong = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct batch_options options = {.seed = seed,
                                        .replicates = 20000,
                                        .threads = 1,
                                        .best = "firms_110",
                                        .confidence = 0.9,
                                        .indifference = 0.05};
        struct toy *toy = TOY(options, "500", "440", "550", "300");
        struct best best;
        cr_assert(best_run(&best, &toy->batch, &toy->faults));
        cr_expect_eq(best.selection.open, 0);
        wrong += best.point[best.selection.leader] == 1 || best.point[best.selection.leader] == 3;
        best_clear(&best);
        toy_free(toy);
    }
    cr_expect_lt(wrong, 14, "%zu", wrong);
}
