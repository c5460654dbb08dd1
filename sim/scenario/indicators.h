/* The one table of indicators: what is measured each month.
 *
 * I(upper, name, dimension, kind, unit, sentence). A STOCK is a state at the end of a month; a FLOW
 * counts what happened in the month (0 in month 0). Dimensions: NONE one series; ZONE and SECTOR
 * one each; PAIR one for each ordered pair of zones in the chain.
 */
#ifndef NEOBAY_SCENARIO_INDICATORS_H
#define NEOBAY_SCENARIO_INDICATORS_H

#include <stddef.h>

/* A row a line, however long. */
/* clang-format off */
#define INDICATOR_TABLE(I)                                                                         \
    I(HIGHTECH_FIRMS, hightech_firms, NONE, STOCK, "firms", "Firms with a valid high-tech certificate") \
    I(OUTPUT, output_myuan, NONE, STOCK, "myuan/year", "Sum of the firms' annual output")          \
    I(OUTPUT_GROWTH, output_growth, NONE, STOCK, "1", "Output over that of twelve months before, less 1; no value in the first year") \
    I(FIRMS, firms, NONE, STOCK, "firms", "Firms in the district")                                 \
    I(FIRMS_BY_ZONE, firms_by_zone, ZONE, STOCK, "firms", "Firms in each zone")                    \
    I(FIRMS_BY_SECTOR, firms_by_sector, SECTOR, STOCK, "firms", "Firms in each sector")            \
    I(FOUNDED, founded, NONE, FLOW, "firms/month", "Firms founded from projects")                  \
    I(ARRIVED, arrived, NONE, FLOW, "firms/month", "Firms that arrived from outside")              \
    I(FAILED, exits_failed, NONE, FLOW, "firms/month", "Firms that failed")                        \
    I(RELOCATED, exits_relocated, NONE, FLOW, "firms/month", "Firms that left the district alive") \
    I(GRADUATED, graduations, PAIR, FLOW, "firms/month", "Firms that moved up the chain, by zones left and reached") \
    I(PROJECTS, projects, NONE, STOCK, "projects", "Projects in incubation, waiting ones included") \
    I(DISCOVERIES, discoveries, NONE, FLOW, "results/month", "Results worth disclosing")           \
    I(VENTURES, ventures, NONE, FLOW, "projects/month", "Results that became venture projects")    \
    I(LICENCES, licences, NONE, FLOW, "licences/month", "Results licensed to firms of the district") \
    I(ABANDONED, projects_abandoned, NONE, FLOW, "projects/month", "Projects given up")            \
    I(LEAKED, leaked_for_space, NONE, FLOW, "projects/month", "Projects that left while waiting for space") \
    I(TURNED_AWAY, turned_away, NONE, FLOW, "firms/month", "Arrivals that found no room")          \
    I(VALUED, valued_100m, NONE, STOCK, "firms", "Firms listed, or with a last post-money value of valuation.valued_myuan or more") \
    I(UNICORNS, unicorns, NONE, STOCK, "firms", "Unlisted firms with a last post-money value of valuation.unicorn_myuan or more") \
    I(LISTED, listed, NONE, STOCK, "firms", "Listed firms")                                        \
    I(NEWLY_LISTED, newly_listed, NONE, FLOW, "firms/month", "Firms that went public")             \
    I(MARKET_VALUE, market_value_myuan, NONE, STOCK, "myuan", "Value of high-tech firms: last post-money, or value_to_output times output if higher (for listed firms times listed_premium)") \
    I(RD_INTENSITY, rd_intensity, NONE, STOCK, "1", "R&D spending over output")                    \
    I(STAFF, staff_heads, NONE, STOCK, "heads", "Staff of the firms")                              \
    I(TALENT, talent_heads, NONE, STOCK, "heads", "Pool of technical staff")                       \
    I(TIGHTNESS, talent_tightness, NONE, STOCK, "1", "Staff over the pool")                        \
    I(OCCUPANCY, occupancy, ZONE, STOCK, "1", "Floor area wanted over floor area, by zone")        \
    I(CLEARED_EARLY, capital_cleared_early, NONE, STOCK, "1", "Share of early rounds' demand that supply can meet") \
    I(CLEARED_GROWTH, capital_cleared_growth, NONE, STOCK, "1", "Share of growth rounds' demand that supply can meet") \
    I(ROUNDS, rounds_closed, NONE, FLOW, "rounds/month", "Financing rounds closed")                \
    I(RAISED, capital_raised_myuan, NONE, FLOW, "myuan/month", "Money raised in rounds")           \
    I(POLICY_COST, policy_cost_myuan, NONE, FLOW, "myuan/month", "Cost of the levers")             \
    I(MACRO_GROWTH, macro_growth_per_year, NONE, STOCK, "1/year", "Macro growth around trend")     \
    I(SENTIMENT, sentiment, NONE, STOCK, "1", "Log sentiment of capital markets")                  \
    I(BOUND_TALENT, bound_by_talent, NONE, STOCK, "0 or 1", "1 where staff exceed the pool")            \
    I(BOUND_SPACE, bound_by_space, NONE, STOCK, "0 or 1", "1 where a project or arrival found no room this month") \
    I(BOUND_EARLY, bound_by_early_capital, NONE, STOCK, "0 or 1", "1 where early rounds' demand exceeds supply") \
    I(BOUND_GROWTH, bound_by_growth_capital, NONE, STOCK, "0 or 1", "1 where growth rounds' demand exceeds supply")
/* clang-format on */

enum indicator_dimension { INDICATOR_NONE, INDICATOR_ZONE, INDICATOR_SECTOR, INDICATOR_PAIR };
enum indicator_kind { INDICATOR_STOCK, INDICATOR_FLOW };

enum indicator_id {
#define INDICATOR_ID(upper, ...) INDICATOR_##upper,
    INDICATOR_TABLE(INDICATOR_ID)
#undef INDICATOR_ID
        INDICATOR_COUNT
};

struct indicator {
    const char *name;
    enum indicator_dimension dimension;
    enum indicator_kind kind;
    const char *unit, *says;
};

extern const struct indicator indicators[INDICATOR_COUNT];

#endif
