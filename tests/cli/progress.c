#include "cli/progress.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void expect_line(const struct progress *progress, size_t done, size_t total, double seconds,
                        const char *line)
{
    struct text out = {0};
    progress_describe(progress, done, total, seconds, &out);
    cr_expect_str_eq(out.bytes, line);
    text_clear(&out);
}

Test(progress, the_remaining_time_is_that_of_the_pace_so_far)
{
    struct progress progress = {0};
    expect_line(&progress, 2500, 10000, 30,
                " 25 %  2,500 of 10,000 replicates, about 1 min 30 s left");
    expect_line(&progress, 9999, 10000, 3, " 99 %  9,999 of 10,000 replicates, about 1.0 s left");
    progress.may_end_soon = true;
    expect_line(&progress, 1, 4, 4, " 25 %  1 of 4 replicates, at most 12 s left");
}

Test(progress, no_guess_without_a_pace)
{
    struct progress progress = {0};
    expect_line(&progress, 0, 10000, 30, "  0 %  0 of 10,000 replicates");
    expect_line(&progress, 100, 10000, 1.9, "  1 %  100 of 10,000 replicates");
    expect_line(&progress, 10000, 10000, 30, "100 %  10,000 of 10,000 replicates");
}

Test(progress, a_bar_has_its_length_and_its_colour)
{
    struct progress progress = {.bar = true};
    expect_line(&progress, 1, 2, 0, "████████████············  50 %  1 of 2 replicates");
    progress.colour = true;
    expect_line(&progress, 1, 24, 0,
                "\033[36m█·······················\033[0m   4 %  1 of 24 replicates");
}

/* Lines into a stream that is no terminal. */
static char *lines_of_run(bool quiet, double started_before_s)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *stream = tmpfile();
    struct progress progress;
    progress_begin(&progress, quiet ? NULL : stream, false);
    progress.last -= started_before_s;
    for (size_t done = 1; done <= 100; done++) {
        progress_update(&progress, done, 100);
        progress.last -= started_before_s / 10;
    }
    cr_expect(progress_end(&progress) >= 0);
    length = (size_t)ftell(stream);
    bytes = calloc(length + 1, 1);
    rewind(stream);
    cr_assert_eq(fread(bytes, 1, length, stream), length);
    fclose(stream);
    return bytes;
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += *text == '\n';
    return count;
}

Test(progress, without_a_terminal_a_line_each_tenth_at_most)
{
    char *text = lines_of_run(false, 60);
    cr_expect_eq(count_lines(text), 9, "%s", text);
    cr_expect(strstr(text, " 10 %  10 of 100 replicates") == text);
    cr_expect(strchr(text, '\r') == NULL && strchr(text, '\033') == NULL);
    free(text);
}

Test(progress, a_short_or_a_quiet_run_says_nothing)
{
    char *text = lines_of_run(false, 0);
    cr_expect_str_empty(text);
    free(text);
    text = lines_of_run(true, 60);
    cr_expect_str_empty(text);
    free(text);
}
