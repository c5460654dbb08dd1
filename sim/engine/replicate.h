/* One replicate: a district's life from the first month to the last, and what it says. */
#ifndef NEOBAY_ENGINE_REPLICATE_H
#define NEOBAY_ENGINE_REPLICATE_H

#include "engine/summary.h"
#include "model/district.h"
#include "random/draw.h"

/* Storage of the outcome of one replicate. */
struct replicate {
    double *panel, *target_value, *target_sum, *drawn;
    int *target_reached;
};

bool replicate_init(struct replicate *replicate, const struct scenario *scenario,
                    const struct panel_layout *layout, struct faults *faults);
void replicate_clear(struct replicate *replicate);

/* Who looks on while a replicate is lived; members may be NULL. Each returns false to end it. */
struct replicate_watch {
    /* Before and after a phase of a step (district_phases). */
    bool (*before)(void *context, const struct district *district, enum phase_id phase);
    bool (*after)(void *context, const struct district *district, enum phase_id phase);

    /* At the end of every month, that before the first step included. */
    bool (*month)(void *context, const struct district *district);
    void *context;
    bool ended; /* one of them returned false */
};

/* Lives a replicate in the workspace `district`, watched. Ended early it returns true, and the
 * outcome holds the months that were lived. */
bool replicate_run_watched(struct replicate *replicate, struct district *district,
                           const struct panel_layout *layout, const struct draw_replicate *which,
                           struct replicate_watch *watch, struct faults *faults);

/* Lives a replicate in the workspace `district`. */
bool replicate_run(struct replicate *replicate, struct district *district,
                   const struct panel_layout *layout, const struct draw_replicate *which,
                   struct faults *faults);

/* The same in parts: starts a replicate, up to row 0 of the panel; */
bool replicate_start(struct replicate *replicate, struct district *district,
                     const struct panel_layout *layout, const struct draw_replicate *which,
                     struct faults *faults);
/* simulates rows [row, end), the rows before which are done; */
bool replicate_go_on(struct replicate *replicate, struct district *district,
                     const struct panel_layout *layout, size_t row, size_t end,
                     struct faults *faults);
/* and looks anew at the panel's first `rows` rows, for the targets of the district's scenario. */
void replicate_look_back(struct replicate *replicate, const struct district *district,
                         const struct panel_layout *layout, size_t rows);

struct outcome replicate_outcome(const struct replicate *replicate, size_t number);

#endif
