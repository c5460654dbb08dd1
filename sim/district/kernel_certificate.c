/* The certificate's window in lanes (certificate.c has the rule). Compiled once for each
 * KERNEL_ISA; the bits are the same. */
#include "district/kernel.h"
#include "random/lanes_philox.h"

/* Poisson by inversion in every lane: counts how many terms of the distribution lie below u, but
 * for those less than the grain of single precision. The mean is at most 20. */
static lanes poisson_lanes(lanes u, lanes mean)
{
    const lanes none = lanes_all(0.0f), one = lanes_all(1.0f), grain = lanes_all(0x1p-30f);
    lanes term = lanes_exp(-mean), sum = term, n = none;
    for (int k = 1; k <= 80; k += 4) {
        lanes_mask more = lanes_less(sum, u) & lanes_less(grain, term);
        if (lanes_bits(more) == 0)
            break;
        for (int j = k; j < k + 4; j++) {
            n = n + lanes_select(more, one, none);
            term = term * mean * (1.0f / (float)j);
            sum = sum + term;
            more = more & lanes_less(sum, u);
        }
    }
    return n;
}

/* The rows that meet every condition of the rule, of which applying is not one. */
static lanes_mask qualifies(const struct firms *firms, const struct certificate_rule *rule,
                            lanes age, lanes y, lanes ip, size_t i)
{
    lanes least = lanes_select(lanes_at_most(y, lanes_all((float)rule->large_output)),
                               lanes_all((float)rule->rd_middle), lanes_all((float)rule->rd_large));
    least = lanes_select(lanes_less(y, lanes_all((float)rule->small_output)),
                         lanes_all((float)rule->rd_small), least);
    lanes score = (float)rule->score_base +
                  (float)rule->score_quality * lanes_load(firms->quality + i) +
                  (float)rule->score_ip * lanes_log(1.0f + ip) +
                  (float)rule->score_noise * lanes_load(firms->score_noise + i);
    return lanes_at_most(lanes_all((float)rule->age_months), age) &
           lanes_at_most(lanes_all((float)rule->ip_count), ip) &
           lanes_at_most(least, lanes_load(firms->rd_share + i)) &
           lanes_at_most(lanes_all((float)rule->technical_share),
                         lanes_load(firms->technical_share + i)) &
           lanes_at_most(lanes_all((float)rule->revenue_share),
                         lanes_load(firms->revenue_share + i)) &
           lanes_at_most(lanes_all((float)rule->score_pass), score);
}

/* Months from now to the end of each firm's certificate. */
static lanes months_left(const struct firms *firms, int month, size_t i)
{
    return lanes_from_ints(lanes_load_ints(firms->certified_until + i) - month);
}

static void certify_lanes(struct firms *firms, const struct step_tables *tables,
                          const struct certificate_rule *rule, const struct lanes_address *at,
                          size_t i)
{
    const lanes none = lanes_all(0.0f);
    struct lanes_block drawn = lanes_philox(at, i);
    lanes y = lanes_load(firms->output_myuan + i);
    lanes staff = staff_lanes(tables, lanes_load_ints(firms->kind + i), y);
    lanes mean = lanes_min(lanes_all(20.0f), (float)rule->ip_per_head * staff);
    lanes age = lanes_from_ints(rule->month - lanes_load_ints(firms->born + i));
    lanes gained = poisson_lanes(lanes_uniform(drawn.word[0]), mean);
    /* In past windows some are not yet born. */
    lanes ip =
        lanes_load(firms->ip_count + i) + lanes_select(lanes_at_most(none, age), gained, none);
    lanes_store(firms->ip_count + i, ip);
    lanes left = months_left(firms, rule->month, i);
    lanes chance = lanes_select(lanes_less(lanes_all(-12.0f), left), lanes_all((float)rule->renew),
                                lanes_all((float)rule->apply));
    lanes_mask granted = lanes_at_most(left, none) & qualifies(firms, rule, age, y, ip, i) &
                         lanes_less(lanes_uniform(drawn.word[1]), chance);
    for (uint32_t bits = lanes_bits(granted); bits != 0; bits &= bits - 1)
        firms->certified_until[i + (size_t)__builtin_ctz(bits)] = rule->month + rule->valid_months;
}

void KERNEL(certify)(struct firms *firms, size_t first, const struct step_tables *tables,
                     const struct certificate_rule *rule, const struct draw_stream *stream)
{
    struct lanes_address at = address_of(firms->agent, firms->origin, stream,
                                         draw_when(rule->month, PURPOSE_CERTIFICATE, 0));
    for (size_t i = first; i < firms->count; i += LANES)
        certify_lanes(firms, tables, rule, &at, i);
}
