/* The columns of the CSV files of batches and of neobay odds, in the form of columns.h, which
 * includes this. The file points.csv has a further column for each axis of the batch, named by its
 * path. */
#ifndef NEOBAY_STORE_BATCH_COLUMNS_H
#define NEOBAY_STORE_BATCH_COLUMNS_H

#define OF_FACT "of the fact"

#define BATCH_CSV_TABLE(T)                                                                         \
    T(BATCH_POINTS, batch_points, "points.csv")                                                    \
    T(BATCH_TARGETS, batch_targets, "targets.csv")                                                 \
    T(BATCH_INDICATORS, batch_indicators, "indicators.csv")                                        \
    T(SENSITIVITY, sensitivity, "sensitivity.csv")                                                 \
    T(LEVERS, levers, "levers.csv")                                                                \
    T(SHAPLEY, shapley, "shapley.csv")                                                             \
    T(COMPARISON, comparison, "comparison.csv")                                                    \
    T(ODDS, odds, "odds.csv")                                                                      \
    T(STYLISED, stylised, "stylised.csv")                                                          \
    T(BATCH_COLUMNS, batch_columns, "columns.csv")

/* What is said of a comparison: of two points, or of two runs. */
#define DIFFERENCE_COLUMNS(C, unit)                                                                \
    C(TEXT, reference, "", "What it is held against, replicate by replicate; empty: nothing")      \
    C(NUMBER, difference, unit, "What it has more than the reference")                             \
    C(NUMBER, diff_low95, unit, "Lower end of the 95 % interval of the difference")                \
    C(NUMBER, diff_high95, unit, "Upper end of that interval")

#define BATCH_POINTS_COLUMNS(C)                                                                    \
    C(TEXT, point, "", "Name of the point")                                                        \
    C(TEXT, fingerprint, "", "Of its effective scenario")                                          \
    C(TEXT, reference, "", "Point that it is held against; empty: none")                           \
    C(WHOLE, replicates, "1", "Replicates that the tables speak of")                               \
    C(TEXT, status, "", "done, under way, elsewhere (in another shard), or failed")                \
    C(TEXT, reason, "", "Why it failed")

#define BATCH_TARGETS_COLUMNS(C)                                                                   \
    C(TEXT, point, "", "Name of the point")                                                        \
    C(TEXT, target, "", "Name of the target or joint target")                                      \
    C(WHOLE, replicates, "1", "Replicates run")                                                    \
    C(WHOLE, met, "1", "Replicates that met it")                                                   \
    C(NUMBER, probability, "1", "Share of replicates that met it")                                 \
    C(NUMBER, low95, "1", "Lower end of the 95 % interval of the probability")                     \
    C(NUMBER, high95, "1", "Upper end of that interval")                                           \
    C(TEXT, interval, "",                                                                          \
      "fixed: Wilson's score and Tango's, for a number of replicates fixed beforehand; repeated: " \
      "of the probability, one of five looks whose intervals hold together; anytime: a "           \
      "confidence sequence, which holds however the run was stopped. Differences of both latter "  \
      "are anytime-valid")                                                                         \
    DIFFERENCE_COLUMNS(C, "1")                                                                     \
    C(NUMBER, p_value, "1",                                                                        \
      "Of no difference: exact McNemar; anytime-valid unless interval is fixed")                   \
    C(NUMBER, p_holm, "1",                                                                         \
      "The same, corrected by Holm for all comparisons of this file together")                     \
    C(NUMBER, variance_ratio, "1",                                                                 \
      "Variance of the paired difference over that of independent runs")

#define BATCH_INDICATORS_COLUMNS(C)                                                                \
    C(TEXT, point, "", "Name of the point")                                                        \
    C(TEXT, indicator, "", "What is measured; see neobay indicators")                              \
    C(MONTH, date, "month", "Date of a target; flows are summed over the twelve months up to it")  \
    C(TEXT, unit, "", "Unit of the indicator; of a flow a year's sum of it")                       \
    C(WHOLE, replicates, "1", "Replicates in which it had a value")                                \
    C(NUMBER, mean, OF_INDICATOR, "Mean over replicates")                                          \
    C(NUMBER, sd, OF_INDICATOR, "Standard deviation over replicates")                              \
    C(NUMBER, low95, OF_INDICATOR, "Lower end of the 95 % interval of the mean")                   \
    C(NUMBER, high95, OF_INDICATOR, "Upper end of that interval")                                  \
    C(TEXT, interval, "", "fixed: Student's t; repeated and anytime: as in targets.csv, of means") \
    DIFFERENCE_COLUMNS(C, OF_INDICATOR)                                                            \
    C(NUMBER, changed, "1",                                                                        \
      "Replicates in which it differs from the reference; under 20 there is no interval")          \
    C(NUMBER, largest_change, OF_INDICATOR, "The largest difference among them, without its sign") \
    C(NUMBER, variance_ratio, "1",                                                                 \
      "Variance of the paired difference over that of independent runs")

#define SENSITIVITY_COLUMNS(C)                                                                     \
    C(TEXT, target, "", "Name of the target or joint target")                                      \
    C(TEXT, axis, "", "Path of the axis")                                                          \
    C(NUMBER, rank, "1", "Place by share among the axes for this target")                          \
    C(NUMBER, share, "1",                                                                          \
      "Part of the variance of the odds between points that is due to the axis alone; may be "     \
      "below 0 by chance")                                                                         \
    C(NUMBER, standard_error, "1", "Of the share (jackknife over points)")                         \
    C(NUMBER, p_value, "1", "Of no influence (F test over bins)")                                  \
    C(NUMBER, p_holm, "1", "The same, corrected by Holm for all rows of this file")                \
    C(NUMBER, odds_lowest, "1", "Mean odds of the points in the lowest bin of the axis")           \
    C(NUMBER, odds_highest, "1", "Mean odds of the points in the highest bin")                     \
    C(WHOLE, points, "1", "Points that count")                                                     \
    C(WHOLE, bins, "1", "Bins of equal probability that the axis is cut into")

#define LEVERS_COLUMNS(C)                                                                          \
    C(TEXT, lever, "", "Name of the lever; actionN for all levers of an action")                   \
    C(TEXT, action, "", "Action of the plan")                                                      \
    C(TEXT, task, "", "Task of the plan")                                                          \
    C(TEXT, comparison, "",                                                                        \
      "full: the whole plan against none; alone: added to no plan; without: what the plan loses "  \
      "when it is taken out; action_alone and action_without: the same of an action")              \
    C(TEXT, what, "", "Target or joint target, or indicator at the date")                          \
    C(MONTH, date, "month", "Of an indicator; empty for a target")                                 \
    C(NUMBER, effect, "",                                                                          \
      "What the lever adds: to the probability of a target, to the mean of an indicator")          \
    C(NUMBER, low95, "",                                                                           \
      "Lower end of its 95 % interval (paired: Tango's, Student's t); none of an indicator that "  \
      "changed in fewer than 20 replicates")                                                       \
    C(NUMBER, high95, "", "Upper end of that interval")                                            \
    C(NUMBER, changed, "1", "Replicates in which it changed")                                      \
    C(NUMBER, largest_change, "", "The largest change among them, without its sign")               \
    C(NUMBER, p_value, "1", "Of no effect; of targets only")                                       \
    C(NUMBER, p_holm, "1",                                                                         \
      "The same, corrected by Holm for all comparisons of this file with targets")                 \
    C(NUMBER, rank, "1", "Place by effect among the levers (actions) of this comparison")          \
    C(NUMBER, rank_low, "1", "Best place that it may have; all these ranges hold at once at 95 %") \
    C(NUMBER, rank_high, "1", "Worst place")                                                       \
    C(NUMBER, cost_myuan_per_year, "myuan/year",                                                   \
      "What it adds to the cost of all levers in the twelve months up to the last target's date")  \
    C(NUMBER, points_per_100_myuan_per_year, "1",                                                  \
      "Percentage points of a target's probability for 100 myuan a year; empty for indicators")    \
    C(NUMBER, variance_ratio, "1",                                                                 \
      "Variance of the paired difference over that of independent runs")                           \
    C(NUMBER, points_low95, "1",                                                                   \
      "Lower end of the 95 % interval of points_per_100_myuan_per_year, at that cost")             \
    C(NUMBER, points_high95, "1", "Upper end of that interval")

#define SHAPLEY_COLUMNS(C)                                                                         \
    C(TEXT, player, "", "Action, or lever")                                                        \
    C(TEXT, method, "", "exact: over all sets of actions; sampled: over random orders of levers")  \
    C(TEXT, target, "", "Name of the target or joint target")                                      \
    C(NUMBER, value, "1", "Its share in what the plan adds to the probability")                    \
    C(NUMBER, standard_error, "1", "Of the value")                                                 \
    C(NUMBER, low95, "1",                                                                          \
      "Lower end of the 95 % interval of the value, which holds at few changes; signed_mean.h")    \
    C(NUMBER, high95, "1", "Upper end of that interval")                                           \
    C(NUMBER, cost_myuan_per_year, "myuan/year", "As in levers.csv, of the player alone")          \
    C(NUMBER, points_per_100_myuan_per_year, "1",                                                  \
      "Percentage points of the probability for 100 myuan a year")

#define COMPARISON_COLUMNS(C)                                                                      \
    C(TEXT, run, "", "Folder of the run")                                                          \
    C(TEXT, target, "", "Name of the target or joint target")                                      \
    C(WHOLE, replicates, "1", "Replicates run")                                                    \
    C(WHOLE, met, "1", "Replicates that met it")                                                   \
    C(NUMBER, probability, "1", "Share of replicates that met it")                                 \
    C(NUMBER, low95, "1", "Lower end of the 95 % interval of the probability, as in targets.csv")  \
    C(NUMBER, high95, "1", "Upper end of that interval")                                           \
    DIFFERENCE_COLUMNS(C, "1")                                                                     \
    C(TEXT, paired, "",                                                                            \
      "yes: replicate by replicate; no: as independent runs, or as runs that may have been "       \
      "stopped "                                                                                   \
      "by looking at them; other: the target is defined otherwise there, so there is no "          \
      "difference")                                                                                \
    C(WHOLE, shared, "1", "Replicates that both have, of which a paired difference is")            \
    C(NUMBER, p_value, "1", "Of no difference; empty for runs that --precision may have stopped")  \
    C(NUMBER, p_holm, "1", "The same, corrected by Holm for all comparisons of this file")         \
    C(NUMBER, variance_ratio, "1",                                                                 \
      "Variance of the paired difference over that of independent runs; empty where not paired")

#define ODDS_COLUMNS(C)                                                                            \
    C(TEXT, target, "", "Name of the target or joint target")                                      \
    C(WHOLE, seed, "1", "Seed of all chance")                                                      \
    C(WHOLE, replicates, "1", "Replicates that were lived")                                        \
    C(WHOLE, pilot, "1", "Those of them that the predictor first learnt from, and nothing else")   \
    C(WHOLE, screened, "1", "Candidates that were looked at")                                      \
    C(NUMBER, probability, "1", "Estimate without bias, so it may lie a little outside [0, 1]")    \
    C(NUMBER, standard_error, "1", "Its standard error")                                           \
    C(NUMBER, low95, "1", "Lower end of the 95 % interval of the probability")                     \
    C(NUMBER, high95, "1", "Upper end of that interval")                                           \
    C(NUMBER, plain_replicates, "1", "Plain replicates that would know it as well")                \
    C(NUMBER, variance_ratio, "1",                                                                 \
      "Variance of the estimate over that of as many plain replicates as were lived")              \
    C(TEXT, fingerprint, "", "Digest of all that bears on the results of the scenario")

#define STYLISED_COLUMNS(C)                                                                        \
    C(TEXT, fact, "", "A stylised fact of firms, or an indicator and month that was observed")     \
    C(TEXT, kind, "", "stylised; observed; or assumed, which nobody saw")                          \
    C(NUMBER, low, OF_FACT, "Lower end of the range where it lies in reality; empty: none")        \
    C(NUMBER, high, OF_FACT, "Upper end of it")                                                    \
    C(NUMBER, simulated, OF_FACT, "Mean over replicates; of what was observed the median")         \
    C(NUMBER, p05, OF_FACT, "5 % quantile over replicates")                                        \
    C(NUMBER, p95, OF_FACT, "95 % quantile over replicates")                                       \
    C(NUMBER, least, OF_FACT, "The least of all replicates; of stylised facts only")               \
    C(TEXT, inside, "",                                                                            \
      "yes or no: whether the simulated mean (of youngest_listing the least) lies in the range; "  \
      "of what was observed, whether the 5-95 % reach it; empty: not to be told")                  \
    C(TEXT, must_hold, "", "yes: a model that misses it is not one of firms")                      \
    C(TEXT, use, "", "Of what was observed: set, fit, test or none")                               \
    C(WHOLE, replicates, "1", "Replicates that it rests on")                                       \
    C(TEXT, source, "", "Who found it")

#define BATCH_COLUMNS_COLUMNS(C)                                                                   \
    C(TEXT, file, "", "File of the column")                                                        \
    C(TEXT, name, "", "Name of the column")                                                        \
    C(TEXT, unit, "", "Its unit; 1: a bare number; empty: words, or as another column says")       \
    C(TEXT, meaning, "", "What it says")

#endif
