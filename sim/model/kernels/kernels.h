/* The hot loops over firms and projects, compiled once for each vector width (see math/lanes.h).
 *
 * All are pure: they read tables and addresses, and write columns of firms or sums. Firm dynamics
 * itself stands here; growth.c, exit.c, finance.c and graduation.c fill the tables.
 */
#ifndef NEOBAY_MODEL_KERNELS_KERNELS_H
#define NEOBAY_MODEL_KERNELS_KERNELS_H

#include "model/firms.h"
#include "random/draw.h"

enum { AGE_MONTHS = 1200 }; /* no firm is born older */

/* Numbers that a stage has, as many as a short table holds. */
typedef float stage_table[LANES_TABLE];

/* What a step needs, looked up by place or by stage. Filled anew each step. */
struct step_tables {
    size_t places;       /* entries of the tables by place: a multiple of LANES_TABLE */
    float *drift;        /* [place] growth of log output a step that a firm has from its place */
    float *heads;        /* [place] staff over output, a myuan */
    float *area_m2;      /* [place] area a head */
    float *worth;        /* [place] value over output */
    float *zone;         /* [place] its index */
    stage_table boost;   /* growth of log output a step that a firm has from its stage */
    stage_table premium; /* factor of worth */
    double raise[STAGE_STRIDE]; /* hazard a step of a round, before the firm's raise_factor */
    double *fail, *relocate;    /* [zone] hazard a step of failure before frailty; of relocation */
    double *graduate;           /* [zone] hazard a step of moving up the chain once large enough */
    double fail_most, relocate_most, graduate_most; /* largest hazards a step of any zone */
    double graduate_output;    /* least output of a firm that is large enough anywhere */
    double list;               /* hazard a step of listing, once late-stage and large enough */
    double list_output;        /* least output of a firm that is large enough to list */
    double list_age_months;    /* and its least age */
    double quality_growth;     /* growth.quality * D */
    double young, young_years; /* growth.young_per_year * D; its decay */
    double volatility, volatility_size, volatility_low, volatility_high; /* times sqrt(D) */
    double exit_floor, exit_hump_years, exit_size, exit_quality, fewest_heads;
    double valued_myuan, unicorn_myuan; /* thresholds */
};

/* Staff in heads, and value in myuan on a market, of a firm of this kind and output. */
static inline float tables_staff(const struct step_tables *tables, int32_t kind, float output_myuan)
{
    float heads = output_myuan * tables->heads[kind_place(kind)];
    return heads > (float)tables->fewest_heads ? heads : (float)tables->fewest_heads;
}

static inline float tables_worth(const struct step_tables *tables, int32_t kind, float output_myuan)
{
    return output_myuan * (tables->worth[kind_place(kind)] * tables->premium[kind_stage(kind)]);
}

/* The rule of the certificate: thresholds and chances of certificate.*, with the month. */
struct certificate_rule {
    int month;
    double ip_per_head, score_base, score_quality, score_ip, score_noise, score_pass;
    double age_months, ip_count, technical_share, revenue_share;
    double small_output, large_output, rd_small, rd_middle, rd_large;
    double apply, renew;
    int valid_months;
};

/* What the members of one group of newborn firms draw from. Startups are new, and have quality and
 * kind already: what stands after them is for others. */
struct birth_shape {
    double log_output_median, output_sigma;
    double log_rd_median, rd_sigma;
    double logit_technical_median, technical_sigma, logit_revenue_median, revenue_sigma;
    double finance_quality;
    int month; /* now */
    bool startups;
    double mean_age_years, funded_share;
    enum stage funded_stage;
    const struct draw_mix *sectors;
    const struct draw_mix *zones; /* NULL: all in `zone` */
    size_t zone;
};

/* Sums over the living after a step, in SUM_LANES parts folded in a fixed order. */
struct firm_sums {
    double output_myuan, rd_myuan, market_value_myuan, staff_heads;
    size_t hightech, valued, unicorns; /* counts */
    double raise[STAGE_STRIDE];        /* by stage: sum of raise_factor, by the census */
    double *area_m2;                   /* [zone] */
};

/* A month's results of all sources, source by source; arrays are padded to SUM_LANES. */
struct discoveries {
    size_t count, capacity;
    uint32_t *agent, *origin;             /* [result] */
    float *venture_share, *licence_share; /* [result] of its source */
    float *sector_draw, *quality;         /* [result] a uniform that tells the sector; z */
    size_t chosen_count;
    struct chosen_result {
        uint32_t result;
        bool venture;     /* else a licence */
        uint32_t word[4]; /* that its work, or its licensee, is drawn from */
    } * chosen;           /* the results that are not shelved, in order */
    struct bench *bench;  /* [source] see source.c */
    size_t bench_capacity;
};

struct kernels {
    const char *name;
    /* Redraws year_volatility of all rows. */
    void (*year)(struct firms *firms, const struct draw_stream *stream, int month);
    /* Growth of all rows; hazards and draws into scratch; candidates for events. */
    void (*advance)(struct firms *firms, const struct step_tables *tables,
                    const struct draw_stream *stream, int month);
    /* Hazards of leaving and the chance of it, of the candidates. */
    void (*leave)(struct firms *firms, const struct step_tables *tables, int month);
    /* IP gained and certificates granted in a window, for rows [first, firms->count). */
    void (*certify)(struct firms *firms, size_t first, const struct step_tables *tables,
                    const struct certificate_rule *rule, const struct draw_stream *stream);
    /* What rows [first, firms->count) are born with, but for the value of the funded; their agent
     * and origin are set. Writes up to SUM_LANES - 1 rows of padding. */
    void (*birth)(struct firms *firms, size_t first, const struct birth_shape *shape,
                  const struct draw_stream *stream);
    /* Sums over all rows. */
    void (*measure)(const struct firms *firms, const struct step_tables *tables,
                    const struct kinds *kinds, int month, struct firm_sums *sums);
    /* Draws the results whose agent, origin and shares are set, and chooses among them. */
    void (*results)(struct discoveries *results, double venture_quality,
                    const struct draw_stream *stream, int month);
    /* Uniform 0 of `count` agents at one time; arrays padded to SUM_LANES. */
    void (*uniforms)(const uint32_t *agent, const uint32_t *origin, size_t count,
                     const struct draw_stream *stream, uint32_t when, float *out);
};

/* Those that this machine can run, the widest first; NULL beyond the last. */
const struct kernels *kernels_supported(size_t i);

#endif
