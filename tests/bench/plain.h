/* The plain program: the model of docs/model.md as a user would write it in a day.
 *
 * An array of structs, GSL's mt19937 and its distributions, libm, one loop over the firms a month,
 * OpenMP over the replicates. It shares with the engine what a scenario says (the reader, what is
 * not known, and the numbers that policy makes of it) and nothing of the model's life. It is there
 * to be held against the engine: the same means (tests/engine/plain.c), and how long each takes.
 */
#ifndef NEOBAY_TESTS_BENCH_PLAIN_H
#define NEOBAY_TESTS_BENCH_PLAIN_H

#include "model/policy.h"

#include <gsl/gsl_rng.h>

struct plain_firm {
    double log_output, output, quality, volatility, raise_factor, value;
    double rd_share, technical_share, revenue_share, score_noise, ip;
    int born, certified_until, zone, sector, stage;
};

struct plain_project {
    double work, quality;
    int sector;
};

struct plain_projects {
    struct plain_project *project;
    int count, capacity;
};

/* A district, lived by one thread. */
struct plain {
    const struct scenario *scenario;
    gsl_rng *rng;
    double *base;
    struct params now;
    struct policy policy;
    int month, zones, sectors;
    struct plain_firm *firm;
    int firms, capacity;
    struct plain_projects incubating, waiting;
    double growth_deviation, sentiment_deviation, growth, sentiment;
    double talent, staff;
    double cleared[CAPITAL_COUNT];
    double raise_quality;          /* finance.quality of the firms' raise_factor */
    double raise_sum[ROUND_COUNT]; /* of raise_factor, by the round sought */
    double *area_used;             /* [zone] */
    int *in_zone, *in_sector;      /* firms */
    double *seen;          /* [INDICATOR_COUNT] of this month; those by zone or sector stay 0 */
    double target_sum[64]; /* of flows, for reviews */
    uint64_t agent_steps;
};

/* Births of every kind. */
void plain_start_projects(struct plain *plain);
void plain_incumbents(struct plain *plain);
void plain_sources(struct plain *plain);
void plain_projects_step(struct plain *plain);
void plain_arrivals(struct plain *plain);

/* One month of the firms: growth, leaving, finance, graduation; the certificate; the sums. */
void plain_firms_step(struct plain *plain);
void plain_certificate(struct plain *plain, int month);
void plain_measure(struct plain *plain);

/* What they all use. */
static inline double plain_staff(const struct plain *plain, const struct plain_firm *firm)
{
    double staff = firm->output / plain->now.sectors[firm->sector].output_per_head_myuan;
    double fewest = plain->now.staff->fewest_heads;
    return staff > fewest ? staff : fewest;
}
bool plain_take_space(struct plain *plain, int zone, double area);
double plain_occupancy(const struct plain *plain, int zone);

/* Lives `replicates` replicates; seen[replicate * months * INDICATOR_COUNT + …] gets each month's
 * indicators, month 0 included. Returns the agent-steps (firms and projects, months). */
uint64_t plain_run(const struct scenario *scenario, unsigned long seed, int replicates, int threads,
                   double *seen);

#endif
