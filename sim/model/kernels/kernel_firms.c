/* Firm dynamics in lanes. Compiled once for each KERNEL_ISA; the bits are the same.
 *
 * Growth of log output x = ln y in a step of D = 1/12 year (growth.c has the drift's terms):
 *     x += (drift + boost + quality_growth z + young exp(-a / young_years)) + sigma(x) sqrt(v D) e
 *     sigma(x) = clamp(vol exp(-vol_size (x - ln 10)), vol_min, vol_max),   e ~ N(0, 1)
 * with v ~ Exp(1) redrawn each January, so that a year's growth is Laplace (Stanley et al. 1996).
 * Failure hazard (exit.c):
 *     fail(zone) (floor + (a/h) exp(1 - a/h)) exp(-size (x - ln 10) - quality z)
 * of which a bound from above tells who may leave. What depends on age and quality is worked out
 * once a year: exp(-a / young_years), which then falls by the same factor every month, and the
 * hazard's bound for the months until January.
 */
#include "math/real.h"
#include "model/kernels/kernel.h"

/* The numbers of step_tables that are the same for all firms, in single precision; x in grains. */
struct month {
    int month;
    float quality_growth, young, young_per_month, ageing;
    float volatility_size, log_volatility, volatility_low, volatility_high;
    float hump_per_month, exit_size, log_exit_size;
    float fail_most, relocate_most, graduate_most, graduate_output, list, list_output;
    stage_table raise; /* a little more than the hazard of a round */
};

/* Bounds are widened by more than single precision can be wrong. */
static const double bound_slack = 1.0001;

static struct month month_of(const struct step_tables *tables, int month)
{
    const double none = 1e-20; /* a volatility of 0 has no logarithm */
    double volatility = tables->volatility > none ? tables->volatility : none;
    double young_per_month = 1.0 / (12.0 * tables->young_years);
    struct month now = {
        .month = month,
        .quality_growth = (float)tables->quality_growth,
        .young = (float)tables->young,
        .young_per_month = (float)young_per_month,
        .ageing = (float)real_exp(-young_per_month),
        .volatility_size = size_slope(tables->volatility_size),
        .log_volatility = size_level(tables->volatility_size) + (float)real_log(volatility),
        .volatility_low = (float)tables->volatility_low,
        .volatility_high = (float)tables->volatility_high,
        .hump_per_month = (float)(1.0 / (12.0 * tables->exit_hump_years)),
        .exit_size = size_slope(tables->exit_size),
        .log_exit_size = size_level(tables->exit_size),
        .fail_most = (float)(tables->fail_most * bound_slack),
        .relocate_most = (float)(tables->relocate_most * bound_slack),
        .graduate_most = (float)(tables->graduate_most * bound_slack),
        .graduate_output = (float)(tables->graduate_output / bound_slack),
        .list = (float)(tables->list * bound_slack),
        .list_output = (float)(tables->list_output / bound_slack),
    };
    for (size_t stage = 0; stage < STAGE_COUNT; stage++)
        now.raise[stage] = (float)(tables->raise[stage] * bound_slack);
    return now;
}

/* ------------------------------------------------------------------ chance */

/* Rows at once: their columns stay in the first-level cache. Short loops run faster than a long
 * one: more of their iterations fit into the window in which a processor overlaps them. */
enum { ROWS_AT_ONCE = 256 };

/* sqrt(v) e of two months. */
static void shock_lanes(const struct firms *firms, lanes_words radius, lanes_words angle, size_t i)
{
    struct lanes_pair shock =
        lanes_normals_of(radius, angle, lanes_load(firms->year_volatility + i));
    lanes_store(firms->shock + i, shock.first);
    lanes_store(firms->later_shock + i, shock.second);
}

/* The chance of two months: normals and events. */
static void draw_rows(const struct firms *firms, const struct lanes_address *at, size_t from,
                      size_t to)
{
    _Alignas(LANES_BYTES) uint32_t radius[ROWS_AT_ONCE + LANES];
    _Alignas(LANES_BYTES) uint32_t angle[ROWS_AT_ONCE + LANES];
    for (size_t i = from; i < to; i += LANES) {
        struct lanes_block drawn = lanes_philox(at, i);
        lanes_store_words(radius + (i - from), drawn.word[0]);
        lanes_store_words(angle + (i - from), drawn.word[1]);
        lanes_store_words(firms->event_word + i, drawn.word[2]);
        lanes_store_words(firms->later_word + i, drawn.word[3]);
    }
    for (size_t i = from; i < to; i += LANES)
        shock_lanes(firms, lanes_load_words(radius + (i - from)),
                    lanes_load_words(angle + (i - from)), i);
}

/* ------------------------------------------------------------------ once a year */

static lanes ages_of(const struct firms *firms, const struct month *now, size_t i)
{
    lanes age = lanes_from_ints(now->month - lanes_load_ints(firms->born + i));
    return lanes_max(age, lanes_all(0.0f));
}

/* Youth, and the most that the hump of age can be in twelve months from now. */
static void age_rows(const struct firms *firms, const struct month *now, size_t from, size_t to)
{
    const lanes peak = lanes_all(1.0f);
    for (size_t i = from; i < to; i += LANES) {
        lanes age = ages_of(firms, now, i), first = now->hump_per_month * age;
        lanes ratio = lanes_min(lanes_max(peak, first), first + 11.0f * now->hump_per_month);
        lanes hump = hump_lanes(firms->basis.exit_floor, ratio);
        lanes quality = lanes_exp(-firms->basis.exit_quality * lanes_load(firms->quality + i));
        lanes_store(firms->youth + i, lanes_exp(-now->young_per_month * age));
        lanes_store(firms->fragility + i, hump * quality);
    }
}

static struct firms_basis basis_of(const struct step_tables *tables)
{
    return (struct firms_basis){(float)tables->young_years, (float)tables->exit_floor,
                                (float)tables->exit_hump_years, (float)tables->exit_quality};
}

static bool same_basis(const struct firms_basis *a, const struct firms_basis *b)
{
    return a->young_years == b->young_years && a->exit_floor == b->exit_floor &&
           a->hump_years == b->hump_years && a->exit_quality == b->exit_quality;
}

/* Rows before the one returned have youth and fragility that hold. */
static size_t aged(struct firms *firms, const struct step_tables *tables, int month)
{
    struct firms_basis basis = basis_of(tables);
    bool hold = month % 12 != 0 && same_basis(&basis, &firms->basis);
    firms->basis = basis;
    return hold ? firms->known : 0;
}

/* ------------------------------------------------------------------ every month */

/* Growth of x, in grains. */
static void grow_rows(const struct firms *firms, const struct step_tables *tables,
                      const struct month *now, const float *drawn, size_t from, size_t to)
{
    const lanes most = lanes_all((float)(7.9 / LOG_OUTPUT_GRAIN));
    for (size_t i = from; i < to; i += LANES) {
        lanes_ints x = lanes_load_ints(firms->log_output + i);
        lanes_ints kind = lanes_load_ints(firms->kind + i);
        lanes sigma = lanes_exp_held(lanes_fma(lanes_from_ints(x), lanes_all(now->volatility_size),
                                               lanes_all(now->log_volatility)));
        sigma = lanes_min(lanes_max(sigma, lanes_all(now->volatility_low)),
                          lanes_all(now->volatility_high));
        lanes youth = lanes_load(firms->youth + i);
        lanes drift = lanes_look_up(tables->drift, tables->places, kind >> STAGE_BITS) +
                      lanes_look_up_short(tables->boost, kind & (STAGE_STRIDE - 1));
        lanes by = lanes_fma(lanes_all(now->quality_growth), lanes_load(firms->quality + i), drift);
        by = lanes_fma(lanes_all(now->young), youth, by);
        by = lanes_fma(sigma, lanes_load(drawn + i), by) * (float)(1.0 / LOG_OUTPUT_GRAIN);
        by = lanes_min(lanes_max(by, -most), most);
        x = lanes_hold_ints(x + lanes_to_ints(by), (int32_t)(LOG_OUTPUT_MOST / LOG_OUTPUT_GRAIN));
        lanes_store_ints(firms->log_output + i, x);
        lanes_store(firms->youth + i, youth * now->ageing);
    }
}

static void output_rows(const struct firms *firms, size_t from, size_t to)
{
    for (size_t i = from; i < to; i += LANES) {
        lanes x = lanes_from_ints(lanes_load_ints(firms->log_output + i));
        lanes_store(firms->output_myuan + i, lanes_exp_held(x * (float)LOG_OUTPUT_GRAIN));
    }
}

/* The rows to which something may happen, by bounds of the hazards; event.c refines. A word's
 * uniform is at least `low`, and that of its complement at least 1 - 2^-23 - low. */
static lanes_mask candidate_lanes(const struct firms *firms, const struct month *now,
                                  const uint32_t *event, size_t i)
{
    lanes x = lanes_from_ints(lanes_load_ints(firms->log_output + i));
    lanes small =
        lanes_exp_above(lanes_fma(x, lanes_all(now->exit_size), lanes_all(now->log_exit_size)));
    lanes leave = lanes_fma(now->fail_most * small, lanes_load(firms->fragility + i),
                            lanes_all(now->relocate_most));
    lanes y = lanes_load(firms->output_myuan + i);
    lanes_ints stage = lanes_load_ints(firms->kind + i) & (STAGE_STRIDE - 1);
    lanes raise = lanes_look_up_short(now->raise, stage);
    lanes_mask large = lanes_at_most(lanes_all(now->graduate_output), y);
    lanes_mask may_list = lanes_same(stage, (lanes_ints){0} + STAGE_LATE) &
                          lanes_at_most(lanes_all(now->list_output), y);
    lanes rise = lanes_fma(raise, lanes_load(firms->raise_factor + i),
                           lanes_where(large, lanes_all(now->graduate_most)));
    rise = lanes_add_where(may_list, rise, lanes_all(now->list));
    lanes low = lanes_uniform_low(lanes_load_words(event + i));
    return lanes_less(low, leave) | lanes_less(lanes_all(1.0f - 0x1p-22f), low + rise);
}

/* Appends the candidates to those before, and returns how many there are. */
static size_t find_candidates(const struct firms *firms, const struct month *now,
                              const uint32_t *event, size_t from, size_t to, size_t found)
{
    for (size_t i = from; i < to; i += LANES) {
        lanes_mask may = candidate_lanes(firms, now, event, i) & lanes_first(to - i);
        found += lanes_list(firms->candidate + found, may, (uint32_t)i);
    }
    return found;
}

static size_t later(size_t a, size_t b)
{
    return a > b ? a : b;
}

void KERNEL(advance)(struct firms *firms, const struct step_tables *tables,
                     const struct draw_stream *stream, int month)
{
    bool first = firms_first_of_pair(month);
    struct lanes_address at = address_of(firms->agent, firms->origin, stream,
                                         draw_when(first ? month : month - 1, PURPOSE_MONTHS, 0));
    const struct month now = month_of(tables, month);
    size_t undrawn = first ? 0 : firms->known, unaged = aged(firms, tables, month), found = 0;
    const struct firms columns = *firms; /* which no store can be thought to change */
    const float *shock = first ? firms->shock : firms->later_shock;
    const uint32_t *event = first ? firms->event_word : firms->later_word;
    for (size_t from = 0; from < columns.count; from += ROWS_AT_ONCE) {
        size_t to = from + ROWS_AT_ONCE < columns.count ? from + ROWS_AT_ONCE : columns.count;
        draw_rows(&columns, &at, later(undrawn, from), to);
        age_rows(&columns, &now, later(unaged, from), to);
        grow_rows(&columns, tables, &now, shock, from, to);
        output_rows(&columns, from, to);
        found = find_candidates(&columns, &now, event, from, to, found);
    }
    firms->candidate_count = found;
    firms->known = firms->count;
}

void KERNEL(year)(struct firms *firms, const struct draw_stream *stream, int month)
{
    struct lanes_address at =
        address_of(firms->agent, firms->origin, stream, draw_when(month, PURPOSE_YEAR, 0));
    for (size_t i = 0; i < firms->count; i += LANES)
        lanes_store(firms->year_volatility + i,
                    -lanes_log(lanes_uniform(lanes_philox(&at, i).word[0])));
}
