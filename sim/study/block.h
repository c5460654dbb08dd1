/* A block: some replicates of one point in a row, and what is kept of them in the store.
 *
 * Which targets each replicate met is kept bit by bit, so that any two points can be compared with
 * each other replicate by replicate. Of quantities exact sums are kept, of the value and of its
 * difference from the same replicate of the reference.
 */
#ifndef NEOBAY_STUDY_BLOCK_H
#define NEOBAY_STUDY_BLOCK_H

#include "random/draw.h"
#include "stats/moments.h"
#include "store/store.h"
#include "study/layout.h"

enum { BLOCK_REPLICATES = DRAW_BLOCK };

struct block_cell {
    struct moments value, difference;
    uint64_t changed;      /* replicates in which the difference is not 0 */
    double largest_change; /* the largest of them, without its sign */
};

void block_cell_merge(struct block_cell *cell, const struct block_cell *other);
bool block_cell_same(const struct block_cell *a, const struct block_cell *b);

struct block {
    struct record_key key;
    size_t targets, quantities;
    uint64_t met[BLOCK_REPLICATES];
    struct block_cell *cell; /* [quantity]; on the heap */
    size_t capacity;
};

/* Values of a block, replicate by replicate, while others are compared with them. */
struct block_values {
    const struct layout *layout;
    size_t count;
    double *value; /* [replicate * quantity_count + quantity] */
};

void block_clear(struct block *block);

/* Whether two blocks have the same key, hits and sums. */
bool block_same(const struct block *a, const struct block *b);

/* Room for the quantities, with all sums zero; false if memory runs out. */
bool block_reset(struct block *block, size_t targets, size_t quantities);

struct workspace;

/* Replicate i of a block; and taking it, once it is simulated, from a workspace bound to the
 * scenario: its hits and values. */
struct draw_replicate block_replicate(const struct block *block, size_t i);
void block_take(struct block *block, struct block_values *values, const struct workspace *workspace,
                size_t i);

/* Sums the values, and where `reference` is not NULL their differences from its. */
void block_sum(struct block *block, const struct block_values *own,
               const struct block_values *reference);

/* About what a record of so many replicates takes in the store: a sum, its square and their
 * differences from a reference are some 52 bytes a quantity. */
size_t block_expected_bytes(const struct layout *layout, uint64_t replicates);

/* A block as a record, whose bytes lie in `bytes`; false without memory. And a block of a record;
 * false if it is none, or memory runs out. */
bool block_bytes(const struct block *block, struct text *bytes, struct store_record *record);
bool block_of(struct block *block, const struct store_record *record);

/* Values as bytes, which take the place of what `bytes` holds; false without memory. And values of
 * such bytes, of as many replicates and quantities as `values` says; false if they are none. */
bool block_values_bytes(const struct block_values *values, struct text *bytes);
bool block_values_of(struct block_values *values, const void *bytes, size_t length);

/* The hits of a record, a word a replicate. */
void block_hits(const struct store_record *record, uint64_t *met);

#endif
