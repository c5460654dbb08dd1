/* The columns of the CSV files of a replay, in the form of columns.h, which includes this. */
#ifndef NEOBAY_STORE_REPLAY_COLUMNS_H
#define NEOBAY_STORE_REPLAY_COLUMNS_H

#define REPLAY_CSV_TABLE(T)                                                                        \
    T(REPLAY_INDICATORS, replay_indicators, "indicators.csv")                                      \
    T(REPLAY_EVENTS, replay_events, "events.csv")                                                  \
    T(REPLAY_FIRM, replay_firm, "firm.csv")

#define REPLAY_INDICATORS_COLUMNS(C)                                                               \
    C(MONTH, month, "month", "Month; the first is the state before the first step")                \
    C(TEXT, indicator, "", "What is measured; see neobay indicators")                              \
    C(TEXT, zone, "", "Zone, or zones left>reached, where the indicator has one")                  \
    C(TEXT, sector, "", "Sector, where the indicator has one")                                     \
    C(TEXT, unit, "", "Unit of the indicator")                                                     \
    C(NUMBER, value, OF_INDICATOR, "Its value in this replicate; empty: none")

#define REPLAY_EVENTS_COLUMNS(C)                                                                   \
    C(MONTH, month, "month", "Month of the event; within a month they are in the model's order")   \
    C(TEXT, firm, "", "Where it comes from, month of birth and rank")                              \
    C(TEXT, event, "",                                                                             \
      "present (from the start), founded, arrived, licensed, funded, listed, moved, certified, "   \
      "renewed, lapsed (the certificate), failed or relocated")                                    \
    C(TEXT, zone, "", "Zone; of moved the one reached")                                            \
    C(TEXT, zone_left, "", "Zone that a firm left that moved; else empty")                         \
    C(TEXT, sector, "", "Sector")                                                                  \
    C(TEXT, stage, "", "Stage of financing; of funded the one that the round led to")              \
    C(WHOLE, age_months, "month", "Age")                                                           \
    C(NUMBER, output_myuan, "myuan/year", "Output of a year")                                      \
    C(NUMBER, staff_heads, "heads", "Staff")                                                       \
    C(NUMBER, value_myuan, "myuan",                                                                \
      "Value: last post-money, or value_to_output times output if higher; of funded post-money")   \
    C(NUMBER, raised_myuan, "myuan", "Money raised in a round")                                    \
    C(MONTH, certified_until, "month",                                                             \
      "First month without the high-tech certificate; empty: none yet")

#define REPLAY_FIRM_COLUMNS(C) FIRMS_COLUMNS(C)

#endif
