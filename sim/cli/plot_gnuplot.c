#include "cli/plot_gnuplot.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The scripts use what came with 5.4: keyentry, columnheaders, arrays of any length. */
enum { OLDEST_MAJOR = 5, OLDEST_MINOR = 4, MOST_ARGUMENTS = 16, NOT_THERE = 127 };

/* In the child: becomes gnuplot, silent but for the file or pipe `said`. */
static _Noreturn void become(char *const *arguments, int said)
{
    int nothing = open("/dev/null", O_RDWR);
    if (nothing >= 0)
        dup2(nothing, STDIN_FILENO);
    dup2(said, STDOUT_FILENO);
    dup2(said, STDERR_FILENO);
    execvp(arguments[0], arguments);
    _exit(NOT_THERE);
}

/* Waits for the child; its exit code, or -1 if a signal ended it. */
static int wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int run_silently(char *const *arguments, int said)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        become(arguments, said);
    return child < 0 ? -1 : wait_for(child);
}

/* ------------------------------------------------------------------ its version */

/* Reads "gnuplot 5.4 patchlevel 4". */
static bool ask_version(int *major, int *minor)
{
    char program[] = "gnuplot", option[] = "--version";
    char *const arguments[] = {program, option, NULL};
    FILE *said = tmpfile();
    bool ok = said != NULL && run_silently(arguments, fileno(said)) == 0;
    if (ok) {
        rewind(said);
        ok = fscanf(said, "gnuplot %d.%d", major, minor) == 2;
    }
    if (said != NULL)
        fclose(said);
    return ok;
}

bool gnuplot_check(struct faults *faults)
{
    int major = 0, minor = 0;
    if (!ask_version(&major, &minor))
        return fault_world(faults,
                           "gnuplot is not there or does not run; install it (Debian: apt install "
                           "gnuplot-nox fonts-wqy-microhei, or make plots), then again");
    if (major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR))
        return true;
    return fault_world(faults, "gnuplot %d.%d is too old; the pictures need %d.%d or newer", major,
                       minor, OLDEST_MAJOR, OLDEST_MINOR);
}

/* ------------------------------------------------------------------ a picture */

/* The last line of what gnuplot said that is not empty. */
static void last_line(const char *log, char *out, size_t size)
{
    FILE *stream = fopen(log, "re");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    snprintf(out, size, "it does not say why");
    while (stream != NULL && (length = getline(&line, &room, stream)) > 0)
        if (length > 1)
            snprintf(out, size, "%.*s", (int)length - 1, line);
    free(line);
    if (stream != NULL)
        fclose(stream);
}

bool gnuplot_run(const char *const *arguments, size_t count, const char *picture, const char *log,
                 struct faults *faults)
{
    char program[] = "gnuplot", plain[] = "-d", script[] = "-c";
    char *words[MOST_ARGUMENTS + 4] = {program, plain, script};
    ASSERT(count <= MOST_ARGUMENTS);
    for (size_t i = 0; i < count; i++)
        words[3 + i] = (char *)(size_t)arguments[i]; /* execvp changes nothing */
    int said = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (said < 0)
        return fault_world(faults, "cannot write %s: %s; nothing was drawn", log, strerror(errno));
    int code = run_silently(words, said);
    close(said);
    if (code == 0)
        return true;
    char why[256];
    last_line(log, why, sizeof why);
    const char *refused = strstr(why, ".csv: "); /* by the script: of what a table holds */
    if (refused != NULL)
        return fault_input(faults, (struct place){0}, "%s cannot be drawn: %s", picture,
                           refused + strlen(".csv: "));
    return fault_world(faults, "gnuplot could not draw %s: %s; nothing was kept", picture, why);
}

/* ------------------------------------------------------------------ the scripts */

static bool has_style(const char *folder)
{
    struct text path = {0};
    text_append(&path, "%s/style.gp", folder);
    bool there = !path.failed && access(path.bytes, R_OK) == 0;
    text_clear(&path);
    return there;
}

char *gnuplot_scripts(struct faults *faults)
{
    static const char *const places[] = {"plots", "../plots", "../../plots",
                                         "../share/neobay/plots"};
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length < 0 ? 0 : length] = '\0';
    char *slash = strrchr(program, '/');
    for (size_t i = 0; slash != NULL && i < sizeof places / sizeof *places; i++) {
        struct text path = {0};
        text_append(&path, "%.*s/%s", (int)(slash - program), program, places[i]);
        char *found = !path.failed && has_style(path.bytes) ? realpath(path.bytes, NULL) : NULL;
        text_clear(&path);
        if (found != NULL)
            return found;
    }
    fault_world(faults,
                "no scripts of pictures, plots/style.gp, near the program %s; install it "
                "with make install",
                program);
    return NULL;
}
