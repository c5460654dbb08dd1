/* Help, man page and completion, all from the tables of commands and options. */
#ifndef NEOBAY_CLI_HELP_H
#define NEOBAY_CLI_HELP_H

#include "base/text.h"
#include "cli/options.h"

/* Appends what a command does and its options; for COMMAND_HELP the list of commands. */
void help_command(enum command_id command, struct text *out);

/* Appends neobay(1) in troff with man macros. */
void help_man(struct text *out);

/* Appends a completion for bash. */
void help_completion(struct text *out);

#endif
