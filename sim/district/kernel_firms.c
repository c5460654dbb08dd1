/* Firm dynamics in lanes. Compiled once for each KERNEL_ISA; the bits are the same.
 *
 * Growth of log output x = ln y in a step of D = 1/12 year (growth.c has the drift's terms):
 *     x += (drift + boost + quality_growth z + young exp(-a / young_years)) + sigma(x) sqrt(v D) e
 *     sigma(x) = clamp(vol exp(-vol_size (x - ln 10)), vol_min, vol_max),   e ~ N(0, 1)
 * with v ~ Exp(1) redrawn each January, so that a year's growth is Laplace (Stanley et al. 1996).
 * Failure hazard (exit.c):
 *     fail(zone) (floor + (a/h) exp(1 - a/h)) exp(-size (x - ln 10) - quality z)
 * of which a bound from above tells who may leave.
 */
#include "district/kernel.h"
#include "random/lanes_philox.h"

#define LN_10 2.302585f

/* The numbers of step_tables that are the same for all firms, in single precision. */
struct month {
    int month;
    float quality_growth, young, young_per_month;
    float volatility, volatility_size, volatility_low, volatility_high;
    float exit_floor, hump_per_month, exit_size, exit_quality;
    float fail_most, relocate_most, graduate_most, graduate_output, list, list_output;
};

/* Bounds are widened by more than single precision can be wrong. */
static const float bound_slack = 1.0001f;

static struct month month_of(const struct step_tables *tables, int month)
{
    return (struct month){
        .month = month,
        .quality_growth = (float)tables->quality_growth,
        .young = (float)tables->young,
        .young_per_month = (float)(1.0 / (12.0 * tables->young_years)),
        .volatility = (float)tables->volatility,
        .volatility_size = (float)tables->volatility_size,
        .volatility_low = (float)tables->volatility_low,
        .volatility_high = (float)tables->volatility_high,
        .exit_floor = (float)tables->exit_floor,
        .hump_per_month = (float)(1.0 / (12.0 * tables->exit_hump_years)),
        .exit_size = (float)tables->exit_size,
        .exit_quality = (float)tables->exit_quality,
        .fail_most = (float)tables->fail_most * bound_slack,
        .relocate_most = (float)tables->relocate_most * bound_slack,
        .graduate_most = (float)tables->graduate_most,
        .graduate_output = (float)tables->graduate_output / bound_slack,
        .list = (float)tables->list,
        .list_output = (float)tables->list_output / bound_slack,
    };
}

/* The chance of two months: the words of their normals and events. */
static void draw_lanes(struct firms *firms, const struct lanes_address *at, size_t i)
{
    struct lanes_block drawn = lanes_philox(at, i);
    lanes_store_words(firms->radius_word + i, drawn.word[0]);
    lanes_store_words(firms->angle_word + i, drawn.word[1]);
    lanes_store_words(firms->event_word + i, drawn.word[2]);
    lanes_store_words(firms->later_word + i, drawn.word[3]);
}

/* sqrt(v) e, for two months: Box and Muller's two normals. */
static void shock_lanes(struct firms *firms, size_t i)
{
    lanes v = lanes_load(firms->year_volatility + i);
    lanes u = lanes_uniform(lanes_load_words(firms->radius_word + i));
    lanes turns = lanes_uniform_coarse(lanes_load_words(firms->angle_word + i));
    lanes size = lanes_sqrt(-2.0f * lanes_log(u) * v);
    lanes_store(firms->shock + i, size * lanes_cos_turns(turns));
    lanes_store(firms->later_shock + i, size * lanes_sin_turns(turns));
}

/* Rows [from, to). */
static void draw_rows(struct firms *firms, const struct lanes_address *at, size_t from, size_t to)
{
    for (size_t i = from; i < to; i += LANES)
        draw_lanes(firms, at, i);
    for (size_t i = from; i < to; i += LANES)
        shock_lanes(firms, i);
}

static lanes ages_of(const struct firms *firms, const struct month *now, size_t i)
{
    lanes age = lanes_from_ints(now->month - lanes_load_ints(firms->born + i));
    return lanes_max(age, lanes_all(0.0f));
}

static lanes sigma_of(const struct month *now, lanes x)
{
    lanes sigma = now->volatility * lanes_exp(-now->volatility_size * (x - LN_10));
    return lanes_min(lanes_max(sigma, lanes_all(now->volatility_low)),
                     lanes_all(now->volatility_high));
}

static void grow_lanes(struct firms *firms, const struct step_tables *tables,
                       const struct month *now, const float *drawn, size_t i)
{
    struct lanes_double x = lanes_load_double(firms->log_output + i);
    lanes_ints kind = lanes_load_ints(firms->kind + i);
    lanes z = lanes_load(firms->quality + i);
    lanes drift = lanes_look_up(tables->drift, tables->places, kind >> STAGE_BITS) +
                  lanes_look_up_short(tables->boost, kind & (STAGE_STRIDE - 1));
    lanes young = now->young * lanes_exp(-now->young_per_month * ages_of(firms, now, i));
    lanes shock = sigma_of(now, lanes_narrow(x)) * lanes_load(drawn + i);
    struct lanes_double by = lanes_widen((drift + now->quality_growth * z + young) + shock);
    x = (struct lanes_double){x.first + by.first, x.second + by.second};
    lanes_store_double(firms->log_output + i, x);
    lanes_store(firms->output_myuan + i, lanes_exp(lanes_narrow(x)));
}

/* Below a bound of the hazard: no uniform that decides an event is less than what is compared. */
static lanes_mask below(lanes_words word, lanes bound)
{
    return lanes_less(lanes_uniform_coarse(word) - 0x1p-24f, bound);
}

/* The rows to which something may happen, by bounds of the hazards; event.c refines. */
static lanes_mask candidate_lanes(const struct firms *firms, const struct step_tables *tables,
                                  const struct month *now, const uint32_t *event, size_t i)
{
    lanes x = lanes_narrow(lanes_load_double(firms->log_output + i));
    lanes z = lanes_load(firms->quality + i);
    lanes ratio = now->hump_per_month * ages_of(firms, now, i);
    lanes hump = now->exit_floor + ratio * lanes_exp_above(1.0f - ratio);
    lanes frailty = hump * lanes_exp_above(-now->exit_size * (x - LN_10) - now->exit_quality * z);
    const lanes none = lanes_all(0.0f), y = lanes_load(firms->output_myuan + i);
    lanes_ints stage = lanes_load_ints(firms->kind + i) & (STAGE_STRIDE - 1);
    lanes raise = lanes_look_up_short(tables->raise_lanes, stage);
    lanes_mask large = lanes_at_most(lanes_all(now->graduate_output), y);
    lanes_mask may_list = lanes_same(stage, (lanes_ints){0} + STAGE_LATE) &
                          lanes_at_most(lanes_all(now->list_output), y);
    lanes rise = raise * lanes_load(firms->raise_factor + i) +
                 lanes_select(large, lanes_all(now->graduate_most), none) +
                 lanes_select(may_list, lanes_all(now->list), none);
    lanes_words word = lanes_load_words(event + i);
    return below(word, now->fail_most * frailty + now->relocate_most) |
           below(~word, rise * bound_slack);
}

static void find_candidates(struct firms *firms, const struct step_tables *tables,
                            const struct month *now, const uint32_t *event, size_t from, size_t to)
{
    for (size_t i = from; i < to; i += LANES) {
        lanes_mask may = candidate_lanes(firms, tables, now, event, i) & lanes_first(to - i);
        for (uint32_t bits = lanes_bits(may); bits != 0; bits &= bits - 1)
            firms->candidate[firms->candidate_count++] =
                (uint32_t)i + (uint32_t)__builtin_ctz(bits);
    }
}

/* Rows at once: their columns stay in the first-level cache. Short loops run faster than a long
 * one: more of their iterations fit into the window in which a processor overlaps them. */
enum { ROWS_AT_ONCE = 512 };

void KERNEL(advance)(struct firms *firms, const struct step_tables *tables,
                     const struct draw_stream *stream, int month)
{
    bool first = firms_first_of_pair(month);
    struct lanes_address at = address_of(firms->agent, firms->origin, stream,
                                         draw_when(first ? month : month - 1, PURPOSE_MONTHS, 0));
    struct month now = month_of(tables, month);
    const float *shock = first ? firms->shock : firms->later_shock;
    const uint32_t *event = first ? firms->event_word : firms->later_word;
    size_t undrawn = first ? 0 : firms->drawn;
    firms->candidate_count = 0;
    for (size_t from = 0; from < firms->count; from += ROWS_AT_ONCE) {
        size_t to = from + ROWS_AT_ONCE < firms->count ? from + ROWS_AT_ONCE : firms->count;
        draw_rows(firms, &at, undrawn > from ? undrawn : from, to);
        for (size_t i = from; i < to; i += LANES)
            grow_lanes(firms, tables, &now, shock, i);
        find_candidates(firms, tables, &now, event, from, to);
    }
    firms->drawn = firms->count;
}

void KERNEL(year)(struct firms *firms, const struct draw_stream *stream, int month)
{
    struct lanes_address at =
        address_of(firms->agent, firms->origin, stream, draw_when(month, PURPOSE_YEAR, 0));
    for (size_t i = 0; i < firms->count; i += LANES)
        lanes_store(firms->year_volatility + i,
                    -lanes_log(lanes_uniform(lanes_philox(&at, i).word[0])));
}
