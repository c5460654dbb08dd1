/* run.json read back: every member, and what is wrong with it. */
#include "store/manifest.h"

#include "store/folder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char json[] =
    "{\n  \"program\": \"neobay\", \"version\": \"0.1.0\", \"commit\": \"abc\",\n"
    "  \"command\": \"run\", \"scenario\": \"a \\\"b\\\"\\u0007.yaml\",\n"
    "  \"fingerprint\": \"cfc80502bf660ec2\", \"overrides\": [\"a.b=1\", \"c={d: [1, 2]}\"],\n"
    "  \"seed\": 18446744073709551615, \"replicates\": 250, \"replicates_asked\": 300,\n"
    "  \"precision\": 0.025, \"design\": \"latin\", \"strata\": 100, \"threads\": 2,\n"
    "  \"replicate_rows\": true, \"firms\": 7, \"compiler\": \"tcc 1\",\n"
    "  \"libraries\": {\"gsl\": \"2.7.1\"},\n"
    "  \"files\": {\"targets.csv\": \"00000000000000ff\", \"columns.csv\": "
    "\"0123456789abcdef\"}\n}\n";

/* Reads the text with `from` replaced by `to`. */
static bool read_changed(struct manifest *manifest, const char *from, const char *to,
                         struct faults *faults)
{
    struct folder folder = folder_make();
    struct text text = {0};
    const char *at = strstr(json, from);
    cr_assert(at != NULL, "%s", from);
    text_append(&text, "%.*s%s%s", (int)(at - json), json, to, at + strlen(from));
    folder_write(&folder, "run.json", text.bytes);
    bool ok = manifest_read(manifest, folder.path, faults) && manifest_can_repeat(manifest, faults);
    if (!ok)
        manifest_clear(manifest);
    text_clear(&text);
    folder_remove(&folder);
    return ok;
}

Test(manifest, reads_every_member)
{
    struct manifest manifest;
    struct faults faults = {0};
    uint64_t digest = 0;
    cr_assert(read_changed(&manifest, "tcc 1", "tcc 2", &faults), "%s",
              faults.count > 0 ? faults.fault[0].message : "");
    const struct run_record *record = &manifest.record;
    cr_expect(manifest_is_run(&manifest));
    cr_expect_str_eq(record->scenario_file, "a \"b\"\a.yaml");
    cr_expect_eq(manifest.fingerprint, UINT64_C(0xcfc80502bf660ec2));
    cr_expect_eq(record->override_count, 2);
    cr_expect_str_eq(record->overrides[1], "c={d: [1, 2]}");
    cr_expect_eq(record->seed, UINT64_MAX);
    cr_expect(record->replicates == 250 && record->replicates_asked == 300);
    cr_expect(record->precision == 0.025 && record->strata == 100);
    cr_expect(record->replicate_rows && record->firms == 7);
    cr_expect_str_eq(manifest.maker[0].version, "tcc 2");
    cr_expect_str_eq(manifest.maker[1].version, "2.7.1");
    cr_expect_null(manifest.maker[2].version);
    cr_expect(manifest_digest(&manifest, "columns.csv", &digest));
    cr_expect_eq(digest, UINT64_C(0x0123456789abcdef));
    cr_expect(!manifest_digest(&manifest, "firms.csv", &digest));
    manifest_clear(&manifest);
}

Test(manifest, says_what_is_wrong)
{
    static const struct {
        const char *from, *to, *says;
    } cases[] = {
        {"\"run\"", "\"library\"", "were saved by a program through the library"},
        {"\"run\"", "\"batch\"", "no member shard"},
        {"\"run\"", "7", ":3:14: command is not a text in quotes"},
        {"true", "1", "replicate_rows is not true or false"},
        {"0.025", "some", "precision is not a number"},
        {"18446744073709551615", "18446744073709551616", "seed is not a whole number below 2^64"},
        {"[\"a.b=1\", \"c={d: [1, 2]}\"]", "\"a.b=1\"", "overrides is not a list"},
        {"\"a.b=1\"", "[1]", "overrides is not a list of texts"},
        {"\"strata\": 100", "\"strata\": 300", "strata is not 0 or 100"},
        {"\"replicates\": 250", "\"replicates\": 301", "replicates is not replicates_asked or"},
        {"\"replicates_asked\": 300", "\"replicates_asked\": 0", "is not within [1, 10000000]"},
        {"00ff\"", "00fg\"", "targets.csv is not a digest of 16 hexadecimal digits"},
        {"\"files\": {", "\"files\": 3, \"other\": {", "files is not an object"},
        {"cfc80502bf660ec2", "cfc8", "fingerprint is not a digest"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct manifest manifest;
        struct faults faults = {0};
        cr_expect(!read_changed(&manifest, cases[i].from, cases[i].to, &faults), "%s",
                  cases[i].says);
        cr_assert_gt(faults.count, 0);
        cr_expect_eq(faults.kind, FAULT_INPUT);
        cr_expect(strstr(faults.fault[0].message, cases[i].says) != NULL, "%s\nsays not\n%s",
                  faults.fault[0].message, cases[i].says);
        faults_clear(&faults);
    }
}
