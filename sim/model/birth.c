#include "model/birth.h"

#include "math/real.h"
#include "model/census.h"
#include "model/district.h"

static double logit(double share)
{
    return real_log(share / (1.0 - share));
}

void birth_attributes(struct district *district)
{
    const struct attributes_params *shares = district->now.attributes;
    district->attributes = (struct birth_shape){
        .log_rd_median = real_log(shares->rd_share_median),
        .rd_sigma = shares->rd_share_sigma,
        .logit_technical_median = logit(shares->technical_share_median),
        .technical_sigma = shares->technical_share_sigma,
        .logit_revenue_median = logit(shares->revenue_share_median),
        .revenue_sigma = shares->revenue_share_sigma,
    };
}

static struct birth_shape shape_of(const struct district *district, double median, double sigma)
{
    struct birth_shape shape = district->attributes;
    shape.log_output_median = real_log(median);
    shape.output_sigma = sigma;
    shape.finance_quality = district->finance_quality;
    shape.month = district->month;
    return shape;
}

void birth_of_startups(struct district *district, size_t first)
{
    struct firms *firms = &district->firms;
    const struct founding_params *founding = district->now.founding;
    if (first == firms->count)
        return;
    struct birth_shape shape =
        shape_of(district, founding->output_median_myuan, founding->output_sigma);
    shape.startups = true;
    district->kernels->birth(firms, first, &shape, &district->stream);
    for (size_t row = first; row < firms->count; row++)
        census_add(district, row);
}

/* Post-money value of a funded firm, by the round that took it to its stage; listed firms have the
 * market's.
 */
static double value_of(const struct district *district, size_t row)
{
    const struct firms *firms = &district->firms;
    size_t stage = kind_stage(firms->kind[row]);
    if (stage == STAGE_LISTED)
        return 0.0;
    const struct round_params *round = &district->now.rounds[stage - 1];
    struct draw_agent agent = {firms->origin[row], firms->agent[row]};
    struct draw_uniforms drawn =
        draw(&district->stream, agent, draw_when(MONTH_NEVER, PURPOSE_BIRTH, 3));
    return round->ticket_myuan / round->dilution *
           real_exp(round->value_sigma * real_normal(drawn.u[0], drawn.u[1]));
}

static struct birth_shape shape_of_group(const struct district *district,
                                         const struct birth_group *group)
{
    struct birth_shape shape = shape_of(district, group->output_median_myuan, group->output_sigma);
    shape.mean_age_years = group->mean_age_years;
    shape.funded_share = group->funded_share;
    shape.funded_stage = group->funded_stage;
    shape.sectors = group->sectors;
    shape.zones = group->zones;
    shape.zone = group->zone;
    return shape;
}

bool birth_of_group(struct district *district, const struct birth_group *group, uint32_t origin,
                    int month, size_t count, struct faults *faults)
{
    struct firms *firms = &district->firms;
    size_t first = firms->count;
    if (count == 0)
        return true;
    if (!firms_reserve(firms, first + count))
        return fault_memory(faults, "adding a group of firms");
    firms->count += count;
    for (size_t member = 0; member < count; member++) {
        firms->agent[first + member] = draw_born(month, (uint32_t)member);
        firms->origin[first + member] = origin;
    }
    struct birth_shape shape = shape_of_group(district, group);
    district->kernels->birth(firms, first, &shape, &district->stream);
    for (size_t row = first; row < firms->count; row++) {
        census_add(district, row);
        if (kind_stage(firms->kind[row]) != STAGE_SELF)
            firms->value_myuan[row] = (float)value_of(district, row);
    }
    return true;
}
