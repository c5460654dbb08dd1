/* The stylised facts of firms, from the firm panel, each with the law it is held against:
 *   rank_size  share of firms with an output of x or more, at the end; above the 90 % quantile a
 *              power law x^-a with Hill's estimate of a;
 *   growth     density of log output over that of a year before, among firms that lived through
 *              the year; a Laplace law exp(-|x - m| / b) / 2b, m the median, b the mean distance
 *              from it;
 *   survival   share of firms still there by age (Kaplan and Meier, firms entering at the age at
 *              which they are first seen); exp(-h x), h the exits over the years at risk.
 * Sums over the replicates of the panel, in bins that do not grow with their number. Sources:
 * Axtell (2001), Science 293, 1818; Stanley et al. (1996), Nature 379, 804; Hill (1975), Ann. Stat.
 * 3, 1163.
 */
#ifndef NEOBAY_STORE_FACTS_H
#define NEOBAY_STORE_FACTS_H

#include "base/csv.h"
#include "model/firm_row.h"

enum { FACTS_SIZES = 480, FACTS_GROWTHS = 1200, FACTS_AGES = 600 };

/* A firm of the present replicate. */
struct facts_firm {
    uint64_t name; /* hash of its identity; 0: a free place of the table */
    int seen, age; /* month last seen, age then */
    int year_end;  /* month of `output`, the last year's end seen; MONTH_NEVER */
    double output_myuan;
};

struct facts {
    int end; /* last month */
    bool failed;
    uint64_t replicates, size_count, growth_count;
    size_t replicate;
    size_t firm_count, capacity; /* of the table; capacity a power of two */
    struct facts_firm *firm;
    uint64_t size[FACTS_SIZES];     /* firms at the end, by log output */
    uint64_t growth[FACTS_GROWTHS]; /* firm-years, by log growth */
    uint64_t at_risk[FACTS_AGES];   /* firm-months, by age in months */
    uint64_t exits[FACTS_AGES];
};

void facts_init(struct facts *facts, const struct scenario *scenario);
void facts_clear(struct facts *facts);

/* Adds a firm in a month; rows come by replicate, then by month. */
void facts_add(struct facts *facts, size_t replicate, const struct firm_row *row);

/* Closes the last replicate and writes the whole file, header included. False if memory ran out. */
bool facts_write(struct facts *facts, struct csv *csv, struct faults *faults);

#endif
