/* The district: the whole state of one replicate, and its life month by month.
 *
 * A district is a workspace: made once a thread, started anew for each replicate. Order of a step:
 * policy, macro, sources, projects, arrivals, markets, firms, sums. Each phase reads what the
 * phases before it left and nothing later: one way, no going back.
 */
#ifndef NEOBAY_MODEL_DISTRICT_H
#define NEOBAY_MODEL_DISTRICT_H

#include "model/birthplace.h"
#include "model/capital.h"
#include "model/kernels/kernels.h"
#include "model/macro.h"
#include "model/policy.h"
#include "model/project.h"
#include "model/source.h"
#include "scenario/scenario.h"

#define STEP_YEARS (1.0 / 12.0)

/* What happened in one month. F(name): a count or an amount, zeroed when the month begins. */
#define FLOW_TABLE(F)                                                                              \
    F(founded)                                                                                     \
    F(arrived)                                                                                     \
    F(failed)                                                                                      \
    F(relocated)                                                                                   \
    F(discoveries)                                                                                 \
    F(ventures)                                                                                    \
    F(licences)                                                                                    \
    F(abandoned)                                                                                   \
    F(leaked)                                                                                      \
    F(turned_away)                                                                                 \
    F(newly_listed)                                                                                \
    F(rounds_closed)                                                                               \
    F(raised_myuan)                                                                                \
    F(no_room) /* askers that found none, this month */

struct flows {
#define FLOW_MEMBER(name) double name;
    FLOW_TABLE(FLOW_MEMBER)
#undef FLOW_MEMBER
};

struct district {
    const struct scenario *scenario;
    const struct kernels *kernels;
    struct kinds kinds;
    struct draw_stream stream;
    int month; /* of the last step; the month before clock.start when just started */

    double *base;      /* [leaf] this replicate's numbers before time and policy act on them */
    struct params now; /* the effective numbers of the month */
    struct policy policy;
    struct macro macro;
    struct projects projects;   /* that incubate */
    struct projects waiting;    /* for space */
    struct discoveries results; /* scratch of sources */
    struct firms firms;
    size_t *firm_count;                /* [kind] see census.h */
    double raise_weight[STAGE_STRIDE]; /* [stage] the same */
    struct capital capital;
    double talent_heads;
    double *area_used_m2; /* [zone] as of the last sums, and admissions since */
    struct step_tables tables;
    double finance_quality;        /* number that raise_factor was made from */
    struct birthplace *birthplace; /* every source and cohort: see birthplace_now */
    double *mix_sums;              /* storage of their mixes */
    struct firm_sums sums;         /* after the last step */
    struct flows flows;            /* of the last step */
    double *graduated;             /* [zone left * zones + zone reached] of the last step */
    uint64_t agent_steps;          /* firms and projects, summed over all steps since init */
    size_t *leaving;               /* [firm row] scratch of events */
    size_t leaving_capacity;
    struct birth_shape attributes; /* of the month's newborn: see birth_attributes */
};

/* Allocates a workspace for the scenario, which must outlive it. */
bool district_init(struct district *district, const struct scenario *scenario,
                   const struct kernels *kernels, struct faults *faults);
void district_clear(struct district *district);

/* Starts a replicate: draws what is not known, and the incumbents, and takes the sums of month 0.
 */
bool district_start(struct district *district, const struct draw_replicate *replicate,
                    struct faults *faults);

/* Goes on from the present month with another scenario of the same layout, which agreed with the
 * one before up to now (engine/trunk.h); `replicate` as it was started. The next step reads the new
 * scenario's numbers. */
void district_follow(struct district *district, const struct scenario *scenario,
                     const struct draw_replicate *replicate);

/* One phase of a step; false with a fault if memory runs out. */
struct phase {
    const char *name;
    bool (*run)(struct district *district, struct faults *faults);
};

/* The phases of a step, in order. */
enum phase_id {
    PHASE_POLICY,
    PHASE_MACRO,
    PHASE_SOURCES,
    PHASE_PROJECTS,
    PHASE_ARRIVALS,
    PHASE_MARKETS,
    PHASE_GROWTH,
    PHASE_EVENTS,
    PHASE_CERTIFICATE,
    PHASE_SUMS,
    PHASE_COUNT,
};
extern const struct phase district_phases[PHASE_COUNT];

/* Lives the next month: all phases. */
bool district_step(struct district *district, struct faults *faults);

/* Projects, those that wait included. */
static inline size_t district_projects(const struct district *district)
{
    return district->projects.count + district->waiting.count;
}

/* Number of firms by zone and by sector. */
size_t district_firms_in_zone(const struct district *district, size_t zone);
size_t district_firms_in_sector(const struct district *district, size_t sector);

#endif
