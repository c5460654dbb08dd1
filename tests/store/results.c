#include "store/results.h"
#include "store/manifest.h"

#include "store/folder.h"
#include "store/made.h"
#include "store/version.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct run_record record = {.scenario_file = "tests/small.yaml",
                                         .seed = UINT64_MAX,
                                         .replicates = MADE_REPLICATES,
                                         .replicates_asked = 30,
                                         .threads = 2,
                                         .precision = 0.25,
                                         .started = 1700000000,
                                         .seconds = 1.5,
                                         .agent_steps = 1234567};

/* What a test of results needs, and the names of all files of results. */
struct bed {
    struct made made;
    struct folder folder;
    struct results results;
    struct faults faults;
};
static const char *const names[] = {"targets.csv", "trajectories.csv", "first-reached.csv",
                                    "columns.csv", "scenario.yaml",    "run.json"};
static const char *const on_request[] = {"replicates.csv", "firms.csv"};
enum { NAMES = 6, ON_REQUEST = 2 };

static struct bed begin(void)
{
    return (struct bed){.made = made_new(), .folder = folder_make()};
}

static void end(struct bed *bed)
{
    made_free(&bed->made);
    folder_remove(&bed->folder);
}

static bool open_results(struct bed *bed, bool rows, bool force)
{
    struct run_record asked = record;
    asked.replicate_rows = rows;
    asked.firms = rows;
    return results_open(&bed->results, bed->made.scenario, bed->folder.path, &asked, force,
                        &bed->faults);
}

static void take(void *context, const struct outcome *outcome)
{
    results_replicate(context, outcome);
}

static void write_rows(struct bed *bed)
{
    struct firm_row firm = {.id = "sources.university:2021-03:1",
                            .month = 2021 * 12 + 4,
                            .age_months = 2,
                            .zone = 1,
                            .stage = STAGE_SEED,
                            .output_myuan = 2.385,
                            .certified_until = MONTH_NEVER};
    made_replicates(&bed->made, take, &bed->results);
    results_firm(&bed->results, &firm);
}

static bool commit(struct bed *bed)
{
    return results_commit(&bed->results, &bed->made.summary, &(struct bands){0},
                          &bed->made.observed, &record, &bed->faults);
}

static void expect_part(const struct bed *bed, const char *name, const char *part)
{
    char *text = folder_read(&bed->folder, name);
    cr_expect(strstr(text, part) != NULL, "no \"%s\" in %s:\n%.2000s", part, name, text);
    free(text);
}

static void expect_fault(struct bed *bed, const char *part)
{
    cr_assert_eq(bed->faults.count, 1);
    cr_expect_eq(bed->faults.kind, FAULT_INPUT);
    cr_expect(strstr(bed->faults.fault[0].message, part) != NULL, "%s",
              bed->faults.fault[0].message);
    faults_clear(&bed->faults);
}

Test(results, rows_come_and_go_on_request)
{
    struct bed bed = begin();
    for (int rows = 1; rows >= 0; rows--) {
        cr_assert(open_results(&bed, rows == 1, false), "the same scenario needs no force");
        if (rows == 1)
            write_rows(&bed);
        cr_assert(commit(&bed));
        for (size_t i = 0; i < NAMES; i++)
            cr_expect(folder_has(&bed.folder, names[i]), "%s", names[i]);
        for (size_t i = 0; i < ON_REQUEST; i++)
            cr_expect_eq(folder_has(&bed.folder, on_request[i]), rows == 1, "%s", on_request[i]);
    }
    end(&bed);
}

Test(results, rows_of_replicates_and_firms)
{
    struct bed bed = begin();
    cr_assert(open_results(&bed, true, false));
    write_rows(&bed);
    cr_assert(commit(&bed));
    expect_part(&bed, "replicates.csv",
                "replicate,targets.firms_110.value,targets.firms_110.first_reached,"
                "targets.output_4000.value,targets.output_4000.first_reached,"
                "targets.few_failures.value,targets.few_failures.first_reached,"
                "sectors.ai.growth_per_year,sources.university.discovery_rate_per_myuan\n"
                "0,100,,4000.5,2020-12,10,,0.125,0.25\n");
    expect_part(&bed, "replicates.csv", "\n19,119,2021-03,4000.5,2020-12,10,,0.125,19.25\n");
    expect_part(&bed, "firms.csv",
                "\n0,2021-05,sources.university:2021-03:1,2,O,ai,seed,2.385,0,0,0,0,0,0,0,\n");
    expect_part(&bed, "columns.csv", "\nreplicates.csv,targets.firms_110.value,firms,Value of");
    expect_part(&bed, "columns.csv", "\nreplicates.csv,sectors.ai.growth_per_year,1/year,");
    expect_part(&bed, "columns.csv", "\nfirms.csv,staff_heads,heads,Staff\n");
    end(&bed);
}

Test(results, the_record_says_how_the_run_came_about)
{
    struct bed bed = begin();
    cr_assert(open_results(&bed, false, false));
    cr_assert(commit(&bed));
    static const char *const parts[] = {"\"seed\": 18446744073709551615,",
                                        "\"replicates\": 20,",
                                        "\"replicates_asked\": 30,",
                                        "\"precision\": 0.25,",
                                        "\"started\": \"2023-11-14T22:13:20Z\",",
                                        "\"scenario\": \"tests/small.yaml\",",
                                        "\"overrides\": [],",
                                        "\"libraries\": {\"gsl\": \"",
                                        "\"command\": \"run\",",
                                        "\"replicate_rows\": false,",
                                        "\"firms\": 0,",
                                        "\"agent_steps\": 1234567,\n  \"files\": {\n",
                                        "\n    \"targets.csv\": \""};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        expect_part(&bed, "run.json", parts[i]);
    expect_part(&bed, "run.json", neobay_version);
    struct manifest manifest;
    cr_assert(manifest_read(&manifest, bed.folder.path, &bed.faults));
    cr_expect_eq(manifest.fingerprint, bed.made.scenario->fingerprint);
    manifest_clear(&manifest);
    end(&bed);
}

Test(results, another_scenario_is_refused_unless_forced)
{
    struct bed bed = begin();
    cr_assert(open_results(&bed, false, false));
    cr_assert(commit(&bed));
    bed.made.scenario->fingerprint++;
    cr_assert(!open_results(&bed, false, false));
    expect_fault(&bed, "holds the results of another scenario");
    cr_assert(open_results(&bed, false, true));
    cr_assert(commit(&bed));
    bed.made.scenario->fingerprint--;
    cr_assert(!open_results(&bed, false, false), "now it is the other's");
    expect_fault(&bed, "--force");
    end(&bed);
}

Test(results, files_of_somebody_else_are_not_overwritten)
{
    for (size_t i = 0; i < NAMES; i++) {
        struct bed bed = begin();
        folder_write(&bed.folder, names[i], "mine\n");
        cr_assert(!open_results(&bed, false, false), "%s", names[i]);
        expect_fault(&bed, names[i]);
        expect_part(&bed, names[i], "mine\n");
        end(&bed);
    }
}

Test(results, abandoned_they_leave_nothing)
{
    struct bed bed = begin();
    cr_assert(open_results(&bed, true, false));
    write_rows(&bed);
    results_abandon(&bed.results);
    cr_expect_eq(folder_count(bed.folder.path), 0);
    end(&bed);
}
