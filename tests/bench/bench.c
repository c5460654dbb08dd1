/* How fast the program is: `make bench`. See docs/performance.md.
 *
 * Usage: bench NEOBAY SCENARIO FIRMS. NEOBAY is the program, SCENARIO the plan, FIRMS a scenario
 * like tests/bench/firms.yaml. An agent-step is one firm or project in one month. Timings are of
 * this machine in this run; compare them with each other, not with other runs.
 */
#include "bench/batch.h"
#include "bench/branches.h"
#include "bench/phases.h"
#include "bench/rivals.h"
#include "bench/scaling.h"
#include "bench/shell.h"
#include "model/kernels/kernels.h"

#include <stdio.h>
#include <stdlib.h>

int main(int count, char **argument)
{
    struct faults faults = {0};
    if (count != 4) {
        fprintf(stderr, "usage: bench NEOBAY SCENARIO FIRMS\n");
        return EXIT_FAILURE;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    struct scenario *scenario = scenario_load(argument[2], NULL, 0, &faults);
    printf("%s, kernels for %s\n", argument[2], kernels_supported(0)->name);
    bool ran = scenario != NULL && bench_rivals(scenario, &faults) &&
               bench_phases(scenario, &faults) && bench_scaling(argument[3], &faults) &&
               bench_shell(argument[1], argument[2], argument[3]) &&
               bench_batch(argument[2], &faults) && bench_branches(argument[2], &faults);
    for (size_t i = 0; i < faults.count; i++)
        fprintf(stderr, "%s\n", faults.fault[i].message);
    faults_clear(&faults);
    scenario_free(scenario);
    return ran ? EXIT_SUCCESS : EXIT_FAILURE;
}
