#include "cli/help.h"

#include "cli/cli.h"
#include "cli/grid.h"

#include <string.h>

enum { LINE_COLUMNS = 78 };

/* Appends words, broken into lines that fit. */
static void append_wrapped(const char *words, struct text *out)
{
    size_t column = 0;
    while (*words != '\0') {
        size_t length = strcspn(words, " ");
        bool fits = column == 0 || column + 1 + length <= LINE_COLUMNS;
        text_append(out, "%s%.*s", column == 0 ? "" : fits ? " " : "\n", (int)length, words);
        column = fits ? column + (column > 0) + length : length;
        words += length;
        words += strspn(words, " ");
    }
    text_append(out, "\n");
}

static void help_program(struct text *out)
{
    text_append(out, "neobay grows a district of firms month by month, many times over, and tells\n"
                     "the odds of a plan's targets.\n\nusage: neobay COMMAND [OPTIONS]\n\n");
    struct grid grid = {.align = "ll"};
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = &command_rows[i];
        grid_add(&grid, "%s%s%s", row->name, row->operand[0] == '\0' ? "" : " ", row->operand);
        grid_add(&grid, "%s", row->says);
    }
    grid_write(&grid, "", out);
    grid_clear(&grid);
    text_append(out,
                "\nneobay help COMMAND lists a command's options; neobay --version says which\n"
                "version this is.\n");
}

static void add_option(const struct option_row *row, struct grid *grid)
{
    bool has_standard = row->standard[0] != '\0';
    bool bracketed = row->standard[0] == '(';
    grid_add(grid, "--%s%s%s", row->name, row->argument[0] == '\0' ? "" : " ", row->argument);
    grid_add(grid, "%s%s%s%s", row->says, has_standard ? (bracketed ? " " : " (default ") : "",
             row->standard, has_standard && !bracketed ? ")" : "");
}

void help_command(enum command_id command, struct text *out)
{
    const struct command_row *row = &command_rows[command];
    if (command == COMMAND_HELP) {
        help_program(out);
        return;
    }
    text_append(out, "usage: neobay %s%s%s [OPTIONS]\n\n", row->name,
                row->operand[0] == '\0' ? "" : " ", row->operand);
    append_wrapped(row->more, out);
    struct grid grid = {.align = "ll"};
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        if ((option_rows[i].commands >> command & 1) != 0)
            add_option(&option_rows[i], &grid);
    text_append(out, "\n");
    grid_write(&grid, "", out);
    grid_clear(&grid);
}

int command_help(const struct call *call)
{
    struct text text = {0};
    struct faults faults = {0};
    enum command_id about = COMMAND_HELP;
    if (call->operand != NULL)
        about = command_find(call->operand, &faults);
    if (about == COMMAND_COUNT)
        return cli_report(&faults);
    if (call->given[OPTION_ID_MAN])
        help_man(&text);
    else if (call->given[OPTION_ID_COMPLETION])
        help_completion(&text);
    else
        help_command(about, &text);
    return cli_print(&text);
}
