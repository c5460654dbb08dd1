/* The lives of a replicate's firms: every event of every firm, told while the replicate is lived.
 *
 * The model keeps no record of events. What happened is what a phase of a step changed: rows that
 * came, a stage or a zone that moved, a certificate that was given; who leaves, and why, is asked
 * of the rule that decides it (exit_cause) just before it does. So events add up to the flows of
 * every month, also for a firm that comes and goes within one.
 */
#ifndef NEOBAY_ENGINE_LIFE_H
#define NEOBAY_ENGINE_LIFE_H

#include "engine/replicate.h"
#include "model/firm_row.h"

/* E(UPPER, name, sentence). */
#define LIFE_TABLE(E)                                                                              \
    E(PRESENT, "present", "There before the first month")                                          \
    E(FOUNDED, "founded", "Founded from a project")                                                \
    E(ARRIVED, "arrived", "Came from outside")                                                     \
    E(LICENSED, "licensed", "Licensed a result of research")                                       \
    E(FUNDED, "funded", "Closed a round")                                                          \
    E(LISTED, "listed", "Went public")                                                             \
    E(MOVED, "moved", "Moved up the chain of zones")                                               \
    E(CERTIFIED, "certified", "Was certified as high-tech, a first time or after a gap")           \
    E(RENEWED, "renewed", "Was certified again as the certificate ran out")                        \
    E(LAPSED, "lapsed", "Is without the certificate that ran out")                                 \
    E(FAILED, "failed", "Failed")                                                                  \
    E(RELOCATED, "relocated", "Left the district alive")

enum life_kind {
#define LIFE_KIND(upper, ...) LIFE_##upper,
    LIFE_TABLE(LIFE_KIND)
#undef LIFE_KIND
        LIFE_COUNT
};
extern const char *const life_names[LIFE_COUNT];

struct life_event {
    enum life_kind kind;
    struct firm_row firm; /* after the event; of one that leaves, before it */
    int zone_left;        /* of MOVED; else the zone */
    double raised_myuan;  /* of FUNDED; else 0 */
};

struct life_watch {
    /* Called for each event, in order of months; false ends the replicate. */
    bool (*event)(void *context, const struct life_event *event);

    /* These may be NULL: every firm at the end of every month, then the month. */
    bool (*firm)(void *context, const struct firm_row *row);
    bool (*month)(void *context, int month);
    void (*outcome)(void *context, const struct outcome *outcome); /* at the end of all */
    void *context;
};

/* Lives the replicate and tells its events. False with a fault if memory runs out. */
bool life_run(const struct scenario *scenario, const struct draw_replicate *which,
              const struct life_watch *watch, struct faults *faults);

#endif
