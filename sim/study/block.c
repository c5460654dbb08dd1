#include "study/block.h"

#include "base/memory.h"
#include "engine/workspace.h"

#include <endian.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Words of a record: the key, targets, quantities; then bits; then sums. */
enum { KEY_WORDS = 6, HEAD_WORDS = KEY_WORDS + 2, MOMENT_WORDS = 6, WORD_BYTES = 8 };

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

/* ------------------------------------------------------------------ simulating */

static bool simulate_one(struct workspace *workspace, struct block *block,
                         struct block_values *values, size_t i, struct faults *faults)
{
    const struct replicate *replicate = &workspace->replicate;
    uint32_t number = block->key.first + (uint32_t)i;
    struct draw_replicate which = {block->key.seed, number, number, block->key.strata};
    if (!replicate_run(&workspace->replicate, &workspace->district, &workspace->layout, &which,
                       faults))
        return false;
    block->met[i] = layout_met(workspace->scenario, replicate->target_value);
    layout_measure(values->layout, &workspace->layout, replicate->panel,
                   values->value + i * values->layout->quantity_count);
    return true;
}

bool block_simulate(struct block *block, struct block_values *values, struct workspace *workspace,
                    bool (*stop)(void *context), void *context, bool *ended, struct faults *faults)
{
    bool ok = true;
    *ended = false;
    values->count = block->key.count;
    for (size_t i = 0; ok && !*ended && i < block->key.count; i++) {
        ok = simulate_one(workspace, block, values, i, faults);
        *ended = stop != NULL && stop(context);
    }
    return ok;
}

/* ------------------------------------------------------------------ summing */

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
            moments_add(&cell->difference, difference);
    }
}

void block_sum(struct block *block, const struct block_values *own,
               const struct block_values *reference)
{
    for (size_t q = 0; q < own->layout->quantity_count; q++)
        sum_quantity(block, q, own, reference);
}

/* ------------------------------------------------------------------ bytes */

static void put(struct text *out, uint64_t word)
{
    uint64_t bytes = htole64(word);
    if (out->failed ||
        !memory_reserve((void **)&out->bytes, &out->capacity, out->length + WORD_BYTES + 1, 1)) {
        out->failed = true;
        return;
    }
    memcpy(out->bytes + out->length, &bytes, WORD_BYTES);
    out->length += WORD_BYTES;
}

static uint64_t take(const char **bytes)
{
    uint64_t word;
    memcpy(&word, *bytes, WORD_BYTES);
    *bytes += WORD_BYTES;
    return le64toh(word);
}

static void put_moments(struct text *out, const struct moments *moments)
{
    put(out, moments->count);
    put(out, (uint64_t)moments->sum);
    put(out, (uint64_t)(moments->sum >> 64));
    put(out, (uint64_t)moments->squares);
    put(out, (uint64_t)(moments->squares >> 64));
    put(out, moments->overflow);
}

static moments_sum take_sum(const char **bytes)
{
    uint64_t low = take(bytes), high = take(bytes);
    __extension__ typedef unsigned __int128 wide;
    return (moments_sum)((wide)high << 64 | low);
}

static struct moments take_moments(const char **bytes)
{
    struct moments moments = {.count = take(bytes)};
    moments.sum = take_sum(bytes);
    moments.squares = take_sum(bytes);
    moments.overflow = take(bytes) != 0;
    return moments;
}

void block_write_key(const struct block *block, struct text *out)
{
    const struct block_key *key = &block->key;
    const uint64_t head[HEAD_WORDS] = {key->fingerprint, key->reference,   key->seed,
                                       key->strata,      key->first,       key->count,
                                       block->targets,   block->quantities};
    for (size_t i = 0; i < HEAD_WORDS; i++)
        put(out, head[i]);
}

void block_write(const struct block *block, struct text *out)
{
    block_write_key(block, out);
    for (size_t i = 0; i < block->key.count; i++)
        put(out, block->met[i]);
    for (size_t i = 0; i < block->quantities; i++) {
        put_moments(out, &block->cell[i].value);
        put_moments(out, &block->cell[i].difference);
    }
}

bool block_read_key(struct block_key *key, const char *bytes, size_t length)
{
    if (length < HEAD_WORDS * WORD_BYTES)
        return false;
    key->fingerprint = take(&bytes);
    key->reference = take(&bytes);
    key->seed = take(&bytes);
    key->strata = (uint32_t)take(&bytes);
    key->first = (uint32_t)take(&bytes);
    key->count = (uint32_t)take(&bytes);
    return key->count <= BLOCK_REPLICATES;
}

bool block_read(struct block *block, const char *bytes, size_t length)
{
    struct block_key key;
    if (!block_read_key(&key, bytes, length))
        return false;
    bytes += KEY_WORDS * WORD_BYTES;
    uint64_t targets = take(&bytes), quantities = take(&bytes);
    size_t words = length / WORD_BYTES - HEAD_WORDS - key.count;
    if (length % WORD_BYTES != 0 || length / WORD_BYTES < HEAD_WORDS + key.count ||
        targets > LAYOUT_TARGETS || words != quantities * 2 * MOMENT_WORDS ||
        !block_reset(block, (size_t)targets, (size_t)quantities))
        return false;
    block->key = key;
    for (size_t i = 0; i < key.count; i++)
        block->met[i] = take(&bytes);
    for (size_t i = 0; i < quantities; i++) {
        block->cell[i].value = take_moments(&bytes);
        block->cell[i].difference = take_moments(&bytes);
    }
    return true;
}
