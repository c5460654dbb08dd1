#include "store/facts.h"

#include "base/text.h"
#include "math/real.h"
#include "stats/estimate.h"
#include "store/columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIZES_A_POINT = 5, GROWTHS_A_POINT = 20, MONTHS_A_YEAR = 12, FEWEST_AT_RISK = 30 };
#define LN_10             2.302585092994045684
#define SIZE_LOWEST_LOG10 (-5.0)
#define SIZES_A_DECADE    40.0
#define GROWTH_LOWEST     (-3.0)
#define GROWTH_WIDTH      0.005
#define TAIL_SHARE        0.1
#define NORMAL_95         1.959963984540054

void facts_init(struct facts *facts, const struct scenario *scenario)
{
    *facts = (struct facts){.end = (int)scenario->centre.clock->end};
}

void facts_clear(struct facts *facts)
{
    free(facts->firm);
    *facts = (struct facts){0};
}

/* ------------------------------------------------------------------ the table of firms */

static struct facts_firm *place_of(struct facts *facts, uint64_t name)
{
    size_t at = (size_t)name & (facts->capacity - 1);
    while (facts->firm[at].name != 0 && facts->firm[at].name != name)
        at = (at + 1) & (facts->capacity - 1);
    return &facts->firm[at];
}

static bool grow_table(struct facts *facts)
{
    struct facts_firm *old = facts->firm;
    size_t before = facts->capacity, wanted = before == 0 ? 4096 : 2 * before;
    struct facts_firm *bigger = calloc(wanted, sizeof *bigger);
    if (bigger == NULL)
        return false;
    facts->firm = bigger;
    facts->capacity = wanted;
    for (size_t i = 0; i < before; i++)
        if (old[i].name != 0)
            *place_of(facts, old[i].name) = old[i];
    free(old);
    return true;
}

/* The firm of this identity, new or not; NULL if memory ran out. */
static struct facts_firm *find_firm(struct facts *facts, const char *id)
{
    if (2 * facts->firm_count >= facts->capacity && !grow_table(facts))
        return NULL;
    uint64_t name = text_hash64(id, strlen(id)) | 1;
    struct facts_firm *firm = place_of(facts, name);
    if (firm->name == 0) {
        *firm = (struct facts_firm){.name = name, .year_end = MONTH_NEVER};
        facts->firm_count++;
    }
    return firm;
}

/* ------------------------------------------------------------------ adding */

static size_t bin_of(double position, size_t bins)
{
    return position < 0.0 ? 0 : position >= (double)bins ? bins - 1 : (size_t)position;
}

static size_t age_bin(int months)
{
    return bin_of((double)months, FACTS_AGES);
}

/* Beyond the bins a firm-year still counts, so that the density is one of all firms. */
static void add_growth(struct facts *facts, double log_growth)
{
    double position = (log_growth - GROWTH_LOWEST) / GROWTH_WIDTH;
    if (position >= 0.0 && position < (double)FACTS_GROWTHS)
        facts->growth[(size_t)position]++;
    facts->growth_count++;
}

static void add_size(struct facts *facts, double output_myuan)
{
    double log10_output = real_log(output_myuan) / LN_10;
    facts->size[bin_of((log10_output - SIZE_LOWEST_LOG10) * SIZES_A_DECADE, FACTS_SIZES)]++;
    facts->size_count++;
}

/* The firms that were not seen in the last month left in the month after they were last seen. */
static void close_replicate(struct facts *facts)
{
    for (size_t i = 0; i < facts->capacity; i++)
        if (facts->firm[i].name != 0 && facts->firm[i].seen < facts->end)
            facts->exits[age_bin(facts->firm[i].age)]++;
    if (facts->firm_count > 0)
        memset(facts->firm, 0, facts->capacity * sizeof *facts->firm);
    facts->firm_count = 0;
}

static void add_year_end(struct facts *facts, struct facts_firm *firm, const struct firm_row *row)
{
    if (row->output_myuan <= 0.0)
        return;
    if (firm->year_end != MONTH_NEVER && firm->output_myuan > 0.0)
        add_growth(facts, real_log(row->output_myuan) - real_log(firm->output_myuan));
    firm->year_end = row->month;
    firm->output_myuan = row->output_myuan;
    if (row->month == facts->end)
        add_size(facts, row->output_myuan);
}

void facts_add(struct facts *facts, size_t replicate, const struct firm_row *row)
{
    if (facts->replicates == 0 || facts->replicate != replicate) {
        close_replicate(facts);
        facts->replicate = replicate;
        facts->replicates++;
    }
    struct facts_firm *firm = facts->failed ? NULL : find_firm(facts, row->id);
    if (firm == NULL) {
        facts->failed = true;
        return;
    }
    firm->seen = row->month;
    firm->age = row->age_months;
    if (row->month < facts->end)
        facts->at_risk[age_bin(row->age_months)]++;
    if ((facts->end - row->month) % MONTHS_A_YEAR == 0)
        add_year_end(facts, firm, row);
}

/* ------------------------------------------------------------------ writing */

static void write_row(struct csv *csv, const struct facts_row *row)
{
    facts_cells(csv, row);
    csv_end_row(csv);
}

/* A row of `count` of `all`, by `per` of what is drawn. */
static struct facts_row share_row(const struct facts *facts, uint64_t count, uint64_t all,
                                  double per)
{
    struct interval interval = estimate_proportion(count, all, 0.95);
    return (struct facts_row){.value = (double)count / (double)all * per,
                              .low95 = interval.low * per,
                              .high95 = interval.high * per,
                              .model = NAN,
                              .count = count,
                              .replicates = facts->replicates};
}

static double size_at(double bin)
{
    return real_exp((SIZE_LOWEST_LOG10 + bin / SIZES_A_DECADE) * LN_10);
}

/* The bin where the tail begins: TAIL_SHARE of the firms lie in it and above. */
static size_t tail_begin(const struct facts *facts, uint64_t *tail)
{
    size_t bin = FACTS_SIZES;
    *tail = 0;
    while (bin > 0 && (double)*tail < TAIL_SHARE * (double)facts->size_count)
        *tail += facts->size[--bin];
    return bin;
}

/* Hill's estimate: the inverse of the mean log distance from where the tail begins. */
static double tail_exponent(const struct facts *facts, size_t begin, uint64_t tail)
{
    double sum = 0.0;
    for (size_t bin = begin; bin < FACTS_SIZES; bin++)
        sum += (double)facts->size[bin] * ((double)(bin - begin) + 0.5) / SIZES_A_DECADE * LN_10;
    return sum > 0.0 ? (double)tail / sum : NAN;
}

static void write_rank_size(const struct facts *facts, struct csv *csv)
{
    uint64_t tail, above = facts->size_count;
    size_t begin = tail_begin(facts, &tail);
    double exponent = tail_exponent(facts, begin, tail);
    for (size_t bin = 0; bin < FACTS_SIZES && above > 0; bin++) {
        if (bin % SIZES_A_POINT == 0 && (above < facts->size_count || facts->size[bin] > 0)) {
            struct facts_row row = share_row(facts, above, facts->size_count, 1.0);
            row.fact = "rank_size";
            row.x = size_at((double)bin);
            row.parameter = exponent;
            if (bin >= begin)
                row.model = (double)tail / (double)facts->size_count *
                            real_exp(-exponent * (double)(bin - begin) / SIZES_A_DECADE * LN_10);
            write_row(csv, &row);
        }
        above -= facts->size[bin];
    }
}

static double growth_at(double bin)
{
    return GROWTH_LOWEST + bin * GROWTH_WIDTH;
}

static double growth_median(const struct facts *facts)
{
    uint64_t below = 0;
    size_t bin = 0;
    while (bin + 1 < FACTS_GROWTHS && 2 * (below + facts->growth[bin]) < facts->growth_count)
        below += facts->growth[bin++];
    return growth_at((double)bin + 0.5);
}

static double growth_scale(const struct facts *facts, double median)
{
    double sum = 0.0;
    for (size_t bin = 0; bin < FACTS_GROWTHS; bin++)
        sum += (double)facts->growth[bin] * fabs(growth_at((double)bin + 0.5) - median);
    return sum / (double)facts->growth_count;
}

static void write_growth(const struct facts *facts, struct csv *csv)
{
    double median = growth_median(facts), scale = growth_scale(facts, median);
    double width = GROWTH_WIDTH * GROWTHS_A_POINT;
    for (size_t bin = 0; facts->growth_count > 0 && bin < FACTS_GROWTHS; bin += GROWTHS_A_POINT) {
        uint64_t count = 0;
        for (size_t i = 0; i < GROWTHS_A_POINT; i++)
            count += facts->growth[bin + i];
        if (count == 0)
            continue;
        struct facts_row row = share_row(facts, count, facts->growth_count, 1.0 / width);
        row.fact = "growth";
        row.x = growth_at((double)bin + 0.5 * GROWTHS_A_POINT);
        row.model = 0.5 / scale * real_exp(-fabs(row.x - median) / scale);
        row.parameter = scale;
        write_row(csv, &row);
    }
}

/* Exits over years at risk. */
static double exit_rate(const struct facts *facts)
{
    double exits = 0.0, months = 0.0;
    for (size_t age = 0; age < FACTS_AGES; age++) {
        exits += (double)facts->exits[age];
        months += (double)facts->at_risk[age];
    }
    return months > 0.0 ? exits / months * MONTHS_A_YEAR : NAN;
}

static void write_age(const struct facts *facts, size_t age, double stay, double error, double rate,
                      struct csv *csv)
{
    double years = (double)age / MONTHS_A_YEAR, factor = real_exp(NORMAL_95 * error);
    write_row(csv, &(struct facts_row){.fact = "survival",
                                       .x = years,
                                       .value = stay,
                                       .low95 = stay / factor,
                                       .high95 = fmin(stay * factor, 1.0),
                                       .model = real_exp(-rate * years),
                                       .parameter = rate,
                                       .count = facts->at_risk[age],
                                       .replicates = facts->replicates});
}

/* Greenwood's error of the log; ends at the age at which too few are left to tell. */
static void write_survival(const struct facts *facts, struct csv *csv)
{
    double stay = 1.0, variance = 0.0, rate = exit_rate(facts);
    for (size_t age = 0; age + 1 < FACTS_AGES && facts->at_risk[age] >= FEWEST_AT_RISK; age++) {
        if (age % MONTHS_A_YEAR == 0)
            write_age(facts, age, stay, sqrt(variance), rate, csv);
        double risk = (double)facts->at_risk[age], gone = (double)facts->exits[age];
        if (gone >= risk)
            break;
        stay *= 1.0 - gone / risk;
        variance += gone / (risk * (risk - gone));
    }
}

bool facts_write(struct facts *facts, struct csv *csv, struct faults *faults)
{
    if (facts->failed)
        return fault_memory(faults, "following firms for facts.csv");
    close_replicate(facts);
    csv_header(csv, CSV_FACTS);
    csv_end_row(csv);
    write_rank_size(facts, csv);
    write_growth(facts, csv);
    write_survival(facts, csv);
    return true;
}
