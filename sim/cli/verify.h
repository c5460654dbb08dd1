/* Verifying: what has been looked at, and every difference found, in words. */
#ifndef NEOBAY_CLI_VERIFY_H
#define NEOBAY_CLI_VERIFY_H

#include "cli/again.h"
#include "cli/options.h"

struct verify {
    const struct call *call;
    struct again again;
    struct text said;              /* a line for each difference */
    size_t files, files_differ;    /* looked at, and that differ */
    size_t blocks, blocks_relived; /* that there are; of those that were to be lived again */
    size_t blocks_differ;
    uint64_t replicates_relived;
    size_t others; /* differences of neither */
    struct faults *faults;
};

/* Whether block `index` of `count` is in a sample of `wanted`, evenly spread. */
bool verify_is_chosen(size_t index, size_t count, size_t wanted);

/* How many blocks to live again of this many. */
size_t verify_wanted(const struct verify *verify, size_t count);

/* Takes faults of the input for differences: the folder is not what it was. */
bool verify_take_faults(struct verify *verify);

/* Each looks at one kind of folder; false with a fault, or where a signal asked for a stop. */
bool verify_run(struct verify *verify);
bool verify_batch(struct verify *verify);

#endif
