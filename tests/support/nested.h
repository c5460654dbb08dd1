/* Nested Monte Carlo: parameter draws, and of each so many replicates that differ in all else. What
 * bands of probabilities are held against. */
#ifndef NEOBAY_TESTS_SUPPORT_NESTED_H
#define NEOBAY_TESTS_SUPPORT_NESTED_H

#include "engine/bands.h"

/* Counts of replicates that met a target, by parameter draw. */
struct nested {
    size_t draws, inner, targets;
    uint32_t *met; /* [draw * targets + target] */
};

bool nested_run(struct nested *nested, const struct scenario *scenario, uint64_t seed, size_t draws,
                size_t inner, struct faults *faults);
void nested_clear(struct nested *nested);

/* Number i of a band (p05, p95, below_1, above_50) as nested Monte Carlo finds it, with the 95 %
 * interval that so many draws leave. */
enum { NESTED_NUMBERS = 4 };
struct band_number nested_number(const struct nested *nested, size_t target, size_t number);
struct band_number nested_of_band(const struct band *band, size_t number);

/* Whether two intervals agree: they overlap. */
bool nested_agrees(struct band_number a, struct band_number b);

/* The bands of a run of the scenario. */
bool nested_bands(struct bands *bands, const struct scenario *scenario, uint64_t seed,
                  size_t replicates, struct faults *faults);

#endif
