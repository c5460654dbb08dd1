#include "study/luck.h"

#include "base/memory.h"

#include <stdlib.h>
#include <time.h>

enum shelf_state { SHELF_UNDER_WAY, SHELF_READY, SHELF_LOST };

struct shelf_item {
    struct shelf_item *next;
    size_t point, block;
    enum shelf_state state;
    struct lived lived;
};

/* ------------------------------------------------------------------ one block */

void lived_clear(struct lived *lived)
{
    block_clear(&lived->block);
    free(lived->luck.value);
    *lived = (struct lived){0};
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Lives the replicates of a block whose key is set. */
static bool live(struct lived *lived, const struct batch *batch, size_t point, bool *ended,
                 struct faults *faults)
{
    const struct batch_options *options = &batch->options;
    lived->luck.count = lived->block.key.count;
    if (options->live != NULL)
        return options->live(options->context, &lived->block, &lived->luck, faults);
    const struct scenario *scenario = roster_get(&batch->roster, point, faults);
    if (scenario == NULL)
        return false;
    double begun = now_s();
    bool ok = block_live(&lived->block, &lived->luck, scenario, options->stop, options->context,
                         ended, faults);
    lived->seconds = now_s() - begun;
    stock_return(batch->roster.stock, point, scenario);
    return ok;
}

bool lived_make(struct lived *lived, const struct batch *batch, size_t point, size_t block,
                bool *ended, struct faults *faults)
{
    const struct layout *layout = roster_layout(&batch->roster, point);
    *lived = (struct lived){.luck = {.layout = layout}};
    lived->luck.value = calloc(BLOCK_REPLICATES * layout->quantity_count + 1, sizeof(double));
    if (lived->luck.value == NULL ||
        !block_reset(&lived->block, layout->target_count, layout->quantity_count))
        return fault_memory(faults, "running a block");
    lived->block.key = batch_key(batch, point, block);
    return live(lived, batch, point, ended, faults) && !*ended;
}

/* ------------------------------------------------------------------ the shelf */

void shelf_init(struct shelf *shelf, const struct batch *batch)
{
    *shelf = (struct shelf){.batch = batch};
    pthread_mutex_init(&shelf->lock, NULL);
    pthread_cond_init(&shelf->ready, NULL);
}

static struct shelf_item *find(const struct shelf *shelf, size_t point, size_t block)
{
    struct shelf_item *item = shelf->item;
    while (item != NULL && (item->point != point || item->block != block))
        item = item->next;
    return item;
}

/* Puts an item under way on the shelf. */
static struct shelf_item *reserve(struct shelf *shelf, size_t point, size_t block)
{
    struct shelf_item *item = calloc(1, sizeof *item);
    if (item == NULL)
        return NULL;
    *item = (struct shelf_item){.next = shelf->item, .point = point, .block = block};
    shelf->item = item;
    return item;
}

/* Lives the block of an item; the shelf is locked before and after, not while it does so. */
static void fill(struct shelf *shelf, struct shelf_item *item, bool *ended, struct faults *faults)
{
    pthread_mutex_unlock(&shelf->lock);
    bool made = lived_make(&item->lived, shelf->batch, item->point, item->block, ended, faults);
    pthread_mutex_lock(&shelf->lock);
    item->state = made ? SHELF_READY : SHELF_LOST;
    pthread_cond_broadcast(&shelf->ready);
}

const struct lived *shelf_get(struct shelf *shelf, size_t point, size_t block, bool *ended,
                              struct faults *faults)
{
    pthread_mutex_lock(&shelf->lock);
    struct shelf_item *item = find(shelf, point, block);
    size_t before = faults->count;
    if (item == NULL) {
        item = reserve(shelf, point, block);
        if (item != NULL)
            fill(shelf, item, ended, faults);
    }
    while (item != NULL && item->state == SHELF_UNDER_WAY)
        pthread_cond_wait(&shelf->ready, &shelf->lock);
    bool ready = item != NULL && item->state == SHELF_READY;
    pthread_mutex_unlock(&shelf->lock);
    if (item == NULL)
        fault_memory(faults, "running a block");
    else if (!ready && !*ended && faults->count == before)
        fault_world(faults, "what it is held against failed");
    return ready ? &item->lived : NULL;
}

void shelf_drop(struct shelf *shelf, size_t block)
{
    pthread_mutex_lock(&shelf->lock);
    for (struct shelf_item **link = &shelf->item; *link != NULL;) {
        struct shelf_item *item = *link;
        if (item->block >= block) {
            link = &item->next;
            continue;
        }
        *link = item->next;
        lived_clear(&item->lived);
        free(item);
    }
    pthread_mutex_unlock(&shelf->lock);
}

void shelf_clear(struct shelf *shelf)
{
    shelf_drop(shelf, SIZE_MAX);
    pthread_cond_destroy(&shelf->ready);
    pthread_mutex_destroy(&shelf->lock);
}
