/* The one table of pictures: what each answers, which columns of which files it needs, and what
 * makes them where they are missing. The script is plots/NAME.gp. */
#ifndef NEOBAY_CLI_PLOT_PICTURES_H
#define NEOBAY_CLI_PLOT_PICTURES_H

#include "base/fault.h"

/* Columns are separated by spaces; those of numbers start with #. */
#define RUN_TARGETS                                                                                \
    "target indicator #at_least #at_most date #replicates #probability #low95 #high95"
#define BATCH_TARGETS "point target #replicates #probability #low95 #high95"
#define COLUMNS       "file name unit"
#define BATCH_POINTS  "point fingerprint reference #replicates status reason"

enum { PICTURE_FILES = 4, ANY_AXES = -1 };

/* P(UPPER, name, axes, what makes its data, file, columns, file, columns, …): the first file
 * decides whether the picture can be drawn; the others are looked at where they are there. Axes:
 * how many the batch has to have. */
#define PICTURE_TABLE(P)                                                                           \
    P(FAN, "fan", ANY_AXES, "neobay run writes it", "trajectories.csv",                            \
      "month indicator #p05 #p25 #p50 #p75 #p95", "targets.csv", RUN_TARGETS, "paths.csv",         \
      "#replicate month indicator #value", "observed.csv",                                         \
      "month indicator #value kind #to assumed")                                                   \
    P(ODDS, "odds", ANY_AXES, "neobay run writes it", "first-reached.csv", "target",               \
      "targets.csv", RUN_TARGETS, "split.csv",                                                     \
      "target indicator #probability_p05 #probability_p95")                                        \
    P(FIRST_REACHED, "first-reached", ANY_AXES, "neobay run writes it", "first-reached.csv",       \
      "target month #replicates #share #cumulative_share #low95 #high95 #met_then", "targets.csv", \
      RUN_TARGETS)                                                                                 \
    P(CONVERGENCE, "convergence", ANY_AXES, "neobay run writes it", "convergence.csv",             \
      "target #replicates #probability #low95 #high95", "targets.csv", RUN_TARGETS)                \
    P(PIPELINE, "pipeline", ANY_AXES, "neobay run writes it", "pipeline.csv",                      \
      "#year from to #months #mean #p05 #p95")                                                     \
    P(BOTTLENECKS, "bottlenecks", ANY_AXES, "neobay run writes it", "bottlenecks.csv",             \
      "#year what #mean #p05 #p50 #p95")                                                           \
    P(LIMITS, "limits", ANY_AXES, "neobay run without --no-limits writes it", "limits.csv",        \
      "limit target #replicates #difference #low95 #high95 #months_short")                         \
    P(FACTS, "facts", ANY_AXES, "neobay run --firms K writes it", "facts.csv",                     \
      "fact #x #value #low95 #high95 #model #parameter #replicates")                               \
    P(FIRM, "firm", ANY_AXES,                                                                      \
      "neobay replay RUN --replicate K --firm ID writes it to RUN/replay-K", "firm.csv",           \
      "#replicate month firm zone stage #output_myuan #staff_heads #value_myuan certified_until",  \
      "events.csv", "month firm event stage #raised_myuan")                                        \
    P(LEVERS, "levers", ANY_AXES, "neobay levers SCENARIO writes it", "levers.csv",                \
      "lever action comparison what date #effect #low95 #high95 #rank "                            \
      "#points_per_100_myuan_per_year "                                                            \
      "#points_low95 #points_high95",                                                              \
      "columns.csv", COLUMNS)                                                                      \
    P(HEATMAP, "heatmap", 2, "neobay batch with two axes writes it", "points.csv", BATCH_POINTS,   \
      "targets.csv", BATCH_TARGETS, "columns.csv", COLUMNS)                                        \
    P(DELAY, "delay", 1, "neobay batch with one axis writes it", "points.csv", BATCH_POINTS,       \
      "targets.csv", BATCH_TARGETS, "indicators.csv", "point indicator date #mean #low95 #high95", \
      "columns.csv", COLUMNS)                                                                      \
    P(LIST, "list", 0, "neobay batch of a list writes it", "points.csv", BATCH_POINTS,             \
      "targets.csv", BATCH_TARGETS)                                                                \
    P(SENSITIVITY, "sensitivity", ANY_AXES, "neobay batch of a sampled design writes it",          \
      "sensitivity.csv",                                                                           \
      "target axis #rank #share #standard_error #odds_lowest #odds_highest "                       \
      "#points",                                                                                   \
      "columns.csv", COLUMNS)                                                                      \
    P(COMPARISON, "comparison", ANY_AXES, "neobay compare writes it", "comparison.csv",            \
      "run target #replicates reference #difference #diff_low95 #diff_high95")

enum picture_id {
#define PICTURE_ID(upper, ...) PICTURE_##upper,
    PICTURE_TABLE(PICTURE_ID)
#undef PICTURE_ID
        PICTURE_COUNT
};

struct picture {
    const char *name;
    int axes;
    const char *made_by;
    struct {
        const char *file, *columns;
    } need[PICTURE_FILES]; /* file NULL: no more */
};
extern const struct picture pictures[PICTURE_COUNT];

/* The picture of this name, or PICTURE_COUNT with a fault that names the nearest. */
enum picture_id picture_find(const char *name, struct faults *faults);

/* Whether the file of need is in the folder. */
bool picture_has(const char *folder, const struct picture *picture, size_t need);

/* Looks through the files that the picture reads: their columns, and that every row is whole. Where
 * a file that must have rows has none, *empty is its name and there is no fault: there is nothing
 * to draw. */
bool picture_check(const char *folder, const struct picture *picture, const char **empty,
                   struct faults *faults);

/* Whether the picture, one of limits, levers or of a map, has rows of this target; if not, a fault.
 */
bool picture_has_target(const char *folder, const struct picture *picture, const char *target,
                        struct faults *faults);

/* Copies the header and the rows of one firm, of the first replicate that has it, from firms.csv of
 * the folder to a file. */
bool picture_take_firm(const char *folder, const char *firm, const char *to, struct faults *faults);

/* Whether a picture can be drawn of a batch with so many axes. */
bool picture_fits(const struct picture *picture, int axes);

/* Axes of a batch: columns of points.csv beyond the fixed ones; 0 if there is no such file. */
int picture_axes(const char *folder);

#endif
