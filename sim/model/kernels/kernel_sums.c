/* Sums over the living, in lanes. Compiled once for each KERNEL_ISA; the bits are the same.
 *
 * Each of SUM_LANES parts adds every SUM_LANES-th row, in single precision over the few rows that
 * are added at once; then the parts are folded in a fixed order and added up in double. Several
 * short loops, each with few sums, which then stay in registers.
 */
#include "model/kernels/kernel.h"

#include <string.h>

enum { ROWS_AT_ONCE = 1024, ZONES_AT_ONCE = 4, GROUPS = SUM_LANES / LANES };

/* The parts of one sum. */
struct parts {
    lanes of[GROUPS];
};

/* Rows [first, to) of all, at most ROWS_AT_ONCE; first is a multiple of SUM_LANES. */
struct rows {
    const struct firms *firms;
    const struct step_tables *tables;
    size_t first, to;
};

/* Adds x to group g of the parts where the mask is set. */
static inline void add(struct parts *parts, size_t g, lanes_mask mask, lanes x)
{
    parts->of[g] = lanes_add_where(mask, parts->of[g], x);
}

static double folded(const struct parts *parts)
{
    float x[SUM_LANES];
    double sum[SUM_LANES / 2];
    memcpy(x, parts, sizeof x);
    for (size_t i = 0; i < SUM_LANES / 2; i++)
        sum[i] = (double)x[i] + (double)x[SUM_LANES / 2 + i];
    return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/* For each vector of the rows: `i` its first row, `g` its group. */
#define EACH_VECTOR(rows)                                                                          \
    for (size_t begin = (rows)->first; begin < (rows)->to; begin += SUM_LANES)                     \
    _Pragma("GCC unroll 4") for (size_t g = 0, i = begin; g < GROUPS; g++, i += LANES)

/* Which lanes of a vector are rows. */
static lanes_mask living(const struct rows *rows, size_t i)
{
    return lanes_first(rows->to > i ? rows->to - i : 0);
}

static lanes_ints place_of(lanes_ints kind)
{
    return kind >> STAGE_BITS;
}

static void add_output(const struct rows *rows, struct firm_sums *sums)
{
    struct parts output = {0}, rd = {0};
    EACH_VECTOR(rows)
    {
        lanes y = lanes_load(rows->firms->output_myuan + i);
        add(&output, g, living(rows, i), y);
        add(&rd, g, living(rows, i), y * lanes_load(rows->firms->rd_share + i));
    }
    sums->output_myuan += folded(&output);
    sums->rd_myuan += folded(&rd);
}

/* Staff, and each row's area. */
static void add_staff(const struct rows *rows, float *area_m2, struct firm_sums *sums)
{
    const struct step_tables *tables = rows->tables;
    struct parts sum = {0};
    EACH_VECTOR(rows)
    {
        lanes_ints kind = lanes_load_ints(rows->firms->kind + i);
        lanes staff = staff_lanes(tables, kind, lanes_load(rows->firms->output_myuan + i));
        lanes a_head = lanes_look_up(tables->area_m2, tables->places, place_of(kind));
        add(&sum, g, living(rows, i), staff);
        lanes_store(area_m2 + (i - rows->first), lanes_where(living(rows, i), staff * a_head));
    }
    sums->staff_heads += folded(&sum);
}

/* Area of a few zones at once. */
static void add_area(const struct rows *rows, const float *area_m2, size_t zone,
                     struct firm_sums *sums, size_t zones)
{
    const struct step_tables *tables = rows->tables;
    struct parts sum[ZONES_AT_ONCE] = {0};
    EACH_VECTOR(rows)
    {
        lanes_ints kind = lanes_load_ints(rows->firms->kind + i);
        lanes at = lanes_look_up(tables->zone, tables->places, place_of(kind));
        lanes area = lanes_load(area_m2 + (i - rows->first));
        for (size_t k = 0; k < ZONES_AT_ONCE; k++)
            add(&sum[k], g, lanes_equal(at, lanes_all((float)(zone + k))), area);
    }
    for (size_t k = 0; k < zones; k++)
        sums->area_m2[zone + k] += folded(&sum[k]);
}

static void add_value(const struct rows *rows, int month, struct firm_sums *sums)
{
    const struct step_tables *tables = rows->tables;
    const lanes valued = lanes_all((float)tables->valued_myuan);
    const lanes unicorn = lanes_all((float)tables->unicorn_myuan);
    struct parts market = {0};
    EACH_VECTOR(rows)
    {
        lanes_ints kind = lanes_load_ints(rows->firms->kind + i);
        lanes worth = lanes_look_up(tables->worth, tables->places, place_of(kind)) *
                      lanes_look_up_short(tables->premium, kind & (STAGE_STRIDE - 1));
        lanes value = lanes_load(rows->firms->value_myuan + i);
        lanes_ints until = lanes_load_ints(rows->firms->certified_until + i);
        lanes_mask certified = living(rows, i) & lanes_above(until, month);
        worth = worth * lanes_load(rows->firms->output_myuan + i);
        add(&market, g, certified, lanes_max(value, worth));
        sums->hightech += lanes_count(certified);
        sums->valued += lanes_count(living(rows, i) & lanes_at_most(valued, value));
        sums->unicorns += lanes_count(living(rows, i) & lanes_at_most(unicorn, value));
    }
    sums->market_value_myuan += folded(&market);
}

static void add_rows(const struct rows *rows, const struct kinds *kinds, int month,
                     struct firm_sums *sums)
{
    _Alignas(LANES_BYTES) float area_m2[ROWS_AT_ONCE];
    add_output(rows, sums);
    add_staff(rows, area_m2, sums);
    for (size_t zone = 0; zone < kinds->zones; zone += ZONES_AT_ONCE)
        add_area(rows, area_m2, zone, sums,
                 kinds->zones - zone < ZONES_AT_ONCE ? kinds->zones - zone : ZONES_AT_ONCE);
    add_value(rows, month, sums);
}

void KERNEL(measure)(const struct firms *firms, const struct step_tables *tables,
                     const struct kinds *kinds, int month, struct firm_sums *sums)
{
    *sums = (struct firm_sums){.area_m2 = sums->area_m2};
    memset(sums->area_m2, 0, kinds->zones * sizeof *sums->area_m2);
    for (size_t from = 0; from < firms->count; from += ROWS_AT_ONCE) {
        size_t to = from + ROWS_AT_ONCE < firms->count ? from + ROWS_AT_ONCE : firms->count;
        const struct rows rows = {firms, tables, from, to};
        add_rows(&rows, kinds, month, sums);
    }
}
