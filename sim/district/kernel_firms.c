/* Firm dynamics in lanes. Compiled once for each KERNEL_ISA; the bits are the same.
 *
 * Growth of log output x = ln y in a step of D = 1/12 year (growth.c has the drift's terms):
 *     x += (drift + quality_growth z + young(age)) + sigma(x) sqrt(v D) e,   e ~ N(0, 1)
 *     sigma(x) = clamp(vol exp(-vol_size (x - ln 10)), vol_min, vol_max)
 * with v ~ Exp(1) redrawn each January, so that a year's growth is Laplace (Stanley et al. 1996).
 * Failure hazard (exit.c):
 *     fail(kind) * frailty,   frailty = hump(age) exp(-size (x - ln 10) - quality z)
 */
#include "district/kernels.h"
#include "random/lanes_math.h"
#include "random/lanes_philox.h"

#define LN_10                  2.302585092994045684
#define NAME_JOINED(stem, isa) stem##_##isa
#define NAME_WITH(stem, isa)   NAME_JOINED(stem, isa)
#define KERNEL(stem)           NAME_WITH(stem, KERNEL_ISA)

static struct lanes_address address_of(const uint32_t *agent, const uint32_t *origin,
                                       const struct draw_stream *stream, uint32_t when)
{
    return (struct lanes_address){agent,
                                  origin,
                                  when,
                                  stream->replicate,
                                  (uint32_t)stream->seed,
                                  (uint32_t)(stream->seed >> 32)};
}

static lanes yearly_sigma(const struct step_tables *tables, lanes relative)
{
    lanes sigma = tables->volatility * lanes_exp(-tables->volatility_size * relative);
    return lanes_min(lanes_max(sigma, lanes_all(tables->volatility_low)),
                     lanes_all(tables->volatility_high));
}

/* Age in months as an index of the tables by age. */
static void ages_of(const struct firms *firms, size_t row, int month, int32_t age[LANES])
{
    for (size_t j = 0; j < LANES; j++) {
        int32_t months = month - firms->born[row + j];
        age[j] = months < 0 ? 0 : months < AGE_MONTHS ? months : AGE_MONTHS - 1;
    }
}

/* The step's chance: sqrt(v) e, and the uniforms of events. */
static void draw_lanes(struct firms *firms, const struct lanes_address *at, size_t i)
{
    struct lanes_uniforms drawn = lanes_philox(at, i);
    lanes v = lanes_load(firms->year_volatility + i);
    lanes size = lanes_sqrt(-2.0 * lanes_log(drawn.u[0]) * v);
    lanes_store(firms->shock + i, size * lanes_cos_turns(drawn.u[1]));
    lanes_store(firms->leave_draw + i, drawn.u[2]);
    lanes_store(firms->rise_draw + i, drawn.u[3]);
}

/* Growth, and the failure hazard but for the factor of its kind. */
static void grow_lanes(struct firms *firms, const struct step_tables *tables, int month, size_t i)
{
    int32_t age[LANES];
    ages_of(firms, i, month, age);
    lanes x = lanes_load(firms->log_output + i), z = lanes_load(firms->quality + i);
    lanes sigma = yearly_sigma(tables, x - LN_10);
    struct lanes_pair of_age = lanes_gather_pairs(tables->age, age);
    struct lanes_pair of_kind = lanes_gather_pairs(tables->kind, firms->kind + i);
    x = x + (of_kind.a + tables->quality_growth * z + of_age.a) +
        sigma * lanes_load(firms->shock + i);
    lanes frailty =
        of_age.b * lanes_exp(-tables->exit_size * (x - LN_10) - tables->exit_quality * z);
    lanes_store(firms->log_output + i, x);
    lanes_store(firms->output_myuan + i, lanes_exp(x));
    lanes_store(firms->frailty + i, frailty);
    lanes_store(firms->rise_hazard + i, of_kind.b * lanes_load(firms->raise_factor + i));
}

/* Returns the mask of rows to which something may happen. Looking a number up by kind costs as much
 * as an exponential, so hazards are bounded by those of the worst kind; event.c refines. */
static lanes_bits candidate_lanes(const struct firms *firms, const struct step_tables *tables,
                                  size_t i)
{
    lanes y = lanes_load(firms->output_myuan + i);
    lanes leave = tables->fail_most * lanes_load(firms->frailty + i) + tables->relocate_most;
    lanes move = lanes_select((lanes_bits)(y >= tables->graduate_output),
                              lanes_all(tables->graduate_most), lanes_all(0.0));
    lanes rise = lanes_load(firms->rise_hazard + i) + move;
    return (lanes_bits)(lanes_load(firms->leave_draw + i) < leave) |
           (lanes_bits)(lanes_load(firms->rise_draw + i) < rise);
}

/* Rows [from, to). Three short loops run faster than one long one: more of their iterations fit
 * into the window in which a processor overlaps them. */
static void advance_rows(struct firms *firms, const struct step_tables *tables,
                         const struct lanes_address *at, int month, size_t from, size_t to)
{
    size_t found = firms->candidate_count;
    for (size_t i = from; i < to; i += LANES)
        draw_lanes(firms, at, i);
    for (size_t i = from; i < to; i += LANES)
        grow_lanes(firms, tables, month, i);
    for (size_t i = from; i < to; i += LANES) {
        lanes_bits may = candidate_lanes(firms, tables, i);
        if (!lanes_any(may))
            continue;
        for (size_t j = 0; j < LANES && i + j < to; j++)
            if (may[j])
                firms->candidate[found++] = (uint32_t)(i + j);
    }
    firms->candidate_count = found;
}

static void advance(struct firms *firms, const struct step_tables *tables,
                    const struct draw_stream *stream, int month)
{
    enum { ROWS_AT_ONCE = 256 }; /* their columns stay in the first-level cache */
    struct lanes_address at =
        address_of(firms->agent, firms->origin, stream, draw_when(month, PURPOSE_MONTH, 0));
    firms->candidate_count = 0;
    for (size_t from = 0; from < firms->count; from += ROWS_AT_ONCE) {
        size_t to = from + ROWS_AT_ONCE;
        advance_rows(firms, tables, &at, month, from, to < firms->count ? to : firms->count);
    }
}

static void year(struct firms *firms, const struct draw_stream *stream, int month)
{
    struct lanes_address at =
        address_of(firms->agent, firms->origin, stream, draw_when(month, PURPOSE_YEAR, 0));
    for (size_t i = 0; i < firms->count; i += LANES)
        lanes_store(firms->year_volatility + i, -lanes_log(lanes_philox(&at, i).u[0]));
}

/* Poisson by inversion in every lane: counts how many terms of the distribution lie below u. The
 * mean is at most 20, where 80 terms reach beyond any 32-bit uniform. */
static lanes poisson_lanes(lanes u, lanes mean)
{
    lanes term = lanes_exp(-mean), below = term, n = lanes_all(0.0);
    for (int k = 1; k <= 80; k++) {
        lanes_bits more = (lanes_bits)(below < u);
        if (!lanes_any(more))
            break;
        n = n + lanes_select(more, lanes_all(1.0), lanes_all(0.0));
        term = term * mean * (1.0 / k);
        below = below + term;
    }
    return n;
}

/* Mask of the rows that meet every condition of the rule, of which applying is not one. */
static lanes_bits qualifies(const struct firms *firms, const struct certificate_rule *rule,
                            size_t i, lanes ip)
{
    lanes y = lanes_load(firms->output_myuan + i);
    lanes least = lanes_select((lanes_bits)(y <= rule->large_output), lanes_all(rule->rd_middle),
                               lanes_all(rule->rd_large));
    least = lanes_select((lanes_bits)(y < rule->small_output), lanes_all(rule->rd_small), least);
    lanes score = rule->score_base + rule->score_quality * lanes_load(firms->quality + i) +
                  rule->score_ip * lanes_log(1.0 + ip) +
                  rule->score_noise * lanes_load(firms->score_noise + i);
    lanes age = (double)rule->month - lanes_from_int(firms->born + i);
    return (lanes_bits)(age >= rule->age_months) & (lanes_bits)(ip >= rule->ip_count) &
           (lanes_bits)(lanes_load(firms->rd_share + i) >= least) &
           (lanes_bits)(lanes_load(firms->technical_share + i) >= rule->technical_share) &
           (lanes_bits)(lanes_load(firms->revenue_share + i) >= rule->revenue_share) &
           (lanes_bits)(score >= rule->score_pass);
}

static void certify_lanes(struct firms *firms, const struct certificate_rule *rule,
                          const struct lanes_address *at, size_t i)
{
    struct lanes_uniforms drawn = lanes_philox(at, i);
    lanes staff = lanes_max(lanes_all(rule->fewest_heads),
                            lanes_load(firms->output_myuan + i) *
                                lanes_gather_pairs(rule->size, firms->kind + i).a);
    lanes mean = lanes_min(lanes_all(20.0), rule->ip_per_head * staff);
    lanes alive = lanes_select((lanes_bits)(rule->month >= lanes_from_int(firms->born + i)),
                               lanes_all(1.0), lanes_all(0.0)); /* past windows: not yet born */
    lanes ip = lanes_load(firms->ip_count + i) + alive * poisson_lanes(drawn.u[0], mean);
    lanes_store(firms->ip_count + i, ip);
    lanes until = lanes_from_int(firms->certified_until + i);
    lanes_bits due = (lanes_bits)(until <= (double)rule->month);
    lanes chance = lanes_select((lanes_bits)(until > rule->month - 12.0), lanes_all(rule->renew),
                                lanes_all(rule->apply));
    lanes_bits granted = due & qualifies(firms, rule, i, ip) & (lanes_bits)(drawn.u[1] < chance);
    for (size_t j = 0; j < LANES; j++)
        if (granted[j])
            firms->certified_until[i + j] = rule->month + rule->valid_months;
}

static void certify(struct firms *firms, size_t first, const struct certificate_rule *rule,
                    const struct draw_stream *stream)
{
    struct lanes_address at = address_of(firms->agent, firms->origin, stream,
                                         draw_when(rule->month, PURPOSE_CERTIFICATE, 0));
    for (size_t i = first; i < firms->count; i += LANES)
        certify_lanes(firms, rule, &at, i);
}

static lanes logistic(lanes x)
{
    return 1.0 / (1.0 + lanes_exp(-x));
}

/* Blocks 0 to 4 of BIRTH; which uniform serves what must stay, or old results change. */
static void birth_lanes(struct firms *firms, const struct birth_shape *shape,
                        const struct lanes_address at[5], size_t first, size_t i)
{
    struct lanes_uniforms a = lanes_philox(&at[0], i), b = lanes_philox(&at[1], i),
                          c = lanes_philox(&at[2], i), d = lanes_philox(&at[3], i),
                          e = lanes_philox(&at[4], i);
    lanes z = shape->keep_quality ? lanes_load(firms->quality + i) : lanes_normal(a.u[0], a.u[1]);
    lanes x = shape->log_output_median + shape->output_sigma * lanes_normal(a.u[2], a.u[3]);
    lanes own = shape->finance_quality * z - 0.5 * shape->finance_quality * shape->finance_quality;
    lanes_store(firms->quality + i, z);
    lanes_store(firms->log_output + i, x);
    lanes_store(firms->output_myuan + i, lanes_exp(x));
    lanes_store(firms->raise_factor + i, lanes_exp(own));
    lanes_store(firms->rd_share + i,
                lanes_exp(shape->log_rd_median + shape->rd_sigma * lanes_normal(b.u[0], b.u[1])));
    lanes_store(firms->technical_share + i,
                logistic(shape->logit_technical_median +
                         shape->technical_sigma * lanes_normal(b.u[2], b.u[3])));
    lanes_store(firms->revenue_share + i,
                logistic(shape->logit_revenue_median +
                         shape->revenue_sigma * lanes_normal(c.u[0], c.u[1])));
    lanes_store(firms->score_noise + i, lanes_normal(c.u[2], c.u[3]));
    lanes_store(firms->year_volatility + i, -lanes_log(d.u[0]));
    lanes_store(shape->age_years + i - first, -shape->mean_age_years * lanes_log(d.u[1]));
    lanes_store(shape->zone_draw + i - first, d.u[2]);
    lanes_store(shape->sector_draw + i - first, d.u[3]);
    lanes_store(shape->funded_draw + i - first, e.u[0]);
    lanes_store(shape->value_draw + i - first, lanes_normal(e.u[1], e.u[2]));
}

static void birth(struct firms *firms, size_t first, const struct birth_shape *shape,
                  const struct draw_stream *stream)
{
    struct lanes_address at[5];
    for (uint32_t index = 0; index < 5; index++)
        at[index] = address_of(firms->agent, firms->origin, stream,
                               draw_when(MONTH_NEVER, PURPOSE_BIRTH, index));
    for (size_t i = first; i < firms->count; i += LANES)
        birth_lanes(firms, shape, at, first, i);
}

/* Parts of the sums that are not by kind, one vector for each SUM_LANES / LANES. */
struct parts {
    double output[SUM_LANES], rd[SUM_LANES], market[SUM_LANES];
    double hightech[SUM_LANES], valued[SUM_LANES], unicorns[SUM_LANES];
};

static void part_add(double part[SUM_LANES], size_t i, lanes value)
{
    size_t at = i % SUM_LANES;
    lanes_store(part + at, lanes_load(part + at) + value);
}

static void measure_lanes(const struct firms *firms, const struct step_tables *tables, int month,
                          lanes_bits living, struct parts *parts, size_t i)
{
    const lanes none = lanes_all(0.0), one = lanes_all(1.0);
    lanes y = lanes_load(firms->output_myuan + i), value = lanes_load(firms->value_myuan + i);
    lanes until = lanes_from_int(firms->certified_until + i);
    lanes_bits certified = living & (lanes_bits)(until > (double)month);
    struct lanes_pair of_kind = lanes_gather_pairs(tables->size, firms->kind + i);
    lanes worth = lanes_max(value, y * of_kind.b);
    lanes_store(firms->staff_heads + i, lanes_max(lanes_all(tables->fewest_heads), y * of_kind.a));
    part_add(parts->output, i, lanes_select(living, y, none));
    part_add(parts->rd, i, lanes_select(living, y * lanes_load(firms->rd_share + i), none));
    part_add(parts->market, i, lanes_select(certified, worth, none));
    part_add(parts->hightech, i, lanes_select(certified, one, none));
    lanes_bits valued = living & (lanes_bits)(value >= tables->valued_myuan);
    lanes_bits unicorn = living & (lanes_bits)(value >= tables->unicorn_myuan);
    part_add(parts->valued, i, lanes_select(valued, one, none));
    part_add(parts->unicorns, i, lanes_select(unicorn, one, none));
}

static double folded(const double part[SUM_LANES])
{
    return ((part[0] + part[1]) + (part[2] + part[3])) +
           ((part[4] + part[5]) + (part[6] + part[7]));
}

/* Staff and raise_factor by kind. A lane adds only to its own part: neighbours of one kind do not
 * wait for each other. */
static void measure_kinds(const struct firms *firms, size_t kind_count, struct firm_sums *sums)
{
    double *staff = sums->part, *raise = sums->part + kind_count * SUM_LANES;
    memset(sums->part, 0, 2 * kind_count * SUM_LANES * sizeof *sums->part);
    for (size_t i = 0; i < firms->count; i++) {
        size_t at = (size_t)firms->kind[i] * SUM_LANES + i % SUM_LANES;
        staff[at] += firms->staff_heads[i];
        raise[at] += firms->raise_factor[i];
    }
    for (size_t k = 0; k < kind_count; k++) {
        sums->staff[k] = folded(staff + k * SUM_LANES);
        sums->raise[k] = folded(raise + k * SUM_LANES);
    }
}

static void measure(const struct firms *firms, const struct step_tables *tables, size_t kind_count,
                    int month, struct firm_sums *sums)
{
    struct parts parts = {0};
    lanes_bits tail;
    for (size_t j = 0; j < LANES; j++)
        tail[j] = j < firms->count % LANES ? ~UINT64_C(0) : 0;
    for (size_t i = 0; i < firms->count; i += LANES) {
        lanes_bits living = i + LANES <= firms->count ? ~(lanes_bits){0} : tail;
        measure_lanes(firms, tables, month, living, &parts, i);
    }
    sums->output_myuan = folded(parts.output);
    sums->rd_myuan = folded(parts.rd);
    sums->market_value_myuan = folded(parts.market);
    sums->hightech = folded(parts.hightech);
    sums->valued = folded(parts.valued);
    sums->unicorns = folded(parts.unicorns);
    measure_kinds(firms, kind_count, sums);
}

static void uniforms(const uint32_t *agent, const uint32_t *origin, size_t count,
                     const struct draw_stream *stream, uint32_t when, double *out)
{
    struct lanes_address at = address_of(agent, origin, stream, when);
    for (size_t i = 0; i < count; i += LANES)
        lanes_store(out + i, lanes_philox(&at, i).u[0]);
}

static void draws(const uint32_t *agent, const uint32_t *origin, size_t count,
                  const struct draw_stream *stream, uint32_t when, struct agent_draws *out)
{
    struct lanes_address at = address_of(agent, origin, stream, when);
    for (size_t i = 0; i < count; i += LANES) {
        struct lanes_uniforms drawn = lanes_philox(&at, i);
        lanes_store(out->first + i, drawn.u[0]);
        lanes_store(out->normal + i, lanes_normal(drawn.u[1], drawn.u[2]));
        lanes_store(out->last + i, drawn.u[3]);
    }
}

#define ISA_TEXT_OF(isa) #isa
#define ISA_TEXT(isa)    ISA_TEXT_OF(isa)

extern const struct kernels KERNEL(kernels);
const struct kernels KERNEL(kernels) = {
    ISA_TEXT(KERNEL_ISA), year, advance, certify, birth, measure, uniforms, draws};
