/* What firms are born with, in lanes (birth.c has the laws). Compiled once for each KERNEL_ISA; the
 * bits are the same. */
#include "district/kernel.h"
#include "random/lanes_philox.h"

static lanes logistic(lanes x)
{
    return 1.0f / (1.0f + lanes_exp(-x));
}

/* Blocks 0 to 4 of BIRTH; which word serves what must stay, or old results change. */
static void birth_lanes(struct firms *firms, const struct birth_shape *shape,
                        const struct lanes_address at[5], size_t first, size_t i)
{
    const float quality = (float)shape->finance_quality;
    struct lanes_block a = lanes_philox(&at[0], i), b = lanes_philox(&at[1], i),
                       c = lanes_philox(&at[2], i), d = lanes_philox(&at[3], i),
                       e = lanes_philox(&at[4], i);
    lanes z = shape->keep_quality ? lanes_load(firms->quality + i)
                                  : lanes_normal_of(a.word[0], a.word[1]);
    lanes x = (float)shape->log_output_median +
              (float)shape->output_sigma * lanes_normal_of(a.word[2], a.word[3]);
    lanes most = lanes_all((float)LOG_OUTPUT_MOST);
    x = lanes_min(lanes_max(x, -most), most);
    lanes rd = (float)shape->log_rd_median +
               (float)shape->rd_sigma * lanes_normal_of(b.word[0], b.word[1]);
    lanes technical = (float)shape->logit_technical_median +
                      (float)shape->technical_sigma * lanes_normal_of(b.word[2], b.word[3]);
    lanes revenue = (float)shape->logit_revenue_median +
                    (float)shape->revenue_sigma * lanes_normal_of(c.word[0], c.word[1]);
    lanes_store(firms->quality + i, z);
    lanes_store_ints(firms->log_output + i, lanes_to_ints(x * (float)(1.0 / LOG_OUTPUT_GRAIN)));
    lanes_store(firms->output_myuan + i, lanes_exp(x));
    lanes_store(firms->raise_factor + i, lanes_exp(quality * z - 0.5f * quality * quality));
    lanes_store(firms->rd_share + i, lanes_exp(rd));
    lanes_store(firms->technical_share + i, logistic(technical));
    lanes_store(firms->revenue_share + i, logistic(revenue));
    lanes_store(firms->score_noise + i, lanes_normal_of(c.word[2], c.word[3]));
    lanes_store(firms->year_volatility + i, -lanes_log(lanes_uniform(d.word[0])));
    lanes_store(shape->age_years + i - first,
                -(float)shape->mean_age_years * lanes_log(lanes_uniform(d.word[1])));
    lanes_store(shape->zone_draw + i - first, lanes_uniform(d.word[2]));
    lanes_store(shape->sector_draw + i - first, lanes_uniform(d.word[3]));
    lanes_store(shape->funded_draw + i - first, lanes_uniform(e.word[0]));
    lanes_store(shape->value_draw + i - first, lanes_normal_of(e.word[1], e.word[2]));
}

void KERNEL(birth)(struct firms *firms, size_t first, const struct birth_shape *shape,
                   const struct draw_stream *stream)
{
    struct lanes_address at[5];
    for (uint32_t index = 0; index < 5; index++)
        at[index] = address_of(firms->agent, firms->origin, stream,
                               draw_when(MONTH_NEVER, PURPOSE_BIRTH, index));
    for (size_t i = first; i < firms->count; i += LANES)
        birth_lanes(firms, shape, at, first, i);
}
