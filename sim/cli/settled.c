#include "cli/settled.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static bool look(void *context, const char *lines)
{
    struct settled *settled = context;
    if (settled->lines == NULL)
        settled->lines = memory_copy_text(lines);
    return settled->lines != NULL;
}

bool settled_read(struct settled *settled, const struct call *call, const char *folder,
                  struct faults *faults)
{
    struct store_found found;
    const struct store_visit visit = {.context = settled, .request = look};
    *settled = (struct settled){.job = {.call = call, .settled = true}};
    settled->overrides = calloc(REQUEST_OVERRIDES, sizeof *settled->overrides);
    if (settled->overrides == NULL)
        return fault_memory(faults, "reading the store");
    if (!store_scan(folder, &visit, &found, faults))
        return false;
    return (settled->lines != NULL &&
            request_read(&settled->job.request, settled->lines, settled->overrides)) ||
           fault_input(faults, (struct place){.file = folder},
                       "its store does not say how the batch was asked for");
}

void settled_clear(struct settled *settled)
{
    free(settled->lines);
    free(settled->overrides);
    *settled = (struct settled){0};
}
