/* A batch under way: which blocks of which points are done, and how the rest is run.
 *
 * Blocks run in the order block, then point, so that a batch that ends early is balanced. Every
 * finished block goes to the store at once. What comes of a point is what its first blocks in a
 * row say, so it depends neither on threads nor on how often the batch was ended and resumed.
 */
#ifndef NEOBAY_STUDY_BATCH_H
#define NEOBAY_STUDY_BATCH_H

#include "study/block.h"
#include "study/roster.h"

struct batch;

struct batch_options {
    uint64_t seed, replicates; /* of each point */
    uint32_t strata;           /* replicates of each Latin hypercube of uncertain values; 0: none */
    int threads;               /* see pool_threads */
    size_t shard, shards;      /* points p with p % shards = shard, and references; 0, 1: all */
    double precision;          /* stop a point when every target is known so well; 0: never */
    const char *best;          /* target whose likeliest point is looked for; NULL: none */
    double confidence, indifference; /* of that search */
    bool unbranched;                 /* each point is simulated from the start, for tests */

    /* Fills a block in place of the model, for tests and measurements; NULL: the model does. */
    bool (*live)(void *context, struct block *block, struct block_values *values,
                 struct faults *faults);

    /* Called after each block by the calling thread; may be NULL. */
    void (*progress)(void *context, const struct batch *batch);

    /* Asked between replicates and between points, by any thread; may be NULL. */
    bool (*stop)(void *context);
    void *context;
};

/* How its points are checked. */
struct roster_options batch_checking(const struct batch_options *options);

/* How far a point is. */
struct standing {
    size_t blocks;  /* done, in a row from the first */
    size_t goal;    /* blocks that are wanted of it */
    size_t precise; /* blocks when it was first as precise as asked for; 0: not yet */
    char *reason;   /* why it failed; NULL: it did not */
};

struct batch {
    const struct plan *plan;
    struct roster roster;
    struct batch_options options;
    struct store *store;
    struct text bytes;         /* scratch */
    size_t blocks;             /* of a point that runs all its replicates */
    uint64_t last_look;        /* blocks at the last look, with a precision (stats/looks.h) */
    uint64_t *address;         /* [point * blocks + block] its id in the store, or 0 */
    struct standing *standing; /* [point] */
    uint64_t *met;             /* [point * SCENARIO_TARGETS + target] in its blocks, if watched */
    size_t reused, foreign;    /* blocks of the store that are ours, and that are not */
    size_t damaged;            /* records of it that are */
    uint64_t lived;            /* replicates that this process added */
    uint64_t agent_steps;      /* in them, all together; what branches share counts once */
    double living_seconds;     /* that its threads spent in them, all together */
    bool ended;                /* by options.stop */
};

/* Checks the plan's points and opens folder/store.db, whose blocks are reused unless `fresh`. On
 * failure there is nothing to clear. */
bool batch_init(struct batch *batch, const struct plan *plan, const struct batch_options *options,
                const char *folder, bool fresh, struct faults *faults);
void batch_clear(struct batch *batch);

/* Brings the store to the disk; before the tables are written for good. */
bool batch_close_store(struct batch *batch, struct faults *faults);

/* Takes over the blocks that another store has and this one lacks. */
bool batch_import(struct batch *batch, const char *folder, struct faults *faults);

/* Runs what is missing, until every point has its goal or `stop` says so. False on trouble. A point
 * that fails is no trouble: its standing says why. */
bool batch_run(struct batch *batch, struct faults *faults);

/* Replicates of a block; those of all first `blocks` blocks. */
uint32_t batch_block_count(const struct batch *batch, size_t block);
uint64_t batch_replicates(const struct batch *batch, size_t blocks);

bool batch_has_block(const struct batch *batch, size_t point, size_t block);
bool batch_in_shard(const struct batch *batch, size_t point);

/* Whether a point is to have a block that it lacks; and whether one that is compared with it is. */
bool batch_wants(const struct batch *batch, size_t point, size_t block);
bool batch_needs(const struct batch *batch, size_t reference, size_t block);

/* Points that are as far as they should be (failed ones too), of how many; replicates likewise. */
struct batch_count {
    size_t points, all_points;
    uint64_t replicates, all_replicates;
};
struct batch_count batch_count(const struct batch *batch);

/* The key of a block. */
struct record_key batch_key(const struct batch *batch, size_t point, size_t block);

/* Reads a finished block back. */
bool batch_read(const struct batch *batch, size_t point, size_t block, struct block *out,
                struct faults *faults);

/* The id in the store of a block that is there. */
uint64_t batch_record(const struct batch *batch, size_t point, size_t block);

/* Puts a finished block, or a failure, into the store and notes it. */
bool batch_enter(struct batch *batch, size_t point, size_t block, const struct block *done,
                 struct faults *faults);
bool batch_enter_failure(struct batch *batch, size_t point, const char *reason,
                         struct faults *faults);

/* Puts the values of a block that the store has beside it. */
bool batch_enter_values(struct batch *batch, size_t point, size_t block,
                        const struct block_values *values, struct faults *faults);

#endif
