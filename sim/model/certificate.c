#include "model/certificate.h"

#include "model/district.h"

enum { PAST_WINDOWS = 3 };

static struct certificate_rule rule_of(const struct district *district, int month)
{
    const struct certificate_params *c = district->now.certificate;
    return (struct certificate_rule){
        .month = month,
        .ip_per_head = c->ip_rate_per_head,
        .score_base = c->score_base,
        .score_quality = c->score_quality,
        .score_ip = c->score_ip,
        .score_noise = c->score_noise,
        .score_pass = c->score_pass,
        .age_months = c->age_months,
        .ip_count = c->ip_count,
        .technical_share = c->technical_share,
        .revenue_share = c->revenue_share,
        .small_output = c->small_output_myuan,
        .large_output = c->large_output_myuan,
        .rd_small = c->rd_share_small,
        .rd_middle = c->rd_share_middle,
        .rd_large = c->rd_share_large,
        .apply = c->apply_share,
        .renew = c->renew_share,
        .valid_months = (int)c->valid_months,
    };
}

static bool is_window(const struct district *district, int month)
{
    return month % 12 + 1 == (int)district->now.certificate->window_month;
}

static void hold_window(struct district *district, int month)
{
    struct certificate_rule rule = rule_of(district, month);
    district->kernels->certify(&district->firms, 0, &district->tables, &rule, &district->stream);
}

void certificate_past(struct district *district)
{
    int last = district->month;
    while (!is_window(district, last))
        last--;
    for (int past = PAST_WINDOWS - 1; past >= 0; past--)
        hold_window(district, last - 12 * past);
}

void certificate_step(struct district *district)
{
    if (is_window(district, district->month))
        hold_window(district, district->month);
}
