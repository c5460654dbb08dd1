#include "study/stock.h"

#include "base/memory.h"
#include "scenario/tree.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A file that was read; `tree` is clear where it could not be. */
struct shelved {
    char *file;
    struct tree tree;
    bool sound;
};

struct stock {
    const struct plan *plan;
    struct shelved tree[STOCK_TREES];
    size_t tree_count;
    struct scenario **kept; /* [point]; NULL: not */
    size_t kept_count;
    pthread_mutex_t lock;
};

struct stock *stock_new(const struct plan *plan, struct faults *faults)
{
    struct stock *stock = calloc(1, sizeof *stock);
    if (stock != NULL)
        stock->kept = calloc(plan->points + 1, sizeof *stock->kept);
    if (stock == NULL || stock->kept == NULL) {
        free(stock);
        fault_memory(faults, "setting up the batch");
        return NULL;
    }
    stock->plan = plan;
    pthread_mutex_init(&stock->lock, NULL);
    return stock;
}

void stock_free(struct stock *stock)
{
    if (stock == NULL)
        return;
    for (size_t i = 0; i < stock->tree_count; i++) {
        tree_clear(&stock->tree[i].tree);
        free(stock->tree[i].file);
    }
    for (size_t p = 0; p < stock->plan->points; p++)
        scenario_free(stock->kept[p]);
    free(stock->kept);
    pthread_mutex_destroy(&stock->lock);
    free(stock);
}

/* ------------------------------------------------------------------ making */

/* From the tree, or the file where there is none. */
static struct scenario *make(const struct tree *tree, const char *file, const struct change *change,
                             size_t count, struct faults *faults)
{
    struct override *override = calloc(count + 1, sizeof *override);
    if (override == NULL) {
        fault_memory(faults, "making a point of the batch");
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        override[i] = change[i].override;
    struct scenario *scenario = tree != NULL ? tree_scenario(tree, override, count, faults)
                                             : tree_load(file, override, count, faults);
    free(override);
    return scenario;
}

/* The place of a file, which is read if it is new; NULL where there is no room. Locked. */
static struct shelved *place_of(struct stock *stock, const char *file)
{
    struct faults unread = {0};
    for (size_t i = 0; i < stock->tree_count; i++)
        if (strcmp(stock->tree[i].file, file) == 0)
            return &stock->tree[i];
    char *name = stock->tree_count < STOCK_TREES ? memory_copy_text(file) : NULL;
    if (name == NULL)
        return NULL;
    struct shelved *shelved = &stock->tree[stock->tree_count++];
    shelved->file = name;
    shelved->sound = tree_read(&shelved->tree, file, &unread);
    faults_clear(&unread); /* tree_load tells them all */
    return shelved;
}

/* The tree of a file; NULL where it cannot be read or kept, so that the file has to be. */
static const struct tree *tree_of(struct stock *stock, const char *file)
{
    pthread_mutex_lock(&stock->lock);
    const struct shelved *shelved = place_of(stock, file);
    pthread_mutex_unlock(&stock->lock);
    return shelved != NULL && shelved->sound ? &shelved->tree : NULL;
}

struct scenario *stock_make(struct stock *stock, const char *file, const struct change *change,
                            size_t count, struct faults *faults)
{
    const struct plan *plan = stock->plan;
    struct change *all = calloc(plan->set_count + count + 1, sizeof *all);
    if (all == NULL) {
        fault_memory(faults, "making a point of the batch");
        return NULL;
    }
    for (size_t i = 0; i < plan->set_count + count; i++)
        all[i] = i < plan->set_count ? plan->set[i] : change[i - plan->set_count];
    struct scenario *scenario =
        make(tree_of(stock, file), file, all, plan->set_count + count, faults);
    free(all);
    return scenario;
}

/* Whether a scenario is what it was. What comes from one tree alone is. */
static bool check(struct scenario *scenario, const struct tree *tree, uint64_t fingerprint,
                  struct faults *faults)
{
    if (fingerprint != 0 && tree != NULL && scenario->file_count == tree->names->file_count)
        return true;
    if (scenario->fingerprint == 0 && !scenario_set_fingerprint(scenario))
        return fault_memory(faults, "making a point of the batch");
    return fingerprint == 0 || scenario->fingerprint == fingerprint ||
           fault_world(faults, "its scenario changed while the batch ran");
}

static struct scenario *make_point(struct stock *stock, size_t point, uint64_t fingerprint,
                                   struct faults *faults)
{
    struct point made = {0};
    struct scenario *scenario = NULL;
    if (plan_point(stock->plan, point, &made, faults)) {
        const struct tree *tree = tree_of(stock, made.file);
        scenario = make(tree, made.file, made.change, made.count, faults);
        if (scenario != NULL && !check(scenario, tree, fingerprint, faults)) {
            scenario_free(scenario);
            scenario = NULL;
        }
    }
    point_clear(&made);
    return scenario;
}

/* Keeps it if there is room, and no other thread was faster. */
static void keep(struct stock *stock, size_t point, struct scenario *scenario)
{
    pthread_mutex_lock(&stock->lock);
    if (stock->kept[point] == NULL && stock->kept_count < STOCK_SCENARIOS) {
        stock->kept[point] = scenario;
        stock->kept_count++;
    }
    pthread_mutex_unlock(&stock->lock);
}

static struct scenario *kept(struct stock *stock, size_t point)
{
    pthread_mutex_lock(&stock->lock);
    struct scenario *scenario = stock->kept[point];
    pthread_mutex_unlock(&stock->lock);
    return scenario;
}

const struct scenario *stock_get(struct stock *stock, size_t point, uint64_t fingerprint,
                                 struct faults *faults)
{
    struct scenario *scenario = kept(stock, point);
    if (scenario != NULL)
        return scenario;
    scenario = make_point(stock, point, fingerprint, faults);
    if (scenario != NULL)
        keep(stock, point, scenario);
    return scenario;
}

void stock_return(struct stock *stock, size_t point, const struct scenario *scenario)
{
    if (kept(stock, point) != scenario)
        scenario_free((struct scenario *)scenario);
}
