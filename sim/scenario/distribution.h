/* Distributions of what is not known: {triangular: [lo, mode, hi]}, {uniform: [lo, hi]},
 * {normal: [mean, sd]}, {lognormal: [median, sigma of the log]}, {beta: [a, b]} on [0, 1] or
 * {beta: [a, b, lo, hi]}. Normal and lognormal are cut at four standard deviations, so that every
 * distribution has ends that can be checked against a parameter's range. */
#ifndef NEOBAY_SCENARIO_DISTRIBUTION_H
#define NEOBAY_SCENARIO_DISTRIBUTION_H

#include <stddef.h>

#define DISTRIBUTION_TABLE(D)                                                                      \
    D(TRIANGULAR, triangular, 3, 3, "[lowest, mode, highest]")                                     \
    D(UNIFORM, uniform, 2, 2, "[lowest, highest]")                                                 \
    D(NORMAL, normal, 2, 2, "[mean, sd], cut at 4 sd")                                             \
    D(LOGNORMAL, lognormal, 2, 2, "[median, sigma of the log], cut at 4 sigma")                    \
    D(BETA, beta, 2, 4, "[a, b] on [0, 1], or [a, b, lowest, highest]")

enum distribution_kind {
#define DISTRIBUTION_ID(upper, ...) DISTRIBUTION_##upper,
    DISTRIBUTION_TABLE(DISTRIBUTION_ID)
#undef DISTRIBUTION_ID
        DISTRIBUTION_COUNT
};

enum { DISTRIBUTION_ARGUMENTS = 4 };

struct distribution {
    enum distribution_kind kind;
    size_t count; /* arguments given */
    double argument[DISTRIBUTION_ARGUMENTS];
};

struct distribution_row {
    const char *name;
    size_t fewest, most; /* arguments */
    const char *says;
};
extern const struct distribution_row distribution_rows[DISTRIBUTION_COUNT];

/* NULL if the arguments make a distribution, else what is wrong with them. */
const char *distribution_fault(const struct distribution *distribution);

/* The value below which a share u in (0, 1) of the probability lies (math/cdf.h's inverses). */
double distribution_quantile(const struct distribution *distribution, double u);

double distribution_lowest(const struct distribution *distribution);
double distribution_highest(const struct distribution *distribution);

#endif
