#include "bench/shell.h"

#include "bench/timing.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MOST_WORDS = 20 };

/* Runs the words; adds the seconds and the largest memory in megabytes. */
static bool run(char *const *words, double *seconds, double *megabytes)
{
    pid_t child;
    int status;
    struct rusage usage;
    double begun = timing_wall();
    if (posix_spawn(&child, words[0], NULL, NULL, words, environ) != 0 ||
        wait4(child, &status, 0, &usage) != child || status != 0) {
        fprintf(stderr, "%s %s failed\n", words[0], words[1]);
        return false;
    }
    *seconds = timing_wall() - begun;
    *megabytes = (double)usage.ru_maxrss / 1024;
    return true;
}

/* `neobay run SCENARIO --no-limits --quiet`, into a folder that goes again, with more words, NULL
 * at the end.
 */
static bool run_scenario(const char *program, const char *scenario, char *const *more,
                         double *seconds, double *megabytes)
{
    char folder[] = "/tmp/neobay-bench-XXXXXX", out[64];
    char *words[MOST_WORDS] = {(char *)program, "run", (char *)scenario, "--no-limits", "--quiet",
                               "--out",         out};
    if (mkdtemp(folder) == NULL)
        return false;
    snprintf(out, sizeof out, "%s/out", folder);
    for (size_t i = 0; more[i] != NULL; i++)
        words[7 + i] = more[i];
    bool ran = run(words, seconds, megabytes);
    char *clean[] = {"/bin/rm", "-rf", folder, NULL};
    double unused[2];
    return run(clean, &unused[0], &unused[1]) && ran;
}

static bool time_interactive(const char *program, const char *scenario)
{
    char *more[] = {"--replicates", "500", NULL};
    struct timing timing = {.name = "500 replicates, all written"};
    double megabytes = 0;
    for (size_t round = 0; round < TIMING_ROUNDS; round++)
        if (!run_scenario(program, scenario, more, &timing.at[round], &megabytes))
            return false;
    printf("from the shell (%s)               fastest     median\n", scenario);
    timing_print(&timing, "s; wanted under 0.5");
    return true;
}

static bool time_million(const char *program, const char *firms)
{
    char *more[] = {"--replicates",
                    "2",
                    "--set",
                    "incumbents.settled.count=1000000",
                    "--set",
                    "arrivals.movers.rate_per_year=80000",
                    NULL};
    double seconds, megabytes;
    if (!run_scenario(program, firms, more, &seconds, &megabytes))
        return false;
    printf("  a million firms, 2 replicates %14.1f s, %.0f MB at most; wanted under 2,000 MB\n",
           seconds, megabytes);
    return true;
}

bool bench_shell(const char *program, const char *scenario, const char *firms)
{
    return time_interactive(program, scenario) && time_million(program, firms);
}
