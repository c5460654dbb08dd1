#include "district/birth.h"

#include "base/memory.h"
#include "district/district.h"
#include "random/real.h"

#include <math.h>
#include <stdlib.h>

static double logit(double share)
{
    return real_log(share / (1.0 - share));
}

/* The five columns of scratch hold at least `rows` and a vector more. */
static bool scratch_reserve(struct district *district, size_t rows)
{
    size_t wanted = firms_padded(rows + SUM_LANES);
    if (wanted <= district->birth_capacity)
        return true;
    float *grown = memory_aligned(5 * wanted, sizeof *grown);
    if (grown == NULL)
        return false;
    free(district->birth_scratch);
    district->birth_scratch = grown;
    district->birth_capacity = wanted;
    return true;
}

static struct birth_shape shape_of(const struct district *district, double median, double sigma)
{
    const struct attributes_params *shares = district->now.attributes;
    size_t rows = district->birth_capacity;
    float *scratch = district->birth_scratch;
    return (struct birth_shape){
        .log_output_median = real_log(median),
        .output_sigma = sigma,
        .log_rd_median = real_log(shares->rd_share_median),
        .rd_sigma = shares->rd_share_sigma,
        .logit_technical_median = logit(shares->technical_share_median),
        .technical_sigma = shares->technical_share_sigma,
        .logit_revenue_median = logit(shares->revenue_share_median),
        .revenue_sigma = shares->revenue_share_sigma,
        .finance_quality = district->finance_quality,
        .zone_draw = scratch,
        .sector_draw = scratch + rows,
        .funded_draw = scratch + 2 * rows,
        .value_draw = scratch + 3 * rows,
        .age_years = scratch + 4 * rows,
    };
}

static void settle(struct district *district, size_t row, int born)
{
    struct firms *firms = &district->firms;
    firms->born[row] = born;
    firms->ip_count[row] = 0.0f;
    firms->certified_until[row] = MONTH_NEVER;
    district->firm_count[firms->kind[row]]++;
}

bool birth_of_startups(struct district *district, size_t first, struct faults *faults)
{
    struct firms *firms = &district->firms;
    const struct founding_params *founding = district->now.founding;
    if (first == firms->count)
        return true;
    if (!scratch_reserve(district, firms->count - first))
        return fault_memory(faults, "founding firms");
    struct birth_shape shape =
        shape_of(district, founding->output_median_myuan, founding->output_sigma);
    shape.keep_quality = true;
    district->kernels->birth(firms, first, &shape, &district->stream);
    for (size_t row = first; row < firms->count; row++) {
        firms->value_myuan[row] = 0.0f;
        settle(district, row, district->month);
    }
    return true;
}

/* Post-money value of a firm whose last round took it to `stage`; listed firms have the market's.
 */
static double value_at(const struct params *now, size_t stage, double normal)
{
    if (stage == STAGE_SELF || stage == STAGE_LISTED)
        return 0.0;
    const struct round_params *round = &now->rounds[stage - 1];
    return round->ticket_myuan / round->dilution * real_exp(round->value_sigma * normal);
}

static void settle_member(struct district *district, const struct birth_group *group,
                          const struct birth_shape *shape, size_t row, size_t member, int now_month)
{
    const struct kinds *kinds = &district->kinds;
    size_t zone = group->zones != NULL
                      ? draw_mix_pick(group->zones, (double)shape->zone_draw[member])
                      : group->zone;
    size_t sector = draw_mix_pick(group->sectors, (double)shape->sector_draw[member]);
    bool funded = (double)shape->funded_draw[member] < group->funded_share;
    size_t stage = funded ? group->funded_stage : STAGE_SELF;
    int age_months = (int)real_min(12.0 * (double)shape->age_years[member], AGE_MONTHS);
    district->firms.kind[row] = kind_of(kinds, zone, sector, stage);
    district->firms.value_myuan[row] =
        (float)value_at(&district->now, stage, (double)shape->value_draw[member]);
    settle(district, row, now_month - age_months);
}

bool birth_of_group(struct district *district, const struct birth_group *group, uint32_t origin,
                    int month, size_t count, struct faults *faults)
{
    struct firms *firms = &district->firms;
    size_t first = firms->count;
    if (count == 0)
        return true;
    if (!firms_reserve(firms, first + count) || !scratch_reserve(district, count))
        return fault_memory(faults, "adding a group of firms");
    firms->count += count;
    for (size_t member = 0; member < count; member++) {
        firms->agent[first + member] = draw_born(month, (uint32_t)member);
        firms->origin[first + member] = origin;
    }
    struct birth_shape shape = shape_of(district, group->output_median_myuan, group->output_sigma);
    shape.mean_age_years = group->mean_age_years;
    district->kernels->birth(firms, first, &shape, &district->stream);
    for (size_t member = 0; member < count; member++)
        settle_member(district, group, &shape, first + member, member, district->month);
    return true;
}
