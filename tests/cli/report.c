#include "cli/report.h"

#include "store/made.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct run_record record = {.scenario_file = "tests/small.yaml",
                                         .seed = 7,
                                         .replicates = MADE_REPLICATES,
                                         .replicates_asked = 10000,
                                         .threads = 2,
                                         .precision = 0.25,
                                         .seconds = 83,
                                         .agent_steps = 1000000000};

static struct text report_of(const struct made *made, bool colour)
{
    struct text out = {0};
    report_write(&(struct run_report){.summary = &made->summary,
                                      .bands = &(struct bands){0},
                                      .observed = &made->observed,
                                      .record = &record,
                                      .folder = "out/small",
                                      .colour = colour},
                 &out);
    cr_assert(!out.failed);
    return out;
}

static void expect_parts(const char *text, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cr_expect(strstr(text, parts[i]) != NULL, "no \"%s\" in\n%s", parts[i], text);
}

Test(report, says_all_that_a_user_asks_for)
{
    static const char *const parts[] = {
        "A small district\n2021-01 to 2022-12, 20 replicates, seed 7\n",
        "  firms_110     firms         2022-12              ≥ 110  50.0 %  29.9 – 70.1 %  ",
        "     109      100 – 118          5\n",
        "2022-01–2022-12        ≤ 9     0 %     0 – 16.1 %      10",
        "  both    firms_110 output_4000  50.0 %  29.9 – 70.1 %\n",
        "2021-06  firms            85       9  0.003 – 18  above\n",
        "Stopped before 10,000 replicates: every target is known within ±0.25\n",
        "20 replicates took 1 min 23 s on 2 threads, 166 ns an agent-step a thread\n",
        "Results: out/small/\n",
    };
    struct made made = made_new();
    struct text out = report_of(&made, false);
    expect_parts(out.bytes, parts, sizeof parts / sizeof *parts);
    cr_expect(strstr(out.bytes, "2025-12  firms") == NULL, "the clock does not show that month");
    cr_expect(strchr(out.bytes, '\033') == NULL);
    text_clear(&out);
    made_free(&made);
}

/* Gives an indicator one value in all months after the first state, and a wild one before. */
static void set_values(struct made *made, enum indicator_id indicator, double value)
{
    const struct panel_layout *layout = &made->summary.layout;
    for (size_t row = 0; row < layout->row_count; row++) {
        size_t cell = row * layout->column_count + layout->first[indicator];
        struct moments *moments = &made->summary.cells.cell[cell].moments;
        *moments = (struct moments){0};
        moments_add(moments, row == 0 ? 1e6 : value);
    }
}

Test(report, months_short_where_no_limits_were_lifted)
{
    struct made made = made_new();
    set_values(&made, INDICATOR_BOUND_TALENT, 0.125);
    set_values(&made, INDICATOR_BOUND_SPACE, 0.5);
    set_values(&made, INDICATOR_BOUND_EARLY, 0);
    set_values(&made, INDICATOR_BOUND_GROWTH, 1);
    struct text out = report_of(&made, false);
    cr_expect(strstr(out.bytes, "  talent          12.5 %\n"
                                "  space           50.0 %\n"
                                "  early capital      0 %\n"
                                "  growth capital   100 %\n") != NULL,
              "%s", out.bytes);
    text_clear(&out);
    made_free(&made);
}

Test(report, colours_only_where_asked_for)
{
    struct made made = made_new();
    struct text out = report_of(&made, true);
    cr_expect(strstr(out.bytes, "\033[1mThe plan's targets\033[0m\n") != NULL);
    text_clear(&out);
    made_free(&made);
}
