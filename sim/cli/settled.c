#include "cli/settled.h"

#include <stdlib.h>
#include <string.h>

static bool look(void *context, enum journal_kind kind, uint64_t at, const char *bytes,
                 size_t length)
{
    struct settled *settled = context;
    (void)at;
    if (kind != JOURNAL_HEADER || settled->lines != NULL)
        return true;
    settled->lines = calloc(length + 1, 1);
    if (settled->lines != NULL)
        memcpy(settled->lines, bytes, length);
    return settled->lines != NULL;
}

bool settled_read(struct settled *settled, const struct call *call, const char *folder,
                  struct faults *faults)
{
    struct journal_state state;
    *settled = (struct settled){.job = {.call = call, .settled = true}};
    settled->overrides = calloc(REQUEST_OVERRIDES, sizeof *settled->overrides);
    if (settled->overrides == NULL)
        return fault_memory(faults, "reading the journal");
    if (!journal_scan(folder, look, settled, &state, faults))
        return false;
    return (settled->lines != NULL &&
            request_read(&settled->job.request, settled->lines, settled->overrides)) ||
           fault_input(faults, (struct place){.file = folder},
                       "its journal does not say how the batch was asked for");
}

void settled_clear(struct settled *settled)
{
    free(settled->lines);
    free(settled->overrides);
    *settled = (struct settled){0};
}
