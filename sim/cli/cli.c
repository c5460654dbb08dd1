#include "cli/cli.h"

#include "engine/pool.h"

#include "cli/help.h"
#include "store/version.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int cli_report(struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        fprintf(stderr, "%s\n", faults->fault[i].message);
    if (faults->truncated)
        fprintf(stderr, "out of memory while reporting what is wrong\n");
    int code = 0;
    if (faults->truncated || faults->kind == FAULT_WORLD)
        code = EXIT_WORLD;
    else if (faults->kind == FAULT_INPUT)
        code = EXIT_INPUT;
    faults_clear(faults);
    return code;
}

int cli_print(struct text *text)
{
    struct faults faults = {0};
    if (text->failed)
        fault_memory(&faults, "preparing what is printed");
    else if (text->length > 0 &&
             (fwrite(text->bytes, 1, text->length, stdout) != text->length || fflush(stdout) != 0))
        fault_world(&faults, "cannot write to standard output: %s", strerror(errno));
    text_clear(text);
    return cli_report(&faults);
}

static int run_command(const struct call *call)
{
    switch (call->command) {
#define COMMAND_CASE(upper, lower, ...)                                                            \
    case COMMAND_##upper:                                                                          \
        return command_##lower(call);
        COMMAND_TABLE(COMMAND_CASE)
#undef COMMAND_CASE
    case COMMAND_COUNT:
        break;
    }
    return EXIT_INPUT;
}

static int answer(const struct call *call)
{
    struct text text = {0};
    if (call->given[OPTION_ID_VERSION]) {
        text_append(&text, "neobay %s (%s)\n", neobay_version, neobay_commit);
        return cli_print(&text);
    }
    if (call->given[OPTION_ID_HELP]) {
        help_command(call->command, &text);
        return cli_print(&text);
    }
    return run_command(call);
}

int cli_main(int count, char **arguments)
{
    struct call call;
    struct faults faults = {0};
    bool understood = call_read(&call, count > 0 ? count - 1 : 0, arguments + 1, &faults);
    int code = understood ? answer(&call) : cli_report(&faults);
    call_clear(&call);
    faults_clear(&faults);
    return code;
}

int cli_threads(const struct call *call)
{
    return pool_threads(call->given[OPTION_ID_THREADS] ? (int)call->whole[OPTION_ID_THREADS] : 0);
}
