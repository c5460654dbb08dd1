/* The one table of the columns of all CSV files. Headers, rows, columns.csv and the structs that
 * the rows are filled from derive from it.
 *
 * C(kind, name, unit, meaning), kind being TEXT, NUMBER (NaN: an empty cell), WHOLE or MONTH
 * (MONTH_NEVER: an empty cell). The file replicates.csv has further columns that the scenario
 * names: see results_each.
 */
#ifndef NEOBAY_STORE_COLUMNS_H
#define NEOBAY_STORE_COLUMNS_H

#include "base/csv.h"
#include "store/batch_columns.h"
#include "store/replay_columns.h"

#include <stdint.h>

#define OF_INDICATOR "of the indicator"

/* T(upper, lower, file), each with its UPPER_COLUMNS. */
#define CSV_TABLE(T)                                                                               \
    T(TARGETS, targets, "targets.csv")                                                             \
    T(TRAJECTORIES, trajectories, "trajectories.csv")                                              \
    T(FIRST_REACHED, first_reached, "first-reached.csv")                                           \
    T(SPLIT, split, "split.csv")                                                                   \
    T(REPLICATES, replicates, "replicates.csv")                                                    \
    T(FIRMS, firms, "firms.csv")                                                                   \
    T(ABOUT, about, "about.csv")                                                                   \
    T(OBSERVED, observed, "observed.csv")                                                          \
    T(PATHS, paths, "paths.csv")                                                                   \
    T(CONVERGENCE, convergence, "convergence.csv")                                                 \
    T(PIPELINE, pipeline, "pipeline.csv")                                                          \
    T(BOTTLENECKS, bottlenecks, "bottlenecks.csv")                                                 \
    T(LIMITS, limits, "limits.csv")                                                                \
    T(FACTS, facts, "facts.csv")                                                                   \
    T(DIGESTS, digests, "digests.csv")                                                             \
    T(COLUMNS, columns, "columns.csv")

#define TARGETS_COLUMNS(C)                                                                         \
    C(TEXT, target, "", "Name of the target or joint target")                                      \
    C(TEXT, indicator, "", "What is measured; empty for a joint target")                           \
    C(TEXT, all_of, "", "Targets that a joint target asks for together, separated by spaces")      \
    C(TEXT, unit, "",                                                                              \
      "Unit of the indicator, summed over the months from since where that is given")              \
    C(MONTH, date, "month", "When it is measured; for a joint target the last of its dates")       \
    C(MONTH, since, "month",                                                                       \
      "First month summed, where the indicator counts what happens in a month")                    \
    C(NUMBER, at_least, OF_INDICATOR, "Met at this value or more")                                 \
    C(NUMBER, at_most, OF_INDICATOR, "Met at this value or less")                                  \
    C(WHOLE, replicates, "1", "Replicates run")                                                    \
    C(WHOLE, met, "1", "Replicates that met it")                                                   \
    C(NUMBER, probability, "1", "Share of replicates that met it")                                 \
    C(NUMBER, low95, "1", "Lower end of the 95 % interval of the probability")                     \
    C(NUMBER, high95, "1", "Upper end of that interval")                                           \
    C(TEXT, interval, "",                                                                          \
      "fixed: Wilson's score, for a number of replicates fixed beforehand; repeated: for a run "   \
      "that "                                                                                      \
      "--precision may stop, one of five looks whose intervals hold together")                     \
    C(NUMBER, mean, OF_INDICATOR, "Mean of the indicator at the date")                             \
    C(NUMBER, sd, OF_INDICATOR, "Standard deviation of it")                                        \
    C(NUMBER, p05, OF_INDICATOR, "5 % quantile of it")                                             \
    C(NUMBER, p50, OF_INDICATOR, "Median of it")                                                   \
    C(NUMBER, p95, OF_INDICATOR, "95 % quantile of it")                                            \
    C(NUMBER, median_shortfall, OF_INDICATOR,                                                      \
      "Median distance to the threshold where missed; empty if never missed")                      \
    C(NUMBER, observed, OF_INDICATOR, "What the real district showed at the date, where known")    \
    C(NUMBER, without_value, "1",                                                                  \
      "Replicates in which the indicator had no value, which count as missed")

#define TRAJECTORIES_COLUMNS(C)                                                                    \
    C(MONTH, month, "month", "Month; the first is the state before the first step")                \
    C(TEXT, indicator, "", "What is measured; see neobay indicators")                              \
    C(TEXT, zone, "", "Zone, or zones left>reached, where the indicator has one")                  \
    C(TEXT, sector, "", "Sector, where the indicator has one")                                     \
    C(TEXT, unit, "", "Unit of the indicator")                                                     \
    C(NUMBER, mean, OF_INDICATOR, "Mean over replicates")                                          \
    C(NUMBER, sd, OF_INDICATOR, "Standard deviation over replicates")                              \
    C(NUMBER, p05, OF_INDICATOR, "5 % quantile over replicates")                                   \
    C(NUMBER, p25, OF_INDICATOR, "25 % quantile over replicates")                                  \
    C(NUMBER, p50, OF_INDICATOR, "Median over replicates")                                         \
    C(NUMBER, p75, OF_INDICATOR, "75 % quantile over replicates")                                  \
    C(NUMBER, p95, OF_INDICATOR, "95 % quantile over replicates")                                  \
    C(WHOLE, replicates, "1", "Replicates in which the indicator had a value")

#define FIRST_REACHED_COLUMNS(C)                                                                   \
    C(TEXT, target, "", "Name of the target")                                                      \
    C(MONTH, month, "month", "Month in which it was first met; empty: never within the clock")     \
    C(WHOLE, replicates, "1", "Replicates that first met it then")                                 \
    C(NUMBER, share, "1", "Share of all replicates")                                               \
    C(NUMBER, cumulative_share, "1",                                                               \
      "Share of replicates that met it by then; empty in the row of never")                        \
    C(NUMBER, low95, "1", "95 % interval of that share; in the row of never, of its own")          \
    C(NUMBER, high95, "1", "95 % interval of it")                                                  \
    C(NUMBER, met_then, "1",                                                                       \
      "Share of replicates that meet it in that month: what was reached may be lost again")

/* A number with its 95 % interval. */
#define ESTIMATE_COLUMNS(C, name, what, meaning)                                                   \
    C(NUMBER, name, "1", meaning)                                                                  \
    C(NUMBER, name##_low95, "1", "Lower end of the 95 % interval of " what)                        \
    C(NUMBER, name##_high95, "1", "Upper end of it")

#define SPLIT_COLUMNS(C)                                                                           \
    C(TEXT, target, "", "Target or joint target; empty for an indicator at the clock's end")       \
    C(TEXT, indicator, "", "What is measured; empty for a joint target")                           \
    C(TEXT, zone, "", "Zone, or zones left>reached, where the indicator has one")                  \
    C(TEXT, sector, "", "Sector, where the indicator has one")                                     \
    C(WHOLE, twins, "1", "Pairs of replicates that share all that is not known")                   \
    C(NUMBER, variance, "squared unit of the indicator; of a target 1",                            \
      "Variance between replicates, by the twins")                                                 \
    C(NUMBER, ignorance_share, "1", "Part of it that comes from what is not known")                \
    C(NUMBER, ignorance_share_error, "1", "Standard error of that part (jackknife)")               \
    C(NUMBER, ignorance_share_most, "1",                                                           \
      "Upper limit of that part, 97.5 % sure, of a target that too few pairs met or missed for "   \
      "more")                                                                                      \
    C(NUMBER, luck_share, "1", "Part that comes from luck")                                        \
    ESTIMATE_COLUMNS(                                                                              \
        C, probability_p05, "that quantile",                                                       \
        "Of a target: 5 % quantile of its probability over the parameter draws; see band.h")       \
    ESTIMATE_COLUMNS(C, probability_p95, "that quantile",                                          \
                     "95 % quantile of the probability over the parameter draws")                  \
    ESTIMATE_COLUMNS(C, draws_below_1, "that share",                                               \
                     "Share of parameter draws in which it is below 1 %")                          \
    ESTIMATE_COLUMNS(C, draws_above_50, "that share",                                              \
                     "Share of parameter draws in which it is above 50 %")

#define REPLICATES_COLUMNS(C) C(WHOLE, replicate, "1", "Number of the replicate, from 0")

#define FIRMS_COLUMNS(C)                                                                           \
    C(WHOLE, replicate, "1", "Number of the replicate, from 0")                                    \
    C(MONTH, month, "month", "Month; the state is that at its end")                                \
    C(TEXT, firm, "", "Where it comes from, month of birth and rank")                              \
    C(WHOLE, age_months, "month", "Age")                                                           \
    C(TEXT, zone, "", "Zone")                                                                      \
    C(TEXT, sector, "", "Sector")                                                                  \
    C(TEXT, stage, "", "Stage of financing")                                                       \
    C(NUMBER, output_myuan, "myuan/year", "Output of a year")                                      \
    C(NUMBER, staff_heads, "heads", "Staff")                                                       \
    C(NUMBER, quality, "1", "Quality, standard normal among results")                              \
    C(NUMBER, value_myuan, "myuan",                                                                \
      "Value: last post-money, or value_to_output times output if higher")                         \
    C(NUMBER, rd_share, "1", "R&D spending over output")                                           \
    C(NUMBER, technical_share, "1", "Share of technical staff")                                    \
    C(NUMBER, revenue_share, "1", "Share of high-tech products in revenue")                        \
    C(NUMBER, ip_count, "1", "Count of intellectual property")                                     \
    C(MONTH, certified_until, "month",                                                             \
      "First month without the high-tech certificate; empty: none yet")

#define ABOUT_COLUMNS(C)                                                                           \
    C(TEXT, title, "", "Title of the scenario")                                                    \
    C(TEXT, question, "", "The question that it asks")                                             \
    C(TEXT, scenario, "", "Its file")                                                              \
    C(MONTH, first_month, "month", "First month simulated")                                        \
    C(MONTH, last_month, "month", "Last month simulated")                                          \
    C(WHOLE, replicates, "1", "Replicates run")                                                    \
    C(WHOLE, seed, "1", "Seed of all chance")

#define OBSERVED_COLUMNS(C)                                                                        \
    C(MONTH, month, "month", "Month at whose end it was observed")                                 \
    C(TEXT, indicator, "", "What was observed")                                                    \
    C(TEXT, zone, "", "Zone, where the indicator has one")                                         \
    C(TEXT, sector, "", "Sector, where the indicator has one")                                     \
    C(TEXT, unit, "", "Unit of the indicator")                                                     \
    C(NUMBER, value, OF_INDICATOR, "What the real district showed")                                \
    C(TEXT, kind, "", "value, at_least, at_most, or between it and the column to")                 \
    C(NUMBER, to, OF_INDICATOR, "Upper end, of the kind between")                                  \
    C(NUMBER, error, OF_INDICATOR, "Standard deviation of what was measured, where given")         \
    C(NUMBER, discrepancy, "1", "Share of the value by which the model may be off by itself")      \
    C(TEXT, assumed, "", "yes: reasoned, not observed")                                            \
    C(TEXT, source, "", "Who says so")                                                             \
    C(TEXT, grade, "", "How good the evidence is")                                                 \
    C(TEXT, use, "",                                                                               \
      "set: it chose a number of the scenario; fit: the scenario is fitted to it; test: neither; " \
      "none")

#define PATHS_COLUMNS(C)                                                                           \
    C(WHOLE, replicate, "1", "Number of the replicate: the first five")                            \
    C(MONTH, month, "month", "Month; the first is the state before the first step")                \
    C(TEXT, indicator, "", "What is measured; only what has neither zone nor sector")              \
    C(TEXT, unit, "", "Unit of the indicator")                                                     \
    C(NUMBER, value, OF_INDICATOR, "Its value in that replicate")

#define CONVERGENCE_COLUMNS(C)                                                                     \
    C(TEXT, target, "", "Name of the target or joint target")                                      \
    C(WHOLE, replicates, "1", "Replicates looked at")                                              \
    C(WHOLE, met, "1", "How many of them met it")                                                  \
    C(NUMBER, probability, "1", "Share of them that met it")                                       \
    C(NUMBER, low95, "1", "Lower end of the 95 % interval that holds at all looks at once")        \
    C(NUMBER, high95, "1", "Upper end of that interval")

#define PIPELINE_COLUMNS(C)                                                                        \
    C(WHOLE, year, "year", "Calendar year")                                                        \
    C(TEXT, from, "",                                                                              \
      "Where the flow comes from: a zone, or research, results, projects, firms, outside")         \
    C(TEXT, to, "", "Where it goes, or how it is lost")                                            \
    C(WHOLE, months, "month", "Months of the year that were simulated")                            \
    C(NUMBER, mean, "1",                                                                           \
      "Mean over replicates of what flowed in the year: results, projects or firms")               \
    C(NUMBER, p05, "1", "5 % quantile over replicates")                                            \
    C(NUMBER, p50, "1", "Median over replicates")                                                  \
    C(NUMBER, p95, "1", "95 % quantile over replicates")                                           \
    C(WHOLE, replicates, "1", "Replicates run")

#define BOTTLENECKS_COLUMNS(C)                                                                     \
    C(WHOLE, year, "year", "Calendar year")                                                        \
    C(TEXT, what, "", "What bound: talent, space, early or growth capital")                        \
    C(WHOLE, months, "month", "Months of the year that were simulated")                            \
    C(NUMBER, mean, "1", "Mean over replicates of the share of these months in which it bound")    \
    C(NUMBER, p05, "1", "5 % quantile over replicates")                                            \
    C(NUMBER, p50, "1", "Median over replicates")                                                  \
    C(NUMBER, p95, "1", "95 % quantile over replicates")                                           \
    C(WHOLE, replicates, "1", "Replicates run")

#define LIMITS_COLUMNS(C)                                                                          \
    C(TEXT, limit, "", "What is lifted from the first step on; see limits.h")                      \
    C(TEXT, target, "", "Name of the target or joint target")                                      \
    C(WHOLE, replicates, "1",                                                                      \
      "Replicates simulated with and without the limit, on the same draws")                        \
    C(WHOLE, gained, "1", "Of them those that met the target with the limit lifted alone")         \
    C(WHOLE, lost, "1", "Those that met it without that alone")                                    \
    C(NUMBER, probability, "1", "Share of them that met it as the scenario stands")                \
    C(NUMBER, difference, "1", "Probability with the limit lifted, less that without")             \
    C(NUMBER, low95, "1", "Lower end of its 95 % interval: Tango's score for paired shares")       \
    C(NUMBER, high95, "1", "Upper end of that interval")                                           \
    C(NUMBER, p_adjusted, "1", "p-value of no difference, corrected by Holm over the whole table") \
    C(NUMBER, months_short, "1",                                                                   \
      "Mean share of all months in which it was short; empty where nothing says so")

#define FACTS_COLUMNS(C)                                                                           \
    C(TEXT, fact, "", "rank_size, growth or survival; see facts.h")                                \
    C(NUMBER, x, "", "Output in myuan/year; log output over that of a year before; age in years")  \
    C(NUMBER, value, "", "Share of firms of that output or more; density; share still there")      \
    C(NUMBER, low95, "", "Lower end of its 95 % interval, as if firms were independent")           \
    C(NUMBER, high95, "", "Upper end of that interval")                                            \
    C(NUMBER, model, "",                                                                           \
      "The law: power law of the tail, Laplace, constant exit rate; empty outside it")             \
    C(NUMBER, parameter, "", "Of the law: exponent of the tail; scale; exits a firm and year")     \
    C(WHOLE, count, "1", "Firms, firm-years or firms at risk behind the value")                    \
    C(WHOLE, replicates, "1", "Replicates of the firm panel")

#define DIGESTS_COLUMNS(C)                                                                         \
    C(WHOLE, first_replicate, "1", "First replicate of the block")                                 \
    C(WHOLE, replicates, "1", "Replicates of the block")                                           \
    C(TEXT, digest, "", "Digest of all below: 16 hexadecimal digits; see imprint.h")               \
    C(TEXT, drawn, "", "Of the uncertain values drawn")                                            \
    C(TEXT, targets, "", "Of the targets' values and the months when first reached")               \
    C(TEXT, twins, "", "Of all that twins say")                                                    \
    C(TEXT, by_replicate, "", "Of each replicate, in order: 8 digits each, with blanks between")   \
    C(TEXT, by_month, "", "Of each month of trajectories.csv, over the block")                     \
    C(TEXT, by_column, "", "Of each indicator, zone and sector in the order of trajectories.csv")

#define COLUMNS_COLUMNS(C)                                                                         \
    C(TEXT, file, "", "File of the column")                                                        \
    C(TEXT, name, "", "Name of the column")                                                        \
    C(TEXT, unit, "", "Its unit; 1: a bare number; empty: words")                                  \
    C(TEXT, meaning, "", "What it says")

enum csv_id {
#define CSV_ID(upper, lower, file) CSV_##upper,
    CSV_TABLE(CSV_ID)
#undef CSV_ID
        CSV_COUNT,                    /* files of a run */
    CSV_BEFORE_BATCH = CSV_COUNT - 1, /* the next row follows on */
#define CSV_ID(upper, lower, file) CSV_##upper,
    BATCH_CSV_TABLE(CSV_ID) REPLAY_CSV_TABLE(CSV_ID)
#undef CSV_ID
        CSV_ALL
};
extern const char *const csv_file_names[CSV_ALL];

/* struct targets_row { const char *target; … } and, for each, targets_cells, which writes the
 * cells of a row but does not end it. */
#define COLUMN_TYPE_TEXT                         const char *
#define COLUMN_TYPE_NUMBER                       double
#define COLUMN_TYPE_WHOLE                        uint64_t
#define COLUMN_TYPE_MONTH                        int
#define COLUMN_MEMBER(kind, name, unit, meaning) COLUMN_TYPE_##kind name;
#define ROW_STRUCT(upper, lower, file)                                                             \
    struct lower##_row {                                                                           \
        upper##_COLUMNS(COLUMN_MEMBER)                                                             \
    };                                                                                             \
    void lower##_cells(struct csv *csv, const struct lower##_row *row);
CSV_TABLE(ROW_STRUCT)
BATCH_CSV_TABLE(ROW_STRUCT)
REPLAY_CSV_TABLE(ROW_STRUCT)
#undef ROW_STRUCT

/* One column as data. */
struct column {
    const char *name, *unit, *meaning;
};

/* The columns of a file, *count of them. */
const struct column *csv_columns(enum csv_id file, size_t *count);

/* Writes the names of the columns but does not end the row. */
void csv_header(struct csv *csv, enum csv_id file);

#endif
