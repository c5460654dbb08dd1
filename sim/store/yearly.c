#include "store/yearly.h"

#include "store/columns.h"

#include <stdlib.h>

/* F(indicator, from, to): flows that have no zones. TO_LANDING stands for the zone where projects
 * become firms. */
#define TO_LANDING NULL
#define FLOW_TABLE(F)                                                                              \
    F(DISCOVERIES, "research", "results")                                                          \
    F(VENTURES, "results", "projects")                                                             \
    F(LICENCES, "results", "licences")                                                             \
    F(ABANDONED, "projects", "abandoned")                                                          \
    F(LEAKED, "projects", "left_for_space")                                                        \
    F(FOUNDED, "projects", TO_LANDING)                                                             \
    F(ARRIVED, "outside", "firms")                                                                 \
    F(TURNED_AWAY, "outside", "turned_away")                                                       \
    F(FAILED, "firms", "failed")                                                                   \
    F(RELOCATED, "firms", "relocated")

/* B(indicator, name) */
#define BOTTLENECK_TABLE(B)                                                                        \
    B(BOUND_TALENT, "talent")                                                                      \
    B(BOUND_SPACE, "space")                                                                        \
    B(BOUND_EARLY, "early_capital")                                                                \
    B(BOUND_GROWTH, "growth_capital")

struct named_flow {
    enum indicator_id indicator;
    const char *from, *to;
};
#define FLOW_ROW(upper, from, to) {INDICATOR_##upper, from, to},
static const struct named_flow named_flows[] = {FLOW_TABLE(FLOW_ROW)};
#define BOTTLENECK_ROW(upper, name) {INDICATOR_##upper, name, NULL},
static const struct named_flow bottlenecks[] = {BOTTLENECK_TABLE(BOTTLENECK_ROW)};

enum {
    NAMED_FLOWS = sizeof named_flows / sizeof *named_flows,
    BOTTLENECKS = sizeof bottlenecks / sizeof *bottlenecks
};

/* ------------------------------------------------------------------ setting up */

static size_t pair_count(const struct panel_layout *layout)
{
    return layout->first[INDICATOR_GRADUATED + 1] - layout->first[INDICATOR_GRADUATED];
}

static void add_flow(struct yearly *yearly, struct flow flow)
{
    yearly->flow[yearly->flow_count++] = flow;
}

static void list_flows(struct yearly *yearly, const struct scenario *scenario)
{
    const struct panel_layout *layout = &yearly->layout;
    char **zone = scenario->name[SECTION_ZONES];
    const char *landing = zone[(size_t)scenario->centre.projects->landing_zone];
    for (size_t i = 0; i < NAMED_FLOWS; i++) {
        const struct named_flow *named = &named_flows[i];
        add_flow(yearly, (struct flow){.from = named->from,
                                       .to = named->to == TO_LANDING ? landing : named->to,
                                       .column = layout->first[named->indicator]});
    }
    add_flow(yearly, (struct flow){.from = "results",
                                   .to = "unused",
                                   .column = layout->first[INDICATOR_DISCOVERIES],
                                   .less = {layout->first[INDICATOR_VENTURES],
                                            layout->first[INDICATOR_LICENCES]},
                                   .less_count = 2});
    for (size_t i = 0; i < pair_count(layout); i++) {
        size_t column = layout->first[INDICATOR_GRADUATED] + i;
        const struct panel_column *pair = &layout->column[column];
        add_flow(yearly, (struct flow){.from = zone[pair->zone],
                                       .to = zone[pair->zone_reached],
                                       .column = column});
    }
    for (size_t i = 0; i < BOTTLENECKS; i++)
        add_flow(yearly, (struct flow){.from = bottlenecks[i].from,
                                       .column = layout->first[bottlenecks[i].indicator],
                                       .binds = true});
}

/* Row 0 is the state before the first step and belongs to no year. */
static int year_of(const struct yearly *yearly, size_t row)
{
    return (yearly->layout.first_month + (int)row) / 12;
}

bool yearly_init(struct yearly *yearly, const struct scenario *scenario, struct faults *faults)
{
    *yearly = (struct yearly){0};
    if (!panel_layout_init(&yearly->layout, scenario, faults))
        return false;
    yearly->first_year = year_of(yearly, 1);
    yearly->year_count =
        (size_t)(year_of(yearly, yearly->layout.row_count - 1) - yearly->first_year + 1);
    size_t flows = NAMED_FLOWS + 1 + pair_count(&yearly->layout) + BOTTLENECKS;
    yearly->flow = calloc(flows, sizeof *yearly->flow);
    if (yearly->flow == NULL || !cells_init(&yearly->cells, flows * yearly->year_count))
        return fault_memory(faults, "watching the years");
    list_flows(yearly, scenario);
    return true;
}

void yearly_clear(struct yearly *yearly)
{
    panel_layout_clear(&yearly->layout);
    free(yearly->flow);
    cells_clear(&yearly->cells);
    *yearly = (struct yearly){0};
}

/* ------------------------------------------------------------------ adding */

static double flow_value(const struct flow *flow, const double *row)
{
    double value = row[flow->column];
    for (size_t i = 0; i < flow->less_count; i++)
        value -= row[flow->less[i]];
    return value;
}

void yearly_add(struct yearly *yearly, const struct outcome *outcome)
{
    const struct panel_layout *layout = &yearly->layout;
    double *cell = cells_row(&yearly->cells);
    for (size_t f = 0; f < yearly->flow_count; f++) {
        double sum = 0.0;
        for (size_t row = 1; row < layout->row_count; row++) {
            sum += flow_value(&yearly->flow[f], outcome->panel + row * layout->column_count);
            int year = year_of(yearly, row);
            if (row + 1 < layout->row_count && year_of(yearly, row + 1) == year)
                continue;
            *cell++ = sum;
            sum = 0.0;
        }
    }
    yearly->replicates++;
}

void yearly_settle(struct yearly *yearly)
{
    cells_settle(&yearly->cells);
}

void yearly_put(struct text *out, struct yearly *yearly)
{
    yearly_settle(yearly);
    bytes_put(out, yearly->replicates);
    cells_put(out, &yearly->cells);
}

void yearly_take(struct bytes_reader *reader, struct yearly *yearly)
{
    yearly->replicates = bytes_take_most(reader, UINT32_MAX);
    cells_take(reader, &yearly->cells);
}

/* ------------------------------------------------------------------ writing */

static uint64_t months_in(const struct yearly *yearly, int year)
{
    uint64_t months = 0;
    for (size_t row = 1; row < yearly->layout.row_count; row++)
        months += year_of(yearly, row) == year;
    return months;
}

static void write_flow(const struct yearly *yearly, size_t f, int year, struct csv *csv)
{
    const struct flow *flow = &yearly->flow[f];
    const struct cell *cell =
        &yearly->cells.cell[f * yearly->year_count + (size_t)(year - yearly->first_year)];
    uint64_t months = months_in(yearly, year);
    double mean = moments_mean(&cell->moments),
           p05 = histogram_quantile(&cell->histogram, 0.05, true),
           p50 = histogram_quantile(&cell->histogram, 0.50, true),
           p95 = histogram_quantile(&cell->histogram, 0.95, true), per = 1.0 / (double)months;
    if (flow->binds)
        bottlenecks_cells(csv, &(struct bottlenecks_row){(uint64_t)year, flow->from, months,
                                                         mean * per, p05 * per, p50 * per,
                                                         p95 * per, yearly->replicates});
    else
        pipeline_cells(csv, &(struct pipeline_row){(uint64_t)year, flow->from, flow->to, months,
                                                   mean, p05, p50, p95, yearly->replicates});
    csv_end_row(csv);
}

static void write_kind(const struct yearly *yearly, bool binds, struct csv *csv)
{
    for (size_t y = 0; y < yearly->year_count; y++)
        for (size_t f = 0; f < yearly->flow_count; f++)
            if (yearly->flow[f].binds == binds)
                write_flow(yearly, f, yearly->first_year + (int)y, csv);
}

void yearly_write_pipeline(const struct yearly *yearly, struct csv *csv)
{
    csv_header(csv, CSV_PIPELINE);
    csv_end_row(csv);
    write_kind(yearly, false, csv);
}

void yearly_write_bottlenecks(const struct yearly *yearly, struct csv *csv)
{
    csv_header(csv, CSV_BOTTLENECKS);
    csv_end_row(csv);
    write_kind(yearly, true, csv);
}
