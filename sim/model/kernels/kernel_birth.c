/* What firms are born with, in lanes (birth.c has the laws). Compiled once for each KERNEL_ISA; the
 * bits are the same. */
#include "model/kernels/kernel.h"
#include "random/lanes_philox.h"

static lanes logistic(lanes x)
{
    return 1.0f / (1.0f + lanes_exp(-x));
}

/* As draw_mix_pick. */
static lanes pick_lanes(const struct draw_mix *mix, lanes u)
{
    const lanes one = lanes_all(1.0f);
    lanes at = u * (float)mix->sum[mix->last], passed = lanes_all(0.0f);
    for (size_t i = 0; i < mix->last; i++)
        passed = lanes_add_where(lanes_at_most(lanes_all((float)mix->sum[i]), at), passed, one);
    return passed;
}

/* Blocks 0 to 2 of BIRTH; which word serves what must stay, or old results change. */

static void output_and_shares(struct firms *firms, const struct birth_shape *shape,
                              const struct lanes_block *drawn, size_t i)
{
    struct lanes_pair a = lanes_normals_of(drawn->word[0], drawn->word[1], lanes_all(1.0f));
    struct lanes_pair b = lanes_normals_of(drawn->word[2], drawn->word[3], lanes_all(1.0f));
    const lanes most = lanes_all((float)LOG_OUTPUT_MOST);
    lanes x = (float)shape->log_output_median + (float)shape->output_sigma * a.first;
    x = lanes_min(lanes_max(x, -most), most);
    lanes_store_ints(firms->log_output + i, lanes_to_ints(x * (float)(1.0 / LOG_OUTPUT_GRAIN)));
    lanes_store(firms->output_myuan + i, lanes_exp_held(x));
    lanes_store(firms->rd_share + i,
                lanes_exp((float)shape->log_rd_median + (float)shape->rd_sigma * a.second));
    lanes_store(firms->technical_share + i, logistic((float)shape->logit_technical_median +
                                                     (float)shape->technical_sigma * b.first));
    lanes_store(firms->revenue_share + i, logistic((float)shape->logit_revenue_median +
                                                   (float)shape->revenue_sigma * b.second));
}

static void character(struct firms *firms, const struct birth_shape *shape,
                      const struct lanes_block *drawn, size_t i)
{
    const float b = (float)shape->finance_quality;
    struct lanes_pair a = lanes_normals_of(drawn->word[0], drawn->word[1], lanes_all(1.0f));
    lanes z = shape->startups ? lanes_load(firms->quality + i) : a.second;
    lanes months =
        (float)(-12.0 * shape->mean_age_years) * lanes_log(lanes_uniform(drawn->word[3]));
    lanes_ints age = __builtin_convertvector(lanes_min(months, lanes_all(AGE_MONTHS)), lanes_ints);
    lanes_store(firms->quality + i, z);
    lanes_store(firms->raise_factor + i, lanes_exp(b * z - 0.5f * b * b));
    lanes_store(firms->score_noise + i, a.first);
    lanes_store(firms->year_volatility + i, -lanes_log(lanes_uniform(drawn->word[2])));
    lanes_store_ints(firms->born + i, shape->month - age);
    lanes_store(firms->value_myuan + i, lanes_all(0.0f));
    lanes_store(firms->ip_count + i, lanes_all(0.0f));
    lanes_store_ints(firms->certified_until + i, (lanes_ints){0} + MONTH_NEVER);
}

static void place_and_stage(struct firms *firms, const struct birth_shape *shape,
                            const struct lanes_block *drawn, size_t i)
{
    lanes zone = shape->zones != NULL ? pick_lanes(shape->zones, lanes_uniform(drawn->word[0]))
                                      : lanes_all((float)shape->zone);
    lanes sector = pick_lanes(shape->sectors, lanes_uniform(drawn->word[1]));
    lanes_mask funded =
        lanes_less(lanes_uniform(drawn->word[2]), lanes_all((float)shape->funded_share));
    lanes stage =
        lanes_select(funded, lanes_all((float)shape->funded_stage), lanes_all((float)STAGE_SELF));
    lanes place = zone * (float)shape->sectors->count + sector;
    lanes_store_ints(firms->kind + i, lanes_to_ints(place * (float)STAGE_STRIDE + stage));
}

void KERNEL(birth)(struct firms *firms, size_t first, const struct birth_shape *shape,
                   const struct draw_stream *stream)
{
    struct lanes_address at[3];
    for (uint32_t index = 0; index < 3; index++)
        at[index] = address_of(firms->agent, firms->origin, stream,
                               draw_when(MONTH_NEVER, PURPOSE_BIRTH, index));
    for (size_t i = first; i < firms->count; i += LANES) {
        struct lanes_block a = lanes_philox(&at[0], i), b = lanes_philox(&at[1], i);
        output_and_shares(firms, shape, &a, i);
        character(firms, shape, &b, i);
        if (shape->startups)
            continue;
        struct lanes_block c = lanes_philox(&at[2], i);
        place_and_stage(firms, shape, &c, i);
    }
}
