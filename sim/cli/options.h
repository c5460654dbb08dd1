/* The one table of commands and the one of options. Parsing, `neobay help`, `--help`, the man page
 * and the completion of bash derive from them. */
#ifndef NEOBAY_CLI_OPTIONS_H
#define NEOBAY_CLI_OPTIONS_H

#include "base/fault.h"

#include <stdint.h>

/* C(UPPER, lower, operand, what it does, in more words). An operand in [] may be left out. */
#define COMMAND_TABLE(C)                                                                           \
    C(RUN, run, "SCENARIO", "Run a scenario: the odds of its targets, and the CSVs",               \
      "Simulates many replicates of the scenario, writes what comes of them to a folder and "      \
      "prints "                                                                                    \
      "the odds of each target. The same scenario and seed give the same bytes on any machine "    \
      "and "                                                                                       \
      "with any number of threads.")                                                               \
    C(CHECK, check, "SCENARIO", "Say everything that is wrong with a scenario",                    \
      "Reads the scenario and all that it extends, with what was observed, and reports every "     \
      "fault "                                                                                     \
      "with its file, line and column. Runs nothing and writes nothing.")                          \
    C(SHOW, show, "SCENARIO", "Print the effective scenario",                                      \
      "Prints every value with its unit and the file and line, override or default it came from. " \
      "The output is itself a scenario that runs to the same bytes.")                              \
    C(PARAMS, params, "", "Print the table of every parameter",                                    \
      "Prints, section by section, the parameters that a scenario may set: unit, default, range, " \
      "meaning and the source of the default.")                                                    \
    C(INDICATORS, indicators, "", "Print the table of what is measured",                           \
      "Prints every indicator that targets and trajectories speak of: unit, dimension, meaning.")  \
    C(HELP, help, "[COMMAND]", "Explain a command and its options",                                \
      "Without a command, lists the commands.")

enum command_id {
#define COMMAND_ID(upper, ...) COMMAND_##upper,
    COMMAND_TABLE(COMMAND_ID)
#undef COMMAND_ID
        COMMAND_COUNT
};

enum option_kind { OPTION_FLAG, OPTION_WHOLE, OPTION_REAL, OPTION_WORDS };

#define IN(command)     (1u << COMMAND_##command)
#define IN_ALL_COMMANDS ((1u << COMMAND_COUNT) - 1)

/* O(UPPER, name, kind, argument, standard, lowest, highest, commands, what it does). The standard
 * is text as a user would give it, or words in () for one that depends on something. */
#define OPTION_TABLE(O)                                                                            \
    O(REPLICATES, "replicates", WHOLE, "N", "10000", 1, 1e7, IN(RUN),                              \
      "How many replicates to run")                                                                \
    O(SEED, "seed", WHOLE, "S", "1", 0, 18446744073709551615.0, IN(RUN), "Seed of all chance")     \
    O(THREADS, "threads", WHOLE, "T", "(as many as the machine has)", 1, 1024, IN(RUN),            \
      "Threads to run on; they do not change the results")                                         \
    O(OUT, "out", WORDS, "DIR", "(out/NAME for NAME.yaml)", 0, 0, IN(RUN),                         \
      "Folder of the results")                                                                     \
    O(SET, "set", WORDS, "path=value", "", 0, 0, IN(RUN) | IN(CHECK) | IN(SHOW),                   \
      "Override one value of the scenario; may be given many times")                               \
    O(PRECISION, "precision", REAL, "P", "(run all replicates)", 1e-5, 0.5, IN(RUN),               \
      "Stop when every target's 95 % half-width is at most P")                                     \
    O(DESIGN, "design", WORDS, "latin|plain", "latin", 0, 0, IN(RUN),                              \
      "Draw uncertain values by Latin hypercube over the replicates, or independently")            \
    O(QUIET, "quiet", FLAG, "", "", 0, 0, IN(RUN), "Print nothing but faults")                     \
    O(REPLICATE_ROWS, "replicate-rows", FLAG, "", "", 0, 0, IN(RUN),                               \
      "Also write replicates.csv: a row for each replicate")                                       \
    O(FIRMS, "firms", WHOLE, "K", "0", 0, 1e4, IN(RUN),                                            \
      "Also write firms.csv: every firm in every month of the first K replicates")                 \
    O(FORCE, "force", FLAG, "", "", 0, 0, IN(RUN), "Overwrite the results of another scenario")    \
    O(PLAIN, "plain", FLAG, "", "", 0, 0, IN(SHOW), "Leave out the comments")                      \
    O(MARKDOWN, "markdown", FLAG, "", "", 0, 0, IN(PARAMS), "Print Markdown")                      \
    O(JSON_SCHEMA, "json-schema", FLAG, "", "", 0, 0, IN(PARAMS),                                  \
      "Print a JSON Schema of scenarios, for editors")                                             \
    O(MAN, "man", FLAG, "", "", 0, 0, IN(HELP), "Print the man page (troff)")                      \
    O(COMPLETION, "completion", FLAG, "", "", 0, 0, IN(HELP), "Print the completion for bash")     \
    O(HELP, "help", FLAG, "", "", 0, 0, IN_ALL_COMMANDS, "Explain the command")                    \
    O(VERSION, "version", FLAG, "", "", 0, 0, IN_ALL_COMMANDS, "Print the version")

enum option_id {
#define OPTION_ID(upper, ...) OPTION_ID_##upper,
    OPTION_TABLE(OPTION_ID)
#undef OPTION_ID
        OPTION_ID_COUNT
};

struct command_row {
    const char *name, *operand, *says, *more;
};
extern const struct command_row command_rows[COMMAND_COUNT];

struct option_row {
    const char *name;
    enum option_kind kind;
    const char *argument, *standard;
    double lowest, highest;
    unsigned commands;
    const char *says;
};
extern const struct option_row option_rows[OPTION_ID_COUNT];

/* What was asked for. Words are borrowed from the command line. */
struct call {
    enum command_id command;
    const char *operand; /* NULL if left out */
    bool given[OPTION_ID_COUNT];
    uint64_t whole[OPTION_ID_COUNT]; /* of WHOLE options: as given, or the standard; else 0 */
    double real[OPTION_ID_COUNT];    /* of REAL options */
    const char *words[OPTION_ID_COUNT];
    const char **overrides; /* every --set; on the heap, call_clear frees it */
    size_t override_count;
};

/* Reads a command line (without the program's name). All faults are collected. Without a command
 * the call is one of help. Free with call_clear either way. */
bool call_read(struct call *call, int count, char *const *arguments, struct faults *faults);
void call_clear(struct call *call);

/* The command of this name, or COMMAND_COUNT with a fault that names the nearest. */
enum command_id command_find(const char *name, struct faults *faults);

bool command_needs_operand(enum command_id command);

#endif
