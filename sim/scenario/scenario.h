/* A scenario, checked and compiled: numbers with paths, names, and what acts on what.
 *
 * Every number is a leaf: an index into params.value with a path such as zones.T.floor_area_m2.
 * A leaf is a number, a distribution (not known, drawn once a replicate) or a series (planned,
 * linear between its dates). Effects of levers, shocks and reviews are leaves too.
 */
#ifndef NEOBAY_SCENARIO_SCENARIO_H
#define NEOBAY_SCENARIO_SCENARIO_H

#include "base/fault.h"
#include "base/text.h"
#include "scenario/distribution.h"
#include "scenario/indicators.h"
#include "scenario/schema.h"

#include <stdint.h>

/* Targets, joint ones included: each is a bit of a word. */
enum { SCENARIO_TARGETS = 64 };

enum leaf_kind { LEAF_NUMBER, LEAF_DISTRIBUTION, LEAF_SERIES };

/* Points of a dated series, `month` rising; constant before the first and after the last. */
struct series {
    size_t count;
    int *month;
    double *value;
};

struct leaf {
    enum leaf_kind kind;
    char *path;                       /* sources.sjtu.sector_mix.ai */
    const struct field *field;        /* its row of the table */
    uint32_t hash;                    /* text_hash32(path), its address of chance */
    struct distribution distribution; /* of LEAF_DISTRIBUTION */
    struct series series;             /* of LEAF_SERIES */
    struct place at;                  /* where it was given; file "default" if nowhere */
};

/* At strength s an amount e multiplies by 1 + e s, a factor f scales by 1 + (f - 1) s, and an
 * amount a adds a s. */
enum effect_kind { EFFECT_MULTIPLIES, EFFECT_SCALES, EFFECT_ADDS };

/* One action of a lever, shock or review on one number. `amount` is a leaf index as well, so that
 * effects can be uncertain, varied and overridden. A path with a star, zones.*.shelter, makes one
 * effect for each target, all with the same amount. */
struct effect {
    enum section_id owner; /* SECTION_LEVERS, SECTION_SHOCKS or SECTION_REVIEWS */
    size_t instance;       /* which lever, shock or review */
    enum effect_kind kind; /* by the field that gives the amount */
    size_t target, amount; /* leaf indices */
};

struct scenario {
    struct params centre; /* numbers; medians of distributions; the first value of series */
    struct leaf *leaf;
    size_t leaf_count;
    struct effect *effect; /* in the order of the file, owner by owner */
    size_t effect_count;
    char **name[SECTION_COUNT]; /* [section][instance]; NULL for ONE sections */
    char **text[SECTION_COUNT]; /* [section][instance * text_count + slot]; "" if not given */
    char **file;                /* files read, in order; places borrow these names */
    size_t file_count;
    char **given; /* overrides as "--set path=value"; places borrow these too */
    size_t given_count;
    uint64_t fingerprint; /* of everything that bears on the results, file names left out */
};

/* Reads a scenario file with all that it extends, lays `override_count` overrides "path=value" over
 * it, checks everything and compiles. Returns NULL with every fault found in `faults`. The caller
 * frees it with scenario_free. */
struct scenario *scenario_load(const char *file, const char *const *overrides,
                               size_t override_count, struct faults *faults);
void scenario_free(struct scenario *scenario);

/* Sets the fingerprint, which scenario_load does; false if memory runs out. */
bool scenario_set_fingerprint(struct scenario *scenario);

/* Index of the leaf with this path, or leaf_count. */
size_t scenario_leaf(const struct scenario *scenario, const char *path);

/* Index of the leaf of a number of scenario->centre. */
static inline size_t scenario_leaf_of(const struct scenario *scenario, const double *number)
{
    return (size_t)(number - scenario->centre.value);
}

/* Whether a lever, shock or review acts on anything. */
bool scenario_has_effects(const struct scenario *scenario, enum section_id owner, size_t instance);

/* Shares of mix number `slot` of an instance: where they start in params.value. */
size_t scenario_mix(const struct scenario *scenario, enum section_id section, size_t instance,
                    size_t slot);

/* Points the views of `params` into `value` (leaf_count doubles, laid out like centre.value). */
void params_bind(struct params *params, const struct scenario *scenario, double *value);

/* Value of a series at a month. */
double series_at(const struct series *series, int month);

/* Steps of the clock: months from clock.start to clock.end, both included. */
int scenario_steps(const struct scenario *scenario);

/* How many leaves are not known, but drawn from a distribution; and their values among those of all
 * leaves, in order. */
size_t scenario_uncertain_count(const struct scenario *scenario);
void scenario_uncertain_values(const struct scenario *scenario, const double *value, double *out);

/* Appends the effective scenario as YAML that reads back to the same bytes; with `comments`, each
 * value's unit and where it came from. */
void scenario_show(const struct scenario *scenario, bool comments, struct text *out);

#endif
