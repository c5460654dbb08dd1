/* The man page and the completion; see help.h. */
#include "cli/help.h"

#include "store/version.h"

#include <string.h>

/* ------------------------------------------------------------------ man page */

/* Appends words as troff takes them: hyphens that can be copied, no leading dot. */
static void troff(const char *words, struct text *out)
{
    if (*words == '.' || *words == '\'')
        text_append(out, "\\&");
    for (; *words != '\0'; words++) {
        if (*words == '-')
            text_append(out, "\\-");
        else if (*words == '\\')
            text_append(out, "\\e");
        else
            text_append(out, "%c", *words);
    }
}

static void troff_option(const struct option_row *row, struct text *out)
{
    text_append(out, ".TP\n\\fB\\-\\-");
    troff(row->name, out);
    text_append(out, "\\fR");
    if (row->argument[0] != '\0')
        text_append(out, " \\fI%s\\fR", row->argument);
    text_append(out, "\n");
    troff(row->says, out);
    if (row->standard[0] != '\0') {
        bool bracketed = row->standard[0] == '(';
        text_append(out, bracketed ? " " : " (default ");
        troff(row->standard, out);
        text_append(out, bracketed ? "" : ")");
    }
    text_append(out, ".\n");
}

static void troff_command(enum command_id command, struct text *out)
{
    const struct command_row *row = &command_rows[command];
    text_append(out, ".SS \"neobay %s%s%s\"\n", row->name, row->operand[0] == '\0' ? "" : " ",
                row->operand);
    troff(row->says, out);
    text_append(out, ".\n");
    troff(row->more, out);
    text_append(out, "\n");
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        if ((option_rows[i].commands >> command & 1) != 0 && i != OPTION_ID_HELP &&
            i != OPTION_ID_VERSION)
            troff_option(&option_rows[i], out);
}

static const char man_tail[] =
    ".SH FILES\n"
    "A run writes to its folder targets.csv, trajectories.csv, first\\-reached.csv, columns.csv\n"
    "(what each column means), scenario.yaml (the effective scenario) and run.json, and on "
    "request\n"
    "replicates.csv and firms.csv: all of them, or none.\n"
    ".PP\n"
    "A batch writes points.csv, targets.csv and indicators.csv, with what each point has more than "
    "the\none it is held against; of a sampled design sensitivity.csv, which ranks the axes; "
    "levers "
    "besides\nthem levers.csv and shapley.csv; columns.csv, run.json, a\ncopy of the batch file, "
    "and store.db, from which it can be resumed.\n"
    ".SH EXIT STATUS\n"
    ".TP\n0\nAll went well.\n"
    ".TP\n1\nWhat rerun, verify or replay found is not what it was.\n"
    ".TP\n2\nSomething in the scenario or on the command line is wrong; nothing was written.\n"
    ".TP\n3\nMemory, disk or another part of the world failed; what was kept is said.\n"
    ".TP\n129, 130, 143\nHang\\-up, Ctrl\\-C or a termination signal ended a run; nothing was "
    "written.\nA batch keeps what is done.\n"
    ".SH ENVIRONMENT\n"
    ".TP\nNO_COLOR\nIf set and not empty, nothing is coloured.\n"
    ".TP\nOMP_NUM_THREADS\nThreads to run on where \\-\\-threads is not given.\n";

void help_man(struct text *out)
{
    text_append(out, ".TH NEOBAY 1 \"\" \"neobay %s\" \"User Commands\"\n", neobay_version);
    text_append(out, ".SH NAME\nneobay \\- the odds of a district's plan, by simulation\n");
    text_append(out, ".SH SYNOPSIS\n.B neobay\n\\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n");
    text_append(out, ".SH DESCRIPTION\n"
                     "neobay grows a district of firms month by month, many times over, and tells\n"
                     "the odds of a plan's targets. A district, its plan and what is not known of\n"
                     "them are a scenario, a YAML file.\n.SH COMMANDS\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        troff_command((enum command_id)i, out);
    text_append(out, "%s", man_tail);
}

/* ------------------------------------------------------------------ completion */

static void append_options(enum command_id command, struct text *out)
{
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        if ((option_rows[i].commands >> command & 1) != 0)
            text_append(out, " --%s", option_rows[i].name);
}

/* After an option with a value no option is offered: folders after --out, else nothing. */
static void append_values(struct text *out)
{
    text_append(
        out, "    case $before in\n    --out) COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n"
             "    ");
    bool first = true;
    for (size_t i = 0; i < OPTION_ID_COUNT; i++) {
        if (option_rows[i].kind == OPTION_FLAG || i == OPTION_ID_OUT)
            continue;
        text_append(out, "%s--%s", first ? "" : " | ", option_rows[i].name);
        first = false;
    }
    text_append(out, ") return ;;\n    esac\n");
}

static void append_command_cases(struct text *out)
{
    text_append(out, "    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        text_append(out, "    %s) options='", command_rows[i].name);
        append_options((enum command_id)i, out);
        text_append(out, "' ;;\n");
    }
    text_append(out, "    esac\n");
}

void help_completion(struct text *out)
{
    text_append(out, "# Completion of neobay for bash.\n_neobay()\n{\n"
                     "    local word=${COMP_WORDS[COMP_CWORD]} "
                     "before=${COMP_WORDS[COMP_CWORD-1]} options=\n"
                     "    local commands='");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        text_append(out, "%s%s", i > 0 ? " " : "", command_rows[i].name);
    text_append(out,
                "'\n    if ((COMP_CWORD == 1)); then\n"
                "        COMPREPLY=($(compgen -W \"$commands --help --version\" -- \"$word\"))\n"
                "        return\n    fi\n");
    append_values(out);
    append_command_cases(out);
    text_append(out, "    if [[ $word == -* ]]; then\n"
                     "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
                     "    elif [[ ${COMP_WORDS[1]} == help ]]; then\n"
                     "        COMPREPLY=($(compgen -W \"$commands\" -- \"$word\"))\n"
                     "    else\n"
                     "        COMPREPLY=($(compgen -f -X '!*.y*ml' -- \"$word\") "
                     "$(compgen -d -S / -- \"$word\"))\n"
                     "    fi\n}\n"
                     "complete -o filenames -F _neobay neobay\n");
}
