#include "study/block.h"

#include "base/bytes.h"
#include "base/memory.h"
#include "engine/workspace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void block_clear(struct block *block)
{
    free(block->cell);
    *block = (struct block){0};
}

bool block_reset(struct block *block, size_t targets, size_t quantities)
{
    if (!memory_reserve((void **)&block->cell, &block->capacity, quantities + 1,
                        sizeof *block->cell))
        return false;
    memset(block->cell, 0, quantities * sizeof *block->cell);
    memset(block->met, 0, sizeof block->met);
    block->targets = targets;
    block->quantities = quantities;
    return true;
}

/* Member by member: the padding of a struct holds anything. */
static bool same_key(const struct record_key *a, const struct record_key *b)
{
    return a->fingerprint == b->fingerprint && a->reference == b->reference && a->seed == b->seed &&
           a->strata == b->strata && a->first == b->first && a->count == b->count;
}

bool block_same(const struct block *a, const struct block *b)
{
    bool same = same_key(&a->key, &b->key) && a->targets == b->targets &&
                a->quantities == b->quantities &&
                memcmp(a->met, b->met, a->key.count * sizeof *a->met) == 0;
    for (size_t i = 0; same && i < a->quantities; i++)
        same = block_cell_same(&a->cell[i], &b->cell[i]);
    return same;
}

/* ------------------------------------------------------------------ simulating */

struct draw_replicate block_replicate(const struct block *block, size_t i)
{
    uint32_t number = block->key.first + (uint32_t)i;
    return (struct draw_replicate){block->key.seed, number, number, block->key.strata};
}

void block_take(struct block *block, struct block_values *values, const struct workspace *workspace,
                size_t i)
{
    const struct replicate *replicate = &workspace->replicate;
    block->met[i] = targets_met(&workspace->scenario->centre, replicate->target_value);
    layout_measure(values->layout, &workspace->layout, replicate->panel,
                   values->value + i * values->layout->quantity_count);
}

/* ------------------------------------------------------------------ summing */

static void add_difference(struct block_cell *cell, double difference)
{
    moments_add(&cell->difference, difference);
    cell->changed += difference != 0.0;
    cell->largest_change = fmax(cell->largest_change, fabs(difference));
}

void block_cell_merge(struct block_cell *cell, const struct block_cell *other)
{
    moments_merge(&cell->value, &other->value);
    moments_merge(&cell->difference, &other->difference);
    cell->changed += other->changed;
    cell->largest_change = fmax(cell->largest_change, other->largest_change);
}

bool block_cell_same(const struct block_cell *a, const struct block_cell *b)
{
    return moments_same(&a->value, &b->value) && moments_same(&a->difference, &b->difference) &&
           a->changed == b->changed && a->largest_change == b->largest_change;
}

static void sum_quantity(struct block *block, size_t quantity, const struct block_values *own,
                         const struct block_values *reference)
{
    struct block_cell *cell = &block->cell[quantity];
    size_t stride = own->layout->quantity_count, other = 0, other_stride = 0;
    if (reference != NULL) {
        other_stride = reference->layout->quantity_count;
        other = layout_quantity(reference->layout, own->layout->quantity[quantity]);
    }
    for (size_t i = 0; i < own->count; i++) {
        double value = own->value[i * stride + quantity];
        if (!isnan(value))
            moments_add(&cell->value, value);
        if (other >= other_stride)
            continue;
        double difference = value - reference->value[i * other_stride + other];
        if (!isnan(difference))
            add_difference(cell, difference);
    }
}

void block_sum(struct block *block, const struct block_values *own,
               const struct block_values *reference)
{
    for (size_t q = 0; q < own->layout->quantity_count; q++)
        sum_quantity(block, q, own, reference);
}

/* ------------------------------------------------------------------ bytes */

enum { WORD_BYTES = 8 };

void block_hits(const struct store_record *record, uint64_t *met)
{
    struct bytes_reader reader = {record->hits,
                                  (const unsigned char *)record->hits + record->hits_bytes};
    for (size_t i = 0; i < record->key.count; i++)
        met[i] = bytes_take_word(&reader);
}

size_t block_expected_bytes(const struct layout *layout, uint64_t replicates)
{
    enum { ROW_BYTES = 60, QUANTITY_BYTES = 52 };
    size_t hits = (size_t)replicates * WORD_BYTES;
    return ROW_BYTES + hits + layout->quantity_count * QUANTITY_BYTES;
}

bool block_bytes(const struct block *block, struct text *bytes, struct store_record *record)
{
    bytes->length = 0;
    for (size_t i = 0; i < block->key.count; i++)
        bytes_put_word(bytes, block->met[i]);
    size_t hits = bytes->length;
    bytes_put(bytes, block->targets);
    bytes_put(bytes, block->quantities);
    for (size_t i = 0; i < block->quantities; i++) {
        moments_put(bytes, &block->cell[i].value);
        moments_put(bytes, &block->cell[i].difference);
        bytes_put(bytes, block->cell[i].changed);
        bytes_put_double(bytes, block->cell[i].largest_change);
    }
    *record = (struct store_record){.key = block->key,
                                    .hits = bytes->bytes,
                                    .hits_bytes = hits,
                                    .sums = bytes->bytes + hits,
                                    .sums_bytes = bytes->length - hits};
    return !bytes->failed;
}

bool block_of(struct block *block, const struct store_record *record)
{
    struct bytes_reader reading = {record->sums,
                                   (const unsigned char *)record->sums + record->sums_bytes};
    bytes_wide targets = bytes_take(&reading), quantities = bytes_take(&reading);
    if (record->key.count > BLOCK_REPLICATES || targets > SCENARIO_TARGETS ||
        quantities > record->sums_bytes || record->hits_bytes != record->key.count * WORD_BYTES ||
        !block_reset(block, (size_t)targets, (size_t)quantities))
        return false;
    block->key = record->key;
    block_hits(record, block->met);
    for (size_t i = 0; i < block->quantities; i++) {
        moments_take(&reading, &block->cell[i].value);
        moments_take(&reading, &block->cell[i].difference);
        block->cell[i].changed = bytes_take_most(&reading, BLOCK_REPLICATES);
        block->cell[i].largest_change = bytes_take_double(&reading);
    }
    return reading.at == reading.end;
}

/* ------------------------------------------------------------------ values of replicates */

bool block_values_bytes(const struct block_values *values, struct text *bytes)
{
    size_t quantities = values->layout->quantity_count;
    bytes->length = 0;
    bytes_put(bytes, values->count);
    bytes_put(bytes, quantities);
    for (size_t i = 0; i < values->count * quantities; i++)
        bytes_put_double(bytes, values->value[i]);
    return !bytes->failed;
}

bool block_values_of(struct block_values *values, const void *bytes, size_t length)
{
    struct bytes_reader reader = {bytes, (const unsigned char *)bytes + length};
    size_t quantities = values->layout->quantity_count;
    if (bytes_take(&reader) != values->count || bytes_take(&reader) != quantities)
        return false;
    for (size_t i = 0; i < values->count * quantities; i++)
        values->value[i] = bytes_take_double(&reader);
    return reader.at == reader.end;
}
