/* What happened in each calendar year: the flows along the pipeline (research, results, projects,
 * firms in the first zone, the next, …) with what is lost on the way, and the share of the year's
 * months in which talent, space or capital bound. Sums over the months of each replicate's years,
 * so quantiles are of years, which no quantile of months can tell.
 */
#ifndef NEOBAY_STORE_YEARLY_H
#define NEOBAY_STORE_YEARLY_H

#include "base/csv.h"
#include "engine/summary.h"

/* One flow: what is summed, and between what it runs. */
struct flow {
    const char *from, *to;
    size_t column;  /* of the panel */
    size_t less[2]; /* columns that are taken off, `less_count` of them */
    size_t less_count;
    bool binds; /* a bottleneck; `from` is its name */
};

struct yearly {
    struct panel_layout layout;
    size_t flow_count, year_count;
    int first_year;
    uint64_t replicates;
    struct flow *flow;
    struct cells cells; /* [flow * year_count + year] */
};

bool yearly_init(struct yearly *yearly, const struct scenario *scenario, struct faults *faults);
void yearly_clear(struct yearly *yearly);

/* Adds one replicate, in any order. */
void yearly_add(struct yearly *yearly, const struct outcome *outcome);

/* For the store; taken into one that is initialised for the same scenario. */
void yearly_put(struct text *out, struct yearly *yearly);
void yearly_take(struct bytes_reader *reader, struct yearly *yearly);

/* Before the files are written. */
void yearly_settle(struct yearly *yearly);

/* Each writes a whole file, header included. */
void yearly_write_pipeline(const struct yearly *yearly, struct csv *csv);
void yearly_write_bottlenecks(const struct yearly *yearly, struct csv *csv);

#endif
