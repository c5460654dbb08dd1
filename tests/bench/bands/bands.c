/* Bands of probabilities against nested Monte Carlo.
 *
 * Usage: bench-bands DRAWS INNER SCENARIO...
 * For each target that has a band in a run of 10,000 replicates, and each of its numbers: what the
 * run says, what DRAWS parameter draws with INNER replicates each say, both with 95 % intervals,
 * and whether the two overlap. Ends with how many do.
 */
#include "support/nested.h"

#include <stdio.h>
#include <stdlib.h>

enum { REPLICATES = 10000, RUN_SEED = 1, NESTED_SEED = 77 };

static const char *const names[NESTED_NUMBERS] = {"5 % below", "5 % above", "draws below 1 %",
                                                  "draws above 50 %"};

struct tally {
    size_t agree, all;
};

static void print_number(struct band_number number)
{
    printf("  %6.2f (%6.2f – %6.2f)", 100.0 * number.value, 100.0 * number.low,
           100.0 * number.high);
}

static void compare(const struct scenario *scenario, const struct bands *bands,
                    const struct nested *nested, struct tally *tally)
{
    for (size_t t = 0; t < bands->count; t++)
        for (size_t i = 0; i < NESTED_NUMBERS && bands->band[t].told; i++) {
            struct band_number said = nested_of_band(&bands->band[t], i);
            struct band_number found = nested_number(nested, t, i);
            bool agrees = nested_agrees(said, found);
            printf("  %-20s %-16s", panel_target_name(scenario, t), names[i]);
            print_number(said);
            print_number(found);
            printf("  %s\n", agrees ? "" : "apart");
            tally->agree += agrees;
            tally->all++;
        }
}

static bool try_scenario(const char *file, size_t draws, size_t inner, struct tally *tally)
{
    struct faults faults = {0};
    struct bands bands = {0};
    struct nested nested = {0};
    struct scenario *scenario = scenario_load(file, NULL, 0, &faults);
    bool ok = scenario != NULL && nested_bands(&bands, scenario, RUN_SEED, REPLICATES, &faults) &&
              nested_run(&nested, scenario, NESTED_SEED, draws, inner, &faults);
    if (ok) {
        printf("%s, in %%: a run, nested Monte Carlo\n", file);
        compare(scenario, &bands, &nested, tally);
    } else {
        fprintf(stderr, "%s: %s\n", file, faults.count > 0 ? faults.fault[0].message : "no memory");
    }
    bands_clear(&bands);
    nested_clear(&nested);
    scenario_free(scenario);
    faults_clear(&faults);
    return ok;
}

int main(int count, char **word)
{
    struct tally tally = {0};
    if (count < 4) {
        fprintf(stderr, "usage: bench-bands DRAWS INNER SCENARIO...\n");
        return 2;
    }
    for (int i = 3; i < count; i++)
        if (!try_scenario(word[i], strtoul(word[1], NULL, 10), strtoul(word[2], NULL, 10), &tally))
            return 1;
    printf("%zu of %zu intervals overlap\n", tally.agree, tally.all);
    return 0;
}
