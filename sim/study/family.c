#include "study/family.h"

#include "base/memory.h"
#include "stats/holm.h"

#include <math.h>
#include <stdlib.h>

/* The p-values of one point's targets. */
static bool gather(struct family *family, size_t *capacity, struct ledger *ledger,
                   const struct tally *tally, struct faults *faults)
{
    size_t targets = roster_layout(&ledger->batch->roster, tally->point)->target_count;
    if (!memory_reserve((void **)&family->p, capacity, family->count + targets + 1,
                        sizeof *family->p))
        return fault_memory(faults, "correcting comparisons");
    for (size_t t = 0; t < targets; t++) {
        double p = tally_target(ledger, tally, t).p_value;
        family->p[family->count++] = p;
        family->comparisons += isnan(p) ? 0 : 1;
    }
    return true;
}

static bool adjust(struct family *family, struct faults *faults)
{
    size_t *order = calloc(family->count + 1, sizeof *order);
    family->p_holm = calloc(family->count + 1, sizeof *family->p_holm);
    bool ok = order != NULL && family->p_holm != NULL;
    if (ok)
        holm_adjust(family->p, family->count, order, family->p_holm);
    free(order);
    return ok || fault_memory(faults, "correcting comparisons");
}

bool family_init(struct family *family, struct ledger *ledger, struct faults *faults)
{
    struct tally tally = {0};
    size_t capacity = 0;
    bool ok = true;
    *family = (struct family){0};
    for (size_t p = 0; ok && p < ledger->batch->plan->points; p++)
        ok = tally_make(&tally, ledger, p, faults) &&
             gather(family, &capacity, ledger, &tally, faults);
    tally_clear(&tally);
    return ok && adjust(family, faults);
}

void family_clear(struct family *family)
{
    free(family->p);
    free(family->p_holm);
    *family = (struct family){0};
}
