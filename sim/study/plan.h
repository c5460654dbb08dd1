/* A batch: scenarios that run under the same luck, and how they come about.
 *
 * A plan is a list of points, each a scenario file with overrides. Points of a list are kept; those
 * of a design are made when they are asked for, so that memory does not grow with their number but
 * for the coordinates of a sampled one. Every point but the first is held against a reference.
 */
#ifndef NEOBAY_STUDY_PLAN_H
#define NEOBAY_STUDY_PLAN_H

#include "base/fault.h"
#include "scenario/distribution.h"
#include "scenario/override.h"

#include <stdint.h>

enum { PLAN_MOST_POINTS = 1000000, PLAN_SOBOL_AXES = 40 };
#define PLAN_NO_REFERENCE SIZE_MAX

enum plan_design {
    DESIGN_LIST,
    DESIGN_FULL,
    DESIGN_ONE_AT_A_TIME,
    DESIGN_LATIN_HYPERCUBE,
    DESIGN_SOBOL,
    DESIGN_COUNT
};
extern const char *const design_names[DESIGN_COUNT]; /* as a batch file says them */

/* A value laid over a scenario, and what a table calls it; NULL where no table does. */
struct change {
    struct override override;
    char *label;
};

/* A value that is not known, which an axis sets. */
struct unknown {
    char *path; /* of the leaf */
    struct distribution distribution;
};

/* Values that one path takes. A range has `count` steps, and any value between for a sample; what
 * is uncertain takes its range from the base: all that the path covers, at one share of each. */
struct axis {
    char *path;
    const char *label; /* in names of points: the end of the path where that tells it apart */
    struct change *value;
    size_t count;
    bool range, logarithmic, whole, uncertain;
    double from, to;
    struct unknown *unknown; /* of an uncertain axis, once the base is read; see unknowns_find */
    size_t unknown_count;
    struct place at, from_at, to_at;
};

/* One scenario of a list. */
struct entry {
    char *name, *file; /* file NULL: the base */
    struct change *change;
    size_t count, reference;
    struct place at;
};

struct plan {
    struct node_store store; /* of the nodes and texts that overrides point to */
    char *file, *title, *question;
    char *base; /* NULL where every entry names a file */
    struct place base_at;
    struct change *set; /* laid over every point, before what the point changes */
    size_t set_count;
    enum plan_design design;
    uint64_t seed;       /* of sampled designs, and of the replicates unless told otherwise */
    uint64_t replicates; /* 0: not said */
    bool has_seed;
    bool all_uncertain; /* an axis for each uncertain value of the base */
    struct place vary_at;
    size_t points, samples; /* samples: of a sampled design, without the base */
    struct axis *axis;
    size_t axis_count;
    struct entry *entry;
    size_t entry_count;
    double *unit; /* [sample * axis_count + axis], in (0, 1), of a sampled design */
};

/* One point, made by plan_point. Zero-initialise the first time; plan_point uses it again. */
struct point {
    char *name;
    const char *file;
    struct change *change; /* with labels where it comes from an axis */
    size_t count;
    size_t reference;   /* a point, or PLAN_NO_REFERENCE */
    const char **label; /* [axis] the value as a table shows it; NULL: as the base has it */
};

void plan_clear(struct plan *plan);

/* Makes point number `index`. False with a fault if memory runs out. */
bool plan_point(const struct plan *plan, size_t index, struct point *point, struct faults *faults);
void point_clear(struct point *point);

/* The value of a range at a place u in [0, 1], to twelve digits, so that steps of 0.2 look like it.
 */
double axis_value(const struct axis *axis, double u);

/* Lays overrides "path=value" over every point; they have been read without a fault before. */
bool plan_set(struct plan *plan, const char *const *overrides, size_t count, struct faults *faults);

/* Adds an empty entry, zeroed, or returns NULL. */
struct entry *plan_add_entry(struct plan *plan);

/* Adds a change; what its override points to is borrowed, a label copied. */
bool change_add(struct change **change, size_t *count, const struct override *override,
                const char *label);
void changes_free(struct change *change, size_t count);

/* Fills plan->unit of a sampled design; the seed shuffles or shifts it. */
bool plan_sample(struct plan *plan, struct faults *faults);

#endif
