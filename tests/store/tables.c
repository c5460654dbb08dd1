#include "store/tables.h"

#include "store/made.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

Test(tables, a_target_has_its_odds_and_its_spread)
{
    struct made made = made_new();
    struct targets_row row = tables_target(&made.summary, &made.observed, 0, NULL);
    cr_expect_str_eq(row.target, "firms_110");
    cr_expect_str_eq(row.indicator, "firms");
    cr_expect_eq(row.date, 2022 * 12 + 11);
    cr_expect_eq(row.since, MONTH_NEVER);
    cr_expect(row.at_least == 110 && isnan(row.at_most));
    cr_expect_eq(row.replicates, MADE_REPLICATES);
    cr_expect_eq(row.met, 10);
    cr_expect(row.probability == 0.5);
    /* Wilson: 10 of 20 at z = 1.959964 */
    cr_expect(fabs(row.low95 - 0.2992980) < 1e-6 && fabs(row.high95 - 0.7007020) < 1e-6);
    cr_expect(fabs(row.mean - 109.5) < 1e-12);
    cr_expect(fabs(row.sd - sqrt(35)) < 1e-12, "variance of 20 numbers in a row");
    cr_expect(row.p05 == 100 && row.p50 == 109 && row.p95 == 118);
    cr_expect(row.median_shortfall == 5, "%g", row.median_shortfall); /* of 1 to 10 */
    cr_expect(row.observed == 104);
    made_free(&made);
}

Test(tables, a_flow_is_summed_and_stands_beside_no_single_month)
{
    struct made made = made_new();
    struct targets_row row = tables_target(&made.summary, &made.observed, 2, NULL);
    cr_expect_str_eq(row.target, "few_failures");
    cr_expect_eq(row.since, 2022 * 12);
    cr_expect(isnan(row.at_least) && row.at_most == 9);
    cr_expect_eq(row.met, 0);
    cr_expect(row.median_shortfall == 1 && isnan(row.observed));
    made_free(&made);
}

Test(tables, a_joint_target_names_its_parts)
{
    struct made made = made_new();
    struct text all_of = {0};
    cr_assert_eq(tables_target_count(made.scenario), 4);
    struct targets_row row = tables_target(&made.summary, &made.observed, 3, &all_of);
    cr_expect_str_eq(row.target, "both");
    cr_expect_null(row.indicator);
    cr_expect_str_eq(row.all_of, "firms_110 output_4000");
    cr_expect_eq(row.date, 2022 * 12 + 11);
    cr_expect_eq(row.met, 10);
    cr_expect(isnan(row.mean) && isnan(row.observed));
    text_clear(&all_of);
    made_free(&made);
}

/* Writes one of the tables into memory. */
#define WRITTEN(made, call)                                                                        \
    __extension__({                                                                                \
        char *bytes = NULL;                                                                        \
        size_t length = 0;                                                                         \
        struct csv csv = {.stream = open_memstream(&bytes, &length)};                              \
        call;                                                                                      \
        fclose(csv.stream);                                                                        \
        bytes;                                                                                     \
    })

static size_t count_lines(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

static void expect_part(const char *text, const char *part)
{
    cr_expect(strstr(text, part) != NULL, "no \"%s\" in:\n%.2000s", part, text);
}

Test(tables, trajectories_have_a_row_for_each_month_and_series)
{
    struct made made = made_new();
    char *text = WRITTEN(made, tables_write_trajectories(&csv, &made.summary));
    const struct panel_layout *layout = &made.summary.layout;
    cr_expect_eq(count_lines(text), 1 + layout->row_count * layout->column_count);
    /* Row 0 of hightech_firms, column 0: the odd replicates alone. */
    expect_part(text, "\n2020-12,hightech_firms,,,firms,10,6.0553007081949835,1,5,9,15,19,10\n");
    expect_part(text, "\n2021-01,firms_by_zone,T,,firms,");
    expect_part(text, "\n2021-01,firms_by_sector,,bio,firms,");
    expect_part(text, "\n2021-01,graduations,T>O,,firms/month,");
    free(text);
    made_free(&made);
}

Test(tables, first_reached_counts_every_replicate_once)
{
    struct made made = made_new();
    char *text = WRITTEN(made, tables_write_first_reached(&csv, &made.summary));
    cr_expect_eq(count_lines(text), 1 + 3 * (made.summary.layout.row_count + 1));
    /* Wilson: 10 of 20, and 0 of 20, at z = 1.959964 */
    expect_part(text, "\nfirms_110,2021-02,0,0,0,0,0.1611251");
    expect_part(text, "\nfirms_110,2021-03,10,0.5,0.5,0.2992980");
    expect_part(text, "\nfirms_110,2022-12,0,0,0.5,0.2992980");
    expect_part(text, "\nfirms_110,,10,0.5,,0.2992980");
    expect_part(text, "\noutput_4000,2020-12,20,1,1,0.8388748");
    expect_part(text, "\nfew_failures,,20,1,,0.8388748");
    free(text);
    made_free(&made);
}

Test(tables, targets_have_a_row_each)
{
    struct made made = made_new();
    char *text = WRITTEN(made, tables_write_targets(&csv, &made.summary, &made.observed));
    cr_expect_eq(count_lines(text), 5);
    expect_part(text, "\nboth,,firms_110 output_4000,,2022-12,,,,20,10,0.5,");
    free(text);
    made_free(&made);
}
