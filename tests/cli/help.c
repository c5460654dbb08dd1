#include "cli/help.h"

#include <criterion/criterion.h>
#include <string.h>

Test(help, each_command_lists_its_options_and_no_others)
{
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        struct text out = {0};
        if (c == COMMAND_HELP)
            continue;
        help_command((enum command_id)c, &out);
        for (size_t i = 0; i < OPTION_ID_COUNT; i++) {
            struct text line = {0};
            text_append(&line, "\n  --%s ", option_rows[i].name);
            bool belongs = (option_rows[i].commands >> c & 1) != 0;
            cr_expect_eq(strstr(out.bytes, line.bytes) != NULL, belongs, "%s %s",
                         command_rows[c].name, option_rows[i].name);
            text_clear(&line);
        }
        text_clear(&out);
    }
}

Test(help, man_page_and_completion_know_every_command_and_option)
{
    struct text man = {0}, completion = {0};
    help_man(&man);
    help_completion(&completion);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        struct text part = {0};
        text_append(&part, ".SS \"neobay %s", command_rows[i].name);
        cr_expect(strstr(man.bytes, part.bytes) != NULL, "%s", part.bytes);
        cr_expect(strstr(completion.bytes, command_rows[i].name) != NULL);
        text_clear(&part);
    }
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        cr_expect(strstr(completion.bytes, option_rows[i].name) != NULL);
    cr_expect(strstr(man.bytes, "\\fB\\-\\-replicate\\-rows\\fR\n") != NULL);
    cr_expect(strstr(man.bytes, "\\fB\\-\\-replicates\\fR \\fIN\\fR\n") != NULL);
    cr_expect(strstr(man.bytes, "(default 10000).\n") != NULL);
    text_clear(&man);
    text_clear(&completion);
}

Test(help, no_line_of_prose_is_too_long)
{
    struct text out = {0};
    help_command(COMMAND_RUN, &out);
    size_t column = 0;
    for (const char *c = out.bytes; strncmp(c, "\n  --", 5) != 0; c++) {
        column = *c == '\n' ? 0 : column + 1;
        cr_assert(column <= 78);
    }
    text_clear(&out);
}
