#include "scratch.h"

#include "../fixture.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/neobay-test-XXXXXX";

void scratch_enter(void)
{
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    scratch_write("base.yaml", fixture_yaml);
}

void scratch_leave(void)
{
    DIR *listing = opendir(".");
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        unlink(entry->d_name);
    closedir(listing);
    cr_assert_eq(chdir("/"), 0);
    rmdir(folder);
}

void scratch_write(const char *file, const char *bytes)
{
    FILE *stream = fopen(file, "wb");
    cr_assert_not_null(stream);
    fputs(bytes, stream);
    fclose(stream);
}

static char *join(const struct faults *faults)
{
    struct text told = {0};
    text_append(&told, "%s", "");
    for (size_t i = 0; i < faults->count; i++)
        text_append(&told, "%s%s", i > 0 ? "\n" : "", faults->fault[i].message);
    return told.bytes;
}

struct scenario *scratch_load(const char *file, const char *override)
{
    struct faults faults = {0};
    struct scenario *scenario = scenario_load(file, &override, override != NULL, &faults);
    char *told = join(&faults);
    cr_assert_str_eq(told, "");
    cr_assert_not_null(scenario);
    free(told);
    faults_clear(&faults);
    return scenario;
}

struct scenario *scratch_extend(const char *more)
{
    struct text text = {0};
    text_append(&text, "extends: base.yaml\n%s", more);
    scratch_write("more.yaml", text.bytes);
    text_clear(&text);
    return scratch_load("more.yaml", NULL);
}

char *scratch_faults(const char *file, const char *override)
{
    struct faults faults = {0};
    struct scenario *scenario = scenario_load(file, &override, override != NULL, &faults);
    char *told = join(&faults);
    cr_expect((scenario == NULL) == (faults.count > 0));
    scenario_free(scenario);
    faults_clear(&faults);
    return told;
}

double scratch_value(const struct scenario *scenario, const char *path)
{
    size_t leaf = scenario_leaf(scenario, path);
    cr_assert_lt(leaf, scenario->leaf_count, "%s", path);
    return scenario->centre.value[leaf];
}

char *scratch_show(const struct scenario *scenario, bool comments)
{
    struct text shown = {0};
    scenario_show(scenario, comments, &shown);
    cr_assert_not(shown.failed);
    return shown.bytes;
}
