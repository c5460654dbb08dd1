#include "store/run_record.h"

#include "store/json.h"
#include "store/version.h"

#include <gsl/gsl_version.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif
#define FINGERPRINT_KEY "\"fingerprint\": \""

#define WORDS(number)    WORDS_OF(number)
#define WORDS_OF(number) #number

void run_record_makers(struct run_record_maker makers[RUN_RECORD_MAKERS])
{
    makers[0] = (struct run_record_maker){"compiler", COMPILER};
    makers[1] = (struct run_record_maker){"gsl", gsl_version};
    makers[2] = (struct run_record_maker){"libyaml", yaml_get_version_string()};
    makers[3] = (struct run_record_maker){"openmp", WORDS(_OPENMP)};
}

/* One member a line, so that the file can be read and compared by eye. */
static void begin_member(struct text *out, const char *name)
{
    text_append(out, "%s  ", out->length > 0 ? ",\n" : "{\n");
    json_string(out, name);
    text_append(out, ": ");
}

static void add_text(struct text *out, const char *name, const char *value)
{
    begin_member(out, name);
    json_string(out, value);
}

static void add_number(struct text *out, const char *name, double value)
{
    begin_member(out, name);
    json_number(out, value);
}

/* Whole numbers above 2^53 are written out in full; a reader that knows only doubles rounds them.
 */
static void add_whole(struct text *out, const char *name, uint64_t value)
{
    begin_member(out, name);
    text_append(out, "%" PRIu64, value);
}

static void add_overrides(struct text *out, const struct run_record *record)
{
    begin_member(out, "overrides");
    text_append(out, "[");
    for (size_t i = 0; i < record->override_count; i++) {
        text_append(out, "%s", i > 0 ? ", " : "");
        json_string(out, record->overrides[i]);
    }
    text_append(out, "]");
}

static void add_started(struct text *out, time_t started)
{
    struct tm utc;
    char stamp[32] = "";
    if (gmtime_r(&started, &utc) != NULL)
        strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
    add_text(out, "started", stamp);
}

static void add_libraries(struct text *out)
{
    begin_member(out, "libraries");
    struct run_record_maker maker[RUN_RECORD_MAKERS];
    run_record_makers(maker);
    for (size_t i = 1; i < RUN_RECORD_MAKERS; i++) {
        text_append(out, i == 1 ? "{" : ", ");
        json_string(out, maker[i].name);
        text_append(out, ": ");
        json_string(out, maker[i].version);
    }
    text_append(out, "}");
}

static void add_digests(struct text *out, const struct text *digests)
{
    begin_member(out, "files");
    text_append(out, "%s", digests->failed ? "" : digests->bytes);
    out->failed |= digests->failed;
}

void run_record_write(const struct run_record *record, const struct scenario *scenario,
                      const struct text *digests, struct text *out)
{
    char fingerprint[FINGERPRINT_BYTES];
    struct text json = {0};
    add_text(&json, "program", "neobay");
    add_text(&json, "version", neobay_version);
    add_text(&json, "commit", neobay_commit);
    add_text(&json, "command", record->library ? "library" : "run");
    add_text(&json, "scenario", record->scenario_file);
    add_text(&json, "fingerprint", fingerprint_text(fingerprint, scenario->fingerprint));
    add_overrides(&json, record);
    add_whole(&json, "seed", record->seed);
    add_whole(&json, "replicates", record->replicates);
    add_whole(&json, "replicates_asked", record->replicates_asked);
    add_number(&json, "precision", record->precision);
    add_text(&json, "design", record->strata > 0 ? "latin" : "plain");
    add_whole(&json, "strata", record->strata);
    add_whole(&json, "threads", (uint64_t)record->threads);
    begin_member(&json, "replicate_rows");
    text_append(&json, "%s", record->replicate_rows ? "true" : "false");
    add_whole(&json, "firms", record->firms);
    add_text(&json, "compiler", COMPILER);
    add_libraries(&json);
    add_started(&json, record->started);
    add_number(&json, "seconds", record->seconds);
    add_whole(&json, "agent_steps", record->agent_steps);
    add_digests(&json, digests);
    text_append(out, "%s\n}\n", json.failed ? "" : json.bytes);
    out->failed |= json.failed;
    text_clear(&json);
}

const char *fingerprint_text(char out[FINGERPRINT_BYTES], uint64_t fingerprint)
{
    snprintf(out, FINGERPRINT_BYTES, "%016" PRIx64, fingerprint);
    return out;
}

bool run_record_fingerprint(const char *json, uint64_t *fingerprint)
{
    const char *found = strstr(json, FINGERPRINT_KEY);
    return found != NULL &&
           sscanf(found + strlen(FINGERPRINT_KEY), "%16" SCNx64 "\"", fingerprint) == 1;
}
