/* Sums over the living, in lanes. Compiled once for each KERNEL_ISA; the bits are the same.
 *
 * Each of SUM_LANES parts adds every SUM_LANES-th row, in single precision over the few rows that
 * are added at once; then the parts are folded in a fixed order and added up in double.
 */
#include "district/kernel.h"

#include <string.h>

enum { ROWS_AT_ONCE = 256, GROUPS = SUM_LANES / LANES };

/* Parts of the sums that are not by zone. */
struct parts {
    lanes output[GROUPS], rd[GROUPS], market[GROUPS], staff[GROUPS];
    lanes raise[ROUND_COUNT][GROUPS];
};

/* Adds x where the mask is set. */
static void add(lanes *part, lanes_mask mask, lanes x)
{
    *part = *part + lanes_select(mask, x, lanes_all(0.0f));
}

static double folded(const lanes part[GROUPS])
{
    float x[SUM_LANES];
    double sum[SUM_LANES / 2];
    memcpy(x, part, sizeof x);
    for (size_t i = 0; i < SUM_LANES / 2; i++)
        sum[i] = (double)x[i] + (double)x[SUM_LANES / 2 + i];
    return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

static void count_lanes(const struct firms *firms, const struct step_tables *tables,
                        lanes_mask certified, lanes_mask living, struct firm_sums *sums, size_t i)
{
    lanes value = lanes_load(firms->value_myuan + i);
    lanes_mask valued = lanes_at_most(lanes_all((float)tables->valued_myuan), value);
    lanes_mask unicorn = lanes_at_most(lanes_all((float)tables->unicorn_myuan), value);
    sums->hightech += (size_t)__builtin_popcount(lanes_bits(certified));
    sums->valued += (size_t)__builtin_popcount(lanes_bits(valued & living));
    sums->unicorns += (size_t)__builtin_popcount(lanes_bits(unicorn & living));
}

/* Area by zone; a place belongs to the zone whose places end after it. */
static void area_lanes(const struct kinds *kinds, lanes_ints place, lanes area, lanes_mask living,
                       float *part)
{
    lanes at = lanes_from_ints(place);
    lanes_mask before = lanes_less(at, lanes_all(0.0f));
    for (size_t zone = 0; zone < kinds->zones; zone++) {
        lanes_mask upto = lanes_less(at, lanes_all((float)((zone + 1) * kinds->sectors)));
        lanes sum = lanes_load(part + zone * SUM_LANES);
        add(&sum, upto & ~before & living, area);
        lanes_store(part + zone * SUM_LANES, sum);
        before = upto;
    }
}

static void measure_lanes(const struct firms *firms, const struct step_tables *tables,
                          const struct kinds *kinds, int month, lanes_mask living,
                          struct parts *parts, struct firm_sums *sums, size_t i)
{
    size_t group = i % SUM_LANES / LANES;
    lanes_ints kind = lanes_load_ints(firms->kind + i);
    lanes_ints place = kind >> STAGE_BITS, stage = kind & (STAGE_STRIDE - 1);
    lanes y = lanes_load(firms->output_myuan + i), raise = lanes_load(firms->raise_factor + i);
    lanes staff = staff_lanes(tables, kind, y);
    lanes worth = y * (lanes_look_up(tables->worth, tables->places, place) *
                       lanes_look_up_short(tables->premium, stage));
    lanes left = lanes_from_ints(lanes_load_ints(firms->certified_until + i) - month);
    lanes_mask certified = living & lanes_less(lanes_all(0.0f), left);
    add(&parts->output[group], living, y);
    add(&parts->rd[group], living, y * lanes_load(firms->rd_share + i));
    add(&parts->market[group], certified, lanes_max(lanes_load(firms->value_myuan + i), worth));
    add(&parts->staff[group], living, staff);
    for (int32_t round = 0; round < ROUND_COUNT; round++)
        add(&parts->raise[round][group], living & lanes_same(stage, (lanes_ints){0} + round),
            raise);
    area_lanes(kinds, place, staff * lanes_look_up(tables->area_m2, tables->places, place), living,
               sums->part + group * LANES);
    count_lanes(firms, tables, certified, living, sums, i);
}

static void fold(const struct parts *parts, const struct kinds *kinds, struct firm_sums *sums)
{
    sums->output_myuan += folded(parts->output);
    sums->rd_myuan += folded(parts->rd);
    sums->market_value_myuan += folded(parts->market);
    sums->staff_heads += folded(parts->staff);
    for (size_t round = 0; round < ROUND_COUNT; round++)
        sums->raise[round] += folded(parts->raise[round]);
    for (size_t zone = 0; zone < kinds->zones; zone++) {
        lanes part[GROUPS];
        memcpy(part, sums->part + zone * SUM_LANES, sizeof part);
        sums->area_m2[zone] += folded(part);
    }
}

void KERNEL(measure)(const struct firms *firms, const struct step_tables *tables,
                     const struct kinds *kinds, int month, struct firm_sums *sums)
{
    double *area = sums->area_m2;
    float *part = sums->part;
    *sums = (struct firm_sums){.area_m2 = area, .part = part};
    memset(area, 0, kinds->zones * sizeof *area);
    for (size_t from = 0; from < firms->count; from += ROWS_AT_ONCE) {
        size_t to = from + ROWS_AT_ONCE < firms->count ? from + ROWS_AT_ONCE : firms->count;
        struct parts parts = {0};
        memset(part, 0, kinds->zones * SUM_LANES * sizeof *part);
        for (size_t i = from; i < to; i += LANES)
            measure_lanes(firms, tables, kinds, month, lanes_first(to - i), &parts, sums, i);
        fold(&parts, kinds, sums);
    }
}
