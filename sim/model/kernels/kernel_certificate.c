/* The certificate's window in lanes (certificate.c has the rule). Compiled once for each
 * KERNEL_ISA; the bits are the same. */
#include "model/kernels/kernel.h"
#include "random/lanes_philox.h"

/* Poisson by inversion in every lane: how many terms of the distribution sum to less than u, but
 * for those less than the grain of single precision. The mean is at most 20, beyond which all but
 * 1e-10 lies in BLOCKS blocks.
 *
 * Terms are summed by blocks of four, for a lane waits for the longest of all. With t the term of
 * n = k, a block is t (1 + c1 m + c2 m^2 + c3 m^3), and the next one starts with t c4 m^4, where
 * ci = 1 / ((k+1) ... (k+i)). A lane passes blocks that end below u, and counts in the next one. */
enum { BLOCKS = 14 };

#define C1(k) (1.0 / ((k) + 1))
#define C2(k) (C1(k) / ((k) + 2))
#define C3(k) (C2(k) / ((k) + 3))
#define C4(k) (C3(k) / ((k) + 4))
#define BY_BLOCK(C)                                                                                \
    {                                                                                              \
        (float)C(0), (float)C(4), (float)C(8), (float)C(12), (float)C(16), (float)C(20),           \
            (float)C(24), (float)C(28), (float)C(32), (float)C(36), (float)C(40), (float)C(44),    \
            (float)C(48), (float)C(52)                                                             \
    }

static const float c1[LANES_TABLE] = BY_BLOCK(C1), c2[LANES_TABLE] = BY_BLOCK(C2),
                   c3[LANES_TABLE] = BY_BLOCK(C3), c4[LANES_TABLE] = BY_BLOCK(C4);

/* Blocks passed, the sum of their terms, and the term after them. */
struct passed {
    lanes blocks, sum, term;
};

static struct passed pass_blocks(lanes u, lanes mean)
{
    const lanes one = lanes_all(1.0f), none = lanes_all(0.0f), grain = lanes_all(0x1p-30f);
    lanes square = mean * mean, fourth = square * square;
    lanes sum = none, term = lanes_exp_held(-mean);
    struct passed passed = {none, sum, term};
    lanes_mask more = lanes_first(LANES);
    for (size_t i = 0; i < BLOCKS; i++) {
        if (i % 2 == 0 && lanes_bits(more) == 0) /* seldom asked, well guessed */
            break;
        lanes rest = lanes_fma(square, lanes_all(c3[i]),
                               lanes_fma(mean, lanes_all(c2[i]), lanes_all(c1[i])));
        sum = lanes_fma(term, lanes_fma(mean, rest, one), sum);
        more = lanes_less(sum, u) & lanes_less(grain, term);
        term = term * (fourth * c4[i]);
        passed.blocks = lanes_add_where(more, passed.blocks, one);
        passed.sum = lanes_select(more, sum, passed.sum);
        passed.term = lanes_select(more, term, passed.term);
    }
    return passed;
}

static lanes poisson_lanes(lanes u, lanes mean)
{
    const lanes one = lanes_all(1.0f);
    struct passed passed = pass_blocks(u, mean);
    lanes_ints block = lanes_to_ints(passed.blocks);
    lanes first = passed.sum + passed.term, next = passed.term * mean;
    lanes second = lanes_fma(next, lanes_look_up_short(c1, block), first);
    lanes third = lanes_fma(next * mean, lanes_look_up_short(c2, block), second);
    lanes n = lanes_add_where(lanes_less(first, u), 4.0f * passed.blocks, one);
    n = lanes_add_where(lanes_less(second, u), n, one);
    return lanes_add_where(lanes_less(third, u), n, one);
}

/* The numbers of the rule, in single precision. */
struct window {
    int month, until; /* until: the first month without a certificate granted now */
    float ip_per_head, score_base, score_quality, score_ip, score_noise, score_pass;
    float age_months, ip_count, technical_share, revenue_share;
    float small_output, large_output, rd_small, rd_middle, rd_large, apply, renew;
};

static struct window window_of(const struct certificate_rule *rule)
{
    return (struct window){
        .month = rule->month,
        .until = rule->month + rule->valid_months,
        .ip_per_head = (float)rule->ip_per_head,
        .score_base = (float)rule->score_base,
        .score_quality = (float)rule->score_quality,
        .score_ip = (float)rule->score_ip,
        .score_noise = (float)rule->score_noise,
        .score_pass = (float)rule->score_pass,
        .age_months = (float)rule->age_months,
        .ip_count = (float)rule->ip_count,
        .technical_share = (float)rule->technical_share,
        .revenue_share = (float)rule->revenue_share,
        .small_output = (float)rule->small_output,
        .large_output = (float)rule->large_output,
        .rd_small = (float)rule->rd_small,
        .rd_middle = (float)rule->rd_middle,
        .rd_large = (float)rule->rd_large,
        .apply = (float)rule->apply,
        .renew = (float)rule->renew,
    };
}

/* The rows that meet every condition of the rule, of which applying is not one. */
static lanes_mask qualifies(const struct firms *firms, const struct window *window, size_t i)
{
    lanes age = lanes_from_ints(window->month - lanes_load_ints(firms->born + i));
    lanes y = lanes_load(firms->output_myuan + i), ip = lanes_load(firms->ip_count + i);
    lanes least = lanes_select(lanes_at_most(y, lanes_all(window->large_output)),
                               lanes_all(window->rd_middle), lanes_all(window->rd_large));
    least = lanes_select(lanes_less(y, lanes_all(window->small_output)),
                         lanes_all(window->rd_small), least);
    lanes score = window->score_base + window->score_quality * lanes_load(firms->quality + i) +
                  window->score_ip * lanes_log(1.0f + ip) +
                  window->score_noise * lanes_load(firms->score_noise + i);
    return lanes_at_most(lanes_all(window->age_months), age) &
           lanes_at_most(lanes_all(window->ip_count), ip) &
           lanes_at_most(least, lanes_load(firms->rd_share + i)) &
           lanes_at_most(lanes_all(window->technical_share),
                         lanes_load(firms->technical_share + i)) &
           lanes_at_most(lanes_all(window->revenue_share), lanes_load(firms->revenue_share + i)) &
           lanes_at_most(lanes_all(window->score_pass), score);
}

/* Gains of IP; in past windows some firms are not yet born. */
static void gain_ip(struct firms *firms, const struct step_tables *tables,
                    const struct window *window, lanes_words word, size_t i)
{
    lanes staff =
        staff_lanes(tables, lanes_load_ints(firms->kind + i), lanes_load(firms->output_myuan + i));
    lanes gained = poisson_lanes(lanes_uniform(word),
                                 lanes_min(lanes_all(20.0f), window->ip_per_head * staff));
    lanes age = lanes_from_ints(window->month - lanes_load_ints(firms->born + i));
    lanes_mask born = lanes_at_most(lanes_all(0.0f), age);
    lanes_store(firms->ip_count + i,
                lanes_add_where(born, lanes_load(firms->ip_count + i), gained));
}

static void grant(struct firms *firms, const struct window *window, lanes_words word, size_t i)
{
    lanes_ints until = lanes_load_ints(firms->certified_until + i);
    lanes left = lanes_from_ints(until - window->month);
    lanes chance = lanes_select(lanes_less(lanes_all(-12.0f), left), lanes_all(window->renew),
                                lanes_all(window->apply));
    lanes_mask granted = lanes_at_most(left, lanes_all(0.0f)) & qualifies(firms, window, i) &
                         lanes_less(lanes_uniform(word), chance);
    lanes longer = (lanes)((lanes_ints){0} + window->until);
    lanes_store_ints(firms->certified_until + i,
                     (lanes_ints)lanes_select(granted, longer, (lanes)until));
}

/* Rows at once, in loops that wait for nothing but the search for IP: that waits for the longest of
 * each vector. */
enum { ROWS_AT_ONCE = 256 };

static void certify_rows(struct firms *firms, const struct step_tables *tables,
                         const struct window *window, const struct lanes_address *at, size_t from,
                         size_t to)
{
    uint32_t ip_word[ROWS_AT_ONCE], apply_word[ROWS_AT_ONCE];
    for (size_t i = from; i < to; i += LANES) {
        struct lanes_block drawn = lanes_philox(at, i);
        lanes_store_words(ip_word + (i - from), drawn.word[0]);
        lanes_store_words(apply_word + (i - from), drawn.word[1]);
    }
    for (size_t i = from; i < to; i += LANES)
        gain_ip(firms, tables, window, lanes_load_words(ip_word + (i - from)), i);
    for (size_t i = from; i < to; i += LANES)
        grant(firms, window, lanes_load_words(apply_word + (i - from)), i);
}

void KERNEL(certify)(struct firms *firms, size_t first, const struct step_tables *tables,
                     const struct certificate_rule *rule, const struct draw_stream *stream)
{
    struct lanes_address at = address_of(firms->agent, firms->origin, stream,
                                         draw_when(rule->month, PURPOSE_CERTIFICATE, 0));
    struct window window = window_of(rule);
    for (size_t from = first; from < firms->count; from += ROWS_AT_ONCE) {
        size_t to = from + ROWS_AT_ONCE < firms->count ? from + ROWS_AT_ONCE : firms->count;
        certify_rows(firms, tables, &window, &at, from, to);
    }
}
