/* The one table of everything a scenario may say.
 *
 * A scenario is sections; a section is ONE block of fields or MANY named ones (zones, sectors, …).
 * Every number has a path: section.field or section.name.field, and for shares and effects one
 * step more. Structs, reader, range checks, `neobay params`, `neobay show`, the JSON Schema and
 * docs/parameters.md all derive from these rows. To add a parameter, add its row and use it.
 *
 * A field's row is F(kind, name, unit, standard, lowest, highest, sentence, source). Kinds:
 *   NUMBER   a number, a distribution or a dated series;
 *   PLAIN    a number, neither uncertain nor dated; WHOLE the same without a fraction;
 *   MONTH    a date such as 2021-01;
 *   ZONE, STAGE, CLASS, INDICATOR, TARGET   the name of one;  TARGETS a list of names;
 *   ZONE_MIX, SECTOR_MIX   shares of the named zones or sectors, which sum to 1;
 *   EFFECTS  a mapping from paths to amounts;  TEXT  words that do not bear on the results.
 * A standard value of REQUIRED means that the scenario must give one. NO_LIMIT is infinity: no
 * input can be infinite, so such a field is either given or without bite.
 * `source` names where the standard value comes from; "assumption" means nowhere better.
 */
#ifndef NEOBAY_SCENARIO_TABLE_H
#define NEOBAY_SCENARIO_TABLE_H

#include <math.h>

#define REQUIRED  NAN
#define NO_LIMIT  INFINITY
#define ANY_MONTH MONTH_FIRST, MONTH_LAST

/* A row a line, however long. */
/* clang-format off */

/* S(upper, path, struct, how many, what it is), in the order of docs/model.md. */
#define SECTION_TABLE(S)                                                                           \
    S(ABOUT, about, about, ONE, "What the scenario is; no bearing on the results")                 \
    S(CLOCK, clock, clock, ONE, "The months simulated")                                            \
    S(ZONES, zones, zone, MANY, "Parts of the district with floor area of their own")              \
    S(SECTORS, sectors, sector, MANY, "Industries")                                                \
    S(SOURCES, sources, source, MANY, "Universities, institutes and centres whose results become projects") \
    S(DISCOVERY, discovery, discovery, ONE, "What becomes of a source's results")                  \
    S(PROJECTS, projects, projects, ONE, "Incubation")                                             \
    S(FOUNDING, founding, founding, ONE, "Firms founded from projects")                            \
    S(INCUMBENTS, incumbents, incumbents, MANY, "Groups of firms present at the start")            \
    S(ARRIVALS, arrivals, arrivals, MANY, "Groups of firms that arrive from outside")              \
    S(ATTRIBUTES, attributes, attributes, ONE, "Shares that a firm draws at birth")                \
    S(GROWTH, growth, growth, ONE, "Expected growth of log output")                                \
    S(VOLATILITY, volatility, volatility, ONE, "Spread of yearly log growth")                      \
    S(EXIT, exit, exit, ONE, "Failure")                                                            \
    S(RELOCATION, relocation, relocation, ONE, "Leaving the district alive")                       \
    S(STAFF, staff, staff, ONE, "Staff of a firm")                                                 \
    S(ROUNDS, rounds, round, ROUND_NAMES, "Financing rounds: seed, a, b, late")                    \
    S(FINANCE, finance, finance, ONE, "Seeking a round")                                           \
    S(LISTING, listing, listing, ONE, "Going public")                                              \
    S(VALUATION, valuation, valuation, ONE, "Thresholds of value")                                 \
    S(CERTIFICATE, certificate, certificate, ONE, "The high-tech certificate (national rule of 2016, No. 32)") \
    S(TALENT, talent, talent, ONE, "The pool of technical staff")                                  \
    S(FUNDS, funds, fund, MANY, "Funds that finance rounds")                                       \
    S(MACRO, macro, macro, ONE, "The business cycle and the mood of capital markets")              \
    S(SHOCKS, shocks, shock, MANY, "Named events")                                                 \
    S(POLICY, policy, policy, ONE, "All levers together")                                          \
    S(LEVERS, levers, lever, MANY, "Policy levers")                                                \
    S(REVIEWS, reviews, review, MANY, "Yearly monitoring and adjustment")                          \
    S(TARGETS, targets, target, MANY, "What the plan aims at")                                     \
    S(JOINT_TARGETS, joint_targets, joint_target, MANY, "Targets to be met together")

#define ABOUT_FIELDS(F)                                                                            \
    F(TEXT, title, "", 0, 0, 0, "One line for tables and titles", "")                              \
    F(TEXT, question, "", 0, 0, 0, "What the scenario is to answer", "")                           \
    F(TEXT, observed, "", 0, 0, 0, "CSV of what is known of the real district (date, indicator, value, source), relative to the file that names it", "")

#define CLOCK_FIELDS(F)                                                                            \
    F(MONTH, start, "month", REQUIRED, ANY_MONTH, "First month simulated; the state before it is month 0", "") \
    F(MONTH, end, "month", REQUIRED, ANY_MONTH, "Last month simulated", "")

#define ZONES_FIELDS(F)                                                                            \
    F(NUMBER, floor_area_m2, "m2", REQUIRED, 0, 1e9, "Floor area for firms", "")                   \
    F(NUMBER, shelter, "1", 1, 0, 5, "Factor on the failure hazard of firms inside", "no effect")  \
    F(WHOLE, chain_rank, "1", 0, 0, 99, "Place in the chain that graduates climb; 0: not in the chain", "") \
    F(NUMBER, graduate_staff, "heads", NO_LIMIT, 0, 1e7, "Staff from which a firm may move to a higher place in the chain", "") \
    F(NUMBER, graduate_rate_per_year, "1/year", 0, 0, 50, "Hazard of that move", "")

#define SECTORS_FIELDS(F)                                                                          \
    F(NUMBER, growth_per_year, "1/year", REQUIRED, -1, 2, "Expected log growth of an average grown firm", "") \
    F(NUMBER, maturation_years, "year", REQUIRED, 0.01, 30, "Mean work in a project", "")          \
    F(NUMBER, output_per_head_myuan, "myuan", REQUIRED, 0.01, 100, "Yearly output a head", "")     \
    F(NUMBER, area_per_head_m2, "m2", REQUIRED, 0, 1000, "Floor area a head", "")                  \
    F(NUMBER, value_to_output, "year", 3, 0, 100, "Value of a firm over its yearly output, where no round or a lower one has set it", "assumption")

#define SOURCES_FIELDS(F)                                                                          \
    F(NUMBER, spending_myuan_per_year, "myuan/year", REQUIRED, 0, 1e6, "Research spending", "")    \
    F(NUMBER, discovery_rate_per_myuan, "1/myuan", REQUIRED, 0, 10, "Results worth disclosing per myuan of research", "") \
    F(NUMBER, venture_share, "1", 0.05, 0, 1, "Share of average results that become venture projects", "AUTM surveys: 4-6 startups per 100 disclosures") \
    F(NUMBER, licence_share, "1", 0.3, 0, 1, "Share of the others that are licensed to a firm of the district", "AUTM surveys: 30 licences per 100 disclosures") \
    F(NUMBER, projects_at_start, "1", 0, 0, 1e5, "Projects in incubation before the first step", "") \
    F(SECTOR_MIX, sector_mix, "1", REQUIRED, 0, 1, "Shares of sectors in its results", "")

#define DISCOVERY_FIELDS(F)                                                                        \
    F(NUMBER, venture_quality, "1", 0.5, 0, 3, "How strongly better results become ventures", "assumption") \
    F(NUMBER, licence_gain, "1", 0.02, 0, 1, "Rise of a firm's log output by a licence", "assumption")

#define PROJECTS_FIELDS(F)                                                                         \
    F(ZONE, landing_zone, "", REQUIRED, 0, 0, "Zone where projects found firms", "")               \
    F(NUMBER, maturation_speed, "1", 1, 0, 20, "Work done in a year", "by definition")             \
    F(NUMBER, abandon_rate_per_year, "1/year", 0.15, 0, 20, "Hazard of giving up while work is left", "assumption") \
    F(NUMBER, wait_leak_rate_per_year, "1/year", 0.5, 0, 20, "Hazard of leaving the district while waiting for space", "assumption")

#define FOUNDING_FIELDS(F)                                                                         \
    F(NUMBER, output_median_myuan, "myuan", 1.5, 0.001, 1e5, "Median output of a new firm", "assumption") \
    F(NUMBER, output_sigma, "1", 0.8, 0, 5, "Standard deviation of its logarithm", "assumption")

#define FIRM_GROUP_FIELDS(F)                                                                       \
    F(NUMBER, output_median_myuan, "myuan", REQUIRED, 0.001, 1e6, "Median output of a member", "") \
    F(NUMBER, output_sigma, "1", 1.5, 0, 5, "Standard deviation of its logarithm", "lognormal sigma of Shanghai's high-tech firms about 1.8") \
    F(NUMBER, mean_age_years, "year", 6, 0, 100, "Mean age, exponential", "assumption")            \
    F(NUMBER, funded_share, "1", 0, 0, 1, "Share that starts at funded_stage", "assumption")       \
    F(STAGE, funded_stage, "", STAGE_SEED, 0, 0, "Stage of the funded: seed, a, b, late or listed", "") \
    F(SECTOR_MIX, sector_mix, "1", REQUIRED, 0, 1, "Shares of sectors", "")

#define INCUMBENTS_FIELDS(F)                                                                       \
    F(NUMBER, count, "firms", REQUIRED, 0, 1e6, "Members, rounded to a whole number", "")          \
    FIRM_GROUP_FIELDS(F)                                                                           \
    F(ZONE_MIX, zone_mix, "1", REQUIRED, 0, 1, "Shares of zones", "")

#define ARRIVALS_FIELDS(F)                                                                         \
    F(NUMBER, rate_per_year, "firms/year", REQUIRED, 0, 1e6, "Mean number that ask for room", "")  \
    FIRM_GROUP_FIELDS(F)                                                                           \
    F(ZONE, zone, "", REQUIRED, 0, 0, "Zone they ask for", "")

#define ATTRIBUTES_FIELDS(F)                                                                       \
    F(NUMBER, rd_share_median, "1", 0.06, 0.0001, 1, "Median R&D spending over output", "2022 list of Shanghai's 100 best: 4 % of income and more") \
    F(NUMBER, rd_share_sigma, "1", 0.6, 0, 3, "Standard deviation of its logarithm", "assumption") \
    F(NUMBER, technical_share_median, "1", 0.3, 0.001, 0.999, "Median share of technical staff", "assumption") \
    F(NUMBER, technical_share_sigma, "1", 0.8, 0, 5, "Standard deviation of its logit", "assumption") \
    F(NUMBER, revenue_share_median, "1", 0.7, 0.001, 0.999, "Median share of high-tech products in revenue", "assumption") \
    F(NUMBER, revenue_share_sigma, "1", 1, 0, 5, "Standard deviation of its logit", "assumption")

#define GROWTH_FIELDS(F)                                                                           \
    F(NUMBER, quality, "1/year", 0.03, -1, 1, "Gain of log growth by one standard deviation of quality", "assumption") \
    F(NUMBER, young_per_year, "1/year", 0.2, -1, 3, "Extra log growth at birth", "assumption")     \
    F(NUMBER, young_years, "year", 3, 0.1, 100, "Age at which it has fallen to 1/e", "assumption") \
    F(NUMBER, macro_beta, "1", 1, -10, 10, "Response to macro growth", "by definition")            \
    F(NUMBER, spillover, "1/year", 0.01, -1, 1, "Gain of log growth by neighbours of the same sector", "Greenstone, Hornbeck and Moretti 2010 (upper end)") \
    F(NUMBER, spillover_reference_firms, "firms", 200, 1, 1e6, "Number of neighbours that sets the scale", "assumption") \
    F(NUMBER, talent_drag, "1/year", 0.3, 0, 10, "Loss of log growth per unit of talent tightness above 1", "assumption") \
    F(NUMBER, crowd_drag, "1/year", 0.3, 0, 10, "Loss of log growth per unit of occupancy above 1", "assumption")

#define VOLATILITY_FIELDS(F)                                                                       \
    F(NUMBER, at_10_myuan, "1/sqrt(year)", 0.42, 0, 3, "Standard deviation of yearly log growth at an output of 10 myuan", "0.35-0.5 in the literature of firm growth") \
    F(NUMBER, size_exponent, "1", 0.17, 0, 1, "Its fall with size", "0.14-0.2: Moran, Secchi and Bouchaud 2024") \
    F(NUMBER, lowest, "1/sqrt(year)", 0.08, 0, 3, "Floor", "assumption")                           \
    F(NUMBER, highest, "1/sqrt(year)", 0.9, 0, 5, "Ceiling", "assumption")

#define EXIT_FIELDS(F)                                                                             \
    F(NUMBER, rate_per_year, "1/year", 0.07, 0, 2, "Failure hazard of an average firm at output 10 myuan, before age counts", "OECD and Eurostat business demography: 6-10 % a year") \
    F(NUMBER, floor, "1", 0.5, 0, 10, "Part of the hazard that age does not touch", "assumption")  \
    F(NUMBER, hump_years, "year", 3, 0.1, 50, "Age at which the rest peaks", "OECD and Eurostat: peak at age 2-4") \
    F(NUMBER, size, "1", 0.15, -2, 2, "Fall with log output", "assumption")                        \
    F(NUMBER, quality, "1", 0.3, -2, 2, "Fall with quality", "assumption")

#define RELOCATION_FIELDS(F)                                                                       \
    F(NUMBER, rate_per_year, "1/year", 0.01, 0, 2, "Hazard of leaving the district", "assumption") \
    F(NUMBER, crowding, "1", 2, 0, 20, "Its rise with occupancy above 1", "assumption")

#define STAFF_FIELDS(F)                                                                            \
    F(NUMBER, fewest_heads, "heads", 5, 0, 1000, "Staff of the smallest firm", "assumption")

#define ROUNDS_FIELDS(F)                                                                           \
    F(NUMBER, raise_rate_per_year, "1/year", REQUIRED, 0, 20, "Hazard at which an average firm of the stage before seeks this round", "") \
    F(NUMBER, ticket_myuan, "myuan", REQUIRED, 0.001, 1e5, "Money raised", "")                     \
    F(NUMBER, dilution, "1", 0.15, 0.01, 1, "Share of the firm sold", "10-20 % in China's venture market") \
    F(NUMBER, value_sigma, "1", 0.5, 0, 3, "Standard deviation of log value around ticket over dilution", "assumption") \
    F(NUMBER, growth_boost_per_year, "1/year", 0, -1, 3, "Extra log growth of a firm whose last round this was", "no effect")

#define FINANCE_FIELDS(F)                                                                          \
    F(NUMBER, quality, "1", 0.5, 0, 3, "How strongly quality raises the hazard of a round", "assumption")

#define LISTING_FIELDS(F)                                                                          \
    F(NUMBER, output_myuan, "myuan", 300, 0, 1e6, "Least output of a firm that lists", "STAR market: 300 myuan of revenue in its second set of rules") \
    F(NUMBER, rate_per_year, "1/year", 0.15, 0, 10, "Hazard of listing once late-stage and large enough", "assumption") \
    F(NUMBER, least_age_years, "year", 0, 0, 100, "Least age of a firm that lists", "no effect; stock exchanges ask for three years of accounts") \
    F(NUMBER, growth_boost_per_year, "1/year", 0, -1, 3, "Extra log growth of a listed firm", "no effect")

#define VALUATION_FIELDS(F)                                                                        \
    F(NUMBER, valued_myuan, "myuan", 100, 0.001, 1e6, "Last post-money value from which a firm counts as valued", "the plan of 2023: firms valued at 100 myuan or more") \
    F(NUMBER, unicorn_myuan, "myuan", 7000, 0.001, 1e6, "Last post-money value from which an unlisted firm counts as a unicorn", "a billion US dollars") \
    F(NUMBER, listed_premium, "1", 2, 0.1, 20, "Value over output of listed firms, as a multiple of their sector's", "assumption: STAR market prices over sales against those of rounds")

#define CERTIFICATE_FIELDS(F)                                                                      \
    F(WHOLE, window_month, "month of year", 11, 1, 12, "Month of the yearly window", "published November to January") \
    F(NUMBER, age_months, "month", 12, 0, 600, "Least age", "national rule 2016")                  \
    F(NUMBER, ip_count, "1", 1, 0, 100, "Least count of intellectual property", "national rule 2016") \
    F(NUMBER, small_output_myuan, "myuan", 50, 0, 1e6, "Output below which the first R&D threshold holds", "national rule 2016") \
    F(NUMBER, large_output_myuan, "myuan", 200, 0, 1e6, "Output above which the third R&D threshold holds", "national rule 2016") \
    F(NUMBER, rd_share_small, "1", 0.05, 0, 1, "Least R&D share of small firms", "national rule 2016") \
    F(NUMBER, rd_share_middle, "1", 0.04, 0, 1, "Least R&D share between", "national rule 2016")   \
    F(NUMBER, rd_share_large, "1", 0.03, 0, 1, "Least R&D share of large firms", "national rule 2016") \
    F(NUMBER, technical_share, "1", 0.1, 0, 1, "Least share of technical staff", "national rule 2016") \
    F(NUMBER, revenue_share, "1", 0.6, 0, 1, "Least share of high-tech products in revenue", "national rule 2016") \
    F(NUMBER, score_pass, "points", 70, 0, 100, "Points to pass, of 100", "national rule 2016")    \
    F(NUMBER, score_base, "points", 65, -100, 200, "Points of an average firm without IP", "assumption") \
    F(NUMBER, score_quality, "points", 5, -100, 100, "Points for one standard deviation of quality", "assumption") \
    F(NUMBER, score_ip, "points", 6, -100, 100, "Points for one unit of log(1 + IP)", "assumption") \
    F(NUMBER, score_noise, "points", 6, 0, 100, "Standard deviation of a firm's own points", "assumption") \
    F(NUMBER, apply_share, "1", 0.6, 0, 1, "Chance that a firm that qualifies applies", "assumption") \
    F(NUMBER, renew_share, "1", 0.9, 0, 1, "The same for one whose certificate runs out", "assumption") \
    F(WHOLE, valid_months, "month", 36, 1, 600, "Validity", "national rule 2016")                  \
    F(NUMBER, ip_rate_per_head, "1/year", 0.05, 0, 100, "IP gained a head a year", "assumption")

#define TALENT_FIELDS(F)                                                                           \
    F(NUMBER, stock_heads, "heads", REQUIRED, 1, 1e8, "Pool before the first step", "")            \
    F(NUMBER, inflow_per_year, "heads/year", 0, 0, 1e7, "Graduates of the district's universities", "") \
    F(NUMBER, retained_share, "1", 0.3, 0, 1, "Share of graduates that stays", "assumption")       \
    F(NUMBER, recruited_per_year, "heads/year", 0, 0, 1e7, "Heads recruited from elsewhere", "")   \
    F(NUMBER, leave_rate_per_year, "1/year", 0.08, 0, 5, "Hazard of leaving the pool", "assumption")

#define FUNDS_FIELDS(F)                                                                            \
    F(CLASS, class, "", REQUIRED, 0, 0, "early (seed, a) or growth (b, late)", "")                 \
    F(NUMBER, deployment_myuan_per_year, "myuan/year", REQUIRED, 0, 1e7, "Money placed in a year", "")

#define MACRO_FIELDS(F)                                                                            \
    F(NUMBER, growth_mean_per_year, "1/year", 0, -1, 1, "Expected macro growth around the trend in sectors' growth", "by definition") \
    F(NUMBER, growth_persistence, "1/month", 0.95, 0, 0.9999, "Monthly autocorrelation of macro growth", "assumption") \
    F(NUMBER, growth_sd, "1/year", 0.02, 0, 1, "Stationary standard deviation of macro growth", "assumption") \
    F(NUMBER, sentiment_mean, "1", 0, -5, 5, "Expected log sentiment of capital markets", "by definition") \
    F(NUMBER, sentiment_persistence, "1/month", 0.93, 0, 0.9999, "Monthly autocorrelation of sentiment", "assumption") \
    F(NUMBER, sentiment_sd, "1", 0.25, 0, 3, "Stationary standard deviation of sentiment", "assumption")

#define SHOCKS_FIELDS(F)                                                                           \
    F(TEXT, says, "", 0, 0, 0, "What happens", "")                                                 \
    F(MONTH, start, "month", REQUIRED, ANY_MONTH, "First month", "")                               \
    F(PLAIN, probability, "1", 1, 0, 1, "Chance that it happens", "")                             \
    F(WHOLE, duration_months, "month", REQUIRED, 1, 3600, "Length", "")                            \
    F(EFFECTS, multiplies, "1", 0, -1, 100, "path: e multiplies the value by 1 + e while it lasts", "") \
    F(EFFECTS, scales, "1", 0, 0, 101, "path: f multiplies the value by f while it lasts", "")     \
    F(EFFECTS, adds, "", 0, -1e9, 1e9, "path: a adds a while it lasts", "")

#define POLICY_FIELDS(F)                                                                           \
    F(NUMBER, budget_myuan_per_year, "myuan/year", NO_LIMIT, 0, 1e9, "Money for all levers; above it all intensities shrink alike", "no limit") \
    F(WHOLE, delay_months, "month", 0, 0, 600, "Months by which all that is dated of the levers, and the reviews, come later", "no delay")

#define LEVERS_FIELDS(F)                                                                           \
    F(TEXT, task, "", 0, 0, 0, "Task of the plan it stands for", "")                               \
    F(TEXT, mechanism, "", 0, 0, 0, "How it acts, in one line", "")                                \
    F(WHOLE, action, "1", 0, 0, 99, "Action of the plan it belongs to", "")                        \
    F(NUMBER, intensity, "1", 0, 0, 1.5, "How hard it is pulled; 1 as published", "")              \
    F(NUMBER, scale, "1", 1, 0, 1.5, "Multiplies its intensity, reviews' steps included; 0 is off", "as planned") \
    F(NUMBER, lag_years, "year", 0, 0, 30, "Time constant of its first-order lag", "no lag")       \
    F(NUMBER, cost_myuan_per_year, "myuan/year", 0, 0, 1e6, "Cost at intensity 1", "")             \
    F(EFFECTS, multiplies, "1", 0, -1, 100, "path: e multiplies the value by 1 + e at strength 1", "") \
    F(EFFECTS, scales, "1", 0, 0, 101, "path: f multiplies the value by f at strength 1", "")      \
    F(EFFECTS, adds, "", 0, -1e9, 1e9, "path: a adds a at strength 1", "")

#define REVIEWS_FIELDS(F)                                                                          \
    F(TARGET, target, "", REQUIRED, 0, 0, "Target whose straight path is watched", "")             \
    F(MONTH, start, "month", REQUIRED, ANY_MONTH, "Month at which the straight path starts", "")   \
    F(WHOLE, calendar_month, "month of year", 12, 1, 12, "Month of the yearly review", "")         \
    F(NUMBER, tolerance, "1", 0.05, 0, 1, "Shortfall below the path, as a share of it, that is let pass", "assumption") \
    F(NUMBER, cap, "1", 1.5, 0, 1.5, "Highest intensity that a review sets", "")                   \
    F(EFFECTS, adds, "1", 0, 0, 1.5, "levers.NAME.intensity: step of one review", "")

#define TARGETS_FIELDS(F)                                                                          \
    F(INDICATOR, indicator, "", REQUIRED, 0, 0, "What is measured", "")                            \
    F(MONTH, date, "month", REQUIRED, ANY_MONTH, "When", "")                                       \
    F(MONTH, since, "month", MONTH_NEVER, ANY_MONTH, "First month summed, where the indicator is a flow; else the clock's start", "") \
    F(PLAIN, at_least, "", -NO_LIMIT, -1e12, 1e12, "Met at this value or more", "")               \
    F(PLAIN, at_most, "", NO_LIMIT, -1e12, 1e12, "Met at this value or less", "")

#define JOINT_TARGETS_FIELDS(F) F(TARGETS, all_of, "", REQUIRED, 0, 0, "Targets, at most 50 in all", "")

/* clang-format on */

#endif
