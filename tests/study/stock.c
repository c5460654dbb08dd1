/* Scenarios of points in stock: as if each had been read anew, and no more of them than there is
 * room for; a file that changes under way is noticed. */
#include "study/stock.h"

#include "fixture.h"
#include "scenario/tree.h"
#include "store/folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct shop {
    struct folder folder;
    struct plan plan;
    struct stock *stock;
    struct faults faults;
    struct node extends;
    char base[4200], more[4200];
};

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    fputs(text, file);
    fclose(file);
}

/* Points of a list that differ by exit.rate_per_year; the last extends a file. */
static struct shop *shop_new(size_t points)
{
    struct shop *shop = calloc(1, sizeof *shop);
    char text[5000];
    shop->folder = folder_make();
    snprintf(shop->base, sizeof shop->base, "%s/base.yaml", shop->folder.path);
    snprintf(shop->more, sizeof shop->more, "%s/more.yaml", shop->folder.path);
    write_file(shop->base, fixture_yaml);
    write_file(shop->more, "exit: {size: 0.2}\n");
    shop->plan.base = strdup(shop->base);
    for (size_t i = 0; i < points; i++) {
        struct entry *entry = plan_add_entry(&shop->plan);
        snprintf(text, sizeof text, "%zu", i);
        entry->name = strdup(text);
        struct override override = {.path = "exit.rate_per_year", .number = 0.001 * (double)i};
        shop->extends = (struct node){.kind = NODE_SCALAR, .text = shop->more};
        if (i == points - 1)
            override = (struct override){.path = OVERRIDE_EXTENDS, .value = &shop->extends};
        change_add(&entry->change, &entry->count, &override, NULL);
    }
    shop->plan.points = points;
    shop->stock = stock_new(&shop->plan, &shop->faults);
    return shop;
}

static void shop_free(struct shop *shop)
{
    stock_free(shop->stock);
    plan_clear(&shop->plan);
    faults_clear(&shop->faults);
    folder_remove(&shop->folder);
    free(shop);
}

/* A copy of a tree with overrides, as text, laid over it. */
static struct scenario *copy_with(const struct tree *tree, struct node_store *store,
                                  const char *const *texts, size_t count, struct faults *faults)
{
    struct override override[2];
    struct faults own = {0};
    for (size_t i = 0; i < count; i++)
        cr_assert(override_read(&override[i], store, texts[i], &own));
    return tree_scenario(tree, override, count, faults);
}

static char *shown(const struct scenario *scenario)
{
    struct text text = {0};
    scenario_show(scenario, true, &text);
    return text.bytes;
}

Test(stock, a_copy_of_a_tree_is_the_file_read_anew)
{
    struct shop *shop = shop_new(2);
    const char *const overrides[] = {"zones.*.shelter=0.83", "levers.shelter=~"};
    const char *const texts[] = {"--set zones.*.shelter=0.83", "--set levers.shelter=~"};
    struct node_store store = {0};
    struct tree tree;
    cr_assert(tree_read(&tree, shop->base, &shop->faults));
    struct scenario *copy = copy_with(&tree, &store, texts, 2, &shop->faults);
    struct scenario *again = tree_scenario(&tree, NULL, 0, &shop->faults);
    tree_clear(&tree);
    struct scenario *anew = scenario_load(shop->base, overrides, 2, &shop->faults);
    struct scenario *plain = scenario_load(shop->base, NULL, 0, &shop->faults);
    cr_assert(copy != NULL && again != NULL && anew != NULL && plain != NULL);
    char *told[] = {shown(copy), shown(anew), shown(again), shown(plain)};
    cr_expect_str_eq(told[0], told[1], "values, units and places");
    cr_expect_str_eq(told[2], told[3], "the tree is as it was");
    cr_expect_eq(copy->fingerprint, 0);
    cr_assert(scenario_set_fingerprint(copy));
    cr_expect_eq(copy->fingerprint, anew->fingerprint);
    struct scenario *all[] = {copy, again, anew, plain};
    node_store_clear(&store);
    for (int i = 0; i < 4; i++) {
        free(told[i]);
        scenario_free(all[i]);
    }
    shop_free(shop);
}

Test(stock, faults_of_a_copy_are_those_of_the_file)
{
    struct shop *shop = shop_new(1);
    const char *const overrides[] = {"zones.Q.shelter=1", "exit.rate_per_year=7"};
    const char *const texts[] = {"--set zones.Q.shelter=1", "--set exit.rate_per_year=7"};
    struct node_store store = {0};
    struct faults copied = {0}, read = {0};
    struct tree tree;
    write_file(shop->more, "extends: base.yaml\nexit: {size: 9}\n");
    cr_assert(tree_read(&tree, shop->more, &shop->faults));
    cr_expect_null(copy_with(&tree, &store, texts, 2, &copied));
    cr_expect_null(scenario_load(shop->more, overrides, 2, &read));
    cr_assert_eq(copied.count, 3);
    cr_assert_eq(read.count, 3);
    for (size_t i = 0; i < 3; i++)
        cr_expect_str_eq(copied.fault[i].message, read.fault[i].message);
    cr_expect_not_null(strstr(copied.fault[0].message, "more.yaml:2:14: exit.size = 9"));
    node_store_clear(&store);
    tree_clear(&tree);
    faults_clear(&copied);
    faults_clear(&read);
    write_file(shop->more, "extends: gone.yaml\n");
    cr_expect_not(tree_read(&tree, shop->more, &shop->faults));
    cr_expect_eq(shop->faults.count, 1);
    shop_free(shop);
}

Test(stock, only_so_many_points_stay_compiled)
{
    enum { MORE = STOCK_SCENARIOS + 3 };
    struct shop *shop = shop_new(MORE + 1);
    uint64_t fingerprint[MORE];
    for (size_t p = 0; p < MORE; p++) {
        const struct scenario *scenario = stock_get(shop->stock, p, 0, &shop->faults);
        cr_assert_not_null(scenario);
        fingerprint[p] = scenario->fingerprint;
        cr_assert_neq(fingerprint[p], p == 0 ? 0 : fingerprint[p - 1]);
        stock_return(shop->stock, p, scenario);
    }
    remove(shop->base); /* it is not read again */
    for (size_t p = 0; p < MORE; p += MORE - 1) {
        const struct scenario *first = stock_get(shop->stock, p, fingerprint[p], &shop->faults);
        const struct scenario *second = stock_get(shop->stock, p, fingerprint[p], &shop->faults);
        cr_assert(first != NULL && second != NULL);
        cr_expect_eq(first == second, p == 0, "the first is kept, the last is not");
        stock_return(shop->stock, p, first);
        stock_return(shop->stock, p, second);
    }
    shop_free(shop);
}

Test(stock, a_file_that_changes_under_way_is_noticed)
{
    enum { LAST = STOCK_SCENARIOS + 1 }; /* not kept */
    struct shop *shop = shop_new(LAST + 1);
    for (size_t p = 0; p < LAST; p++)
        stock_return(shop->stock, p, stock_get(shop->stock, p, 0, &shop->faults));
    const struct scenario *scenario = stock_get(shop->stock, LAST, 0, &shop->faults);
    cr_assert_not_null(scenario);
    uint64_t fingerprint = scenario->fingerprint;
    stock_return(shop->stock, LAST, scenario);
    scenario = stock_get(shop->stock, LAST, fingerprint, &shop->faults);
    cr_assert_not_null(scenario);
    stock_return(shop->stock, LAST, scenario);
    write_file(shop->more, "exit: {size: 0.25}\n");
    cr_expect_null(stock_get(shop->stock, LAST, fingerprint, &shop->faults));
    cr_assert_eq(shop->faults.count, 1);
    cr_expect_str_eq(shop->faults.fault[0].message, "its scenario changed while the batch ran");
    shop_free(shop);
}
