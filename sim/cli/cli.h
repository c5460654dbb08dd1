/* The command line: reads it, runs the command, prints, and says how it went. */
#ifndef NEOBAY_CLI_CLI_H
#define NEOBAY_CLI_CLI_H

#include "base/text.h"
#include "cli/options.h"

enum { EXIT_DIFFERS = 1, EXIT_INPUT = 2, EXIT_WORLD = 3, EXIT_SIGNAL = 128 };

/* Returns the exit code of the program: 0, EXIT_DIFFERS, EXIT_INPUT, EXIT_WORLD, EXIT_SIGNAL +
 * signal. */
int cli_main(int count, char **arguments);

/* Each command, command_run and so on: prints what it has to say and returns its exit code. */
#define COMMAND_FUNCTION(upper, lower, ...) int command_##lower(const struct call *call);
COMMAND_TABLE(COMMAND_FUNCTION)
#undef COMMAND_FUNCTION

/* Prints the faults to stderr, a line each, and frees them. Returns the exit code they ask for. */
int cli_report(struct faults *faults);

/* Prints a text to stdout and frees it. Returns an exit code. */
int cli_print(struct text *text);

/* Threads to simulate on: those asked for, or as many as there are. */
int cli_threads(const struct call *call);

#endif
