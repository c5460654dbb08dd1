#include "cli/again.h"

#include "base/file.h"

#include "base/digest.h"
#include "engine/pool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SCENARIO_BYTES = 64 << 20 };

struct text again_path(const char *folder, const char *name)
{
    struct text path = {0};
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    text_append(&path, "%.*s%s%s", (int)length, folder, *name == '\0' || *name == '-' ? "" : "/",
                name);
    return path;
}

bool again_open(struct again *again, const char *folder, struct faults *faults)
{
    *again = (struct again){.folder = folder};
    if (!manifest_read(&again->manifest, folder, faults))
        return false;
    bool ok = manifest_can_repeat(&again->manifest, faults);
    if (!ok)
        manifest_clear(&again->manifest);
    return ok;
}

void again_clear(struct again *again)
{
    run_clear(&again->run);
    manifest_clear(&again->manifest);
    text_clear(&again->shown);
}

static bool read_shown(struct again *again, const char *path, struct faults *faults)
{
    size_t length = 0;
    if (!file_read(path, SCENARIO_BYTES, &again->shown.bytes, &length))
        return errno == ENOMEM ? fault_memory(faults, "reading the scenario")
                               : fault_input(faults, (struct place){.file = path},
                                             "cannot be read: %s", strerror(errno));
    again->shown.length = again->shown.capacity = length;
    again->run.shown = &again->shown;
    return true;
}

static bool read_scenario(struct again *again, const char *path, struct faults *faults)
{
    char is[DIGEST_TEXT_BYTES], was[DIGEST_TEXT_BYTES];
    struct scenario *scenario = scenario_load(path, NULL, 0, faults);
    again->run.input.scenario = scenario;
    if (scenario == NULL)
        return false;
    return scenario->fingerprint == again->manifest.fingerprint ||
           fault_input(faults, (struct place){.file = path},
                       "is not the scenario that was run: its fingerprint is %s, run.json has %s; "
                       "it was changed, or this version of neobay understands it otherwise",
                       digest_text(is, scenario->fingerprint),
                       digest_text(was, again->manifest.fingerprint));
}

/* The run's own copy of what was observed: the file it came from may be gone. */
static bool read_observed(struct again *again, struct faults *faults)
{
    struct text path = again_path(again->folder, csv_file_names[CSV_OBSERVED]);
    bool ok = path.failed ? fault_memory(faults, "reading what was observed")
                          : observed_load(&again->run.input.observed, path.bytes,
                                          again->run.input.scenario, faults);
    text_clear(&path);
    return ok;
}

bool again_load(struct again *again, struct faults *faults)
{
    struct text path = again_path(again->folder, SCENARIO_NAME);
    bool ok = path.failed
                  ? fault_memory(faults, "reading the scenario")
                  : read_shown(again, path.bytes, faults) &&
                        read_scenario(again, path.bytes, faults) && read_observed(again, faults);
    text_clear(&path);
    again->run.record = again->manifest.record;
    again->run.record.threads = pool_threads(0);
    again->run.record.started = time(NULL);
    return ok;
}
