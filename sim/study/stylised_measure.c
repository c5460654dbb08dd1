#include "study/stylised_measure.h"

#include "base/memory.h"
#include "math/fine.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

enum { BINS = 10, FEWEST = 30, SMALL_HEADS = 50, FAST_HEADS = 10, FAST_YEARS = 3, MONTHS = 12 };
static const double tail_share = 0.1, birth_years = 4.0;

/* ------------------------------------------------------------------ sums */

/* Sums of pairs (x, y), for correlations and slopes. */
struct pairs {
    double n, x, y, xx, xy, yy;
};

static void add_pair(struct pairs *pairs, double x, double y)
{
    pairs->n += 1.0;
    pairs->x += x;
    pairs->y += y;
    pairs->xx += x * x;
    pairs->xy += x * y;
    pairs->yy += y * y;
}

static double covariance(const struct pairs *p)
{
    return p->xy / p->n - p->x / p->n * (p->y / p->n);
}

static double variance_x(const struct pairs *p)
{
    return p->xx / p->n - p->x / p->n * (p->x / p->n);
}

static double variance_y(const struct pairs *p)
{
    return p->yy / p->n - p->y / p->n * (p->y / p->n);
}

static double correlation(const struct pairs *p)
{
    return p->n < FEWEST ? NAN : covariance(p) / sqrt(variance_x(p) * variance_y(p));
}

/* ------------------------------------------------------------------ a year of a firm */

/* Growth over a year, with what it may hang on. */
struct growth {
    double log_output, growth, age;
};

/* All that a replicate's facts are made of. */
struct measuring {
    const struct firm_history *history;
    struct growth *growth;
    size_t count;
    double *sorted; /* scratch, of `count`, or of the firms */
};

static double log_output(const struct measuring *measuring, size_t place, size_t year)
{
    return (double)measuring->history->log_output[place * measuring->history->years + year];
}

static double heads(const struct measuring *measuring, size_t place, size_t year)
{
    return (double)measuring->history->heads[place * measuring->history->years + year];
}

/* Calls `each` for each firm's place. */
static void each_firm(struct measuring *measuring, void *context,
                      void (*each)(struct measuring *measuring, void *context, size_t place))
{
    for (size_t i = 0; i < measuring->history->capacity; i++)
        if (measuring->history->past[i].identity != 0)
            each(measuring, context, i);
}

static void collect_growth(struct measuring *measuring, void *context, size_t place)
{
    const struct firm_history *history = measuring->history;
    (void)context;
    for (size_t year = 0; year + 1 < history->years; year++) {
        double from = log_output(measuring, place, year),
               to = log_output(measuring, place, year + 1);
        int month = history->first_month + MONTHS * (int)year;
        if (!isnan(from) && !isnan(to))
            measuring->growth[measuring->count++] = (struct growth){
                from, to - from, (double)(month - history->past[place].born) / MONTHS};
    }
}

/* ------------------------------------------------------------------ facts of sizes and growth */

/* Hill's estimate of the exponent of the largest tenth at the end. */
static double tail(struct measuring *measuring)
{
    const struct firm_history *history = measuring->history;
    size_t count = 0;
    for (size_t i = 0; i < history->capacity; i++) {
        double last = history->past[i].identity == 0 ? (double)NAN
                                                     : log_output(measuring, i, history->years - 1);
        if (!isnan(last))
            measuring->sorted[count++] = last;
    }
    size_t top = (size_t)(tail_share * (double)count);
    double sum = 0.0;
    if (top < FEWEST)
        return NAN;
    gsl_sort(measuring->sorted, 1, count);
    for (size_t i = count - top; i < count; i++)
        sum += measuring->sorted[i] - measuring->sorted[count - top - 1];
    return (double)top / sum;
}

static double shape(const struct measuring *measuring)
{
    double n = (double)measuring->count, mean = 0.0, squares = 0.0, absolute = 0.0;
    if (measuring->count < FEWEST)
        return NAN;
    for (size_t i = 0; i < measuring->count; i++)
        mean += measuring->growth[i].growth / n;
    for (size_t i = 0; i < measuring->count; i++) {
        double off = measuring->growth[i].growth - mean;
        squares += off * off / n;
        absolute += fabs(off) / n;
    }
    return absolute / sqrt(squares);
}

/* The bin of tenths, by size, that a size falls into; edges are sorted. */
static size_t bin_of(const double edges[BINS - 1], double size)
{
    size_t bin = 0;
    while (bin < BINS - 1 && size > edges[bin])
        bin++;
    return bin;
}

static double slope(struct measuring *measuring)
{
    double edges[BINS - 1];
    struct pairs bin[BINS] = {{0}}, line = {0};
    if (measuring->count < BINS * FEWEST)
        return NAN;
    for (size_t i = 0; i < measuring->count; i++)
        measuring->sorted[i] = measuring->growth[i].log_output;
    gsl_sort(measuring->sorted, 1, measuring->count);
    for (size_t i = 0; i + 1 < BINS; i++)
        edges[i] = measuring->sorted[(i + 1) * measuring->count / BINS];
    for (size_t i = 0; i < measuring->count; i++) {
        const struct growth *growth = &measuring->growth[i];
        add_pair(&bin[bin_of(edges, growth->log_output)], growth->log_output, growth->growth);
    }
    for (size_t i = 0; i < BINS; i++)
        if (bin[i].n >= FEWEST)
            add_pair(&line, bin[i].x / bin[i].n, 0.5 * fine_log(variance_y(&bin[i])));
    return line.n < 3.0 ? NAN : covariance(&line) / variance_x(&line);
}

/* Of growth on ln output, the part of ln (1 + age) taken out of both. */
static double by_size(const struct measuring *measuring)
{
    struct pairs size = {0}, age_size = {0}, age_growth = {0};
    for (size_t i = 0; i < measuring->count; i++) {
        const struct growth *growth = &measuring->growth[i];
        double age = fine_log(1.0 + fmax(growth->age, 0.0));
        add_pair(&size, growth->log_output, growth->growth);
        add_pair(&age_size, age, growth->log_output);
        add_pair(&age_growth, age, growth->growth);
    }
    if (size.n < FEWEST)
        return NAN;
    double part = covariance(&age_size) / variance_x(&age_size);
    double left = variance_x(&size) - part * covariance(&age_size);
    return (covariance(&size) - part * covariance(&age_growth)) / left;
}

static void add_successive(struct measuring *measuring, void *context, size_t place)
{
    for (size_t year = 0; year + 2 < measuring->history->years; year++) {
        double first = log_output(measuring, place, year);
        double second = log_output(measuring, place, year + 1);
        double third = log_output(measuring, place, year + 2);
        if (!isnan(first) && !isnan(second) && !isnan(third) &&
            heads(measuring, place, year) < SMALL_HEADS)
            add_pair(context, second - first, third - second);
    }
}

/* ------------------------------------------------------------------ facts of staff and ages */

struct fast {
    double firms, by_10, by_20;
};

static void add_fast(struct measuring *measuring, void *context, size_t place)
{
    struct fast *fast = context;
    for (size_t year = 0; year + FAST_YEARS < measuring->history->years; year++) {
        double before = heads(measuring, place, year);
        if (isnan(log_output(measuring, place, year)) || before < FAST_HEADS ||
            isnan(log_output(measuring, place, year + FAST_YEARS)))
            continue;
        double factor = heads(measuring, place, year + FAST_YEARS) / before;
        fast->firms += 1.0;
        fast->by_10 += factor >= 1.1 * 1.1 * 1.1;
        fast->by_20 += factor >= 1.2 * 1.2 * 1.2;
    }
}

/* The first year's end at which a firm that was born under the clock is four years old. */
static void add_birth(struct measuring *measuring, void *context, size_t place)
{
    const struct firm_history *history = measuring->history;
    const struct firm_past *past = &history->past[place];
    for (size_t year = 0; year < history->years && !isnan(past->birth_log_output); year++) {
        int month = history->first_month + MONTHS * (int)year;
        double later = log_output(measuring, place, year);
        if (month - past->born < birth_years * MONTHS || isnan(later))
            continue;
        add_pair(context, (double)past->birth_log_output, later);
        return;
    }
}

static void find_youngest(struct measuring *measuring, void *context, size_t place)
{
    const struct firm_past *past = &measuring->history->past[place];
    double *youngest = context;
    if (past->listed != MONTH_NEVER)
        *youngest = fmin(isnan(*youngest) ? INFINITY : *youngest,
                         (double)(past->listed - past->born) / MONTHS);
}

static double hazard(const struct firm_history *history, size_t age)
{
    return history->months[age] < FEWEST * MONTHS
               ? (double)NAN
               : MONTHS * history->exits[age] / history->months[age];
}

static void measure(struct measuring *measuring, double fact[STYLISED_COUNT])
{
    struct pairs successive = {0}, birth = {0};
    struct fast fast = {0};
    each_firm(measuring, NULL, collect_growth);
    each_firm(measuring, &successive, add_successive);
    each_firm(measuring, &fast, add_fast);
    each_firm(measuring, &birth, add_birth);
    fact[STYLISED_LISTING] = NAN;
    each_firm(measuring, &fact[STYLISED_LISTING], find_youngest);
    fact[STYLISED_TAIL] = tail(measuring);
    fact[STYLISED_SHAPE] = shape(measuring);
    fact[STYLISED_SLOPE] = slope(measuring);
    fact[STYLISED_AUTOCORRELATION] = correlation(&successive);
    fact[STYLISED_FAST_10] = fast.firms < FEWEST ? (double)NAN : fast.by_10 / fast.firms;
    fact[STYLISED_FAST_20] = fast.firms < FEWEST ? (double)NAN : fast.by_20 / fast.firms;
    fact[STYLISED_BY_SIZE] = by_size(measuring);
    for (size_t age = 0; age < HISTORY_AGES; age++)
        fact[STYLISED_LEAVING_0 + age] = hazard(measuring->history, age);
    fact[STYLISED_BIRTH] = correlation(&birth);
}

bool stylised_measure(const struct firm_history *history, double fact[STYLISED_COUNT],
                      struct faults *faults)
{
    size_t rows = history->count * history->years + 1;
    struct measuring measuring = {.history = history,
                                  .growth = calloc(rows, sizeof *measuring.growth),
                                  .sorted = calloc(rows, sizeof *measuring.sorted)};
    bool ok = measuring.growth != NULL && measuring.sorted != NULL;
    if (ok)
        measure(&measuring, fact);
    free(measuring.growth);
    free(measuring.sorted);
    return ok || fault_memory(faults, "following firms");
}
