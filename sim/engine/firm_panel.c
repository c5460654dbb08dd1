#include "engine/firm_panel.h"
#include "engine/pool.h"

#include "engine/replicate.h"
#include "model/district.h"

#include <math.h>
#include <stdio.h>

static void identity(const struct district *district, size_t row, char *out, size_t size)
{
    const struct firms *firms = &district->firms;
    char origin[FIRM_ORIGIN_BYTES], month[TEXT_MONTH_BYTES] = "start";
    birthplace_path(district, firms->origin[row], origin, sizeof origin);
    uint32_t since = firms->agent[row] >> 20;
    if (since > 0)
        text_month(month, (int)since - 1 + MONTH_FIRST);
    snprintf(out, size, "%s:%s:%u", origin, month, firms->agent[row] & (DRAW_RANKS - 1));
}

struct firm_row firm_panel_row(const struct district *district, size_t row)
{
    const struct firms *firms = &district->firms;
    const struct step_tables *tables = &district->tables;
    int32_t kind = firms->kind[row];
    float y = firms->output_myuan[row], market = tables_worth(tables, kind, y);
    struct firm_row out = {
        .month = district->month,
        .age_months = district->month - firms->born[row],
        .zone = (int)kind_zone(&district->kinds, kind),
        .sector = (int)kind_sector(&district->kinds, kind),
        .stage = (enum stage)kind_stage(kind),
        .output_myuan = (double)y,
        .staff_heads = (double)tables_staff(tables, kind, y),
        .quality = (double)firms->quality[row],
        .value_myuan = (double)fmaxf(market, firms->value_myuan[row]),
        .rd_share = (double)firms->rd_share[row],
        .technical_share = (double)firms->technical_share[row],
        .revenue_share = (double)firms->revenue_share[row],
        .ip_count = (double)firms->ip_count[row],
        .certified_until = firms->certified_until[row],
    };
    identity(district, row, out.id, sizeof out.id);
    return out;
}

struct showing {
    bool (*each)(void *context, const struct firm_row *row);
    void *context;
};

static bool show_month(void *context, const struct district *district)
{
    const struct showing *showing = context;
    for (size_t i = 0; i < district->firms.count; i++) {
        struct firm_row row = firm_panel_row(district, i);
        if (!showing->each(showing->context, &row))
            return false;
    }
    return true;
}

bool firm_panel_run(const struct scenario *scenario, const struct draw_replicate *replicate,
                    bool (*each)(void *context, const struct firm_row *row), void *context,
                    struct faults *faults)
{
    struct showing showing = {each, context};
    struct replicate_watch watch = {.month = show_month, .context = &showing};
    return pool_again(scenario, replicate, &watch, NULL, NULL, faults);
}
