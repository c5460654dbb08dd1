#include "store/run_record.h"

#include "base/digest.h"
#include "store/version.h"

#include <gsl/gsl_version.h>
#include <stdio.h>
#include <yaml.h>

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

#define WORDS(number)    WORDS_OF(number)
#define WORDS_OF(number) #number

void run_record_makers(struct run_record_maker makers[RUN_RECORD_MAKERS])
{
    makers[0] = (struct run_record_maker){"compiler", COMPILER};
    makers[1] = (struct run_record_maker){"gsl", gsl_version};
    makers[2] = (struct run_record_maker){"libyaml", yaml_get_version_string()};
    makers[3] = (struct run_record_maker){"openmp", WORDS(_OPENMP)};
}

static void write_overrides(const struct run_record *record, struct json *json)
{
    json_open_array(json, "overrides", JSON_ROW);
    for (size_t i = 0; i < record->override_count; i++)
        json_text(json, NULL, record->overrides[i]);
    json_close_array(json);
}

static void write_started(time_t started, struct json *json)
{
    struct tm utc;
    char stamp[32] = "";
    if (gmtime_r(&started, &utc) != NULL)
        strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_text(json, "started", stamp);
}

static void write_libraries(struct json *json)
{
    struct run_record_maker maker[RUN_RECORD_MAKERS];
    run_record_makers(maker);
    json_open_object(json, "libraries", JSON_ROW);
    for (size_t i = 1; i < RUN_RECORD_MAKERS; i++)
        json_text(json, maker[i].name, maker[i].version);
    json_close_object(json);
}

void run_record_write(const struct run_record *record, const struct scenario *scenario,
                      struct json *json)
{
    char fingerprint[DIGEST_TEXT_BYTES];
    json_text(json, "program", "neobay");
    json_text(json, "version", neobay_version);
    json_text(json, "commit", neobay_commit);
    json_text(json, "command", record->library ? "library" : "run");
    json_text(json, "scenario", record->scenario_file);
    json_text(json, "fingerprint", digest_text(fingerprint, scenario->fingerprint));
    write_overrides(record, json);
    json_whole(json, "seed", record->seed);
    json_whole(json, "replicates", record->replicates);
    json_whole(json, "replicates_asked", record->replicates_asked);
    json_number(json, "precision", record->precision);
    json_text(json, "design", record->strata > 0 ? "latin" : "plain");
    json_whole(json, "strata", record->strata);
    json_whole(json, "threads", (uint64_t)record->threads);
    json_bool(json, "replicate_rows", record->replicate_rows);
    json_whole(json, "firms", record->firms);
    json_bool(json, "limits", record->limits);
    json_text(json, "compiler", COMPILER);
    write_libraries(json);
    write_started(record->started, json);
    json_number(json, "seconds", record->seconds);
    json_whole(json, "agent_steps", record->agent_steps);
}
