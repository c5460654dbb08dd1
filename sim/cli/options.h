/* The one table of commands and the one of options. Parsing, `neobay help`, `--help`, the man page
 * and the completion of bash derive from them. */
#ifndef NEOBAY_CLI_OPTIONS_H
#define NEOBAY_CLI_OPTIONS_H

#include "base/fault.h"

#include <stdint.h>

/* C(UPPER, lower, operand, what it does, in more words). An operand in [] may be left out; one that
 * ends with ... may be followed by more of its kind. */
#define COMMAND_TABLE(C)                                                                           \
    C(RUN, run, "SCENARIO", "Run a scenario: the odds of its targets, and the CSVs",               \
      "Simulates many replicates of the scenario, writes what comes of them to a folder and "      \
      "prints "                                                                                    \
      "the odds of each target. The same scenario and seed give the same bytes on any machine "    \
      "and "                                                                                       \
      "with any number of threads.")                                                               \
    C(ODDS, odds, "SCENARIO", "The odds of one target, from a tenth of the replicates",            \
      "Looks at many replicates before they are lived, lives those in which the target is open, "  \
      "and estimates its odds without bias; see docs/decisions/0010-screening.md. It writes "      \
      "odds.csv and prints how many plain replicates would know the odds as well.")                \
    C(CHECK, check, "SCENARIO", "Say everything that is wrong with a scenario",                    \
      "Reads the scenario and all that it extends, with what was observed, and reports every "     \
      "fault "                                                                                     \
      "with its file, line and column, warns of what may not be meant, and says where the "        \
      "district starts. Writes nothing.")                                                          \
    C(FACTS, facts, "SCENARIO",                                                                    \
      "Hold a scenario against what is known of firms and of its district",                        \
      "Follows the firms of some replicates and holds them against the stylised facts of firms, "  \
      "and ten times as many replicates against what was observed of the district. Prints each "   \
      "fact with its range and source, what is simulated, and whether it is inside, and writes "   \
      "stylised.csv.")                                                                             \
    C(BATCH, batch, "BATCH", "Run many scenarios under the same luck, and hold them together",     \
      "Runs the scenarios that a batch file lists, or those of a design over any of a scenario's " \
      "paths, replicate by replicate with the same draws, and writes points.csv, targets.csv and " \
      "indicators.csv with paired differences. It can be ended at any moment and resumed.")        \
    C(LEVERS, levers, "SCENARIO", "What each lever and action of the plan is worth",               \
      "Runs the plan, no plan, each lever alone and taken out, and all sets of the plan's "        \
      "actions under the same luck, ranks them and writes levers.csv and shapley.csv besides the " \
      "files of a batch.")                                                                         \
    C(MERGE, merge, "OUT PART...", "Put the parts of a batch together",                            \
      "Puts the parts that neobay batch --shard i/n, or levers, ran anywhere together in the "     \
      "folder OUT, with the tables of the whole.")                                                 \
    C(COMPARE, compare, "RUN RUN...", "Hold runs that are done against each other",                \
      "Holds the runs in the folders against the first of them, target by target: replicate by "   \
      "replicate where they have the same seed and replicates.csv, else as independent runs.")     \
    C(RERUN, rerun, "RUN", "Repeat a run or batch, and say whether the same comes of it",          \
      "Runs again what the folder holds, as its run.json says, from its own scenario.yaml, into "  \
      "RUN-rerun, and compares all files byte for byte. Exits 1 if any differs. A batch is read "  \
      "again from its batch file.")                                                                \
    C(VERIFY, verify, "RUN", "Repeat a part of a run or batch, and say what differs where",        \
      "Holds the files of the folder against the digests in its run.json, and lives a sample of "  \
      "its blocks of 100 replicates again, of a batch those of its store. Says which block, "      \
      "replicate, month and indicator differ first, and exits 1. Nothing is written.")             \
    C(REPLAY, replay, "RUN", "Tell one replicate of a run, month by month and event by event",     \
      "Lives one replicate of the run again and writes, into RUN/replay-K/, every month's "        \
      "indicators and every event of every firm; with --firm also the months of one firm, whose "  \
      "life it prints in words. neobay plot RUN/replay-K draws it.")                               \
    C(PLOT, plot, "RUN...", "Draw what the results in a folder tell",                              \
      "Draws, with gnuplot, every picture that the CSV files of a run or batch allow, as SVG and " \
      "PNG, into RUN/plots/: fan, odds, first-reached, convergence, pipeline, bottlenecks, "       \
      "limits, facts (with --firms), firm, levers, heatmap (two axes), delay (one axis), list "    \
      "(no axis), sensitivity (a sampled design) and comparison. Runs that are drawn together "    \
      "stand side by side in odds. What cannot be drawn is left out, and told.")                   \
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
#define IN_BATCHES      (IN(BATCH) | IN(LEVERS))
#define IN_AGAIN        (IN(RERUN) | IN(VERIFY) | IN(REPLAY))
#define IN_ALL_COMMANDS ((1u << COMMAND_COUNT) - 1)

/* O(UPPER, name, kind, argument, standard, lowest, highest, commands, what it does). The standard
 * is text as a user would give it, or words in () for one that depends on something. */
#define OPTION_TABLE(O)                                                                            \
    O(REPLICATES, "replicates", WHOLE, "N", "10000", 1, 1e7,                                       \
      IN(RUN) | IN(FACTS) | IN(ODDS) | IN_BATCHES,                                                 \
      "How many replicates to run; of odds 1000; of facts 20; of each point of a batch as its "    \
      "file says, else "                                                                           \
      "1000")                                                                                      \
    O(SEED, "seed", WHOLE, "S", "1", 0, 18446744073709551615.0,                                    \
      IN(RUN) | IN(FACTS) | IN(ODDS) | IN_BATCHES, "Seed of all chance")                           \
    O(THREADS, "threads", WHOLE, "T", "(as many as the machine has)", 1, 1024,                     \
      IN(RUN) | IN(FACTS) | IN(ODDS) | IN_BATCHES | IN(MERGE) | IN(RERUN) | IN(VERIFY),            \
      "Threads to run on; they do not change the results")                                         \
    O(OUT, "out", WORDS, "DIR", "(out/NAME for NAME.yaml; RUN-rerun; RUN/replay-K)", 0, 0,         \
      IN(RUN) | IN(FACTS) | IN(ODDS) | IN_BATCHES | IN(COMPARE) | IN(RERUN) | IN(REPLAY),          \
      "Folder of the results")                                                                     \
    O(SET, "set", WORDS, "path=value", "", 0, 0,                                                   \
      IN(RUN) | IN(FACTS) | IN(ODDS) | IN(CHECK) | IN(SHOW) | IN(LEVERS),                          \
      "Override one value of the scenario; may be given many times")                               \
    O(PRECISION, "precision", REAL, "P", "(run all replicates)", 1e-5, 0.5, IN(RUN) | IN_BATCHES,  \
      "Stop when every target's 95 % half-width is at most P")                                     \
    O(DESIGN, "design", WORDS, "latin|plain", "latin", 0, 0, IN(RUN) | IN_BATCHES,                 \
      "Draw uncertain values by Latin hypercube over the replicates, or independently")            \
    O(QUIET, "quiet", FLAG, "", "", 0, 0,                                                          \
      IN(RUN) | IN(FACTS) | IN(ODDS) | IN(PLOT) | IN_BATCHES | IN(MERGE) | IN(COMPARE) | IN_AGAIN, \
      "Print nothing but faults, and what differs")                                                \
    O(DRY_RUN, "dry-run", FLAG, "", "", 0, 0, IN_BATCHES,                                          \
      "Check everything, list the points and say how long they would take; run nothing")           \
    O(RESUME, "resume", FLAG, "", "", 0, 0, IN(RUN) | IN(ODDS) | IN_BATCHES,                       \
      "Go on where an earlier call with the same --out was ended, or with more replicates")        \
    O(SHARD, "shard", WORDS, "i/n", "(all of it)", 0, 0, IN_BATCHES,                               \
      "Run part i of n; neobay merge puts the parts together")                                     \
    O(PARTIAL, "partial", FLAG, "", "", 0, 0, IN(MERGE),                                           \
      "Put together what there is, although parts are missing")                                    \
    O(BEST, "best", WORDS, "TARGET", "(no search)", 0, 0, IN(BATCH),                               \
      "Look for the point that likeliest meets this target; replicates go where it is open")       \
    O(CONFIDENCE, "confidence", REAL, "C", "(0.95)", 0.5, 0.9999, IN(BATCH),                       \
      "With --best: how sure to be of the choice")                                                 \
    O(INDIFFERENCE, "indifference", REAL, "D", "(0.01)", 0, 0.5, IN(BATCH),                        \
      "With --best: probabilities this near to the best are as good")                              \
    O(UNBRANCHED, "unbranched", FLAG, "", "", 0, 0, IN_BATCHES,                                    \
      "Simulate each point from the start, also what it shares with others; the same bytes")       \
    O(PERMUTATIONS, "permutations", WHOLE, "N", "0", 0, 10000, IN(LEVERS),                         \
      "Shapley values of single levers too, over N random orders")                                 \
    O(REPLICATE_ROWS, "replicate-rows", FLAG, "", "", 0, 0, IN(RUN),                               \
      "Also write replicates.csv: a row for each replicate")                                       \
    O(FIRMS, "firms", WHOLE, "K", "0", 0, 1e4, IN(RUN),                                            \
      "Also write firms.csv: every firm in every month of the first K replicates")                 \
    O(NO_LIMITS, "no-limits", FLAG, "", "", 0, 0, IN(RUN),                                         \
      "Leave out what targets gain where limits are lifted, and limits.csv; a quarter faster")     \
    O(FULL, "full", FLAG, "", "", 0, 0, IN(VERIFY), "Repeat all blocks, and of a run all files")   \
    O(BLOCKS, "blocks", WHOLE, "N", "5", 0, 1e7, IN(VERIFY),                                       \
      "How many blocks to repeat, evenly spread; 0: look at the files alone")                      \
    O(REPLICATE, "replicate", WHOLE, "K", "0", 0, 1e7, IN(REPLAY), "Which replicate, from 0")      \
    O(FORCE, "force", FLAG, "", "", 0, 0,                                                          \
      IN(RUN) | IN(FACTS) | IN(ODDS) | IN_BATCHES | IN(MERGE) | IN(COMPARE) | IN(RERUN) |          \
          IN(REPLAY),                                                                              \
      "Overwrite the results of another scenario or batch, and files that are not of neobay")      \
    O(LANGUAGE, "language", WORDS, "en|zh", "en", 0, 0, IN(PLOT), "Language of the pictures")      \
    O(PICTURE, "picture", WORDS, "NAME", "(all that can be drawn)", 0, 0, IN(PLOT),                \
      "Draw this picture alone")                                                                   \
    O(TARGET, "target", WORDS, "NAME", "(what moves most)", 0, 0, IN(PLOT) | IN(ODDS),             \
      "Target that levers and heatmap show; that odds are asked of, else the first joint one")     \
    O(FIRM, "firm", WORDS, "ID", "(none; of plot that of firm.csv)", 0, 0, IN(PLOT) | IN(REPLAY),  \
      "Firm whose life is told, or of firms.csv drawn: where it comes from, month, rank")          \
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
    const char *operand;   /* NULL if left out */
    const char **operands; /* all of them, operand_count; on the heap like the overrides */
    size_t operand_count;
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
